/** Walks an answer beside what was asked and says, cell by cell, what the oracle would have answered. */
import { pages } from '../oracle/pages.js'
import type { Row, Snapshot } from '../oracle/snapshot.js'
import type { FieldPage, Page, Verdict, Viewer } from '../oracle/words.js'
import { property, type Asking, type Filter, type PageArguments, type Part, type Selection } from './documents.js'

export interface Difference {
  kind: 'leak' | 'wrong denial' | 'wrong value' | 'wrong error'
  viewer: string
  where: string
  expected: unknown
  got: unknown
}

/** What was judged: distinct cells, and how often each rule said yes and no. */
export class Tally {
  readonly triples = new Set<string>()
  checks = 0
  readonly differences: Difference[] = []
  /** Where kept, each cell as it was first answered, so that another path can be held against it. */
  values: Map<string, { at: string; text: string }> | undefined
  readonly rules = new Map<string, { yes: number; no: number; sole: number }>()

  note(viewer: Viewer, type: string, id: string, field: string, said?: Verdict): void {
    this.checks++
    const key = `${viewer.login}|${id}|${field}`
    if (this.triples.has(key)) return
    this.triples.add(key)
    if (!said) return
    const yes = Object.values(said.rules).filter(Boolean).length
    for (const [rule, holds] of Object.entries(said.rules)) {
      const name = `${type}.${field} | ${rule}`
      const cell = this.rules.get(name) ?? { yes: 0, no: 0, sole: 0 }
      if (holds) cell.yes++
      else cell.no++
      if (holds && yes === 1) cell.sole++
      this.rules.set(name, cell)
    }
  }

  /** The differences by kind and place, the first of each in full. */
  summary(): string {
    const groups = new Map<string, Difference[]>()
    for (const one of this.differences) {
      const name = `${one.kind}: ${one.where.replace(/ \{.*$/, ' {…}').replace(/_\d+(?=\b)/g, '').replace(/\[\d+\]/g, '').replace(/( of)? \w+k0\w+$/, '')}`
      groups.set(name, [...(groups.get(name) ?? []), one])
    }
    return [...groups].sort(([, a], [, b]) => b.length - a.length).slice(0, 12).map(([name, all]) => `  ${all.length} × ${name}\n      ${JSON.stringify(all.sort((a, b) => length(a) - length(b))[0]).slice(0, Number(process.env['HELI_WIDTH'] ?? 700))}`).join('\n')
  }

  /** Rules by field with their verdicts; `alone` counts where no other rule would have let the viewer in. */
  histogram(): string {
    const lines = [...this.rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { yes, no, sole }]) => `  ${name}: yes ${yes} (alone ${sole}), no ${no}`)
    return lines.join('\n')
  }
}

const length = (one: Difference): number => JSON.stringify(one).length

export class Judge {
  private readonly verdicts = new Map<string, Verdict>()
  constructor(readonly snapshot: Snapshot, readonly tally: Tally, readonly network = '') {}

  visible(viewer: Viewer, type: string, row: Row): Verdict {
    const key = `${viewer.login}|${row.id}`
    let found = this.verdicts.get(key)
    if (!found) this.verdicts.set(key, (found = page(type).visible(viewer, row)))
    return found
  }

  /** A value as this viewer reads it: `hidden` where it may not. */
  private read(viewer: Viewer, row: Row, field: FieldPage<Row> & { kind: 'value' }): { value: unknown } | 'hidden' {
    if (field.readable && !field.readable(viewer, row).allowed) return 'hidden'
    return { value: field.of(row, this.snapshot, viewer) }
  }

  matches(viewer: Viewer, type: string, row: Row, filter: Filter, negated = false): boolean {
    const parts = Object.entries(filter).map(([name, part]): boolean => {
      if (name === 'and' || name === 'or') {
        const each = (part as Filter[]).map((one) => this.matches(viewer, type, row, one, negated))
        return (name === 'and') !== negated ? each.every(Boolean) : each.some(Boolean)
      }
      if (name === 'not') return this.matches(viewer, type, row, part, !negated)
      const field = page(type).fields[name]!
      if (field.kind === 'one') {
        const target = field.of(row, this.snapshot, viewer)
        return target !== undefined && this.visible(viewer, field.type, target).allowed && this.matches(viewer, field.type, target, part, negated)
      }
      if (field.kind === 'many') {
        const children = field.of(row, this.snapshot).filter((child) => this.visible(viewer, field.type, child).allowed)
        const each = Object.entries<Filter>(part).map(([quantifier, inner]) => (quantifier === 'some') === children.some((child) => this.matches(viewer, field.type, child, inner)))
        return negated ? !each.every(Boolean) : each.every(Boolean)
      }
      if (field.kind !== 'value') throw new Error(`${type}.${name} is not compared here`)
      const held = this.read(viewer, row, field)
      if (held === 'hidden') return false
      const each = Object.entries(part).map(([operator, operand]) => holds(held.value as never, operator, operand))
      return negated ? !each.every(Boolean) : each.every(Boolean)
    })
    return negated ? parts.some(Boolean) : parts.every(Boolean)
  }

