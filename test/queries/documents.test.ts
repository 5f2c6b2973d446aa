import { beforeEach, describe, expect, it } from '@jest/globals'
import { newId } from '../../src/kernel/index.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const made = {} as Record<'office' | 'unit' | 'initiative' | 'a' | 'b' | 'c' | 'person', { id: string }>

beforeEach(async () => {
  const { build } = world
  const { province, office } = await build.network()
  made.office = office
  made.unit = await build.unit({ divisionId: province.id, name: '民政厅' })
  made.person = await build.person({ unit: office.id, name: '示甲', mobile: '13800000001' })
  made.initiative = await build.initiative({ leadUnitId: office.id, title: '行动' })
  const shared = { issuingUnitId: office.id, initiativeId: made.initiative.id }
  made.a = await build.task({ ...shared, title: '甲', dueOn: '2026-12-03', status: 'ISSUED' })
  made.b = await build.task({ ...shared, title: '乙', dueOn: '2026-12-01', status: 'COMPLETED' })
  made.c = await build.task({ ...shared, title: '丙', dueOn: null, status: 'ISSUED' })
  await build.assignment({ taskId: made.a.id, unitId: made.unit.id, role: 'LEAD', progress: 40, personId: made.person.id })
  await build.assignment({ taskId: made.a.id, unitId: office.id, progress: 10 })
})

const run = async (document: string, variables: Record<string, unknown> = {}, login = 'coordinator') => {
  const { data, errors } = await world.as(login).run(document, variables)
  expect(errors).toEqual([])
  return data
}
const titles = (of: { nodes: { title: string }[] }) => of.nodes.map(({ title }) => title)

