/** Random documents over every path of the schema: as a tree that the judge walks beside the answer, and as the GraphQL text of it. */
import { astFromValue, getNamedType, isEnumType, isInputObjectType, print, type GraphQLInputObjectType, type GraphQLSchema } from 'graphql'
import { pages } from '../oracle/pages.js'
import type { Row, Snapshot } from '../oracle/snapshot.js'
import type { FieldPage, Viewer } from '../oracle/words.js'
import type { Random } from './random.js'
import { leadsTo, nodeTypes, rootsOf, type Leads } from './schema-paths.js'

export type Filter = { [part: string]: any }
export interface OrderTerm { field: string; direction: 'ASC' | 'DESC' }
export interface PageArguments { filter?: Filter; orderBy?: OrderTerm[]; first?: number; last?: number }

/** What is asked of one object. */
export interface Selection {
  type: string
  parts: Part[]
  /** Fragments: their parts count where the type condition fits. */
  spreads: { on: string; named: boolean; selection: Selection }[]
}
export interface Part {
  key: string
  field: string
  leads: Leads
  inside?: Selection
  args?: PageArguments
  shape?: { totalCount: boolean; nodes: boolean; edges: boolean }
}
export type Root =
  | { kind: 'list'; key: string; part: Part }
  | { kind: 'single' | 'node'; key: string; field: string; id: string; type: string; inside: Selection }
  | { kind: 'nodes' | '_entities'; key: string; ids: string[]; types: string[]; inside: Selection[] }
  | { kind: 'viewer'; key: string; inside: Selection }
export interface Asking {
  roots: Root[]
  text: string
  variables: Record<string, unknown>
}

/** Order fields whose values compare as plain characters, numbers or days. */
const comparable = new Set(['CODE', 'CREATED_AT', 'UPDATED_AT', 'DUE_ON', 'ISSUED_ON', 'VALID_FROM', 'VALID_TO', 'STARTS_ON', 'ENDS_ON', 'MOBILE', 'INTERNAL_NOTE', 'PROGRESS', 'FOUNDED_ON', 'REPORTED_ON', 'PERIOD_TO', 'PERCENT', 'REVIEWED_ON', 'REQUESTED_ON', 'OLD_DUE_ON', 'NEW_DUE_ON', 'DECIDED_ON', 'MONTH', 'PUBLISHED_ON', 'OCCURRED_ON', 'DUE_COUNT', 'LATE_COUNT', 'LATE_DAYS', 'RETURNED_COUNT'])
const orderable = new Set(['code', 'dueOn', 'issuedOn', 'validFrom', 'validTo', 'startsOn', 'endsOn', 'mobile', 'internalNote', 'progress', 'foundedOn', 'endedOn', 'reportedOn', 'periodFrom', 'periodTo', 'percent', 'reviewedOn', 'requestedOn', 'oldDueOn', 'newDueOn', 'decidedDueOn', 'decidedOn', 'month', 'publishedOn', 'computedOn', 'occurredOn', 'appealedOn', 'daysLate', 'dueCount', 'lateCount', 'lateDays', 'onTimeRate', 'returnRate', 'meanAcceptanceDays', 'extensionShare'])
export const property = (name: string): string => name.toLowerCase().replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())

export class Documents {
  private aliases = 0
  constructor(readonly schema: GraphQLSchema, readonly snapshot: Snapshot, readonly chance: Random) {}

  readonly lists = nodeTypes(this.schema).map(({ name }) => name).filter((name) => rootsOf(this.schema, name).list)

  /** Every value and to-one link of a type, without chance. */
  everything(type: string, links = true, prefix = ''): Selection {
    const parts = this.fieldsOf(type).flatMap(({ name, leads }): Part[] => {
      if (leads.kind === 'value') return [{ key: name === 'id' ? name : `${prefix}${name}`, field: name, leads }]
      if (leads.kind === 'one' && links) return [{ key: `${prefix}${name}`, field: name, leads, inside: { type: leads.type, parts: [idPart], spreads: [] } }]
      if (leads.kind === 'list' && links) return [{ key: `${prefix}${name}`, field: name, leads, inside: { type: leads.type, parts: [idPart], spreads: [] } }]
      return []
    })
    return { type, parts, spreads: [] }
  }

