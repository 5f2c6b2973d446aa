import { beforeEach, describe, expect, it } from '@jest/globals'
import { never, self, type Guard } from '../../src/access/index.js'
import type { Built } from '../support/build.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
let units: Built[]
let coordinator: Built

// Five tracks of one unit and two of another: two states, known progress and due days.
beforeEach(async () => {
  const { build } = world
  const network = await build.network()
  coordinator = network.coordinator
  units = [await build.unit({ name: '甲局', divisionId: network.province.id, kind: 'EDUCATION' }), await build.unit({ name: '乙局', divisionId: network.province.id, kind: 'JUSTICE' })]
  const rows = [[0, 'IN_PROGRESS', 10, '2026-10-31'], [0, 'IN_PROGRESS', 20, '2026-11-01'], [0, 'IN_PROGRESS', 60, '2026-12-01'], [0, 'COMPLETED', 100, '2026-10-01'], [0, 'ISSUED', 0, null], [1, 'IN_PROGRESS', 40, '2026-11-20'], [1, 'ISSUED', 0, '2027-01-04']] as const
  for (const [at, status, progress, dueOn] of rows) {
    const task = await build.task({ issuingUnitId: network.office.id, status: 'IN_PROGRESS' })
    await build.assignment({ taskId: task.id, unitId: units[at]!.id, status, progress, dueOn })
  }
})

// The tracks of the issuing office, which lead each task, are not what is asked about.
const ours = 'unit: { kind: { in: [EDUCATION, JUSTICE] } }'
const groups = async (args: string, selection: string, variables: Record<string, unknown> = {}, head = '') => {
  const { data, errors } = await world.as('coordinator').run(`query ${head} { assignmentsAggregate(filter: { ${ours} } ${args}) { totalCount nodes { ${selection} } } }`, variables)
  expect(errors).toEqual([])
  return data.assignmentsAggregate
}
const refusal = async (args: string, selection = 'count') => {
  const { errors } = await world.as('coordinator').run(`{ assignmentsAggregate(${args}) { nodes { ${selection} } } }`)
  return errors.map(({ extensions: { code, field } }) => ({ code, field }))
}