  /** The rows of a list before paging. */
  listed(viewer: Viewer, type: string, rows: readonly Row[], { filter, orderBy = [] }: PageArguments): Row[] {
    const kept = rows.filter((row) => this.visible(viewer, type, row).allowed && (!filter || this.matches(viewer, type, row, filter)))
    const keys = orderBy.map(({ field, direction }) => {
      const asked = page(type).fields[property(field)] as FieldPage<Row> & { kind: 'value' }
      return { of: (row: Row) => { const held = this.read(viewer, row, asked); return held === 'hidden' ? null : (held.value as string | number | null) }, sign: direction === 'DESC' ? -1 : 1 }
    })
    return kept.sort((a, b) => {
      for (const { of, sign } of keys) {
        const [x, y] = [of(a), of(b)]
        if (x === y) continue
        return sign * (x === null ? 1 : y === null ? -1 : x < y ? -1 : 1)
      }
      // Ids settle ties in the direction of the last key.
      return (keys.at(-1)?.sign ?? 1) * (a.id < b.id ? -1 : 1)
    })
  }

  judge(viewer: Viewer, asking: Asking, answer: { data: any; codes: (string | undefined)[]; errors: readonly { message: string }[] }): void {
    const before = this.tally.differences.length
    let misses = 0
    for (const root of asking.roots) {
      const got = answer.data?.[root.key]
      if (root.kind === 'list') this.connection(viewer, root.part, page((root.part.leads as { type: string }).type).rows(this.snapshot), got, root.key)
      else if (root.kind === 'viewer') {
        const self = this.snapshot.one('person', viewer.personId)
        this.object(viewer, 'Person', self, root.inside, got?.person, `${root.key}.person`)
      } else if ('ids' in root) {
        if (!Array.isArray(got) || got.length !== root.ids.length) this.say('wrong error', viewer, root.key, `${root.ids.length} answers`, JSON.stringify(answer.codes))
        else for (const [at, id] of root.ids.entries()) {
          const type = root.types[at]!
          this.object(viewer, type, rowOf(this.snapshot, type, id), root.inside.find((one) => one.type === type)!, got[at], `${root.key}[${at}]<${type}>`)
        }
      } else {
        const row = rowOf(this.snapshot, root.type, root.id)
        if (!this.visible(viewer, root.type, row!).allowed) misses++
        this.object(viewer, root.type, row, root.inside, got, `${root.key}<${root.type}>`)
      }
    }
    const codes = answer.codes.join()
    const expected = Array.from({ length: misses }, () => 'NOT_FOUND').join()
    if (codes !== expected) this.say('wrong error', viewer, 'errors', expected, answer.errors.map(({ message }) => message).join('; '))
    for (const one of this.tally.differences.slice(before)) (one as Difference & { asking?: unknown }).asking ??= { text: asking.text, variables: asking.variables }
  }

  private say(kind: Difference['kind'], viewer: Viewer, where: string, expected: unknown, got: unknown): void {
    this.tally.differences.push({ kind, viewer: `${this.network} ${viewer.login} [${viewer.places.map(({ role, unit }) => `${role}@${unit.code}`).join(', ')}]`, where, expected, got })
  }

  private agree(viewer: Viewer, row: Row, field: string, got: unknown, where: string): void {
    const { values } = this.tally
    if (!values) return
    const key = `${viewer.login}|${row.id}|${field}`
    const text = JSON.stringify(got) ?? 'nothing'
    const first = values.get(key)
    if (!first) values.set(key, { at: where, text })
    else if (first.text !== text) this.say('wrong value', viewer, `paths disagree: ${where} ${row.id}`, first, text)
  }

  private connection(viewer: Viewer, part: Part, rows: readonly Row[], got: any, where: string): void {
    const { type } = part.leads as { type: string }
    const args = part.args ?? {}
    const all = this.listed(viewer, type, rows, args)
    const shown = args.last !== undefined ? all.slice(-args.last) : all.slice(0, args.first ?? 50)
    for (const row of rows) this.tally.note(viewer, type, row.id, '(row)', this.visible(viewer, type, row))
    if (!got) return this.say('wrong error', viewer, where, `${shown.length} rows`, got)
    if (part.shape!.totalCount && got.totalCount !== all.length) this.say(got.totalCount > all.length ? 'leak' : 'wrong denial', viewer, `${where}.totalCount ${JSON.stringify(args)}`, all.length, got.totalCount)
    const lists: any[][] = []
    if (part.shape!.nodes) lists.push(got.nodes)
    if (part.shape!.edges) lists.push(got.edges.map(({ node }: { node: unknown }) => node))
    for (const nodes of lists) {
      const key = part.inside!.parts.find(({ field }) => field === 'id')?.key ?? 'id'
      const ids = nodes.map((node) => node[key] as string | undefined)
      if (nodes.length !== shown.length || (ids[0] !== undefined && ids.some((id, at) => id !== shown[at]!.id))) {
        const extra = ids.filter((id) => id && !all.some((row) => row.id === id))
        const missing = shown.filter((row) => !ids.includes(row.id)).map((row) => row.id)
        this.say(extra.length > 0 || nodes.length > shown.length ? 'leak' : 'wrong denial', viewer, `${where} ${JSON.stringify(args)}`, { count: shown.length, missing: missing.slice(0, 3) }, { count: nodes.length, extra: extra.slice(0, 3) })
        continue
      }
      for (const [at, row] of shown.entries()) this.object(viewer, type, row, part.inside!, nodes[at], `${where}[${at}]<${type}>`)
    }
    const { hasNextPage, hasPreviousPage } = got.pageInfo
    const isCut = shown.length < all.length
    if (args.last !== undefined ? hasPreviousPage !== isCut : hasNextPage !== isCut) this.say('leak', viewer, `${where}.pageInfo ${JSON.stringify(args)}`, isCut, got.pageInfo)
  }

