import { beforeEach, describe, expect, it } from '@jest/globals'
import { type GraphQLSchema } from 'graphql'
import { during, holdsOn, periodBefore, periodOf, reckon, reckonOne, within, type Asking } from '../../src/reporting/figures/index.js'
import type { Built } from '../support/build.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
let units: Built[]
let province: Built

beforeEach(async () => {
  const { build } = world
  const network = await build.network()
  province = network.province
  const county = await build.division({ parentId: province.id })
  units = [await build.unit({ divisionId: province.id, kind: 'EDUCATION' }), await build.unit({ divisionId: county.id, kind: 'JUSTICE' }), await build.unit()]
  for (const [at, progress, dueOn] of [[0, 10, '2026-10-31'], [0, 30, '2026-11-01'], [1, 60, '2026-11-30'], [2, 80, '2026-11-30']] as const) {
    const task = await build.task({ issuingUnitId: network.office.id, status: 'IN_PROGRESS' })
    await build.assignment({ taskId: task.id, unitId: units[at]!.id, status: 'IN_PROGRESS', progress, dueOn, role: 'COOPERATING' })
  }
  await build.person({ login: 'clerk', unit: units[1]!.id, role: 'CLERK' })
})

async function asking(login: string): Promise<Asking> {
  const context = await world.backbone.contextFor({ identity: { kind: 'person', issuer: 'test', subject: login }, language: 'en', strict: false, requestId: 'figures', isRouter: false })
  await context.reads.prove()
  world.statements()
  return { schema: world.backbone.schema as GraphQLSchema, context }
}
const tracks = (filter: object) => ({ list: 'assignments', filter: { role: { eq: 'COOPERATING' }, ...filter } })

describe('a figure', () => {
  it('is reckoned over the rows of a place and a period, all figures in one statement', async () => {
    const coordinator = await asking('coordinator')
    const here = { unit: { division: within(province['path']) } }
    const found = await reckonOne(coordinator, [
      { ...tracks({}), reckon: { count: true } },
      { ...tracks(here), reckon: { count: true } },
      { ...tracks({ ...here, dueOn: during({ from: '2026-11-01', to: '2026-12-01' }) }), reckon: { sum: 'PROGRESS' } },
      { ...tracks(here), reckon: { countDistinct: 'UNIT' } },
      { ...tracks({ dueOn: during({ from: '2020-01-01', to: '2021-01-01' }) }), reckon: { sum: 'PROGRESS' } },
    ])
    expect(found).toEqual([{ keys: {}, value: '4', count: 4 }, { keys: {}, value: '3', count: 3 }, { keys: {}, value: '90', count: 2 }, { keys: {}, value: '2', count: 3 }, { keys: {}, value: null, count: 0 }])
    expect(world.statements()).toHaveLength(1)
  })

  it('is reckoned in groups', async () => {
    const [groups] = await reckon(await asking('coordinator'), [{ ...tracks({}), reckon: { sum: 'PROGRESS' }, by: [{ field: 'UNIT_KIND', key: 'unitKind' }] }])
    expect(groups!.map(({ keys, value }) => [keys['unitKind'], value])).toEqual([['CIVIL_AFFAIRS', '80'], ['EDUCATION', '40'], ['JUSTICE', '60']])
  })

  it('knows no more than the viewer', async () => {
    await world.sql(`update task set confidential = true`)
    expect(await reckonOne(await asking('clerk'), [{ ...tracks({}), reckon: { sum: 'PROGRESS' } }])).toEqual([{ keys: {}, value: '60', count: 1 }])
  })
})

describe('a period', () => {
  it('is a year, a quarter or a month, until today', () => {
    expect(periodOf({ year: 2025 }, '2026-11-23')).toEqual({ year: 2025, from: '2025-01-01', to: '2026-01-01', day: '2025-12-31' })
    expect(periodOf({ year: 2026, quarter: 4 }, '2026-11-23')).toEqual({ year: 2026, quarter: 4, from: '2026-10-01', to: '2027-01-01', day: '2026-11-23' })
    expect(periodOf({ year: 2024, month: 2 }, '2026-11-23')).toEqual({ year: 2024, month: 2, from: '2024-02-01', to: '2024-03-01', day: '2024-02-29' })
    expect(periodBefore({ year: 2026, month: 1 }, '2026-11-23')).toMatchObject({ year: 2025, month: 12, day: '2025-12-31' })
    expect(periodBefore({ year: 2026, quarter: 1 }, '2026-11-23')).toMatchObject({ year: 2025, quarter: 4, from: '2025-10-01' })
    for (const given of [{ year: 1999 }, { year: 2026, month: 13 }, { year: 2026, quarter: 1, month: 1 }, { year: 2027 }]) expect(() => periodOf(given, '2026-11-23')).toThrow()
  })

  it('asks what holds on a day', () => expect(holdsOn('2026-11-23')).toEqual({ validFrom: { lte: '2026-11-23' }, or: [{ validTo: { isNull: true } }, { validTo: { gt: '2026-11-23' } }] }))
})
