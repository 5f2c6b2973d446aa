import { randomUUID } from 'node:crypto'
import type { ApolloServerPlugin } from '@apollo/server'
import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { isOutage } from '../database.js'
import { Refusal, type Language, type Said } from '../kernel/index.js'
import type { RequestContext } from '../schema.js'

const outage: Said = { en: 'The database does not answer at the moment. Try again shortly.', zh: '数据库暂时没有响应，请稍后再试。' }
const fault = (id: string): Said => ({ en: `Something went wrong on our side. Tell the operator this id: ${id}.`, zh: `系统内部错误，请将此编号告知运维人员：${id}。` })
const statementTimeout: Said = { en: 'The answer took too long. Ask for fewer rows, or narrow the filter.', zh: '查询超时，请减少行数或缩小筛选范围。' }
const unfit: Said = {
  en: 'A value in the request is none that its field can hold: a cursor changed by hand, or a character that no text has. Send it as it was given to you.',
  zh: '请求中有字段无法容纳的值：游标被改动，或含有文本不允许的字符。请按原样发送。',
}
// Of the states of class 22 those that only a value of the caller leads to: a division by zero would be our own fault.
const unfitStates = new Set(['22003', '22007', '22008', '22021', '22P02', '22P05'])

/** What each kind of error says: a refusal its own words, an outage that it is one, anything else an id that finds it in the log. */
function tell(error: GraphQLError, language: Language, log: Logger): void {
  let cause: unknown = error.originalError ?? undefined
  while (cause instanceof Error && !(cause instanceof Refusal) && 'originalError' in cause && cause.originalError) cause = cause.originalError
  // GraphQL's own findings about the document and its variables say what is wrong with them.
  if (cause === undefined || cause instanceof GraphQLError || (cause as { extensions?: { code?: string } }).extensions?.code) return
  const set = (said: Said, code: string, more: Record<string, unknown> = {}) => {
    error.message = said[language]
    Object.assign(error.extensions, { code, ...more })
  }
  if (cause instanceof Refusal) return set(cause.said, cause.code, cause.field ? { field: cause.field } : {})
  if ((cause as { code?: string }).code === '57014') return set(statementTimeout, 'TIMEOUT')
  if (unfitStates.has((cause as { code?: string }).code ?? '')) return set(unfit, 'BAD_USER_INPUT')
  if (isOutage(cause)) return set(outage, 'DATABASE_UNAVAILABLE')
  const id = randomUUID()
  log.error({ faultId: id, err: cause, path: error.path }, 'fault')
  set(fault(id), 'INTERNAL_SERVER_ERROR', { id })
}

/** Says errors in the caller's language, and says once what was hidden: `extensions.access.masked`. */
export function answersPlugin(log: Logger): ApolloServerPlugin<Partial<RequestContext>> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          const language = contextValue?.reads?.facts.language ?? 'en'
          for (const error of errors) tell(error as GraphQLError, language, log)
        },
        async willSendResponse({ response, contextValue }) {
          try {
            await contextValue?.recordReads?.()
          } catch (error) {
            // What cannot be put on record is not told.
            const failure = new GraphQLError('', { originalError: error as Error })
            tell(failure, contextValue?.reads?.facts.language ?? 'en', log)
            response.body = { kind: 'single', singleResult: { data: null, errors: [failure.toJSON()] } }
            return
          }
          const masked = contextValue?.reads?.masked
          if (response.body.kind !== 'single' || !masked || masked.size === 0) return
          const fields = [...masked.keys()].sort()
          const { singleResult } = response.body
          singleResult.extensions = {
            ...singleResult.extensions,
            access: { masked: fields, maskedValues: Object.fromEntries(fields.map((field) => [field, masked.get(field)!])) },
          }
        },
      }
    },
  }
}
