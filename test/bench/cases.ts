/* The variables of each query, the same for every target in the form that it takes. */
import { randomUUID } from 'node:crypto'
import type { Persona } from './data.ts'
import { type Query, queries, walk } from './queries.ts'
import { query as sql } from './server.ts'

export type Ask = (document: string, variables: object) => Promise<{ data?: Record<string, any>; errors?: { message: string; extensions?: { code?: string } }[] }>

export interface Variables {
  readonly heli: Record<string, unknown>
  readonly raw: Record<string, unknown>
  /** Row keys instead of cursors, which are each server's own. */
  readonly peer: Record<string, unknown>
}

export interface Case {
  readonly query: Query
  readonly persona: Persona
  readonly variables: readonly Variables[]
  /** Variables of a write: another idempotency key for each request. */
  readonly isWrite: boolean
}

const open = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED']
const alike = (values: Record<string, unknown>): Variables => ({ heli: values, raw: values, peer: values })

export async function casesOf(adminUrl: string, persona: Persona, ask: Ask, only: readonly string[]): Promise<Case[]> {
  const wanted = queries.filter(({ id }) => only.length === 0 || only.includes(id))
  const cases: Case[] = []
  for (const query of wanted) {
    const variables = await variablesOf[query.id]!(adminUrl, persona, ask)
    if (variables.length > 0) cases.push({ query, persona, variables, isWrite: query.id === 'P6' })
  }
  return cases
}

export const withKey = (variables: Record<string, unknown>): Record<string, unknown> => ({ input: { ...(variables['input'] as object), idempotencyKey: randomUUID() } })

const variablesOf: Record<string, (adminUrl: string, persona: Persona, ask: Ask) => Promise<Variables[]>> = {
  // The newest, and as it looked on earlier days; early enough that the page is still full.
  P1: async (adminUrl) => {
    const rows = await sql(adminUrl, `select created_at from initiative where status = 'ACTIVE' order by created_at`)
    const from = Math.min(rows.length - 1, Math.max(40, rows.length >> 1))
    return Array.from({ length: 24 }, (_, at) => alike({ before: new Date((rows[from + Math.floor(((rows.length - 1 - from) * at) / 23)]!['created_at'] as Date).getTime() + 1).toISOString() }))
  },
  P2: async (_adminUrl, _persona, ask) => {
    const cursors: (string | null)[] = ['']
    const ids: string[] = ['']
    while (cursors.length < 16) {
      const { assignments } = (await ask(walk, { after: cursors.at(-1) })).data!
      if (!assignments.pageInfo.hasNextPage) break
      cursors.push(assignments.pageInfo.endCursor)
      ids.push(assignments.nodes.at(-1).id)
    }
    const five = <T>(list: readonly T[], at: number) => Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name, page) => [name, list[at + page]]))
    return Array.from({ length: Math.max(1, cursors.length - 4) }, (_, at) => ({ heli: five(cursors, at), raw: five(ids, at), peer: five(ids, at) }))
  },
  P3: async (adminUrl) => {
    const rows = await sql(adminUrl, `select case d.level when 'PREFECTURE' then left(d.code, 4) else d.code end as code from division d where d.path ^@ '/330000/' and d.level in ('PREFECTURE', 'COUNTY')
      and exists (select 1 from unit u join assignment a on a.unit_id = u.id where u.division_id = d.id) order by md5(d.code) limit 32`)
    return rows.map(({ code }) => alike({ division: code, status: open }))
  },
  P4: async (adminUrl) => (await sql(adminUrl, `select id from task order by md5(id) limit 80`)).map(({ id }) => alike({ id })),
  P5: async () => Array.from({ length: 24 }, (_, at) => alike({ from: new Date(Date.UTC(2024, 0, 1 + at * 20)).toISOString().slice(0, 10) })),
  P6: async (adminUrl, persona) => {
    const mine = persona === 'coordinator' ? 'true' : `i.lead_unit_id in (select ap.unit_id from account c join appointment ap on ap.person_id = c.person_id where c.subject = '${persona}')`
    const rows = await sql(adminUrl, `select i.id from initiative i where i.status = 'ACTIVE' and ${mine} order by md5(i.id) limit 64`)
    return rows.map(({ id }, at) => alike({ input: { initiativeId: id, health: 'ON_TRACK', text: `第 ${at} 次通报：资金已下达，合同陆续签订` } }))
  },
}
