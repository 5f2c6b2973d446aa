import { describe, expect, it } from '@jest/globals'
import { actsOn, all, errorFields, fault, stale } from '../support/acts.js'
import { moneyBuilder } from '../support/build-money.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const { done, faults, refusals, replays } = actsOn(world)
const key = { idempotencyKey: 'a' }
const profileFields = 'id version unit { id } registrationLevel rating ratedOn ratingValidTo hasPartyOrganisation'
const create = `mutation ($input: AgencyProfileCreateInput!) { agencyProfileCreate(input: $input) { agencyProfile { ${profileFields} } ${errorFields} } }`
const update = `mutation ($input: AgencyProfileUpdateInput!) { agencyProfileUpdate(input: $input) { agencyProfile { ${profileFields} } ${errorFields} } }`
const report = `mutation ($input: AgencyStaffReportInput!) { agencyStaffReport(input: $input) { agencyProfile { version fullTimeStaff partyMembers reportedOn } ${errorFields} } }`
const give = `mutation ($input: AgencySupportGiveInput!) { agencySupportGive(input: $input) { agencySupport { id kind amount startsOn endsOn note agency { id } provider { id } } ${errorFields} } }`
const end = `mutation ($input: AgencySupportEndInput!) { agencySupportEnd(input: $input) { agencySupport { endsOn } ${errorFields} } }`

async function staged() {
  const { build } = world
  const money = moneyBuilder(world)
  const { province, office } = await build.network()
  const [bureau, agency] = [await build.unit({ divisionId: province.id }), await build.unit({ divisionId: province.id, kind: 'SERVICE_AGENCY' })]
  for (const [name, unit] of Object.entries({ bureau, agency })) for (const role of ['FINANCE_OFFICER', 'DIRECTOR', 'CLERK', 'AGENCY_MANAGER']) await build.person({ login: `${name} ${role}`, unit: unit.id, role })
  await build.person({ login: 'system', unit: office.id, role: 'SYSTEM_ADMIN' })
  await build.person({ login: 'security', unit: office.id, role: 'SECURITY_ADMIN' })
  return { money, bureau, agency }
}
const [officer, manager] = ['bureau FINANCE_OFFICER', 'agency AGENCY_MANAGER']

describe('the register', () => {
  it('is kept by SYSTEM_ADMIN and read by everybody who is signed in; the staff is reported and read by the agency', async () => {
    const { agency } = await staged()
    const input = { ...key, unitId: agency.id, registrationLevel: 'COUNTY', rating: 'A3', ratedOn: '2025-06-01', ratingValidTo: '2030-06-01' }
    expect(await refusals(create, input, [manager, 'coordinator', 'security', officer])).toEqual(all([manager, 'coordinator', 'security', officer], 'FORBIDDEN'))
    const profile = await done('system', create, input)
    expect(profile).toEqual({ id: expect.stringMatching(/^agpr_/), version: 1, unit: { id: agency.id }, registrationLevel: 'COUNTY', rating: 'A3', ratedOn: '2025-06-01', ratingValidTo: '2030-06-01', hasPartyOrganisation: false })
    await replays('system', create, input, { registrationLevel: 'PREFECTURE' })
    expect(await faults('system', create, { ...input, idempotencyKey: 'b' })).toEqual([fault('TAKEN', 'input.unitId')])
    expect(await done('system', update, { ...key, agencyProfileId: profile.id, expectedVersion: 1, rating: 'A4', ratedOn: '2026-06-01', hasPartyOrganisation: true })).toMatchObject({ version: 2, rating: 'A4', hasPartyOrganisation: true })
    expect(await faults('system', update, { idempotencyKey: 'c', agencyProfileId: profile.id, expectedVersion: 1, rating: null, ratedOn: null })).toEqual([stale(2, ['hasPartyOrganisation', 'ratedOn', 'rating'])])

    const staff = { ...key, agencyProfileId: profile.id, expectedVersion: 2, fullTimeStaff: 12, partyMembers: 3 }
    expect(await refusals(report, staff, ['system', 'agency DIRECTOR', 'coordinator'])).toEqual(all(['system', 'agency DIRECTOR', 'coordinator'], 'FORBIDDEN'))
    expect(await refusals(report, staff, ['bureau AGENCY_MANAGER'])).toEqual({ 'bureau AGENCY_MANAGER': 'FORBIDDEN' })
    expect(await faults(manager, report, { ...staff, partyMembers: 13 })).toEqual([fault('OUT_OF_RANGE', 'input.partyMembers')])
    expect(await done(manager, report, staff)).toEqual({ version: 3, fullTimeStaff: 12, partyMembers: 3, reportedOn: '2026-11-23' })
    const seen: Record<string, unknown> = {}
    for (const login of [manager, 'agency DIRECTOR', 'coordinator', 'agency CLERK', officer, 'system']) seen[login] = (await world.as(login).run('{ agencyProfiles { nodes { rating fullTimeStaff } } }')).data.agencyProfiles.nodes[0]
    expect(seen).toEqual({ ...all([manager, 'agency DIRECTOR', 'coordinator'], { rating: 'A4', fullTimeStaff: 12 } as never), ...all(['agency CLERK', officer, 'system'], { rating: 'A4', fullTimeStaff: null } as never) })
  })

  it.each([
    ['a grade without its day', { rating: 'A3' }, 'REQUIRED', 'input.ratedOn'],
    ['a day in the future', { rating: 'A3', ratedOn: '2026-11-24' }, 'OUT_OF_RANGE', 'input.ratedOn'],
    ['a grade that ends before it was given', { rating: 'A3', ratedOn: '2026-01-01', ratingValidTo: '2026-01-01' }, 'OUT_OF_RANGE', 'input.ratingValidTo'],
  ])('refuses %s', async (_what, more, code, field) => {
    const { agency } = await staged()
    expect(await faults('system', create, { ...key, unitId: agency.id, registrationLevel: 'COUNTY', ...more })).toEqual([fault(code, field)])
  })

  it('takes private agencies only', async () => {
    const { bureau } = await staged()
    expect(await faults('system', create, { ...key, unitId: bureau.id, registrationLevel: 'COUNTY' })).toEqual([fault('OUT_OF_RANGE', 'input.unitId')])
  })
})

