import { expect } from '@jest/globals'
import type { Built } from '../../support/build.js'
import type { World } from '../../support/world.js'

/** An entry names somebody who is let in and somebody who is not. */
export interface Case<S> {
  allowed: string
  denied: string
  /** True where the viewer was let in; the act is done if it is one. */
  passes(login: string, stage: S): Promise<boolean>
}

/** Rows that stand before any part adds its own. People sign in as `bureau DIRECTOR` and the like. */
export type Base = Record<'province' | 'office' | 'bureau' | 'branch' | 'school' | 'heir' | 'apart' | 'person' | 'initiative' | 'task' | 'assignment' | 'mandate', Built>

/** What a module brings to the matrix: the rows that its entries need, made on what stands already, its entries, and a row of each of its types. */
export interface Part {
  stage(base: Base): Promise<object>
  registry: Record<string, Case<any>>
  /** A row of each of its types that the coordinator sees: its open fields are tried there. */
  ids(stage: any): Record<string, string>
}

export const versioned = (key: string, { id }: Built, more: object = {}) => ({ [key]: id, expectedVersion: 1, ...more })

/** Words for entries over a stage `S`. */
export function casesOn<S>(world: World) {
  const reads = (type: string, field: string, id: (stage: S) => string, allowed: string, denied: string, inside = ''): Record<string, Case<S>> => ({
    [`${type}.${field}`]: {
      allowed, denied,
      async passes(login, stage) {
        const { data, errors, masked } = await world.as(login).run(`query ($id: ID!) { node(id: $id) { ... on ${type} { ${field} ${inside} } } }`, { id: id(stage) })
        expect(errors).toEqual([])
        // A value that the policy lets through and the database's own fence withholds is null too, but nobody says that it was hidden.
        return data.node[field] !== null || !masked[`${type}.${field}`]
      },
    },
  })

  const exists = (type: string, id: (stage: S) => string, allowed: string, denied: string): Record<string, Case<S>> => ({
    [`${type}/*`]: {
      allowed, denied,
      async passes(login, stage) {
        const { data, codes } = await world.as(login).run('query ($id: ID!) { node(id: $id) { __typename } }', { id: id(stage) })
        expect(codes).toEqual(data.node ? [] : ['NOT_FOUND'])
        return data.node !== null
      },
    },
  })

  const acts = (name: string, input: (stage: S) => object, allowed: string, denied: string, before?: (stage: S) => Promise<unknown>): Record<string, Case<S>> => ({
    [`Mutation.${name}`]: {
      allowed, denied,
      async passes(login, stage) {
        await before?.(stage)
        const type = world.backbone.schema.getMutationType()!.getFields()[name]!.args[0]!.type.toString()
        const written = () => world.sql('select seq from event order by seq')
        const count = (await written()).length
        const { data, codes } = await world.as(login).run(`mutation ($input: ${type}) { ${name}(input: $input) { userErrors { code field } } }`, { input: { idempotencyKey: 'a', ...input(stage) } })
        if (codes.length > 0) {
          expect([codes, (await written()).length]).toEqual([[expect.stringMatching(/^(FORBIDDEN|NOT_FOUND)$/)], count])
          return false
        }
        expect(data[name].userErrors).toEqual([])
        expect((await written()).length).toBeGreaterThan(count)
        return true
      },
    },
  })

  return { reads, exists, acts }
}