  fieldsOf(type: string): { name: string; leads: Leads }[] {
    return Object.values((this.schema.getType(type) as never as { getFields(): Record<string, never> }).getFields()).map((field: any) => ({ name: field.name as string, leads: leadsTo(field) }))
  }

  ask(roots: Root[]): Asking {
    return write(this.schema, roots, this.chance)
  }

  random(viewer: Viewer): Asking {
    return this.ask(Array.from({ length: 1 + this.chance.below(3) }, () => this.root(viewer)))
  }

  private key(field: string): string {
    return `${field}_${++this.aliases}`
  }

  root(viewer: Viewer): Root {
    const { chance } = this
    const turn = chance.next()
    if (turn < 0.5) {
      const type = chance.pick(this.lists)
      const field = rootsOf(this.schema, type).list!
      return { kind: 'list', key: this.key(field), part: { ...this.connection(field, type, 0, chance.pick([5, 20, 60, 200])), key: '' } }
    }
    if (turn < 0.65 || (turn >= 0.97 && viewer.personId === null)) {
      const type = chance.pick(nodeTypes(this.schema)).name
      const row = this.anyRow(type)
      const { single } = rootsOf(this.schema, type)
      const isSingle = single !== undefined && chance.chance(0.5)
      return { kind: isSingle ? 'single' : 'node', key: this.key('o'), field: isSingle ? single : 'node', id: row.id, type, inside: this.selection(type, 0) }
    }
    if (turn < 0.97) {
      const types = Array.from({ length: 1 + chance.below(12) }, () => chance.pick(nodeTypes(this.schema)).name)
      const ids = types.map((type) => this.anyRow(type).id)
      return { kind: chance.chance(0.5) ? 'nodes' : '_entities', key: this.key('n'), ids, types, inside: [...new Set(types)].map((type) => apart(this.selection(type, 1), type)) }
    }
    return { kind: 'viewer', key: this.key('me'), inside: this.selection('Person', 1) }
  }

  private anyRow(type: string): Row {
    return this.chance.pick(pages[type]!.rows(this.snapshot))
  }

  /** Some fields of a type, with links up to four hops away. */
  selection(type: string, depth: number): Selection {
    const { chance } = this
    const fields = this.fieldsOf(type)
    const parts: Part[] = []
    const isGuarded = (name: string) => { const page = pages[type]!.fields[name]; return page?.kind === 'value' && page.readable !== undefined }
    for (const { name, leads } of fields) {
      const page = pages[type]!.fields[name]
      if (!page) continue
      if (leads.kind === 'value') {
        if (name !== 'id' && chance.chance(isGuarded(name) ? 0.75 : 0.35)) parts.push({ key: chance.chance(0.25) ? this.key(name) : name, field: name, leads })
      } else if (leads.kind === 'one') {
        if (depth < 4 && chance.chance(0.32 - depth * 0.05)) parts.push({ key: this.key(name), field: name, leads, inside: this.selection(leads.type, depth + 1) })
      } else if (leads.kind === 'list') {
        if (depth < 4 && chance.chance(0.3 - depth * 0.06)) parts.push({ key: this.key(name), field: name, leads, inside: { ...this.withId(this.selection(leads.type, depth + 1)) } })
      } else if (leads.kind === 'connection') {
        if (depth < 4 && chance.chance(0.3 - depth * 0.06)) parts.push(this.connection(name, leads.type, depth + 1, chance.pick([1, 3, 6])))
      }
    }
    const selection: Selection = { type, parts, spreads: [] }
    if (chance.chance(0.85)) selection.parts.push(chance.chance(0.8) ? idPart : { ...idPart, key: this.key('id') })
    if (selection.parts.length === 0) selection.parts.push(idPart)
    if (chance.chance(0.3) && selection.parts.length > 2) {
      const cut = chance.below(selection.parts.length - 1) + 1
      const moved = selection.parts.splice(cut).filter(({ field }) => field !== 'id')
      if (moved.length > 0) selection.spreads.push({ on: type, named: chance.chance(0.5), selection: { type, parts: moved, spreads: [] } })
    }
    if (chance.chance(0.15)) selection.spreads.push({ on: 'Node', named: chance.chance(0.5), selection: { type: 'Node', parts: [idPart], spreads: [] } })
    return selection
  }

