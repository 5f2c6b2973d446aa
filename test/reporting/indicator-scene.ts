import { buildCapability } from '../support/build-capability.js'
import type { Built } from '../support/build.js'
import { moneyBuilder } from '../support/build-money.js'
import { buildPay } from '../support/build-pay.js'
import { buildPosts } from '../support/build-posts.js'
import { buildVolunteers } from '../support/build-volunteers.js'
import type { World } from '../support/world.js'

/** A county unit with an agency and a community, and one `reader` who may read all of them; beside it the same in another province, and rows of other years. */
export async function indicatorScene(world: World): Promise<{ province: Built; county: Built; unit: Built; office: Built }> {
  const { build } = world
  const { province, office } = await build.network()
  const county = await build.division({ parentId: province.id, level: 'PREFECTURE' })
  const unit = await build.unit({ divisionId: county.id })
  const reader = await build.person({ login: 'reader', unit: unit.id, role: 'DIRECTOR' })
  for (const role of ['FINANCE_OFFICER', 'HR_OFFICER']) await build.appointment({ personId: reader.id, unitId: unit.id, role })
  await build.appointment({ personId: reader.id, unitId: office.id, role: 'COORDINATOR' })
  const elsewhere = await build.unit()
  const basisId = (await build.document()).id
  const threshold = await buildPay(world).threshold({ divisionId: province.id, basisId })
  await buildCapability(world).educationRule({ divisionId: province.id, basisId })
  for (const [at, there] of [unit, elsewhere].entries()) await fill(world, there, at, basisId)
  await money(world, unit, office)
  await published(world, province, county, unit, threshold)
  return { province, county, unit, office }
}

async function fill(world: World, unit: Built, turn: number, basisId: string): Promise<void> {
  const { build } = world
  const [posts, volunteers, capability] = [buildPosts(world), buildVolunteers(world), buildCapability(world)]
  const divisionId = unit['division_id'] as string
  const workers: Built[] = []
  for (const [at, kind] of (['FULL_TIME', 'FULL_TIME', 'CONCURRENT', 'UNPAID', undefined] as const).entries()) {
    const worker = await posts.worker({ unit: unit.id })
    workers.push(worker)
    if (at !== 1) await posts.qualification({ socialWorkerId: worker.id, level: at === 0 ? 'SENIOR' : 'ASSISTANT', ...(at === 3 ? { registeredOn: '2025-01-01', registeredUntil: '2028-01-01' } : {}) })
    if (!kind) continue
    const employment = await posts.employment({ socialWorkerId: worker.id, unitId: unit.id, kind, validFrom: at === 2 ? '2026-02-01' : '2020-01-01' })
    await posts.workLog({ employmentId: employment.id, hours: '3.5', category: 'ADMINISTRATIVE', origin: 'SUPERIOR_ASSIGNED' })
    await posts.workLog({ employmentId: employment.id, hours: '2.25', category: at === 0 ? 'ADMINISTRATIVE' : 'CASE', origin: 'SELF_INITIATED', workedOn: `2026-0${at + 2}-10` })
    await posts.workLog({ employmentId: employment.id, hours: '8', category: 'ADMINISTRATIVE', workedOn: '2025-05-05' })
    const survey = await posts.survey({ unitId: unit.id, socialWorkerId: worker.id, divisionId })
    const consultation = await posts.consultation({ surveyId: survey.id })
    await posts.plan({ unitId: unit.id, socialWorkerId: worker.id, ...(at < 2 ? { surveyId: survey.id, consultationId: consultation.id } : {}), ...(at === 3 ? { submittedOn: '2025-12-29', approvedOn: '2025-12-30' } : {}) })
  }
  const course = await capability.training({ unitId: unit.id })
  await capability.attendance({ trainingId: course.id, socialWorkerId: workers[3]!.id })
  for (const kind of ['EXPLICIT', 'EXPLICIT', 'DE_FACTO']) await posts.post({ unitId: unit.id, kind })
  await posts.post({ unitId: unit.id, kind: 'DE_FACTO', closedOn: '2026-01-01' })
  await capability.supervisor({ unitId: unit.id, socialWorkerId: workers[0]!.id, basisId })
  for (const at of [1, 2]) {
    const pair = await capability.supervision({ unitId: unit.id, supervisorId: workers[0]!.id, superviseeId: workers[at]!.id, sessionEveryDays: 30, validFrom: '2026-02-01' })
    await capability.session({ supervisionId: pair.id, heldOn: '2026-02-20' })
    await capability.session({ supervisionId: pair.id, heldOn: '2026-06-20' })
  }
  for (const contractedOn of ['2026-03-01', '2026-10-01', '2025-10-01']) await capability.project({ unitId: unit.id, status: 'CONTRACTED', contractedOn, carrierId: (await build.unit({ divisionId })).id })
  const communities = [await build.unit({ divisionId, kind: 'COMMUNITY' }), await build.unit({ divisionId, kind: 'COMMUNITY' })]
  const team = await volunteers.team({ unitId: communities[0]!.id, leaderId: workers[0]!.id })
  for (const at of [0, 1, 2, 3]) {
    const volunteer = await volunteers.volunteer({ teamId: team.id, origin: at === 0 ? 'FORMER_BENEFICIARY' : 'RESIDENT', ...(at === 3 ? { status: 'WITHDRAWN' } : {}) })
    await volunteers.service({ volunteerId: volunteer.id })
    await volunteers.service({ volunteerId: volunteer.id, servedOn: '2025-11-20' })
  }
  await build.row('opening_count', 'opct', { divisionId, year: 2025, measure: 'REGISTERED_VOLUNTEERS', count: 40 + turn, source: '示例' })
  await build.row('division_statistic', 'dsta', { divisionId, year: 2025, residentPopulation: 1000, source: '示例' })
}

