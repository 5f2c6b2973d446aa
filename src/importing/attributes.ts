import type { Run } from '../database.js'
import { Problem, type Said, snakeCase } from '../kernel/index.js'
import { column, ruled, text, type Column, type Parse } from './columns.js'
import { say } from './fault.js'
import type { FileRow } from './sheet.js'
import { divisionsByCode, documentsByNumber, initiativesByCode, peopleByCode, socialWorkersByPerson, unitsByCode } from './references.js'
import { resolve, spec, type ImportSpec, type Stage } from './spec.js'
import { checkNoOverlap, type Standing } from './standing.js'
import { distinct, indexed, load, Plan, table, type Properties, type Stored } from './stored.js'

/** What a cell may name: how it is found, and how it is called in a fault. */
export interface Reference<T extends { id: string } = { id: string }> {
  find(run: Run, codes: Iterable<string | null | undefined>): Promise<Map<string, T>>
  of: Said
}
export const divisions: Reference = { find: divisionsByCode, of: { en: 'division', zh: '区划' } }
export const units: Reference = { find: unitsByCode, of: { en: 'unit', zh: '单位' } }
export const people: Reference = { find: peopleByCode, of: { en: 'person', zh: '人员' } }
export const socialWorkers: Reference = { find: socialWorkersByPerson, of: { en: 'social worker', zh: '社会工作者' } }
export const initiatives: Reference = { find: initiativesByCode, of: { en: 'initiative', zh: '联合行动' } }
export const documents: Reference = { find: documentsByNumber, of: { en: 'document', zh: '文件' } }

export interface Attribute {
  column: Column
  kind: Properties[string]
  reference?: Reference
}
interface Options {
  required?: boolean
  personal?: boolean
}
/** An attribute kept as the cell says it. Its English header is the name of the property. */
export const plain = (kind: Properties[string], parse: Parse<unknown>, chinese: string, options: Options = {}): Attribute => ({ kind, column: column(parse, chinese, options) })
/** An attribute that names a row of another table by its natural key. */
export const link = (reference: Reference, chinese: string, options: Options = {}): Attribute => ({ kind: 'link', reference, column: column(text(60), chinese, options) })

export type Told = Record<string, unknown>

/** Hours to two places, more than none and at most a day. */
export const hours: Parse<string> = ruled((cell) => {
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(cell) || Number(cell) === 0 || Number(cell) > 24) throw new Problem('OUT_OF_RANGE', null, { en: 'Hours are 0.01 to 24, with two digits after the point at most.', zh: '小时数须为 0.01 至 24，最多两位小数。' })
  return Number(cell).toFixed(2)
})

/** Refuses a row whose end is before its start, or, where it is the first day afterwards, on it. */
export const ordered = (from: string, to: string, isLast: boolean) => (row: FileRow<unknown>, told: Told): void => {
  const [first, last] = [told[from] as string | null | undefined, told[to] as string | null | undefined]
  if (first && last && (isLast ? last < first : last <= first)) row.refuse(to, say('The end must be later than the start.', '结束日期须晚于开始日期。'))
}

/** The rows that the cells name, by attribute and natural key. */
export type Found = ReadonlyMap<string, ReadonlyMap<string, { id: string }>>

const byId = new WeakMap<object, Map<string, { id: string }>>()
/** The row that a cell of the file named, by its id. */
export function foundRow<T>(found: Found, name: string, id: unknown): T | undefined {
  const rows = found.get(name)!
  const known = byId.get(rows) ?? indexed(rows.values(), (row) => row.id)
  byId.set(rows, known)
  return known.get(id as string) as T | undefined
}

export interface AttributesOf {
  entity: Function
  attributes: Readonly<Record<string, Attribute>>
  /** Attributes that name a row. */
  key: readonly string[]
  /** The attribute by which stored rows are found: a link, or a code of the row's own. */
  within: string
  /** Attributes of a table apart, by which the owner is known there. */
  apart?: { entity: Function; owner: string; attributes: readonly string[] }
  /** Properties that no column says. */
  derived?: { properties: Properties; of(told: Told, found: Found): Told }
  /** No two rows with the same values of these hold on the same days, `validFrom` to `validTo`. */
  alone?: { alike: readonly string[] | ((told: Told) => string); what: Said }
  /** Rules of one row as it is to be; refuses it. */
  check?(row: FileRow<unknown>, told: Told, found: Found): void
  /** Rules that need the database; refuses rows. */
  checkAll?(rows: readonly { row: FileRow<unknown>; told: Told }[], stage: Stage, found: Found): Promise<void>
}

