import { describe, expect, it } from '@jest/globals'
import { absent, actsOn, all, errorFields, fault, stale } from '../support/acts.js'
import type { Built } from '../support/build.js'
import { activitySamples, figureSamples, membershipSample, reportedSamples, type Places, type Sample } from '../support/samples.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { refusals, faults, done, replays, trail } = actsOn(world)

const roles = ['COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']

/** A province and a city in it; an association in the province with one person for each role; `other DIRECTOR` elsewhere. */
async function network() {
  const { build } = world
  const province = await build.division({ code: '330000', name: '示例省' })
  const city = await build.division({ code: '330100', name: '示例市', level: 'PREFECTURE', parentId: province.id })
  const unit = await build.unit({ divisionId: province.id, kind: 'ASSOCIATION' })
  for (const role of roles) await build.person({ login: role, unit: unit.id, role })
  const other = await build.unit({ divisionId: city.id })
  await build.person({ login: 'other DIRECTOR', unit: other.id, role: 'DIRECTOR' })
  for (const role of ['BI_READER', 'AUDITOR']) await build.person({ login: `other ${role}`, unit: other.id, role })
  const basis = await build.document()
  const places: Places = { divisionId: province.id, unitId: unit.id, basisId: basis.id }
  return { province, city, unit, other, places }
}
const kept = (sample: Sample, places: Places, n = 0) => world.build.row(sample.table, sample.prefix, sample.values(places, n))
const create = ({ type, name }: Sample) => `mutation ($input: ${type}CreateInput!) { ${name}Create(input: $input) { ${name} { id version } ${errorFields} } }`
const update = ({ type, name }: Sample) => `mutation ($input: ${type}UpdateInput!) { ${name}Update(input: $input) { ${name} { id version } ${errorFields} } }`
const changed = (sample: Sample, row: Built, more: object = {}) => ({ idempotencyKey: 'u', expectedVersion: 1, [`${sample.name}Id`]: row.id, ...sample.change, ...more })
const sampleOf = (type: string) => activitySamples.find((sample) => sample.type === type)!

const keeperOf = (sample: Sample) => (figureSamples.includes(sample) ? 'SYSTEM_ADMIN' : 'DIRECTOR')
const keepersOf = (sample: Sample) => (figureSamples.includes(sample) ? ['SYSTEM_ADMIN'] : ['DIRECTOR', 'CLERK'])
const columns = async ({ table }: Sample, id: string) => (await world.sql(`select to_jsonb(t) as row from "${table}" t where id = $1`, [id]))[0]!['row'] as Record<string, unknown>
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const plain = (values: Record<string, unknown>) => Object.fromEntries(Object.entries(values).map(([name, value]) => [snake(name), ['funds'].includes(name) ? Number(value) : value]))

describe.each(activitySamples.map((sample) => [sample.type, sample] as const))('%s', (_type, sample) => {
  it('is entered and corrected by its keeper, each with one audit entry', async () => {
    const { places } = await network()
    const values = sample.values(places, 1)
    const made = await done(keeperOf(sample), create(sample), { idempotencyKey: 'a', ...values })
    expect(made).toEqual({ id: expect.stringMatching(new RegExp(`^${sample.prefix}_`)), version: 1 })
    expect(await columns(sample, made.id)).toMatchObject(plain(values))
    expect(await done(keeperOf(sample), update(sample), changed(sample, made))).toEqual({ id: made.id, version: 2 })
    expect(await columns(sample, made.id)).toMatchObject(plain({ ...values, ...sample.change }))
    const verbs = (await trail()).map(([verb, subject, changes]) => [verb, subject, changes.map(([type, kind]) => `${type} ${kind}`)])
    expect(verbs).toEqual([[`${sample.name}Create`, made.id, [`${sample.type} CREATED`]], [`${sample.name}Update`, made.id, [`${sample.type} UPDATED`]]])
  })

  it('is refused to everybody else, and nothing changes', async () => {
    const { places } = await network()
    const row = await kept(sample, places)
    const others = [...roles.filter((role) => !keepersOf(sample).includes(role)), 'other DIRECTOR']
    expect(await refusals(create(sample), { idempotencyKey: 'a', ...sample.values(places, 5) }, others)).toEqual(all(others, 'FORBIDDEN'))
    expect(await refusals(update(sample), changed(sample, row), others)).toEqual(all(others, 'FORBIDDEN'))
  })

  it('answers the same when repeated, and a stale version is a conflict', async () => {
    const { places } = await network()
    const row = await kept(sample, places)
    await replays(keeperOf(sample), update(sample), changed(sample, row), { expectedVersion: 2 })
    expect(await faults(keeperOf(sample), update(sample), changed(sample, row, { idempotencyKey: 'b' }))).toEqual([stale(2, [Object.keys(sample.change)[0]!])])
  })
})

