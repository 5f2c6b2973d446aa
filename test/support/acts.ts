import { expect } from '@jest/globals'
import type { World } from './world.js'

export const errorFields = 'userErrors { code field currentVersion changedFields }'
export const fault = (code: string, field: string | null, more: object = {}) => ({ code, field, currentVersion: null, changedFields: null, ...more })
export const stale = (currentVersion: number, changedFields: string[]) => fault('CONFLICT', 'input.expectedVersion', { currentVersion, changedFields })
/** An id of the right shape that no row has. */
export const absent = (prefix: string) => `${prefix}_00000000000000000000000000`
export const all = (logins: readonly string[], code: string) => Object.fromEntries(logins.map((login) => [login, code]))

/** What a test of a mutation says again and again. `document` has one mutation with a variable `$input`. */
export function actsOn(world: World) {
  /** Number and content of the rows of every table: equal before and after means that nothing at all was written. */
  async function everything(): Promise<unknown> {
    const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
    return world.sql(tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as content from "${name}" t`).join(' union all '))
  }

  /** What each login is answered instead of the change. */
  async function refusals(document: string, input: object, logins: readonly string[]): Promise<Record<string, string>> {
    const before = await everything()
    const answers: Record<string, string> = {}
    for (const login of logins) {
      const { data, codes } = await world.as(login).run(document, { input })
      answers[login] = codes.join() || JSON.stringify(data)
    }
    expect(await everything()).toEqual(before)
    return answers
  }

  /** The `userErrors` of an input that changes nothing. */
  async function faults(login: string, document: string, input: object): Promise<unknown> {
    const before = await everything()
    const { data, errors } = await world.as(login).run(document, { input })
    expect(errors).toEqual([])
    expect(await everything()).toEqual(before)
    const { userErrors, ...changed } = Object.values(data as object)[0] as { userErrors: unknown }
    expect(Object.values(changed)).toEqual([null])
    return userErrors
  }

  /** Runs an act that must succeed and returns what its payload holds. */
  async function done(login: string, document: string, input: object): Promise<any> {
    const { data, errors } = await world.as(login).run(document, { input })
    expect(errors).toEqual([])
    const { userErrors, ...changed } = Object.values(data as object)[0] as { userErrors: unknown }
    expect(userErrors).toEqual([])
    return Object.values(changed)[0]
  }

  /** The same act again answers the same and writes nothing; its key with another input is a conflict. */
  async function replays(login: string, document: string, input: object, other: object): Promise<void> {
    const first = await done(login, document, input)
    const before = await everything()
    expect(await done(login, document, input)).toEqual(first)
    expect(await everything()).toEqual(before)
    expect(await faults(login, document, { ...input, ...other })).toEqual([fault('CONFLICT', 'input.idempotencyKey')])
  }

  /** The audit trail without ids of its own: verb, subject, and each change as `[type, kind, fields]`. */
  async function trail(): Promise<[string, string, [string, string, Record<string, unknown>][]][]> {
    const entries = await world.sql<{ verb: string; subject_id: string; changes: { type: string; kind: string; fields: Record<string, unknown> }[] }>(
      `select verb, subject_id, body->'changes' as changes from audit_entry where body->'reads' is null order by seq`,
    )
    return entries.map(({ verb, subject_id, changes }) => [verb, subject_id, changes.map(({ type, kind, fields }) => [type, kind, fields])])
  }

  return { everything, refusals, faults, done, replays, trail }
}