describe('groups', () => {
  it('are one of all rows without a key', async () => {
    expect(await groups('', 'count countDistinct(field: UNIT) sum(field: PROGRESS) average(field: PROGRESS) min(field: PROGRESS) max(field: PROGRESS) median(field: PROGRESS) upper: percentile(field: PROGRESS, at: 0.75) shareWhere(filter: { isOverdue: { eq: true } }) countWhere(filter: { status: { eq: ISSUED } })')).toEqual({
      totalCount: 1,
      nodes: [{ count: 7, countDistinct: 2, sum: '230', average: '32.8571', min: '0', max: '100', median: '20.0000', upper: '50.0000', shareWhere: 0.4286, countWhere: 2 }],
    })
  })

  it('are one of nothing where there are no rows', async () => {
    const { data } = await world.as('coordinator').run('{ assignmentsAggregate(filter: { status: { eq: REFUSED } }) { nodes { count sum(field: PROGRESS) shareWhere(filter: { isOverdue: { eq: true } }) keys { status } } } }')
    expect(data.assignmentsAggregate.nodes).toEqual([{ count: 0, sum: null, shareWhere: null, keys: { status: null } }])
  })

  it('fall by several keys, ordered by a measure and then by the keys', async () => {
    expect(await groups('groupBy: [{ field: UNIT }, { field: STATUS }], orderBy: [{ count: true, direction: DESC }, { key: STATUS }]', 'count keys { unit { name } status role }')).toEqual({
      totalCount: 5,
      nodes: [
        { count: 3, keys: { unit: { name: '甲局' }, status: 'IN_PROGRESS', role: null } },
        { count: 1, keys: { unit: { name: '甲局' }, status: 'COMPLETED', role: null } },
        { count: 1, keys: { unit: { name: '乙局' }, status: 'IN_PROGRESS', role: null } },
        { count: 1, keys: { unit: { name: '甲局' }, status: 'ISSUED', role: null } },
        { count: 1, keys: { unit: { name: '乙局' }, status: 'ISSUED', role: null } },
      ],
    })
  })

  it('fall by what an object that the rows lead to says of itself', async () => {
    expect((await groups('groupBy: [{ field: UNIT_KIND }]', 'count keys { unitKind }')).nodes).toEqual([{ count: 5, keys: { unitKind: 'EDUCATION' } }, { count: 2, keys: { unitKind: 'JUSTICE' } }])
    expect((await groups('groupBy: [{ field: UNIT_DIVISION }]', 'count keys { unitDivision { level } }')).nodes).toEqual([{ count: 7, keys: { unitDivision: { level: 'PROVINCE' } } }])
  })

  it('fall into spans of time, those without a day last', async () => {
    expect((await groups('groupBy: [{ field: DUE_ON, bucket: MONTH }]', 'count keys { dueOn }')).nodes).toEqual([
      { count: 2, keys: { dueOn: '2026-10-01' } }, { count: 2, keys: { dueOn: '2026-11-01' } }, { count: 1, keys: { dueOn: '2026-12-01' } }, { count: 1, keys: { dueOn: '2027-01-01' } }, { count: 1, keys: { dueOn: null } },
    ])
    // 31 October 2026 is a Saturday, and 1 November the Sunday of the same week.
    expect((await groups('groupBy: [{ field: DUE_ON, bucket: WEEK }], having: [{ count: true, gte: "2" }]', 'count keys { dueOn }')).nodes).toEqual([{ count: 2, keys: { dueOn: '2026-10-26' } }])
    expect((await groups('groupBy: [{ field: DUE_ON, bucket: YEAR }]', 'keys { dueOn }')).nodes.map(({ keys }: { keys: { dueOn: string } }) => keys.dueOn)).toEqual(['2026-01-01', '2027-01-01', null])
    expect((await groups('groupBy: [{ field: DUE_ON, bucket: QUARTER }]', 'keys { dueOn }')).totalCount).toBe(3)
  })

  it('name the day of an instant in Shanghai, or in another time zone', async () => {
    await world.sql(`update assignment set created_at = '2026-11-22T17:30:00Z'`)
    expect((await groups('groupBy: [{ field: CREATED_AT }]', 'keys { createdAt }')).nodes).toEqual([{ keys: { createdAt: '2026-11-23' } }])
    expect((await groups('groupBy: [{ field: CREATED_AT, timeZone: $zone }]', 'keys { createdAt }', { zone: 'UTC' }, '($zone: String)')).nodes).toEqual([{ keys: { createdAt: '2026-11-22' } }])
  })

  it('meet conditions on their measures', async () => {
    expect((await groups('groupBy: [{ field: STATUS }], having: [{ average: PROGRESS, gt: "10", lt: "50" }]', 'keys { status } average(field: PROGRESS)')).nodes).toEqual([{ keys: { status: 'IN_PROGRESS' }, average: '32.5000' }])
    expect((await groups('groupBy: [{ field: UNIT }], having: [{ countWhere: { isOverdue: { eq: true } }, eq: "1" }]', 'keys { unit { name } }')).nodes).toEqual([{ keys: { unit: { name: '乙局' } } }])
    expect((await groups('groupBy: [{ field: STATUS }], having: [{ countDistinct: UNIT, ne: "2" }]', 'keys { status }')).nodes).toEqual([{ keys: { status: 'COMPLETED' } }])
  })

  it('are paged by cursor, whatever they are ordered by', async () => {
    for (const order of ['[]', '[{ sum: PROGRESS }]', '[{ key: DUE_ON, direction: DESC }]', '[{ shareWhere: { isOverdue: { eq: true } }, direction: DESC }]']) {
      const args = `groupBy: [{ field: UNIT }, { field: DUE_ON }], orderBy: ${order}`
      const whole = (await groups(args, 'count keys { unit { name } dueOn }')).nodes
      const found: unknown[] = []
      for (let after = '', more = true, turns = 0; more && turns < 10; turns++) {
        const { data } = await world.as('coordinator').run(`query ($after: String) { assignmentsAggregate(filter: { ${ours} } ${args} first: 2 after: $after) { nodes { count keys { unit { name } dueOn } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`, { after })
        const { nodes, pageInfo } = data.assignmentsAggregate
        found.push(...nodes)
        expect(pageInfo.hasPreviousPage).toBe(after !== '')
        ;({ endCursor: after, hasNextPage: more } = pageInfo)
      }
      expect([order, whole.length, found]).toEqual([order, 7, whole])
    }
  })

  it.each([
    ['groupBy: [{ field: STATUS }, { field: STATUS }]', 'groupBy.1.field'],
    ['groupBy: [{ field: STATUS }, { field: UNIT }, { field: ROLE }, { field: TASK }, { field: DUE_ON }]', 'groupBy'],
    ['groupBy: [{ field: STATUS, bucket: MONTH }]', 'groupBy.0.bucket'],
    ['groupBy: [{ field: UNIT_KIND, bucket: MONTH }]', 'groupBy.0.bucket'],
    ['groupBy: [{ field: DUE_ON, timeZone: "UTC" }]', 'groupBy.0.timeZone'],
    ['groupBy: [{ field: CREATED_AT, timeZone: "Mars/Olympus" }]', 'groupBy.0.timeZone'],
    ['orderBy: [{ key: STATUS }]', 'orderBy.0.key'],
    ['groupBy: [{ field: STATUS }], orderBy: [{ key: STATUS, count: true }]', 'orderBy.0.key'],
    ['orderBy: [{ direction: ASC }]', 'orderBy.0'],
    ['orderBy: [{ count: true, sum: PROGRESS }]', 'orderBy.0'],
    ['orderBy: [{ count: false }]', 'orderBy.0'],
    ['having: [{ count: true }]', 'having.0'],
    ['having: [{ gt: "1" }]', 'having.0'],
    ['first: 0', 'first'],
    ['first: 1001', 'first'],
    ['after: "x"', 'after'],
  ])('refuse %s by name', async (args, field) => {
    expect(await refusal(args)).toEqual([{ code: 'BAD_USER_INPUT', field }])
  })

  it('refuse a share beyond 0 to 1', async () => {
    expect(await refusal('first: 1', 'percentile(field: PROGRESS, at: 1.5)')).toEqual([{ code: 'BAD_USER_INPUT', field: 'at' }])
  })
})