/** An import of rows that are what their columns say: made of the list of their attributes. */
export function attributesImport({ entity, attributes, key, within, apart, derived, alone, check, checkAll }: AttributesOf): ImportSpec {
  const names = Object.keys(attributes)
  const own = names.filter((name) => !apart?.attributes.includes(name))
  const kinds = (of: readonly string[]): Properties => Object.fromEntries(of.map((name) => [name, attributes[name]!.kind]))
  const main = table(entity, { ...kinds(own), ...derived?.properties }, alone && { property: 'validTo', to: 'valid_from', when: ['validTo'] })
  const part = apart && table(apart.entity, { ...kinds(apart.attributes), [apart.owner]: 'link' })
  const keyOf = (told: Told) => key.map((name) => told[name] ?? '').join('\0')

  return spec({
    columns: Object.fromEntries(names.map((name) => [name, attributes[name]!.column])),
    key,
    async plan(sheet, stage) {
      const { run } = stage
      const found = new Map<string, ReadonlyMap<string, { id: string }>>()
      for (const name of names) {
        const { reference } = attributes[name]!
        if (reference) found.set(name, await reference.find(run, sheet.rows.map((row) => (row.values as Told)[name] as string | null)))
      }
      for (const row of sheet.good()) for (const [name, rows] of found) resolve(row as FileRow<Told>, name, (row.values as Told)[name] as string | null, rows, attributes[name]!.reference!.of)
      const tellings = new Map<unknown, Told>()
      const toldOf = (row: FileRow<unknown>): Told => {
        const known = tellings.get(row)
        if (known) return known
        const told = Object.fromEntries(Object.entries(row.values as Told).map(([name, value]) => [name, value && found.has(name) ? found.get(name)!.get(value as string)?.id : value]))
        tellings.set(row, told)
        return told
      }
      const good = () => sheet.good().map((row) => ({ row: row as FileRow<unknown>, told: toldOf(row as FileRow<unknown>) }))
      const kept = await storedOf(run, main, within, attributes[within]!.kind, good().map(({ told }) => told[within] as string))
      const stored = indexed(kept as Told[], keyOf)
      // What the file has no column for, and nothing else, comes from the stored row.
      const whole = (told: Told): Told => {
        const before = stored.get(keyOf(told))
        return before ? { ...before, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) } : told
      }
      for (const { row, told } of good()) check?.(row, whole(told), found)
      if (checkAll) await checkAll(good().map(({ row, told }) => ({ row, told: whole(told) })), stage, found)
      if (alone) checkAlone(good().map(({ row, told }) => ({ row, told: whole(told) })), kept as (Told & { id: string })[], keyOf, alone)
      return planned(run, good(), stored, keyOf, found)
    },
  })

  async function planned(run: Run, rows: readonly { row: FileRow<unknown>; told: Told }[], stored: ReadonlyMap<string, Told>, key_: typeof keyOf, found: Found) {
    const plan = new Plan(main)
    const partPlan = part && new Plan(part, plan)
    for (const { row, told } of rows) {
      const before = stored.get(key_(told)) as Stored<Properties> | undefined
      const after = { ...Object.fromEntries(own.map((name) => [name, told[name]])), ...derived?.of(told, found) }
      plan.put(row, before, after as never)
      row.id = plan.rows.at(-1)!.id
    }
    if (part && partPlan) {
      const held = indexed((await storedOf(run, part, apart!.owner, 'link', plan.rows.map(({ id }) => id))) as Told[], (one) => one[apart!.owner] as string)
      const isSaid = (told: Told) => apart!.attributes.some((name) => (told[name] ?? null) !== null)
      for (const { row, told } of rows) if (held.has(row.id) || isSaid(told)) partPlan.put(row, held.get(row.id) as never, { ...Object.fromEntries(apart!.attributes.map((name) => [name, told[name]])), [apart!.owner]: row.id } as never)
    }
    return { main: plan, plans: partPlan ? [plan, partPlan] : [plan] }
  }
}

const storedOf = (run: Run, of: ReturnType<typeof table>, within: string, kind: string, values: readonly string[]) =>
  load(run, of, `"${snakeCase(within)}${kind === 'link' ? '_id' : ''}" = any($1::text[])`, [distinct(values)])

function checkAlone(rows: readonly { row: FileRow<unknown>; told: Told }[], kept: readonly (Told & { id: string })[], keyOf: (told: Told) => string, { alike, what }: NonNullable<AttributesOf['alone']>): void {
  const like = typeof alike === 'function' ? alike : (told: Told) => alike.map((name) => told[name] ?? '').join('\0')
  for (const { row, told } of rows) if (told['validTo'] && (told['validTo'] as string) <= (told['validFrom'] as string)) row.refuse('validTo', say('The end must be later than the start.', '终止日期须晚于起始日期。'))
  const said = new Set(rows.map(({ told }) => keyOf(told)))
  const standing = (told: Told, row?: FileRow<unknown>): Standing => ({ ...(row ? { row } : {}), key: like(told), from: told['validFrom'] as string, to: (told['validTo'] as string | null | undefined) ?? null })
  checkNoOverlap([...rows.filter(({ row }) => row.isGood).map(({ row, told }) => standing(told, row)), ...kept.filter((told) => !said.has(keyOf(told))).map((told) => standing(told))], what)
}
