import { beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { getNamedType, isEnumType, isInputObjectType, isObjectType, isScalarType, type GraphQLInputObjectType } from 'graphql'
import { useWorld } from '../support/world.js'

const world = useWorld()
type Value = string | number | boolean | null
type Node = { id: string; [field: string]: any }

const pick = <T>(values: readonly T[], at: number): T => values[at % values.length]!
let office: { id: string }

beforeEach(async () => {
  const { build } = world
  const network = await build.network()
  office = network.office
  const self = await build.person({ login: 'appointed', unit: office.id })
  const initiative = await build.initiative({ leadUnitId: office.id, updateEveryDays: 1 })
  const top = await build.task({ issuingUnitId: office.id, initiativeId: initiative.id, dueOn: null, title: '顶' })
  for (let at = 0; at < 9; at++) {
    const createdAt = `2026-01-0${1 + (at % 3)}T00:00:00Z`
    const division = await build.division({ parentId: network.province.id, name: pick(['东区', '西区'], at), endedOn: pick([null, '2020-01-01', '2021-01-01'], at), createdAt })
    const unit = await build.unit({ divisionId: division.id, name: pick(['民政局', 'Ab_c', 'aB%c'], at), kind: pick(['EDUCATION', 'HEALTH'], at), creditCode: at === 0 ? '91331081307655191L' : null, legalForm: pick([null, 'FOUNDATION'], at), registrationLevel: pick(['COUNTY', null, null], at), foundedOn: pick(['2001-01-01', '2002-02-02'], at), endedOn: pick([null, null, '2030-01-01'], at), lineParentId: pick([null, office.id], at), createdAt })
    await build.mandate({ unitId: unit.id, mechanism: pick(['FUNDING', 'CAPABILITY'], at), role: pick(['RESPONSIBLE', 'COOPERATING'], at), validTo: pick([null, '2030-01-01'], at), createdAt })
    await build.document({ kind: pick(['SOCIAL_WORK', 'VOLUNTEERING'], at), issuedOn: pick(['2008-01-01', '2009-09-09'], at) })
    const person = await build.person({ unit: unit.id, name: pick(['示甲', '示乙'], at), title: pick([null, '主任'], at), mobile: pick([null, '13800000001', '13800000002'], at), createdAt })
    await build.appointment({ personId: self.id, unitId: unit.id, role: pick([null, 'CLERK'], at), validFrom: pick(['2021-01-01', '2022-02-02'], at), validTo: pick([null, '2030-01-01'], at) })
    await build.initiative({ leadUnitId: unit.id, title: pick(['甲行动', '乙行动'], at), mechanisms: pick([['FUNDING'], ['FUNDING', 'CAPABILITY'], []], at), visibility: pick(['NETWORK', 'PARTICIPANTS'], at), status: pick(['ACTIVE', 'DRAFT', 'SUSPENDED'], at), startsOn: pick([null, '2026-01-01', '2026-02-02'], at), endsOn: pick(['2027-01-01', null], at), parentId: pick([null, initiative.id], at), createdAt })
    const task = await build.task({ issuingUnitId: pick([office.id, unit.id], at), initiativeId: pick([initiative.id, initiative.id, null], at), parentId: pick([top.id, null], at), title: pick(['甲%', '乙_', '丙\\'], at), source: pick(['INITIATIVE', 'DOCUMENT'], at), urgency: pick(['NORMAL', 'URGENT', 'MAJOR'], at), confidential: pick([false, true, false], at), status: pick(['ISSUED', 'COMPLETED', 'IN_PROGRESS', 'DRAFT'], at), issuedOn: pick([null, '2026-10-01'], at), dueOn: pick(['2026-11-22', '2026-11-23', '2026-11-24', null], at), createdAt })
    await build.assignment({ taskId: task.id, unitId: unit.id, role: 'LEAD', personId: pick([person.id, null], at), liaisonId: pick([null, self.id], at), status: pick(['ISSUED', 'COMPLETED'], at), dueOn: pick(['2026-11-20', null], at), progress: pick([0, 50, 100], at) })
    if (at % 3 === 0) await build.assignment({ taskId: task.id, unitId: office.id, progress: pick([10, 20], at), internalNote: pick(['内', 'note'], at) })
  }
})

const run = async (login: string, document: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await world.as(login).run(document, variables)
  expect(errors).toEqual([])
  return data
}

/** What each operator means, said a second time and without SQL. */
function holds(value: Value | Value[], operator: string, operand: any): boolean {
  const less = (a: Value, b: Value) => a! < b!
  switch (operator) {
    case 'eq': return value === operand
    case 'ne': return value !== operand
    case 'in': return value !== null && operand.includes(value)
    case 'notIn': return value === null || !operand.includes(value)
    case 'isNull': return (value === null) === operand
    case 'has': return (value as Value[]).includes(operand)
    case 'contains': return value !== null && String(value).toLowerCase().includes(String(operand).toLowerCase())
    case 'startsWith': return value !== null && String(value).startsWith(operand)
    case 'lt': return value !== null && less(value as Value, operand)
    case 'lte': return value !== null && !less(operand, value as Value)
    case 'gt': return value !== null && less(operand, value as Value)
    case 'gte': return value !== null && !less(value as Value, operand)
    default: throw new Error(`say what ${operator} means`)
  }
}

interface Comparison {
  list: string
  field: string
  operators: string[]
  isList: boolean
}

/** Every comparison that a root list offers, by walking its filter input. */
function comparisons(): Comparison[] {
  const { schema } = world.backbone
  return Object.values(schema.getQueryType()!.getFields()).flatMap((list) => {
    const filter = list.args.find(({ name }) => name === 'filter')
    if (!filter || list.args.some(({ type }) => type.toString().endsWith('!'))) return []
    const of = getNamedType(list.type)
    const nodes = isObjectType(of) ? of.getFields()['nodes'] : undefined
    if (!nodes) return []
    const node = getNamedType(nodes.type)
    return Object.values((getNamedType(filter.type) as GraphQLInputObjectType).getFields()).flatMap((part) => {
      const input = getNamedType(part.type)
      const shown = isObjectType(node) && node.getFields()[part.name]
      if (!isInputObjectType(input) || !shown) return []
      const leaf = getNamedType(shown.type)
      if (!isScalarType(leaf) && !isEnumType(leaf)) return []
      return [{ list: list.name, field: part.name, operators: Object.keys(input.getFields()), isList: 'has' in input.getFields() }]
    })
  })
}

const operandsFor = (operator: string, values: readonly Value[], isText: boolean): unknown[] => {
  const present = values.filter((value) => value !== null).slice(0, 2)
  const last = present.slice(-1)
  if (operator === 'isNull') return [true, false]
  if (operator === 'in' || operator === 'notIn') return [[], present]
  if (operator === 'eq' || operator === 'ne') return [...last, ...(values.includes(null) ? [null] : [])]
  if ((operator === 'contains' || operator === 'startsWith') && isText) return [...last.map((value) => String(value).slice(0, 1)), '%', 'AB']
  return last
}

const viewers: Record<string, string> = { appointments: 'appointed' }

describe('comparisons', () => {
  it('mean what they say for every field and operator of every list, and their negation the rest', async () => {
    const all = comparisons()
    expect([...new Set(all.flatMap(({ operators }) => operators))].sort()).toEqual(['contains', 'eq', 'gt', 'gte', 'has', 'in', 'isNull', 'lt', 'lte', 'ne', 'notIn', 'startsWith'])
    expect(all.length).toBeGreaterThan(50)
    let asked = 0
    const lists: string[] = []
    for (const list of new Set(all.map((one) => one.list))) {
      const own = all.filter((one) => one.list === list)
      const login = viewers[list] ?? 'coordinator'
      const nodes: Node[] = (await run(login, `{ ${list}(first: 200) { nodes { id ${own.map(({ field }) => field).join(' ')} } } }`))[list].nodes
      // A list of a module that this file builds nothing for.
      if (nodes.length === 0) continue
      lists.push(list)
      const cases = own.flatMap(({ field, operators, isList }) => {
        // Every note of the asker's own unit is written, so an absent one is a hidden one, and matches nothing.
        const visible = nodes.filter((node) => field !== 'internalNote' || node[field] !== null)
        const values = [...new Set(visible.flatMap((node) => node[field] as Value))]
        return operators.flatMap((operator) =>
          operandsFor(operator, values, typeof values.find((value) => value !== null) === 'string').flatMap((operand) => {
            const comparison = { [field]: { [operator]: operand } }
            const matching = visible.filter((node) => holds(isList ? node[field] : (node[field] ?? null), operator, operand)).map(({ id }) => id)
            const rest = visible.filter(({ id }) => !matching.includes(id)).map(({ id }) => id)
            return [
              { filter: comparison as object, expected: matching },
              { filter: { not: comparison }, expected: rest },
            ]
          }),
        )
      })
      for (let at = 0; at < cases.length; at += 40) {
        const part = cases.slice(at, at + 40)
        const type = `${getNamedType(world.backbone.schema.getQueryType()!.getFields()[list]!.args.find(({ name }) => name === 'filter')!.type).name}`
        const document = `query (${part.map((_one, index) => `$f${index}: ${type}`).join(', ')}) { ${part.map((_one, index) => `r${index}: ${list}(filter: $f${index}, first: 200) { nodes { id } }`).join(' ')} }`
        const data = await run(login, document, Object.fromEntries(part.map(({ filter }, index) => [`f${index}`, filter])))
        for (const [index, { filter, expected }] of part.entries()) {
          const got = data[`r${index}`] as { nodes: Node[] }
          expect({ list, filter, ids: got.nodes.map(({ id }) => id) }).toEqual({ list, filter, ids: expected })
          asked++
        }
      }
    }
    expect(lists).toEqual(expect.arrayContaining(['appointments', 'assignments', 'divisions', 'initiatives', 'mandates', 'people', 'policyDocuments', 'tasks', 'units']))
    expect(asked).toBeGreaterThan(400)
  }, 120_000)

  it('written in the document mean the same as in variables', async () => {
    const document = (filter: string) => `{ tasks(first: 200, filter: ${filter}) { nodes { id } } }`
    const bound = await run('coordinator', 'query ($f: TaskFilter) { tasks(first: 200, filter: $f) { nodes { id } } }', { f: { dueOn: { lt: '2026-11-24', gte: '2026-11-23' }, status: { in: ['COMPLETED'] } } })
    expect(bound.tasks.nodes).toHaveLength(2)
    expect(await run('coordinator', document('{ dueOn: { lt: "2026-11-24", gte: "2026-11-23" }, status: { in: [COMPLETED] } }'))).toEqual(bound)
    const mixed = await run('coordinator', 'query ($day: Day, $states: [TaskStatus!]) { tasks(first: 200, filter: { dueOn: { lt: $day, gte: "2026-11-23" }, status: { in: $states } }) { nodes { id } } }', { day: '2026-11-24', states: ['COMPLETED'] })
    expect(mixed).toEqual(bound)
  })

  it('left out, or null where null means nothing, hold of every row', async () => {
    const whole = await run('coordinator', '{ tasks(first: 200) { totalCount } }')
    for (const filter of [null, {}, { and: [] }, { dueOn: null }, { dueOn: {} }, { dueOn: { lt: null } }, { status: { in: null } }, { not: null }, { assignments: {} }, { assignments: { some: null } }]) {
      expect([filter, (await run('coordinator', 'query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }', { f: filter })).tasks]).toEqual([filter, whole.tasks])
    }
    for (const filter of [{ or: [] }, { not: {} }, { not: { and: [] } }]) {
      expect([filter, (await run('coordinator', 'query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }', { f: filter })).tasks]).toEqual([filter, { totalCount: 0 }])
    }
  })

  it('answer differently when a variable of one document changes between values and null', async () => {
    const document = 'query ($due: Day) { tasks(first: 200, filter: { dueOn: { eq: $due } }) { nodes { dueOn } } }'
    expect((await run('coordinator', document, { due: '2026-11-22' })).tasks.nodes.map(({ dueOn }: Node) => dueOn)).toEqual(['2026-11-22', '2026-11-22', '2026-11-22'])
    expect((await run('coordinator', document, { due: null })).tasks.nodes.map(({ dueOn }: Node) => dueOn)).toEqual([null, null, null])
    expect((await run('coordinator', document, { due: '2026-11-23' })).tasks.nodes.map(({ dueOn }: Node) => dueOn)).toEqual(['2026-11-23', '2026-11-23'])
    expect((await run('coordinator', document, {})).tasks.nodes).toHaveLength(10)
  })
})

describe('relations', () => {
  interface TaskRow extends Node {
    issuingUnit: { name: string; division: { name: string } }
    parent: { title: string } | null
    initiative: { code: string } | null
    assignments: { progress: number; status: string; unit: { name: string } }[]
  }
  const shape = 'id title status dueOn confidential isOverdue issuingUnit { name division { name } } parent { title } initiative { code } assignments { progress status unit { name } }'

  /** The whole filter language over a task, without SQL. What has no target matches neither way, as what is hidden does. */
  function matches(row: any, filter: Record<string, any>, negated = false): boolean {
    const parts = Object.entries(filter).map(([key, part]): boolean => {
      if (key === 'and' || key === 'or') {
        const each = (part as Record<string, any>[]).map((one) => matches(row, one, negated))
        return (key === 'and') !== negated ? each.every(Boolean) : each.some(Boolean)
      }
      if (key === 'not') return matches(row, part, !negated)
      const value = row[key]
      if (Array.isArray(value)) {
        const each = Object.entries<any>(part).map(([quantifier, inner]) => (quantifier === 'some') === (value.some((child) => matches(child, inner))))
        return negated ? !each.every(Boolean) : each.every(Boolean)
      }
      if (typeof value === 'object' && value !== null) return matches(value, part, negated)
      if (['parent', 'initiative'].includes(key)) return false
      const each = Object.entries(part).map(([operator, operand]) => holds(value, operator, operand))
      return negated ? !each.every(Boolean) : each.every(Boolean)
    })
    return negated ? parts.some(Boolean) : parts.every(Boolean)
  }

  const leaf = fc.oneof(
    fc.record({ status: fc.oneof(fc.record({ eq: fc.constantFrom('ISSUED', 'COMPLETED') }), fc.record({ notIn: fc.subarray(['ISSUED', 'DRAFT', 'COMPLETED']) })) }),
    fc.record({ dueOn: fc.oneof(fc.record({ lt: fc.constantFrom('2026-11-23', '2026-11-24') }), fc.record({ isNull: fc.boolean() }), fc.record({ gte: fc.constant('2026-11-22'), lte: fc.constant('2026-11-23') })) }),
    fc.record({ title: fc.record({ contains: fc.constantFrom('%', '_', '\\', '甲', '乙_') }) }),
    fc.record({ confidential: fc.record({ eq: fc.boolean() }) }),
    fc.record({ isOverdue: fc.record({ ne: fc.boolean() }) }),
    fc.record({ issuingUnit: fc.oneof(fc.record({ name: fc.record({ startsWith: fc.constantFrom('省', 'A', '民') }) }), fc.record({ division: fc.record({ name: fc.record({ in: fc.subarray(['东区', '西区', '示例省']) }) }) })) }),
    fc.record({ parent: fc.record({ title: fc.record({ ne: fc.constantFrom('顶', '底') }) }) }),
    fc.record({ assignments: fc.record({ some: fc.record({ progress: fc.record({ gte: fc.constantFrom(10, 50, 100) }) }) }) }),
    fc.record({ assignments: fc.record({ none: fc.record({ status: fc.record({ eq: fc.constantFrom('ISSUED', 'COMPLETED') }), unit: fc.record({ name: fc.record({ contains: fc.constantFrom('a', '部') }) }) }) }) }),
  ) as fc.Arbitrary<Record<string, any>>
  const { filter: anyFilter } = fc.letrec<{ filter: Record<string, any> }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.record({ not: tie('filter') }),
      fc.record({ and: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('filter'), { maxLength: 3 }) }),
      fc.tuple(leaf, tie('filter')).map(([a, b]) => ({ ...a, and: [b] })),
    ),
  }))

  it('and, or, not, some and none, nested at random, mean what they say', async () => {
    const nodes: TaskRow[] = (await run('coordinator', `{ tasks(first: 200) { nodes { ${shape} } } }`)).tasks.nodes
    expect(nodes).toHaveLength(10)
    const verdicts = { in: 0, out: 0 }
    await fc.assert(
      fc.asyncProperty(fc.array(anyFilter, { minLength: 12, maxLength: 12 }), async (filters) => {
        const document = `query (${filters.map((_one, at) => `$f${at}: TaskFilter`).join(', ')}) { ${filters.map((_one, at) => `r${at}: tasks(filter: $f${at}, first: 200) { totalCount nodes { id } }`).join(' ')} }`
        const data = await run('coordinator', document, Object.fromEntries(filters.map((filter, at) => [`f${at}`, filter])))
        for (const [at, filter] of filters.entries()) {
          const expected = nodes.filter((node) => matches(node, filter)).map(({ id }) => id)
          verdicts.in += expected.length
          verdicts.out += nodes.length - expected.length
          expect({ filter, ids: data[`r${at}`].nodes.map(({ id }: Node) => id), totalCount: data[`r${at}`].totalCount }).toEqual({ filter, ids: expected, totalCount: expected.length })
        }
      }),
      { numRuns: 8 },
    )
    expect(Math.min(verdicts.in, verdicts.out)).toBeGreaterThan(100)
  }, 60_000)

  it('some and none count the visible children only', async () => {
    const unit = await world.build.unit({ divisionId: (await world.sql<{ division_id: string }>('select division_id from unit where id = $1', [office.id]))[0]!.division_id })
    await world.build.person({ login: 'clerk', unit: unit.id, role: 'CLERK' })
    const initiative = await world.build.initiative({ leadUnitId: office.id, code: 'SEEN' })
    await world.build.participation({ initiativeId: initiative.id, unitId: unit.id })
    const open = await world.build.task({ issuingUnitId: office.id, initiativeId: initiative.id, title: '公开' })
    await world.build.task({ issuingUnitId: office.id, initiativeId: initiative.id, parentId: open.id, title: '涉密', confidential: true })
    const document = '{ initiatives(filter: { code: { eq: "SEEN" } }) { nodes { tasks { nodes { title } } } } tasks(filter: { title: { eq: "公开" } }) { nodes { children { totalCount } } } a: tasks(filter: { parent: { title: { eq: "公开" } } }) { totalCount } }'
    expect(await run('clerk', document)).toEqual({ initiatives: { nodes: [{ tasks: { nodes: [{ title: '公开' }] } }] }, tasks: { nodes: [{ children: { totalCount: 0 } }] }, a: { totalCount: 0 } })
    expect(await run('coordinator', document)).toEqual({ initiatives: { nodes: [{ tasks: { nodes: [{ title: '公开' }, { title: '涉密' }] } }] }, tasks: { nodes: [{ children: { totalCount: 1 } }] }, a: { totalCount: 1 } })
  })
})