  private withId(selection: Selection): Selection {
    return selection.parts.some(({ key }) => key === 'id') ? selection : { ...selection, parts: [idPart, ...selection.parts] }
  }

  connection(field: string, type: string, depth: number, size: number): Part {
    const { chance } = this
    const args: PageArguments = chance.chance(0.8) ? { first: size } : { last: size }
    if (chance.chance(0.35)) args.filter = this.filter(type, 0)
    if (chance.chance(0.35)) args.orderBy = this.order(type)
    const nodes = chance.chance(0.8)
    return {
      key: this.key(field), field, leads: { kind: 'connection', type, hasFilter: true, hasOrder: true }, args,
      shape: { totalCount: chance.chance(0.6), nodes, edges: !nodes || chance.chance(0.2) }, inside: this.selection(type, depth),
    }
  }

  order(type: string): OrderTerm[] {
    const values = this.schema.getType(`${type}OrderField`)
    if (!isEnumType(values)) return []
    const fields = values.getValues().map(({ name }) => name).filter((name) => comparable.has(name))
    return this.chance.some(fields, 1 + this.chance.below(2)).map((field) => ({ field, direction: this.chance.pick(['ASC', 'DESC'] as const) }))
  }

  /** A filter that any client may send, with values of rows that the viewer may or may not see. */
  filter(type: string, depth: number): Filter {
    const { chance } = this
    const turn = chance.next()
    if (depth < 3 && turn < 0.15) return { not: this.filter(type, depth + 1) }
    if (depth < 3 && turn < 0.3) return { [chance.pick(['and', 'or'])]: Array.from({ length: 1 + chance.below(3) }, () => this.filter(type, depth + 1)) }
    const input = this.schema.getType(`${type}Filter`) as GraphQLInputObjectType
    const fields = Object.values(input.getFields()).filter(({ name }) => {
      const page = pages[type]!.fields[name]
      return page && page.kind !== 'derived' && (page.kind === 'value' || depth < 3)
    })
    const guarded = fields.filter(({ name }) => { const page = pages[type]!.fields[name]!; return page.kind === 'value' && page.readable })
    const field = guarded.length > 0 && chance.chance(0.3) ? chance.pick(guarded) : chance.pick(fields)
    const page = pages[type]!.fields[field.name]!
    if (page.kind === 'one') return { [field.name]: this.filter(page.type, depth + 1) }
    if (page.kind === 'many') return { [field.name]: { [chance.pick(['some', 'none'])]: this.filter(page.type, depth + 1) } }
    return { [field.name]: this.comparison(type, field.name, page as FieldPage<Row> & { kind: 'value' }, Object.keys((getNamedType(field.type) as GraphQLInputObjectType).getFields())) }
  }

  private comparison(type: string, name: string, page: FieldPage<Row> & { kind: 'value' }, operators: string[]): Filter {
    const { chance } = this
    const held = () => page.of(this.anyRow(type), this.snapshot, {} as never)
    const sample = (): unknown => {
      for (let turn = 0; turn < 12; turn++) {
        const found = held()
        if (found !== null && !(Array.isArray(found) && found.length === 0)) return found
      }
      return undefined
    }
    const found = sample()
    const another = sample()
    if (found === undefined || another === undefined) return operators.includes('isNull') ? { isNull: chance.chance(0.5) } : {}
    if (operators.includes('has')) return { has: chance.pick(found as string[]) }
    const usable = operators.filter((operator) => !['lt', 'lte', 'gt', 'gte'].includes(operator) || orderable.has(name))
    const operator = chance.pick(usable)
    if (operator === 'isNull') return { isNull: chance.chance(0.5) }
    if (operator === 'in' || operator === 'notIn') return { [operator]: [found, another] }
    if (operator === 'contains' || operator === 'startsWith') return { [operator]: String(found).slice(0, 1 + chance.below(String(found).length)) }
    return { [operator]: found }
  }
}