describe('a document', () => {
  it('asks one list under several names with other arguments, at the root and below', async () => {
    const data = await run(`{
      early: tasks(orderBy: [{ field: DUE_ON }], first: 1) { nodes { title } totalCount }
      late: tasks(orderBy: [{ field: DUE_ON, direction: DESC }]) { nodes { title } }
      initiatives { nodes {
        done: tasks(filter: { status: { eq: COMPLETED } }) { nodes { title } }
        open: tasks(filter: { not: { status: { eq: COMPLETED } } }) { nodes { title again: title } n: totalCount m: totalCount }
        name: title title
      } }
    }`)
    expect(data).toEqual({
      early: { nodes: [{ title: '乙' }], totalCount: 3 },
      late: { nodes: [{ title: '丙' }, { title: '甲' }, { title: '乙' }] },
      initiatives: { nodes: [{ done: { nodes: [{ title: '乙' }] }, open: { nodes: [{ title: '甲', again: '甲' }, { title: '丙', again: '丙' }], n: 2, m: 2 }, name: '行动', title: '行动' }] },
    })
  })

  it('swaps names without mixing them up', async () => {
    expect((await run('query ($id: ID!) { task(id: $id) { title: status status: title id: code dueOn: issuingUnit { title: name } } }', { id: made.a.id })).task).toEqual({
      title: 'ISSUED', status: '甲', id: expect.stringMatching(/^T-/), dueOn: { title: '省委组织部' },
    })
  })

  it('merges what fragments ask of the same field', async () => {
    const data = await run(
      `query ($id: ID!) { task(id: $id) { ...Lead ...Who assignments { progress } } }
       fragment Lead on Task { title leadUnit { name } assignments { role } }
       fragment Who on Task { leadUnit { ...Code } assignments { person { ...Name } unit { name } } }
       fragment Code on Unit { kind }
       fragment Name on Person { name }`,
      { id: made.a.id },
    )
    expect(data.task).toEqual({
      title: '甲', leadUnit: { name: '民政厅', kind: 'CIVIL_AFFAIRS' },
      assignments: [{ role: 'LEAD', person: { name: '示甲' }, unit: { name: '民政厅' }, progress: 40 }, { role: 'COOPERATING', person: null, unit: { name: '省委组织部' }, progress: 10 }],
    })
  })

  it('asks edges and nodes of one list for different things, more than once', async () => {
    const { tasks } = await run(`{ tasks(first: 2, orderBy: [{ field: TITLE }]) {
      edges { cursor node { title assignments { progress } } }
      more: edges { node { id } at: cursor }
      nodes { status }
      ids: nodes { id leadUnit { name } }
      pageInfo { hasNextPage } info: pageInfo { endCursor }
    } }`)
    expect(tasks.edges.map(({ node }: { node: unknown }) => node)).toEqual([{ title: '丙', assignments: [] }, { title: '乙', assignments: [] }])
    expect(tasks.more).toEqual([{ node: { id: made.c.id }, at: tasks.edges[0].cursor }, { node: { id: made.b.id }, at: tasks.edges[1].cursor }])
    expect(tasks.nodes).toEqual([{ status: 'ISSUED' }, { status: 'COMPLETED' }])
    expect(tasks.ids).toEqual([{ id: made.c.id, leadUnit: null }, { id: made.b.id, leadUnit: null }])
    expect([tasks.pageInfo, tasks.info]).toEqual([{ hasNextPage: true }, { endCursor: tasks.edges[1].cursor }])
  })

  it.each([[true, false], [false, true], [true, true], [false, false]])('keeps @include %s and @skip %s, by variable', async (include, skip) => {
    const document = `query ($include: Boolean!, $skip: Boolean!) {
      tasks(filter: { title: { eq: "甲" } }) { totalCount @include(if: $include) nodes { id title @include(if: $include) status @skip(if: $skip) ... @include(if: $include) { dueOn } leadUnit @skip(if: $skip) { name } } }
      units(first: 1) @include(if: $include) { totalCount }
    }`
    const node = { id: made.a.id, ...(include ? { title: '甲', dueOn: '2026-12-03' } : {}), ...(skip ? {} : { status: 'ISSUED', leadUnit: { name: '民政厅' } }) }
    // Twice: a plan that was kept must not answer for other variables.
    for (let turn = 0; turn < 2; turn++) {
      expect(await run(document, { include, skip })).toEqual({ tasks: { ...(include ? { totalCount: 1 } : {}), nodes: [node] }, ...(include ? { units: { totalCount: 2 } } : {}) })
      await run(document, { include: !include, skip: !skip })
    }
  })

  it('answers the same document with other variables', async () => {
    const document = 'query ($title: String, $first: Int, $direction: Direction = ASC) { tasks(filter: { title: { eq: $title } }, first: $first) { nodes { title } } all: tasks(orderBy: [{ field: TITLE, direction: $direction }], first: $first) { nodes { title } } }'
    for (let turn = 0; turn < 2; turn++) {
      expect(await run(document, { title: '甲', first: 5 })).toEqual({ tasks: { nodes: [{ title: '甲' }] }, all: { nodes: [{ title: '丙' }, { title: '乙' }, { title: '甲' }] } })
      expect(await run(document, { title: '乙', first: 1, direction: 'DESC' })).toEqual({ tasks: { nodes: [{ title: '乙' }] }, all: { nodes: [{ title: '甲' }] } })
      expect(titles((await run(document, { first: 2 })).tasks)).toEqual(['甲', '乙'])
    }
  })

  it('tells __typename everywhere, and nothing else where nothing else is asked', async () => {
    const { __typename, tasks, node, units } = await run(
      `query ($id: ID!) { __typename
        tasks(first: 1) { __typename edges { __typename node { __typename } } nodes { __typename leadUnit { __typename } assignments { __typename } children { __typename } } pageInfo { __typename } }
        units { __typename } node(id: $id) { __typename } }`,
      { id: made.person.id },
    )
    expect({ __typename, units, node }).toEqual({ __typename: 'Query', units: { __typename: 'UnitConnection' }, node: { __typename: 'Person' } })
    expect(tasks).toEqual({
      __typename: 'TaskConnection',
      edges: [{ __typename: 'TaskEdge', node: { __typename: 'Task' } }],
      nodes: [{ __typename: 'Task', leadUnit: { __typename: 'Unit' }, assignments: [{ __typename: 'Assignment' }, { __typename: 'Assignment' }], children: { __typename: 'TaskConnection' } }],
      pageInfo: { __typename: 'PageInfo' },
    })
  })

  it('asks a field of arguments and default variables by name', async () => {
    expect((await run('query ($n: Int = 1) { tasks(first: $n) { nodes { title } } }')).tasks.nodes).toEqual([{ title: '甲' }])
    expect((await run('query ($n: Int = 1) { tasks(first: $n) { nodes { title } } }', { n: null })).tasks.nodes).toHaveLength(3)
  })

  it('with many names for one thing is answered, or refused in words', async () => {
    const many = (count: number, inside: (at: number) => string) => [...Array(count).keys()].map(inside).join(' ')
    const data = await run(`{ tasks(first: 1) { ${many(30, (at) => `n${at}: totalCount`)} nodes { ${many(120, (at) => `t${at}: title`)} } edges { ${many(30, (at) => `c${at}: cursor`)} } } }`)
    expect([data.tasks.n29, data.tasks.nodes[0].t119, typeof data.tasks.edges[0].c29]).toEqual([3, '甲', 'string'])
  })
})