describe('a hidden value', () => {
  it('matches no comparison and no negation of one', async () => {
    const unit = await world.build.unit()
    const clerk = await world.build.person({ login: 'clerk', unit: unit.id, role: 'CLERK', mobile: '13911111111' })
    const other = await world.build.person({ unit: office.id, mobile: '13922222222', name: '他人' })
    const comparisonsOf = ['{ eq: "13922222222" }', '{ ne: "13922222222" }', '{ in: ["13922222222"] }', '{ notIn: [] }', '{ isNull: true }', '{ isNull: false }', '{ eq: null }', '{ ne: null }', '{ gt: "0" }', '{ lt: "2" }', '{ contains: "" }', '{ startsWith: "139" }']
    const forms = comparisonsOf.flatMap((one) => [`{ mobile: ${one} }`, `{ not: { mobile: ${one} } }`, `{ not: { not: { mobile: ${one} } } }`, `{ or: [{ mobile: ${one} }, { not: { mobile: ${one} } }] }`])
    const data = await run('clerk', `{ ${forms.map((filter, at) => `r${at}: people(first: 200, filter: ${filter}) { nodes { id } }`).join(' ')} }`)
    const found = new Set(Object.values<{ nodes: Node[] }>(data).flatMap(({ nodes }) => nodes.map(({ id }) => id)))
    expect([...found]).toEqual([clerk.id])
    expect((await run('coordinator', `{ people(filter: { mobile: { eq: "13922222222" } }) { nodes { id } } }`)).people.nodes).toEqual([{ id: other.id }])
  })
})