describe('rows', () => {
  it('of units are read by all who take part, by BI_READER and AUDITOR in the division, and by no administrator', async () => {
    const { places } = await network()
    for (const sample of activitySamples) await kept(sample, places)
    const documents = { shared: [...reportedSamples, membershipSample], figures: figureSamples }
    const counts = async (login: string, samples: readonly Sample[]) => {
      const plural = (name: string) => (name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`)
      const { data } = await world.as(login).run(`{ ${samples.map(({ name }) => `${name}: ${plural(name)} { totalCount }`).join(' ')} }`)
      return [...new Set(Object.values(data as object).map((one: { totalCount: number }) => one.totalCount))]
    }
    for (const login of ['CLERK', 'PRACTITIONER', 'BI_READER', 'AUDITOR', 'other DIRECTOR']) expect([login, await counts(login, documents.shared)]).toEqual([login, [1]])
    for (const login of ['SECURITY_ADMIN', 'SYSTEM_ADMIN', 'other BI_READER', 'other AUDITOR']) expect([login, await counts(login, documents.shared)]).toEqual([login, [0]])
    for (const login of [...roles, 'other BI_READER']) expect([login, await counts(login, documents.figures)]).toEqual([login, [1]])
  })
})

const long = '长'.repeat(4001)
describe('bad input', () => {
  it.each([
    ['a division that is not there', 'Pilot', { divisionId: absent('div') }, 'UNKNOWN', 'input.divisionId'],
    ['a unit that is not there', 'KeyActivity', { unitId: absent('unit') }, 'UNKNOWN', 'input.unitId'],
    ['a document that is not there', 'PlanInclusion', { documentId: absent('doc') }, 'UNKNOWN', 'input.documentId'],
    ['a last day before the first', 'Pilot', { startsOn: '2026-06-02', endsOn: '2026-06-01' }, 'OUT_OF_RANGE', 'input.endsOn'],
    ['an end on the first day', 'SocialWorkSection', { endedOn: '2020-01-01' }, 'OUT_OF_RANGE', 'input.endedOn'],
    ['an end of recording on the first day', 'RecordingCoverage', { validFrom: today, validTo: today }, 'OUT_OF_RANGE', 'input.validTo'],
    ['a negative amount', 'Pilot', { funds: '-0.01' }, 'OUT_OF_RANGE', 'input.funds'],
    ['attendances below zero', 'PublicityActivity', { attendances: -1 }, 'OUT_OF_RANGE', 'input.attendances'],
    ['a population of nobody', 'DivisionStatistic', { residentPopulation: 0 }, 'OUT_OF_RANGE', 'input.residentPopulation'],
    ['a year that nobody means', 'OpeningCount', { year: 1899 }, 'OUT_OF_RANGE', 'input.year'],
    ['an empty name', 'KeyActivity', { name: ' ' }, 'OUT_OF_RANGE', 'input.name'],
    ['a text too long', 'IncentiveMeasure', { text: long }, 'OUT_OF_RANGE', 'input.text'],
  ])('%s', async (_what, type, more, code, field) => {
    const { places } = await network()
    const sample = sampleOf(type)
    expect(await faults(keeperOf(sample), create(sample), { idempotencyKey: 'a', ...sample.values(places, 1), ...more })).toEqual([fault(code, field)])
  })

  it('the same year, and the same days of recording, are taken', async () => {
    const { places } = await network()
    for (const [type, code, field] of [['DivisionStatistic', 'TAKEN', 'input.year'], ['OpeningCount', 'TAKEN', 'input.year'], ['AssociationMembership', 'TAKEN', 'input.year'], ['RecordingCoverage', 'OVERLAP', 'input.validFrom']] as const) {
      const sample = sampleOf(type)
      await kept(sample, places, 2)
      expect(await faults(keeperOf(sample), create(sample), { idempotencyKey: type, ...sample.values(places, 2) })).toEqual([fault(code, field)])
    }
  })

  it('a unit that records stands in the division, and only an association has members', async () => {
    const { places, city, other } = await network()
    const coverage = sampleOf('RecordingCoverage')
    expect(await faults('DIRECTOR', create(coverage), { idempotencyKey: 'a', ...coverage.values(places, 1), divisionId: city.id })).toEqual([fault('OUT_OF_RANGE', 'input.coveredUnitId')])
    expect(await faults('other DIRECTOR', create(membershipSample), { idempotencyKey: 'a', ...membershipSample.values({ ...places, unitId: other.id }, 1) })).toEqual([fault('OUT_OF_RANGE', 'input.unitId')])
  })
})
