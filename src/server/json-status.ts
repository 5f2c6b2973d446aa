import type { ApolloServerPlugin, BaseContext } from '@apollo/server'

const understood = new Set<unknown>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])

/**
 * GraphQL over HTTP asks for 200 where a client accepts `application/json` alone: such a client may take a body under 400 for
 * the work of a proxy on the way and throw it away. Who accepts `application/graphql-response+json` gets the 400.
 */
export const jsonStatus: ApolloServerPlugin<BaseContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ request, response }) {
        if (response.http.status !== 400 || response.body.kind !== 'single') return
        if (request.http?.headers.get('accept')?.includes('application/graphql-response+json')) return
        const { errors = [] } = response.body.singleResult
        if (errors.length > 0 && errors.every(({ extensions }) => understood.has(extensions?.['code']))) response.http.status = 200
      },
    }
  },
}