describe('support', () => {
  it('is given by FINANCE_OFFICER of the supporting unit, with an amount to begin with and only then', async () => {
    const { bureau, agency } = await staged()
    const input = { ...key, agencyId: agency.id, providerId: bureau.id, kind: 'START_UP', amount: '50000', startsOn: '2026-03-01', note: '起步' }
    expect(await refusals(give, input, [manager, 'bureau DIRECTOR', 'coordinator', 'agency FINANCE_OFFICER'])).toEqual(all([manager, 'bureau DIRECTOR', 'coordinator', 'agency FINANCE_OFFICER'], 'FORBIDDEN'))
    expect(await faults(officer, give, { ...input, amount: undefined })).toEqual([fault('REQUIRED', 'input.amount')])
    expect(await faults(officer, give, { ...input, kind: 'SUPERVISION' })).toEqual([fault('AMBIGUOUS', 'input.amount')])
    expect(await faults(officer, give, { ...input, endsOn: '2026-02-28' })).toEqual([fault('OUT_OF_RANGE', 'input.endsOn')])
    const support = await done(officer, give, input)
    expect(support).toEqual({ id: expect.stringMatching(/^agsu_/), kind: 'START_UP', amount: '50000.00', startsOn: '2026-03-01', endsOn: null, note: '起步', agency: { id: agency.id }, provider: { id: bureau.id } })
    expect(await done(officer, end, { ...key, supportId: support.id, expectedVersion: 1, endsOn: '2026-12-31' })).toEqual({ endsOn: '2026-12-31' })
    const readers: string[] = []
    for (const login of [manager, 'agency DIRECTOR', 'agency FINANCE_OFFICER', 'agency CLERK', officer, 'bureau DIRECTOR', 'bureau CLERK', 'coordinator']) if ((await world.as(login).run('{ agencySupports { totalCount } }')).data.agencySupports.totalCount > 0) readers.push(login)
    expect(readers).toEqual([manager, 'agency DIRECTOR', officer, 'bureau DIRECTOR', 'coordinator'])
  })
})

describe('continuity', () => {
  it('is told between contracts of the same two parties, and over all of an agency to the agency alone', async () => {
    const { bureau, agency, money } = await staged()
    await money.profile({ unitId: agency.id })
    const old = await money.line({ unitId: bureau.id, year: 2025, approvedOn: '2025-01-05' })
    const line = await money.line({ unitId: bureau.id })
    const between = (values: object) => money.contract({ purchaserId: bureau.id, agencyId: agency.id, ...values })
    const first = await between({ lineId: old.id, year: 2025, amount: '3000', startsOn: '2025-03-01', endsOn: '2025-12-31', signedOn: '2025-02-20' })
    const second = await between({ lineId: line.id, amount: '1000', startsOn: '2026-02-10', endsOn: '2026-06-30', funding: 'PROJECT_APPLICATION', status: 'TERMINATED', closedOn: '2026-06-30' })
    const third = await between({ lineId: line.id, amount: '2000', startsOn: '2026-06-30', endsOn: '2026-12-31' })
    // Of another purchaser: it fills a gap of the agency, and none between these two.
    await money.contract({ agencyId: agency.id, amount: '500', startsOn: '2026-01-11', endsOn: '2026-02-20' })
    const document = `query ($ids: [ID!]!, $unit: ID!, $bureau: ID!) { nodes(ids: $ids) { ... on Contract { previousContract { id } gapDays isRenewal } } unit(id: $unit) { agencyProfile { contractGapDays budgetedShare } contractsServed { totalCount } } buyer: unit(id: $bureau) { budgetedShare contractsBought { totalCount } } }`
    const told = async (login: string) => (await world.as(login).run(document, { ids: [first.id, second.id, third.id], unit: agency.id, bureau: bureau.id })).data
    const chain = [{ previousContract: null, gapDays: null, isRenewal: false }, { previousContract: { id: first.id }, gapDays: 40, isRenewal: true }, { previousContract: { id: second.id }, gapDays: 0, isRenewal: false }]
    expect(await told(manager)).toEqual({ nodes: chain, unit: { agencyProfile: { contractGapDays: 10, budgetedShare: 0.8462 }, contractsServed: { totalCount: 4 } }, buyer: { budgetedShare: null, contractsBought: { totalCount: 3 } } })
    expect(await told(officer)).toEqual({ nodes: chain, unit: { agencyProfile: { contractGapDays: null, budgetedShare: null }, contractsServed: { totalCount: 3 } }, buyer: { budgetedShare: 0.8333, contractsBought: { totalCount: 3 } } })
    expect((await told('coordinator')).buyer.budgetedShare).toBe(0.8333)
  })
})