describe('node and nodes', () => {
  it('find an object of any type by its id, with inline fragments', async () => {
    const document = `query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename ... on Task { title leadUnit { name } } ... on Unit { name } ... on Person { label: name } ... on Node { same: id } } }`
    const ids = [made.a.id, made.unit.id, made.person.id, made.a.id]
    const task = { id: made.a.id, same: made.a.id, __typename: 'Task', title: '甲', leadUnit: { name: '民政厅' } }
    expect((await run(document, { ids })).nodes).toEqual([
      task, { id: made.unit.id, same: made.unit.id, __typename: 'Unit', name: '民政厅' }, { id: made.person.id, same: made.person.id, __typename: 'Person', label: '示甲' }, task,
    ])
    expect((await run('query ($id: ID!) { node(id: $id) { ... on Task { title } ... on Unit { name } } }', { id: made.a.id })).node).toEqual({ title: '甲' })
  })

  it('leave a gap for what is absent or not visible', async () => {
    const hidden = await world.build.task({ issuingUnitId: made.office.id, initiativeId: made.initiative.id, confidential: true })
    const stranger = await world.build.unit()
    await world.build.person({ login: 'clerk', unit: stranger.id, role: 'CLERK' })
    const ids = [made.a.id, hidden.id, newId('task'), made.unit.id]
    expect((await run('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids }, 'clerk')).nodes).toEqual([{ id: made.a.id }, null, null, { id: made.unit.id }])
    expect((await run('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })).nodes).toEqual([{ id: made.a.id }, { id: hidden.id }, null, { id: made.unit.id }])
    expect((await run('{ nodes(ids: []) { id } }')).nodes).toEqual([])
  })

  it('say the same of an absent id and of an invisible one', async () => {
    const hidden = await world.build.task({ issuingUnitId: made.office.id, initiativeId: made.initiative.id, confidential: true })
    await world.build.person({ login: 'clerk', unit: (await world.build.unit()).id, role: 'CLERK' })
    for (const document of ['query ($id: ID!) { node(id: $id) { id } }', 'query ($id: ID!) { task(id: $id) { id } }']) {
      const [absent, invisible] = [await world.as('clerk').run(document, { id: newId('task') }), await world.as('clerk').run(document, { id: hidden.id })]
      expect(absent.codes).toEqual(['NOT_FOUND'])
      expect(invisible).toEqual(absent)
    }
  })

  it.each([['', 'id'], ['task', 'id'], ['task_', 'id'], ['nobody_01h455vb4pex5vsknk084sn02q', 'id'], ["task_01h455vb4pex5vsknk084sn02q' or 1=1", 'id'], ['TASK_01h455vb4pex5vsknk084sn02q', 'id']])('refuse %j as an id', async (id) => {
    const { codes, data, errors } = await world.as('coordinator').run('query ($id: ID!) { node(id: $id) { id } }', { id })
    expect({ codes, data }).toEqual({ codes: ['BAD_USER_INPUT'], data: { node: null } })
    expect(errors[0]!.message).toContain('`id` is not an id of this graph')
  })

  it('refuse more than 200 ids, and the id of another type', async () => {
    expect((await world.as('coordinator').run('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(201).fill(made.a.id) })).codes).toEqual(['BAD_USER_INPUT'])
    const { errors, codes } = await world.as('coordinator').run('query ($id: ID!) { unit(id: $id) { id } }', { id: made.a.id })
    expect(codes).toEqual(['BAD_USER_INPUT'])
    expect(errors[0]!.message).toBe('`id` is the id of a Task; send the id of a Unit (unit_…).')
  })
})

describe('totalCount', () => {
  it('counts what the viewer sees and the filter keeps, whatever the page', async () => {
    await world.build.task({ issuingUnitId: made.office.id, initiativeId: made.initiative.id, confidential: true })
    await world.build.person({ login: 'clerk', unit: (await world.build.unit()).id, role: 'CLERK' })
    const document = '{ tasks(first: 1) { totalCount nodes { id } } some: tasks(filter: { dueOn: { isNull: false } }) { totalCount } initiatives { nodes { tasks(first: 1) { totalCount } } } }'
    const { data } = await world.as('clerk').run(document)
    expect([data.tasks.totalCount, data.tasks.nodes.length, data.some.totalCount, data.initiatives.nodes[0].tasks.totalCount]).toEqual([3, 1, 2, 3])
    const seen = await run(document)
    expect([seen.tasks.totalCount, seen.tasks.nodes.length, seen.some.totalCount, seen.initiatives.nodes[0].tasks.totalCount]).toEqual([4, 1, 3, 4])
  })
})

describe('masked values', () => {
  it('are null and are counted, under whatever name they are asked', async () => {
    const unit = await world.build.unit()
    await world.build.person({ login: 'clerk', unit: unit.id, role: 'CLERK', mobile: '13911111111' })
    const { data, masked, errors } = await world.as('clerk').run('{ people(orderBy: [{ field: CODE }], first: 200) { nodes { mobile phone: mobile nationalId birthDate } } tasks(filter: { title: { eq: "甲" } }) { nodes { assignments { internalNote person { mobile } } } } }')
    expect(errors).toEqual([])
    expect(data.people.nodes.map(({ mobile, phone }: { mobile: string; phone: string }) => [mobile, phone])).toEqual([[null, null], [null, null], ['13911111111', '13911111111']])
    expect(data.tasks.nodes).toEqual([{ assignments: [{ internalNote: null, person: { mobile: null } }, { internalNote: null, person: null }] }])
    // Two people under two names, and one more below an assignment; two notes; identity of the other two.
    expect(masked).toEqual({ 'Person.mobile': 5, 'Person.nationalId': 2, 'Person.birthDate': 2, 'Assignment.internalNote': 2 })
  })

  it('are errors in strict mode', async () => {
    await world.build.person({ login: 'clerk', unit: (await world.build.unit()).id, role: 'CLERK' })
    const { codes, data } = await world.as('clerk').run('query ($id: ID!) { person(id: $id) { name mobile } }', { id: made.person.id }, { strict: true })
    expect({ codes, data }).toEqual({ codes: ['FORBIDDEN'], data: { person: { name: '示甲', mobile: null } } })
    expect((await world.as('coordinator').run('query ($id: ID!) { person(id: $id) { name mobile } }', { id: made.person.id }, { strict: true })).data).toEqual({ person: { name: '示甲', mobile: '13800000001' } })
  })
})