async function money(world: World, unit: Built, office: Built): Promise<void> {
  const make = moneyBuilder(world)
  const { build } = world
  for (const [source, amount, arrivedOn, promisedOn] of [['FISCAL', '300', '2026-04-11', '2026-04-01'], ['SOCIAL', '100.50', '2026-03-30', '2026-04-01'], ['FISCAL', '200', '2025-06-01', '2025-06-01']] as const) {
    const line = await make.line({ unitId: unit.id, source, year: Number(arrivedOn.slice(0, 4)) })
    const allocation = await make.allocation({ lineId: line.id, fromUnitId: unit.id, toUnitId: unit.id, amount, allocatedOn: `${promisedOn.slice(0, 4)}-03-01`, promisedOn })
    await make.disbursement({ allocationId: allocation.id, amount, arrivedOn })
  }
  const agencies = [await build.unit({ kind: 'SERVICE_AGENCY', divisionId: unit['division_id'] }), await build.unit({ kind: 'SERVICE_AGENCY', divisionId: unit['division_id'] })]
  await make.support({ agencyId: agencies[0]!.id, providerId: office.id })
  for (const [at, startsOn, endsOn, funding, amount] of [[0, '2025-03-01', '2025-12-31', 'ANNUAL_BUDGET', '900'], [0, '2026-03-01', '2026-06-30', 'ANNUAL_BUDGET', '1000'], [0, '2026-09-01', '2026-10-31', 'ANNUAL_BUDGET', '700'], [1, '2026-03-01', '2026-10-31', 'PROJECT_APPLICATION', '500']] as const) {
    const year = Number(startsOn.slice(0, 4))
    const line = await make.line({ unitId: unit.id, year })
    await make.contract({ lineId: line.id, purchaserId: unit.id, agencyId: agencies[at]!.id, year, startsOn, endsOn, signedOn: `${year}-02-20`, funding, amount })
  }
  const procurement = await make.procurement({ purchaserId: unit.id })
  for (const bidders of [1, 3]) {
    const lot = await make.lot({ procurementId: procurement.id, status: 'OPENED', openedAt: '2026-11-20T02:00:00Z', opensAt: '2026-11-19T02:00:00Z' })
    for (let at = 0; at < bidders; at++) await make.bid({ lotId: lot.id, status: 'OPENED', amount: '4000', proposal: '方案' })
  }
}

async function published(world: World, province: Built, county: Built, unit: Built, threshold: Built): Promise<void> {
  const { build, sql } = world
  const publication = await buildPay(world).publication({ divisionId: province.id, year: 2025, thresholdId: threshold.id })
  for (const [level, medianPay, comparableMedian, parityIndex, belowFloorPersons] of [['ASSISTANT', '6000', '8000', '0.75', 12], ['SENIOR', '12000', '12500', '0.96', 7]] as const) {
    await buildPay(world).figure({ publicationId: publication.id, divisionId: province.id, level, medianPay, comparableMedian, parityIndex, belowFloorPersons })
  }
  for (const [at, month, status] of [[0, '2026-08', 'PUBLISHED'], [1, '2026-09', 'PUBLISHED'], [2, '2026-10', 'OPEN']] as const) {
    const period = await build.row('score_period', 'sper', { divisionId: county.id, month, status: 'OPEN', computedOn: '2026-11-01' })
    await build.unitScore({ periodId: period.id, unitId: unit.id, dueCount: 10, onTimeCount: 7 + at, lateCount: 3 - at, lateDays: 5, trackCount: 12, reportedCount: 8, returnedCount: 2, acceptedCount: 5, acceptanceDays: 9, extensionCount: 3, pointsDeducted: 10 - at, score: 90 + at })
    if (status === 'PUBLISHED') await sql(`update score_period set status = 'PUBLISHED', published_on = '2026-11-02' where id = $1`, [period.id])
  }
  for (const [dueOn, acceptBy, acceptedOn, status] of [['2026-11-01', '2026-10-10', '2026-10-09', 'IN_PROGRESS'], ['2026-12-31', '2026-10-10', '2026-10-12', 'ACCEPTED'], ['2026-12-31', '2026-10-10', null, 'ISSUED'], ['2026-11-01', '2026-10-10', '2026-10-09', 'COMPLETED']] as const) {
    const task = await build.task({ issuingUnitId: unit.id })
    await build.assignment({ taskId: task.id, unitId: unit.id, dueOn, acceptBy, acceptedOn, status })
  }
}