  private object(viewer: Viewer, type: string, row: Row | undefined, selection: Selection, got: any, where: string): void {
    if (row) this.tally.note(viewer, type, row.id, '(row)', this.visible(viewer, type, row))
    if (!row || !this.visible(viewer, type, row).allowed) {
      if (got !== null && got !== undefined) this.say('leak', viewer, `${where} ${row?.id}`, 'no object', got)
      return
    }
    if (got === null || got === undefined) return this.say('wrong denial', viewer, where, row.id, got)
    for (const part of selection.parts) this.part(viewer, type, row, part, got[part.key], `${where}.${part.field}`)
    for (const spread of selection.spreads) this.object(viewer, type, row, { ...spread.selection, type }, got, where)
  }

  private part(viewer: Viewer, type: string, row: Row, part: Part, got: any, where: string): void {
    const field = page(type).fields[part.field]
    if (!field) throw new Error(`the page of ${type} says nothing of ${part.field}`)
    if (field.kind === 'derived' || field.kind === 'value') this.agree(viewer, row, part.field, got, where)
    if (field.kind === 'derived') {
      this.tally.note(viewer, type, row.id, part.field)
      if (got === undefined || (got === null && !field.mayBeNull)) this.say('wrong denial', viewer, `${where} ${row.id}`, 'a value', got)
      return
    }
    if (field.kind === 'value') {
      const said = field.readable?.(viewer, row)
      this.tally.note(viewer, type, row.id, part.field, said)
      const isHidden = said !== undefined && !said.allowed
      const expected = isHidden ? null : (field.of(row, this.snapshot, viewer) ?? null)
      if (!isSame(got, expected)) this.say(isHidden ? 'leak' : got === null ? 'wrong denial' : 'wrong value', viewer, `${where} ${row.id}`, expected, got)
      return
    }
    if (field.kind === 'one') return this.object(viewer, field.type, field.of(row, this.snapshot, viewer), part.inside!, got, where)
    const children = field.of(row, this.snapshot)
    if (part.leads.kind === 'connection') return this.connection(viewer, part, children, got, where)
    const expected = children.filter((child) => this.visible(viewer, field.type, child).allowed)
    for (const child of children) this.tally.note(viewer, field.type, child.id, '(row)', this.visible(viewer, field.type, child))
    const extra = (got as Row[]).filter(({ id }) => !expected.some((row) => row.id === id))
    if (extra.length > 0) this.say('leak', viewer, `${where} of ${row.id}`, expected.length, extra.map(({ id }) => id))
    for (const child of expected) this.object(viewer, field.type, child, part.inside!, (got as Row[]).find(({ id }) => id === child.id), `${where}<${field.type}>`)
  }
}

function page(type: string): Page {
  const found = pages[type]
  if (!found) throw new Error(`no page for ${type}`)
  return found
}

/** The same value; an instant may be written in more than one way. */
const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/
const isSame = (got: unknown, expected: unknown): boolean =>
  JSON.stringify(got) === JSON.stringify(expected) || (typeof got === 'string' && typeof expected === 'string' && instant.test(got) && instant.test(expected) && Date.parse(got) === Date.parse(expected))

const rowOf = (snapshot: Snapshot, type: string, id: string): Row | undefined => page(type).rows(snapshot).find((row) => row.id === id)

type Held = string | number | boolean | null

function holds(value: Held, operator: string, operand: any): boolean {
  if (operator === 'has') return (value as never as string[]).includes(operand)
  if (operator === 'eq') return value === operand
  if (operator === 'ne') return value !== operand
  if (operator === 'isNull') return (value === null) === operand
  if (operator === 'notIn') return value === null || !operand.includes(value)
  if (value === null) return false
  switch (operator) {
    case 'in': return operand.includes(value)
    case 'contains': return String(value).toLowerCase().includes(String(operand).toLowerCase())
    case 'startsWith': return String(value).startsWith(operand)
    case 'lt': return value < operand
    case 'lte': return value <= operand
    case 'gt': return value > operand
    case 'gte': return value >= operand
    default: throw new Error(`say what ${operator} means`)
  }
}
