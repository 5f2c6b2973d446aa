import type { Run } from '../database.js'
import { columnName, type Plan, type PlannedRow, type Table } from './stored.js'
import type { FileRow } from './sheet.js'

export interface Change {
  type: string
  id: string
  kind: 'CREATED' | 'UPDATED' | 'DELETED'
  version: number
  /** Names of the properties that changed; an import keeps no values in the audit trail. */
  fields: Record<string, [null, null]>
}

/** Tables in the order in which they are written; a row of the main one stands for a line of the file. */
export interface Planned {
  main: Plan
  plans: readonly Plan[]
}

export interface Written {
  changes: Change[]
  created: Set<FileRow<unknown>>
  updated: Set<FileRow<unknown>>
}

/** Rows of one statement: large enough to be fast, small enough for memory and for one audit entry. */
export const chunkSize = 5_000

export function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let at = 0; at < rows.length; at += chunkSize) yield rows.slice(at, at + chunkSize)
}

interface Difference {
  plan: Plan
  made: PlannedRow[]
  changed: Map<PlannedRow, string[]>
}

/** Compares, then writes only what differs. Nothing here decides whether a row is good. */
export async function write(run: Run, { main, plans }: Planned, onRows: (count: number) => void): Promise<Written> {
  const differences = plans.map(compare)
  for (const difference of differences) touchOwners(difference, differences)
  const result: Written = { changes: [], created: new Set(), updated: new Set() }
  for (const { plan, made, changed } of differences) {
    await stepAside(run, plan.table, changed)
    for (const part of chunks(plan.gone.map(({ id }) => id))) await run({ text: `delete from "${plan.table.name}" where id = any($1::text[])`, values: [part] })
    await insert(run, plan.table, made, onRows)
    await update(run, plan.table, changed, onRows)
    note(result, plan, made, changed, plan === main)
  }
  for (const row of result.created) result.updated.delete(row)
  return result
}

function compare(plan: Plan): Difference {
  const changed = new Map<PlannedRow, string[]>()
  for (const planned of plan.rows) {
    const { before, after } = planned
    const names = before ? Object.keys(after).filter((name) => after[name] !== undefined && !isSame(before[name], after[name])) : []
    if (names.length > 0) changed.set(planned, names)
  }
  return { plan, made: plan.rows.filter(({ before }) => !before), changed }
}

const isSame = (one: unknown, other: unknown): boolean => (Array.isArray(one) && Array.isArray(other) ? one.join('\0') === other.join('\0') : (one ?? null) === (other ?? null))

function touchOwners({ plan, made, changed }: Difference, all: readonly Difference[]): void {
  const owner = all.find((other) => other.plan === plan.touches)
  if (!owner) return
  const rows = new Set([...made, ...changed.keys(), ...plan.gone].map(({ row }) => row))
  for (const planned of owner.plan.rows) if (planned.before && rows.has(planned.row) && !owner.changed.has(planned)) owner.changed.set(planned, [])
}

async function stepAside(run: Run, table: Table, changed: Difference['changed']): Promise<void> {
  if (!table.stepAside) return
  const { property, to } = table.stepAside
  const ids = [...changed].filter(([, names]) => stepsAside(table, names)).map(([{ id }]) => id)
  for (const part of chunks(ids)) await run({ text: `update "${table.name}" set "${columnName(table, property)}" = ${to} where id = any($1::text[])`, values: [part] })
}

const stepsAside = ({ stepAside: rule }: Table, names: readonly string[]): boolean => rule !== undefined && names.some((name) => rule.when.includes(name))

/** What an update writes: what changed, and what the row gave up to step aside. */
const written = (table: Table, names: readonly string[]): string[] => [...new Set([...names, ...(stepsAside(table, names) ? [table.stepAside!.property] : [])])]

const types = { text: 'text', day: 'date', instant: 'timestamptz', flag: 'boolean', whole: 'integer', decimal: 'numeric', link: 'text', texts: 'text[]' }

async function insert(run: Run, table: Table, made: readonly PlannedRow[], onRows: (count: number) => void): Promise<void> {
  for (const [names, rows] of alike(made, ({ after }) => Object.keys(after).filter((name) => after[name] !== undefined))) {
    const columns = names.map((name) => `"${columnName(table, name)}"`)
    const text = `insert into "${table.name}" (${['id', 'version', 'created_at', 'updated_at', ...columns].join(', ')})
      select ${['r.id', '1', 'now()', 'now()', ...columns.map((column) => `r.${column}`)].join(', ')} from ${recordset(table, names)}`
    for (const part of chunks(rows)) {
      await run({ text, values: [JSON.stringify(part.map((planned) => record(table, names, planned)))] })
      onRows(part.length)
    }
  }
}

async function update(run: Run, table: Table, changed: Difference['changed'], onRows: (count: number) => void): Promise<void> {
  for (const [names, rows] of alike([...changed.keys()], (planned) => written(table, changed.get(planned)!))) {
    const set = names.map((name) => `"${columnName(table, name)}" = r."${columnName(table, name)}", `).join('')
    const text = `update "${table.name}" t set ${set}version = t.version + 1, updated_at = now() from ${recordset(table, names)} where t.id = r.id`
    for (const part of chunks(rows)) {
      await run({ text, values: [JSON.stringify(part.map((planned) => record(table, names, planned)))] })
      onRows(part.length)
    }
  }
}

/** Rows by the set of properties that a statement for them names, in their order. */
function alike(rows: readonly PlannedRow[], namesOf: (row: PlannedRow) => string[]): [string[], PlannedRow[]][] {
  const groups = new Map<string, [string[], PlannedRow[]]>()
  for (const planned of rows) {
    const names = namesOf(planned).toSorted()
    const key = names.join(' ')
    const group = groups.get(key)
    if (group) group[1].push(planned)
    else groups.set(key, [names, [planned]])
  }
  return [...groups.values()]
}

const recordset = (table: Table, names: readonly string[]): string =>
  `jsonb_to_recordset($1::jsonb) as r(${['id text', ...names.map((name) => `"${columnName(table, name)}" ${types[table.properties[name]!]}`)].join(', ')})`

const record = (table: Table, names: readonly string[], { id, before, after }: PlannedRow): Record<string, unknown> =>
  Object.fromEntries([['id', id], ...names.map((name) => [columnName(table, name), after[name] === undefined ? before?.[name] : after[name]])])

function note(result: Written, { table, gone }: Plan, made: readonly PlannedRow[], changed: Difference['changed'], isMain: boolean): void {
  for (const { id, row, after } of made) {
    const names = Object.keys(after).filter((name) => after[name] !== undefined && after[name] !== null)
    result.changes.push({ type: table.type, id, kind: 'CREATED', version: 1, fields: named(names) })
    if (isMain) result.created.add(row)
    else result.updated.add(row)
  }
  for (const [{ id, row, before }, names] of changed) {
    result.changes.push({ type: table.type, id, kind: 'UPDATED', version: before!.version + 1, fields: named(names) })
    result.updated.add(row)
  }
  for (const { id, row, version } of gone) {
    result.changes.push({ type: table.type, id, kind: 'DELETED', version, fields: {} })
    result.updated.add(row)
  }
}

const named = (names: readonly string[]): Record<string, [null, null]> => Object.fromEntries(names.map((name) => [name, [null, null]]))