describe('doors of groups', () => {
  /** Runs with another guard at a door of Assignment: the policy of this very server, put back afterwards. */
  async function guarded<T>(field: string, door: 'group' | 'aggregate', guard: Guard, work: () => Promise<T>): Promise<T> {
    const { row } = world.backbone.engine.policy.rows.get('Assignment')!.get(field)! as unknown as { row: Record<string, Guard> }
    const before = row[door]
    row[door] = guard
    try {
      return await work()
    } finally {
      if (before) row[door] = before
      else delete row[door]
    }
  }
  const ofMine = () => world.sql('update assignment set person_id = $1 where unit_id = $2', [coordinator.id, units[1]!.id])

  it('leave a row whose key is hidden out of every group', async () => {
    await ofMine()
    expect(await guarded('status', 'group', self('personId'), () => groups('groupBy: [{ field: STATUS }]', 'count keys { status }'))).toEqual({ totalCount: 2, nodes: [{ count: 1, keys: { status: 'IN_PROGRESS' } }, { count: 1, keys: { status: 'ISSUED' } }] })
  })

  it('refuse a key that the viewer reads of no row', async () => {
    expect(await guarded('status', 'group', never, () => refusal('groupBy: [{ field: STATUS }]'))).toEqual([{ code: 'FORBIDDEN', field: 'groupBy.0.field' }])
    expect(await guarded('unit', 'group', never, () => refusal('groupBy: [{ field: UNIT_KIND }]'))).toEqual([{ code: 'FORBIDDEN', field: 'groupBy.0.field' }])
  })

  it('make figures of the values alone that the viewer may read', async () => {
    await ofMine()
    const selection = 'count sum(field: PROGRESS) average(field: PROGRESS) keys { unit { name } }'
    expect((await guarded('progress', 'aggregate', self('personId'), () => groups('groupBy: [{ field: UNIT }], orderBy: [{ sum: PROGRESS }]', selection))).nodes).toEqual([
      { count: 2, sum: '40', average: '20.0000', keys: { unit: { name: '乙局' } } },
      { count: 5, sum: null, average: null, keys: { unit: { name: '甲局' } } },
    ])
  })

  it('say that a figure is hidden, and let nobody order or choose groups by it', async () => {
    await guarded('progress', 'aggregate', never, async () => {
      const { data, masked } = await world.as('coordinator').run(`{ assignmentsAggregate(filter: { ${ours} }, groupBy: [{ field: UNIT }]) { nodes { count sum(field: PROGRESS) } } }`)
      expect([data.assignmentsAggregate.nodes.map(({ sum }: { sum: null }) => sum), masked]).toEqual([[null, null], { 'AssignmentGroup.sum': 2 }])
      expect(await refusal('groupBy: [{ field: UNIT }], orderBy: [{ sum: PROGRESS }]')).toEqual([{ code: 'FORBIDDEN', field: 'orderBy.0.sum' }])
      expect(await refusal('groupBy: [{ field: UNIT }], having: [{ median: PROGRESS, gt: "1" }]')).toEqual([{ code: 'FORBIDDEN', field: 'having.0.median' }])
    })
  })

  it('take no group by an object that the viewer may not see apart from those without one', async () => {
    const { build } = world
    const apart = await build.unit()
    await build.person({ login: 'reader', unit: apart.id, role: 'CLERK' })
    const own = await build.task({ issuingUnitId: apart.id, leadUnitId: units[0]!.id })
    const hidden = await build.initiative({ leadUnitId: units[0]!.id, visibility: 'PARTICIPANTS' })
    await world.sql('update task set initiative_id = $1 where id = $2', [hidden.id, own.id])
    await build.task({ issuingUnitId: apart.id, leadUnitId: units[0]!.id })
    const { data } = await world.as('reader').run('{ tasksAggregate(filter: { issuingUnit: { id: { eq: "' + apart.id + '" } } }, groupBy: [{ field: INITIATIVE }]) { nodes { count keys { initiative { id } } } } }')
    expect(data.tasksAggregate.nodes.map(({ keys }: { keys: { initiative: { id: string } | null } }) => keys.initiative?.id ?? null)).not.toContain(hidden.id)
  })

  it('are for the signed-in alone', async () => {
    expect((await world.as('nobody').run('{ assignmentsAggregate { nodes { count } } }')).codes).toEqual(['UNAUTHENTICATED'])
  })

  it('take one statement, and one to know who asks', async () => {
    world.statements()
    await groups('groupBy: [{ field: UNIT }]', 'count keys { unit { name division { name } } }')
    expect(world.statements()).toHaveLength(2)
  })
})