/** Response keys that no other type uses: two types may call a text by one name, one of them nullable. */
const apart = (selection: Selection, prefix: string): Selection => ({
  ...selection,
  parts: selection.parts.map((part) => (part.key === part.field && part.field !== 'id' ? { ...part, key: `${prefix}_${part.field}` } : part)),
  spreads: selection.spreads.map((spread) => ({ ...spread, selection: apart(spread.selection, prefix) })),
})

export const idPart: Part = { key: 'id', field: 'id', leads: { kind: 'value' } }

function write(schema: GraphQLSchema, roots: Root[], chance: Random): Asking {
  const variables: Record<string, unknown> = {}
  const declared: string[] = []
  const fragments: string[] = []
  const bind = (type: string, value: unknown): string => {
    const name = `v${declared.length}`
    declared.push(`$${name}: ${type}`)
    variables[name] = value
    return `$${name}`
  }
  const given = (type: string, value: unknown): string => {
    const named = schema.getType(type.replace(/[[\]!]/g, ''))
    if (chance.chance(0.5) && isInputObjectType(named) && !type.startsWith('[')) return print(astFromValue(value, named)!)
    return bind(type, value)
  }
  const object = (selection: Selection): string => {
    const parts = selection.parts.map((part) => field(part))
    for (const spread of selection.spreads) {
      if (spread.named) {
        const name = `F${fragments.length}`
        fragments.push('')
        fragments[Number(name.slice(1))] = `fragment ${name} on ${spread.on} { ${object(spread.selection)} }`
        parts.push(`...${name}`)
      } else parts.push(`... on ${spread.on} { ${object(spread.selection)} }`)
    }
    return parts.join(' ')
  }
  const field = (part: Part): string => {
    const name = part.key && part.key !== part.field ? `${part.key}: ${part.field}` : part.field
    if (part.leads.kind === 'value') return name
    if (part.leads.kind !== 'connection') return `${name} { ${object(part.inside!)} }`
    const { type } = part.leads
    const args: string[] = []
    if (part.args?.filter) args.push(`filter: ${given(`${type}Filter`, part.args.filter)}`)
    if (part.args?.orderBy?.length) args.push(`orderBy: ${bind(`[${type}Order!]`, part.args.orderBy)}`)
    if (part.args?.first !== undefined) args.push(`first: ${part.args.first}`)
    if (part.args?.last !== undefined) args.push(`last: ${part.args.last}`)
    const inner = object(part.inside!)
    const { totalCount, nodes, edges } = part.shape!
    return `${name}${args.length ? `(${args.join(', ')})` : ''} { ${totalCount ? 'totalCount ' : ''}${nodes ? `nodes { ${inner} } ` : ''}${edges ? `edges { cursor node { ${inner} } } ` : ''}pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`
  }
  const texts = roots.map((root): string => {
    switch (root.kind) {
      case 'list': return field({ ...root.part, key: root.key })
      case 'single': return `${root.key}: ${root.field}(id: ${bind('ID!', root.id)}) { ${object(root.inside)} }`
      case 'node': return `${root.key}: node(id: ${bind('ID!', root.id)}) { __typename id ... on ${root.type} { ${object(root.inside)} } }`
      case 'nodes': return `${root.key}: nodes(ids: ${bind('[ID!]!', root.ids)}) { __typename id ${root.inside.map((inside) => `... on ${inside.type} { ${object(inside)} }`).join(' ')} }`
      case '_entities': return `${root.key}: _entities(representations: ${bind('[_Any!]!', root.ids.map((id, at) => ({ __typename: root.types[at], id })))}) { __typename ${root.inside.map((inside) => `... on ${inside.type} { id ${object(inside)} }`).join(' ')} }`
      case 'viewer': return `${root.key}: viewer { id person { ${object(root.inside)} } }`
    }
  })
  return { roots, variables, text: `query${declared.length ? ` (${declared.join(', ')})` : ''} { ${texts.join(' ')} } ${fragments.join(' ')}` }
}
