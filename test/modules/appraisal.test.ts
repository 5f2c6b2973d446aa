import { beforeEach, describe, expect, it } from '@jest/globals'
import { absent, actsOn, all, errorFields, fault, stale } from '../support/acts.js'
import { Histories } from '../support/histories.js'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { done, everything, faults, refusals, replays, trail } = actsOn(world)
const sql = <R = Record<string, unknown>>(text: string, values: unknown[] = []) => world.sql<R>(text, values)
const build = () => world.build
const key = { idempotencyKey: 'a' }
const october = '2026-10'

const figures = 'trackCount dueCount onTimeCount lateCount lateDays reportedCount returnedCount acceptedCount acceptanceDays extensionCount pointsDeducted score'
const deductionFields = `id version reason points occurredOn daysLate isAutomatic text appealStatus appealText appealedOn decidedOn decisionNote task { id } assignment { id } unit { id } addedBy { id } appealedBy { id } decidedBy { id } unitScore { id pointsDeducted score }`
const computeDocument = `mutation ($input: ScorePeriodComputeInput!) { scorePeriodCompute(input: $input) { scorePeriod { id version month status computedOn publishedOn division { id } scores { nodes { id version unit { id } ${figures} onTimeRate returnRate meanAcceptanceDays extensionShare deductions { nodes { ${deductionFields} } } } } } ${errorFields} } }`
const publishDocument = `mutation ($input: ScorePeriodPublishInput!) { scorePeriodPublish(input: $input) { scorePeriod { id version status publishedOn publishedBy { id } } ${errorFields} } }`
const stepping = (name: string, type: string) => `mutation ($input: ${type}!) { ${name}(input: $input) { scorePeriod { id version status submittedOn approvedOn returnedReason } ${errorFields} } }`
const [submitDocument, approveDocument, sendBackDocument] = [stepping('scorePeriodSubmit', 'ScorePeriodStepInput'), stepping('scorePeriodApprove', 'ScorePeriodStepInput'), stepping('scorePeriodSendBack', 'ScorePeriodSendBackInput')]
const addDocument = `mutation ($input: DeductionAddInput!) { deductionAdd(input: $input) { deduction { ${deductionFields} } ${errorFields} } }`
const appealDocument = `mutation ($input: DeductionAppealInput!) { deductionAppeal(input: $input) { deduction { ${deductionFields} } ${errorFields} } }`
const decideDocument = `mutation ($input: DeductionDecideInput!) { deductionDecide(input: $input) { deduction { ${deductionFields} } ${errorFields} } }`

let turns = 0
const compute = ({ id }: Built, month = october) => done('coordinator', computeDocument, { idempotencyKey: `c${++turns}`, divisionId: id, month })

/** A province with a coordinator, a second one, and two bureaus; rules: 2 points a late report (5 a month), 1 a late acceptance, 1.50 a return. */
async function staged() {
  const { province, office } = await build().network()
  await build().calendar()
  const unit = (more: object = {}) => build().unit({ divisionId: province.id, ...more })
  const [bureau, school, apart] = [await unit(), await unit(), await build().unit()]
  for (const role of ['DIRECTOR', 'CLERK', 'AUDITOR', 'BI_READER', 'SYSTEM_ADMIN']) await build().person({ login: `bureau ${role}`, unit: bureau.id, role })
  await build().person({ login: 'school DIRECTOR', unit: school.id, role: 'DIRECTOR' })
  await build().person({ login: 'second', unit: office.id, role: 'COORDINATOR' })
  for (const role of ['DIRECTOR', 'COORDINATOR']) await build().person({ login: `apart ${role}`, unit: apart.id, role })
  await build().mandate({ unitId: apart.id, role: 'OVERALL_COORDINATION' })
  const paper = await build().document()
  const rule = (reason: string, points: string, maxPerMonth: string | null = null, more: object = {}) =>
    build().row('deduction_rule', 'drul', { divisionId: province.id, reason, points, maxPerMonth, validFrom: '2026-01-01', basisId: paper.id, ...more })
  const rules = { late: await rule('LATE_REPORT', '2', '5'), acceptance: await rule('LATE_ACCEPTANCE', '1'), returned: await rule('RETURNED', '1.5') }
  const policy = await build().row('supervision_policy', 'supp', { divisionId: province.id, name: '规则', validFrom: '2020-01-01', basisId: paper.id, acceptWithinDays: 3, reportEveryDays: 10 })
  return { province, office, bureau, school, apart, paper, rule, rules, policy }
}
type Stage = Awaited<ReturnType<typeof staged>>

/** Who heads the province's LEADERSHIP unit: signs in as `approver`. */
async function approver() {
  const [province] = await sql<{ id: string }>(`select division_id as id from score_period limit 1`)
  const committee = await build().unit({ divisionId: province!.id, kind: 'PARTY_COMMITTEE' })
  await build().mandate({ unitId: committee.id, role: 'LEADERSHIP' })
  await build().person({ login: 'approver', unit: committee.id, role: 'DIRECTOR' })
}
/** The month, submitted by the office and approved by the level above. */
async function approved(period: any) {
  const submitted = await done('coordinator', submitDocument, publish(period, { idempotencyKey: 'submit' }))
  await approver()
  return done('approver', approveDocument, publish(submitted, { idempotencyKey: 'approve' }))
}
const published = async (period: any) => done('coordinator', publishDocument, publish(await approved(period)))

const histories = new Histories(world)
/** A task of the office with one track of the unit, entered on a day and told from then on. */
const told = ({ office }: Stage, unit: Built, dueOn: string, script: Parameters<Histories['tell']>[1], more: object = {}) => histories.track({ issuingUnitId: office.id, unitId: unit.id, dueOn, ...more }, script)

const scoreOf = (period: any, unit: Built) => period.scores.nodes.find((score: any) => score.unit.id === unit.id)
/** What is said of a unit, without ids. */
const said = (period: any, unit: Built) => {
  const { id: _id, version: _version, unit: _unit, deductions, ...score } = scoreOf(period, unit)
  return { ...score, deductions: deductions.nodes.map(({ reason, points, occurredOn, daysLate }: any) => [reason, points, occurredOn, daysLate]) }
}
const nothing = {
  trackCount: 0, dueCount: 0, onTimeCount: 0, lateCount: 0, lateDays: 0, reportedCount: 0, returnedCount: 0, acceptedCount: 0, acceptanceDays: 0, extensionCount: 0,
  pointsDeducted: '0.00', score: '100.00', onTimeRate: null, returnRate: null, meanAcceptanceDays: null, extensionShare: null, deductions: [],
}

// October 2026 begins on a Thursday; Mondays are 5, 12, 19 and 26. Weeks are plain.
describe('the month of a unit', () => {
  it('counts a result on the last day as on time, and the working days to acceptance', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-16', [['2026-10-01', 'ISSUED'], ['2026-10-06', 'ACCEPTED'], ['2026-10-08', 'IN_PROGRESS'], ['2026-10-16', 'REPORTED'], ['2026-10-20', 'COMPLETED']])
    // Friday, Monday, Tuesday.
    expect(said(await compute(stage.province), stage.bureau)).toEqual({
      ...nothing, trackCount: 1, dueCount: 1, onTimeCount: 1, reportedCount: 1, acceptedCount: 1, acceptanceDays: 3, onTimeRate: 1, returnRate: 0, meanAcceptanceDays: 3, extensionShare: 0,
    })
  })

  it('counts a result the day after as late by one working day', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-16', [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-05', 'IN_PROGRESS'], ['2026-10-19', 'REPORTED']])
    expect(said(await compute(stage.province), stage.bureau)).toEqual({
      ...nothing, trackCount: 1, dueCount: 1, lateCount: 1, lateDays: 1, reportedCount: 1, acceptedCount: 1, acceptanceDays: 1, onTimeRate: 0, returnRate: 0, meanAcceptanceDays: 1, extensionShare: 0,
      pointsDeducted: '2.00', score: '98.00', deductions: [['LATE_REPORT', '2.00', '2026-10-16', 1]],
    })
  })

  it('counts what was never reported until the end of the month', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-26', [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED']])
    // 27, 28, 29 and 30 October.
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ dueCount: 1, lateCount: 1, lateDays: 4, reportedCount: 0, returnRate: null, deductions: [['LATE_REPORT', '2.00', '2026-10-26', 4]] })
    expect(said(await compute(stage.province, '2026-11'), stage.bureau)).toMatchObject({ trackCount: 1, dueCount: 0, onTimeRate: null, deductions: [] })
  })

  it('keeps the lateness of a round that was returned, and counts the new one by its own due day', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-09', [
      ['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-02', 'IN_PROGRESS'], ['2026-10-13', 'REPORTED'],
      ['2026-10-14', 'RETURNED', { dueOn: '2026-10-21' }], ['2026-10-15', 'IN_PROGRESS'], ['2026-10-21', 'REPORTED'],
    ])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({
      dueCount: 2, onTimeCount: 1, lateCount: 1, lateDays: 2, reportedCount: 2, returnedCount: 1, onTimeRate: 0.5, returnRate: 0.5, pointsDeducted: '3.50', score: '96.50',
      deductions: [['LATE_REPORT', '2.00', '2026-10-09', 2], ['RETURNED', '1.50', '2026-10-14', null]],
    })
  })

  it('counts a report ahead of time on its due day, though it was returned before that', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-20', [
      ['2026-09-28', 'ISSUED'], ['2026-09-28', 'ACCEPTED'], ['2026-09-28', 'IN_PROGRESS'], ['2026-09-30', 'REPORTED'], ['2026-10-12', 'RETURNED', { dueOn: '2026-11-06' }], ['2026-10-12', 'IN_PROGRESS'],
    ])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ dueCount: 1, onTimeCount: 1, reportedCount: 0, returnedCount: 1, returnRate: null, acceptedCount: 0 })
    expect(said(await compute(stage.province, '2026-09'), stage.bureau)).toMatchObject({ dueCount: 0, reportedCount: 1, acceptedCount: 1, acceptanceDays: 0, meanAcceptanceDays: 0 })
    expect(said(await compute(stage.province, '2026-11'), stage.bureau)).toMatchObject({ dueCount: 1, lateCount: 1, lateDays: 11 })
  })

  it('counts it in the month of that day though all of it was settled before', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-20', [
      ['2026-09-02', 'ISSUED'], ['2026-09-02', 'ACCEPTED'], ['2026-09-02', 'IN_PROGRESS'], ['2026-09-10', 'REPORTED'], ['2026-09-11', 'RETURNED', { dueOn: '2026-09-21' }], ['2026-09-11', 'IN_PROGRESS'], ['2026-09-18', 'REPORTED'], ['2026-09-22', 'COMPLETED'],
    ])
    expect(said(await compute(stage.province), stage.bureau)).toEqual({ ...nothing, dueCount: 1, onTimeCount: 1, onTimeRate: 1, extensionShare: 0 })
    expect(said(await compute(stage.province, '2026-09'), stage.bureau)).toMatchObject({ dueCount: 1, onTimeCount: 1, reportedCount: 2, returnedCount: 1 })
  })

  it('counts an extension that came in time by the new due day alone', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-09', [
      ['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-08', { act: 'extensionDecide', dueOn: '2026-10-16' }], ['2026-10-09', 'IN_PROGRESS'], ['2026-10-16', 'REPORTED'],
    ])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ dueCount: 1, onTimeCount: 1, extensionCount: 1, extensionShare: 1, deductions: [] })
  })

  it('keeps the lateness that an extension came too late for', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-09', [
      ['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-12', { act: 'extensionDecide', dueOn: '2026-10-16' }], ['2026-10-12', 'IN_PROGRESS'], ['2026-10-16', 'REPORTED'],
    ])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ dueCount: 2, onTimeCount: 1, lateCount: 1, lateDays: 5, extensionCount: 1, extensionShare: 0.5, deductions: [['LATE_REPORT', '2.00', '2026-10-09', 5]] })
  })

  it('takes an extension on the due day itself for one in time', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-09', [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-09', { act: 'extensionDecide', dueOn: '2026-10-16' }], ['2026-10-12', 'IN_PROGRESS'], ['2026-10-15', 'REPORTED']])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ dueCount: 1, onTimeCount: 1, lateCount: 0 })
  })

  it('does not count suspended time: no due day falls, and no working day passes', async () => {
    const stage = await staged()
    const { track, task } = await told(stage, stage.bureau, '2026-10-09', [['2026-10-01', 'ISSUED']])
    await histories.suspend(task, '2026-10-05')
    await histories.resume(task, '2026-10-12')
    await histories.tell(track, [['2026-10-12', { act: 'taskResume', dueOn: '2026-10-16' }], ['2026-10-14', 'ACCEPTED'], ['2026-10-14', 'IN_PROGRESS']])
    await histories.suspend(task, '2026-10-19')
    await histories.resume(task, '2026-10-21')
    await histories.tell(track, [['2026-10-22', 'REPORTED']])
    // Receipt to acceptance: the 2nd, 12th, 13th and 14th, so the limit of three days was the 13th. Late: the 21st and 22nd.
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({
      dueCount: 1, lateCount: 1, lateDays: 2, acceptedCount: 1, acceptanceDays: 4, deductions: [['LATE_ACCEPTANCE', '1.00', '2026-10-13', null], ['LATE_REPORT', '2.00', '2026-10-16', 2]],
    })
  })

  it('charges each unit with what fell while it had the track', async () => {
    const stage = await staged()
    const { track } = await told(stage, stage.bureau, '2026-10-09', [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED']])
    await histories.tell(track, [['2026-10-14', 'ISSUED', { unitId: stage.school.id }], ['2026-10-15', 'ACCEPTED'], ['2026-10-15', { act: 'extensionDecide', dueOn: '2026-10-23' }], ['2026-10-16', 'IN_PROGRESS'], ['2026-10-23', 'REPORTED']])
    const period = await compute(stage.province)
    // The bureau was late until it gave the track away.
    expect(said(period, stage.bureau)).toMatchObject({ trackCount: 1, dueCount: 1, lateCount: 1, lateDays: 3, acceptedCount: 1, acceptanceDays: 1, reportedCount: 0 })
    expect(said(period, stage.school)).toMatchObject({ trackCount: 1, dueCount: 1, onTimeCount: 1, lateDays: 0, acceptedCount: 1, acceptanceDays: 1, reportedCount: 1, extensionCount: 1, deductions: [] })
  })

  it('charges nobody with a due day on which the track changed hands', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-14', [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-14', 'ISSUED', { unitId: stage.school.id }], ['2026-10-15', 'ACCEPTED']])
    const period = await compute(stage.province)
    expect([said(period, stage.bureau).dueCount, said(period, stage.school).dueCount]).toEqual([0, 0])
  })

  it('keeps the lateness of what was terminated, and counts nothing after', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-09', [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-13', 'TERMINATED']])
    await told(stage, stage.bureau, '2026-10-16', [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-13', 'TERMINATED']])
    await told(stage, stage.bureau, '2026-10-13', [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-13', 'EXCUSED']])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ trackCount: 3, dueCount: 1, lateCount: 1, lateDays: 2 })
  })

  it('counts a late acceptance on its limit, once, and starts anew after a refusal', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-11-30', [['2026-10-01', 'ISSUED'], ['2026-10-07', 'ACCEPTED']])
    await told(stage, stage.bureau, '2026-11-30', [['2026-10-01', 'ISSUED'], ['2026-10-06', 'ACCEPTED']])
    await told(stage, stage.bureau, '2026-11-30', [['2026-10-05', 'ISSUED'], ['2026-10-07', 'REFUSED'], ['2026-10-12', 'ISSUED'], ['2026-10-15', 'ACCEPTED']])
    await told(stage, stage.bureau, '2026-11-30', [['2026-10-29', 'ISSUED']])
    // Acceptances: 4 and 3 working days, and 3 after it was given again.
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ acceptedCount: 3, acceptanceDays: 10, meanAcceptanceDays: 3.3333, deductions: [['LATE_ACCEPTANCE', '1.00', '2026-10-06', null]] })
    // The limit of the last one is 3 November.
    expect(said(await compute(stage.province, '2026-11'), stage.bureau).deductions).toEqual([['LATE_ACCEPTANCE', '1.00', '2026-11-03', null]])
  })

  it('takes what a file brought in from the day on which it was entered', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-09', [], { status: 'IN_PROGRESS', createdAt: '2026-10-12T01:00:00Z' })
    await told(stage, stage.bureau, '2026-10-19', [], { status: 'IN_PROGRESS', createdAt: '2026-10-12T01:00:00Z' })
    await told(stage, stage.bureau, '2026-10-19', [], { status: 'REPORTED', createdAt: '2026-10-12T01:00:00Z' })
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ trackCount: 2, dueCount: 1, lateCount: 1, lateDays: 9 })
  })

  it('leaves out what has not ended yet', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, today, [['2026-11-02', 'ISSUED'], ['2026-11-03', 'ACCEPTED']])
    await told(stage, stage.bureau, '2026-11-27', [['2026-11-02', 'ISSUED'], ['2026-11-03', 'ACCEPTED'], ['2026-11-04', 'IN_PROGRESS'], ['2026-11-05', 'REPORTED']])
    expect(said(await compute(stage.province, '2026-11'), stage.bureau)).toMatchObject({ trackCount: 2, dueCount: 0, reportedCount: 1 })
  })

  it('has the units that stand in the division, and no others', async () => {
    const stage = await staged()
    const county = await build().division({ parentId: stage.province.id })
    const below = await build().unit({ divisionId: county.id })
    for (const unit of [stage.bureau, below]) await told(stage, unit, '2026-10-09', [['2026-10-01', 'ISSUED']])
    expect((await compute(stage.province)).scores.nodes.map(({ unit }: any) => unit.id)).toEqual([stage.bureau.id])
    // The nearest rules above it apply.
    expect(said(await compute(county), below)).toMatchObject({ lateCount: 1, deductions: [['LATE_ACCEPTANCE', '1.00', '2026-10-06', null], ['LATE_REPORT', '2.00', '2026-10-09', 15]] })
  })

  it('stops at the limit of a rule, and at 0', async () => {
    const stage = await staged()
    for (const dueOn of ['2026-10-09', '2026-10-12', '2026-10-13']) await told(stage, stage.bureau, dueOn, [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED']])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ lateCount: 3, pointsDeducted: '5.00', score: '95.00' })
    await sql(`update deduction_rule set points = 60, max_per_month = null where id = $1`, [stage.rules.late.id])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ pointsDeducted: '180.00', score: '0.00' })
  })

  it('deducts nothing where no rule is in force on the day', async () => {
    const stage = await staged()
    await sql(`update deduction_rule set valid_to = '2026-10-12' where id = $1`, [stage.rules.late.id])
    for (const dueOn of ['2026-10-09', '2026-10-12']) await told(stage, stage.bureau, dueOn, [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED']])
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ lateCount: 2, deductions: [['LATE_REPORT', '2.00', '2026-10-09', 15]], score: '98.00' })
    await stage.rule('LATE_REPORT', '0.25', null, { validFrom: '2026-10-12' })
    expect(said(await compute(stage.province), stage.bureau)).toMatchObject({ deductions: [['LATE_REPORT', '2.00', '2026-10-09', 15], ['LATE_REPORT', '0.25', '2026-10-12', 14]], pointsDeducted: '2.25' })
  })
})

/** A month of the bureau with a late report, two points, and a return, one and a half. */
async function appraised() {
  const stage = await staged()
  const { track, task } = await told(stage, stage.bureau, '2026-10-09', [
    ['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED'], ['2026-10-02', 'IN_PROGRESS'], ['2026-10-13', 'REPORTED'], ['2026-10-14', 'RETURNED', { dueOn: '2026-11-30' }], ['2026-10-15', 'IN_PROGRESS'],
  ])
  const period = await compute(stage.province)
  const score = scoreOf(period, stage.bureau)
  const [late, returned] = score.deductions.nodes
  return { ...stage, track, task, period, score, late, returned }
}
const me = async (login: string) => ({ id: (await sql<{ person_id: string }>('select person_id from account where subject = $1', [login]))[0]!.person_id })
const add = (score: { id: string }, more: object = {}) => ({ ...key, unitScoreId: score.id, points: '2.5', text: ' 材料不实 ', occurredOn: '2026-10-20', ...more })
const appeal = ({ id, version }: { id: string; version: number }, more: object = {}) => ({ ...key, deductionId: id, expectedVersion: version, appealText: ' 系统故障 ', ...more })
const decide = ({ id, version }: { id: string; version: number }, more: object = {}) => ({ ...key, deductionId: id, expectedVersion: version, uphold: true, note: ' 无证明 ', ...more })
const publish = ({ id, version }: { id: string; version: number }, more: object = {}) => ({ ...key, periodId: id, expectedVersion: version, ...more })

describe('scorePeriodCompute', () => {
  const input = ({ province }: Stage, more: object = {}) => ({ ...key, divisionId: province.id, month: october, ...more })

  it('changes nothing where nothing changed, and keeps what was entered by hand and appealed against', async () => {
    const { province, bureau, score, late } = await appraised()
    await compute(province)
    expect((await trail()).at(-1)).toEqual(['scorePeriodCompute', expect.any(String), []])
    await done('coordinator', addDocument, add(score))
    const appealed = await done('bureau DIRECTOR', appealDocument, appeal(late))
    await done('second', decideDocument, decide(appealed, { uphold: false }))
    const again = await compute(province)
    expect(said(again, bureau)).toMatchObject({ pointsDeducted: '4.00', score: '96.00' })
    expect(scoreOf(again, bureau).deductions.nodes.map(({ id, reason, appealStatus }: any) => [id === late.id, reason, appealStatus])).toEqual([[true, 'LATE_REPORT', 'CANCELLED'], [false, 'RETURNED', 'NONE'], [false, 'MANUAL', 'NONE']])
  })

  it('takes out what follows no longer, but what was appealed against stays and costs nothing', async () => {
    const { province, bureau, late } = await appraised()
    await done('bureau DIRECTOR', appealDocument, appeal(late))
    await sql(`update deduction_rule set valid_to = '2026-02-01'`)
    const again = await compute(province)
    expect(said(again, bureau)).toMatchObject({ pointsDeducted: '0.00', score: '100.00', deductions: [['LATE_REPORT', '0.00', '2026-10-09', 2]] })
  })

  it('tells the trail and the events of every row that it writes', async () => {
    await appraised()
    const [entry] = (await trail()).filter(([verb]) => verb === 'scorePeriodCompute')
    expect(entry![2].map(([type, kind]) => [type, kind])).toEqual([['ScorePeriod', 'CREATED'], ['UnitScore', 'CREATED'], ['Deduction', 'CREATED'], ['Deduction', 'CREATED']])
    expect(await sql(`select type, count(*)::int as rows from event where type in ('ScorePeriod', 'UnitScore', 'Deduction') group by type order by type`)).toEqual([{ type: 'Deduction', rows: 2 }, { type: 'ScorePeriod', rows: 1 }, { type: 'UnitScore', rows: 1 }])
  })

  it('is for a month that has begun, of which the calendar knows every day', async () => {
    const stage = await staged()
    expect(await faults('coordinator', computeDocument, input(stage, { month: '2026-12' }))).toEqual([fault('OUT_OF_RANGE', 'input.month')])
    expect(await faults('coordinator', computeDocument, input(stage, { month: '2025-12' }))).toEqual([fault('CALENDAR_MISSING', 'input.month')])
    for (const month of ['2026-13', '2026-1', 'x', '0000-01']) expect(await faults('coordinator', computeDocument, input(stage, { month }))).toEqual([fault('MALFORMED', 'input.month')])
    expect(await faults('coordinator', computeDocument, input(stage, { divisionId: absent('div') }))).toEqual([fault('UNKNOWN', 'input.divisionId')])
  })

  it('does not guess where receipt lies in a year without a calendar', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-12-31', [['2025-12-30', 'ISSUED'], ['2026-01-05', 'ACCEPTED']], { createdAt: '2025-12-01T00:00:00Z' })
    expect(await faults('coordinator', computeDocument, input(stage, { month: '2026-01' }))).toEqual([fault('CALENDAR_MISSING', 'input.month')])
  })

  it('is an act of the coordinating office of the division, and answers the same again', async () => {
    const stage = await staged()
    await told(stage, stage.bureau, '2026-10-09', [['2026-10-01', 'ISSUED']])
    const others = ['bureau DIRECTOR', 'bureau CLERK', 'bureau SYSTEM_ADMIN', 'apart COORDINATOR']
    expect(await refusals(computeDocument, input(stage), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
    await replays('coordinator', computeDocument, input(stage), { month: '2026-11' })
    expect(await refusals(computeDocument, input(stage, { idempotencyKey: 'again' }), others)).toEqual(all(others, 'FORBIDDEN'))
  })
})

describe('deductionAdd', () => {
  it('lowers the score at once', async () => {
    const { score, track, task, bureau } = await appraised()
    expect(await done('coordinator', addDocument, add(score, { assignmentId: track.id }))).toEqual({
      id: expect.stringMatching(/^dedu_/), version: 1, reason: 'MANUAL', points: '2.50', occurredOn: '2026-10-20', daysLate: null, isAutomatic: false, text: '材料不实',
      appealStatus: 'NONE', appealText: null, appealedOn: null, decidedOn: null, decisionNote: null, task: { id: task.id }, assignment: { id: track.id }, unit: { id: bureau.id },
      addedBy: await me('coordinator'), appealedBy: null, decidedBy: null, unitScore: { id: score.id, pointsDeducted: '6.00', score: '94.00' },
    })
    expect(await done('second', addDocument, add(score, { idempotencyKey: 'b', points: 100 }))).toMatchObject({ unitScore: { pointsDeducted: '106.00', score: '0.00' } })
  })

  it.each([
    ['no points', { points: '0' }, 'points'],
    ['less than none', { points: '-1' }, 'points'],
    ['more than all', { points: '100.01' }, 'points'],
    ['a third digit', { points: '1.005' }, 'points'],
    ['a day before the month', { occurredOn: '2026-09-30' }, 'occurredOn'],
    ['a day after the month', { occurredOn: '2026-11-01' }, 'occurredOn'],
    ['an empty reason', { text: ' ' }, 'text'],
  ])('refuses %s', async (_what, more, field) => {
    const { score } = await appraised()
    expect(await faults('coordinator', addDocument, add(score, more))).toEqual([fault('OUT_OF_RANGE', `input.${field}`)])
  })

  it('refuses a day to come, and a track of others', async () => {
    const stage = await appraised()
    const { track } = await told(stage, stage.school, '2026-10-09', [['2026-10-01', 'ISSUED']])
    const november = scoreOf(await compute(stage.province, '2026-11'), stage.bureau)
    expect(await faults('coordinator', addDocument, add(november, { occurredOn: '2026-11-24' }))).toEqual([fault('OUT_OF_RANGE', 'input.occurredOn')])
    expect(await faults('coordinator', addDocument, add(stage.score, { assignmentId: track.id }))).toEqual([fault('OUT_OF_RANGE', 'input.assignmentId')])
    await histories.tell(stage.track, [['2026-11-02', 'ISSUED', { unitId: stage.school.id }]])
    expect(await done('coordinator', addDocument, add(stage.score, { assignmentId: stage.track.id }))).toMatchObject({ assignment: { id: stage.track.id } })
  })

  it('is an act of the coordinating office of the division, and answers the same again', async () => {
    const { score } = await appraised()
    expect(await refusals(addDocument, add(score), ['bureau DIRECTOR', 'bureau CLERK', 'school DIRECTOR', 'apart COORDINATOR', 'nobody'])).toEqual({
      ...all(['bureau DIRECTOR', 'bureau CLERK', 'school DIRECTOR'], 'FORBIDDEN'), 'apart COORDINATOR': 'NOT_FOUND', nobody: 'UNAUTHENTICATED',
    })
    await replays('coordinator', addDocument, add(score), { points: '3' })
  })
})

describe('deductionAppeal', () => {
  it('waits for a decision while the points count', async () => {
    const { late, score } = await appraised()
    expect(await done('bureau DIRECTOR', appealDocument, appeal(late))).toMatchObject({
      id: late.id, version: 2, appealStatus: 'APPEALED', appealText: '系统故障', appealedOn: today, appealedBy: await me('bureau DIRECTOR'), decidedOn: null, unitScore: { id: score.id, pointsDeducted: '3.50', score: '96.50' },
    })
  })

  it('is made once', async () => {
    const { late } = await appraised()
    const appealed = await done('bureau DIRECTOR', appealDocument, appeal(late))
    const again = { idempotencyKey: 'b' }
    expect(await faults('bureau DIRECTOR', appealDocument, appeal(appealed, again))).toEqual([fault('ILLEGAL_TRANSITION', 'input.deductionId')])
    for (const [turn, uphold] of [true, false].entries()) {
      const decided = turn === 0 ? await done('coordinator', decideDocument, decide(appealed, { uphold })) : { ...appealed, version: 3 }
      expect(await faults('bureau DIRECTOR', appealDocument, appeal(decided, again))).toEqual([fault('ILLEGAL_TRANSITION', 'input.deductionId')])
    }
  })

  it("is an act of the unit's director, from the version that was read, and answers the same again", async () => {
    const { late } = await appraised()
    expect(await refusals(appealDocument, appeal(late), ['bureau CLERK', 'bureau AUDITOR', 'coordinator', 'school DIRECTOR', 'apart DIRECTOR', 'nobody'])).toEqual({
      ...all(['bureau CLERK', 'bureau AUDITOR', 'coordinator'], 'FORBIDDEN'), ...all(['school DIRECTOR', 'apart DIRECTOR'], 'NOT_FOUND'), nobody: 'UNAUTHENTICATED',
    })
    expect(await faults('bureau DIRECTOR', appealDocument, appeal(late, { expectedVersion: 4 }))).toEqual([stale(1, [])])
    await replays('bureau DIRECTOR', appealDocument, appeal(late), { appealText: '别' })
  })
})

describe('deductionDecide', () => {
  it('that cancels gives the points back, and one that upholds does not', async () => {
    const { late, returned } = await appraised()
    const [one, other] = [await done('bureau DIRECTOR', appealDocument, appeal(late)), await done('bureau DIRECTOR', appealDocument, appeal(returned, { idempotencyKey: 'b' }))]
    expect(await done('coordinator', decideDocument, decide(one, { uphold: false }))).toMatchObject({
      version: 3, appealStatus: 'CANCELLED', decidedOn: today, decidedBy: await me('coordinator'), decisionNote: '无证明', unitScore: { pointsDeducted: '1.50', score: '98.50' },
    })
    expect(await done('coordinator', decideDocument, decide(other, { idempotencyKey: 'b' }))).toMatchObject({ appealStatus: 'UPHELD', unitScore: { pointsDeducted: '1.50', score: '98.50' } })
  })

  it('counts what was over the limit once something below it is cancelled', async () => {
    const stage = await staged()
    for (const dueOn of ['2026-10-09', '2026-10-12', '2026-10-13']) await told(stage, stage.bureau, dueOn, [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED']])
    const [first] = scoreOf(await compute(stage.province), stage.bureau).deductions.nodes
    const appealed = await done('bureau DIRECTOR', appealDocument, appeal(first))
    // Three of two points each stop at five; two of them are four.
    expect(await done('coordinator', decideDocument, decide(appealed, { uphold: false }))).toMatchObject({ unitScore: { pointsDeducted: '4.00', score: '96.00' } })
  })

  it('is not for whoever entered the deduction, nor for whoever appealed', async () => {
    const { score, bureau, late } = await appraised()
    const added = await done('coordinator', addDocument, add(score))
    const appealed = await done('bureau DIRECTOR', appealDocument, appeal(added))
    expect(await faults('coordinator', decideDocument, decide(appealed, { idempotencyKey: 'b' }))).toEqual([fault('SEPARATION_OF_DUTIES', 'input.deductionId')])
    await build().appointment({ personId: (await me('second')).id, unitId: bureau.id, role: 'DIRECTOR' })
    const own = await done('second', appealDocument, appeal(late))
    expect(await faults('second', decideDocument, decide(own, { idempotencyKey: 'b' }))).toEqual([fault('SEPARATION_OF_DUTIES', 'input.deductionId')])
    expect(await done('second', decideDocument, decide(appealed, { idempotencyKey: 'c' }))).toMatchObject({ appealStatus: 'UPHELD' })
  })

  it('is for an appeal that waits, an act of the coordinating office, from the version that was read, and answers the same again', async () => {
    const { late } = await appraised()
    expect(await faults('coordinator', decideDocument, decide(late))).toEqual([fault('ILLEGAL_TRANSITION', 'input.deductionId')])
    const appealed = await done('bureau DIRECTOR', appealDocument, appeal(late))
    expect(await refusals(decideDocument, decide(appealed), ['bureau DIRECTOR', 'bureau CLERK', 'school DIRECTOR', 'apart COORDINATOR'])).toEqual({ ...all(['bureau DIRECTOR', 'bureau CLERK', 'school DIRECTOR'], 'FORBIDDEN'), 'apart COORDINATOR': 'NOT_FOUND' })
    expect(await faults('coordinator', decideDocument, decide(appealed, { expectedVersion: 1 }))).toEqual([stale(2, ['appealStatus', 'appealText', 'appealedBy', 'appealedOn'])])
    await replays('coordinator', decideDocument, decide(appealed), { uphold: false })
  })
})

describe('scorePeriodSubmit', () => {
  it('waits for the end of the month, for figures of after it, and for every appeal', async () => {
    const { province, late, period } = await appraised()
    const november = await compute(province, '2026-11')
    expect(await faults('coordinator', submitDocument, publish(november))).toEqual([fault('NOT_ENDED', 'input.periodId')])
    const appealed = await done('bureau DIRECTOR', appealDocument, appeal(late))
    await sql(`update score_period set computed_on = '2026-10-31' where id = $1`, [period.id])
    expect(await faults('coordinator', submitDocument, publish(period))).toEqual([fault('OUT_OF_DATE', 'input.periodId'), fault('APPEALS_OPEN', 'input.periodId')])
    const again = await compute(province)
    expect(await faults('coordinator', submitDocument, publish(again))).toEqual([fault('APPEALS_OPEN', 'input.periodId')])
    await done('coordinator', decideDocument, decide(appealed))
    expect(await done('coordinator', submitDocument, publish(again))).toEqual({ id: period.id, version: again.version + 1, status: 'SUBMITTED', submittedOn: today, approvedOn: null, returnedReason: null })
  })

  it('is an act of the coordinating office, from the version that was read, and answers the same again', async () => {
    const { period } = await appraised()
    const others = ['bureau DIRECTOR', 'bureau CLERK', 'apart COORDINATOR']
    expect(await refusals(submitDocument, publish(period), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
    expect(await faults('coordinator', submitDocument, publish(period, { expectedVersion: 9 }))).toEqual([stale(period.version, [])])
    await replays('coordinator', submitDocument, publish(period), { expectedVersion: 8 })
  })

  it('holds everything in the month as it is, in the database too, until it is sent back', async () => {
    const { province, score, late, period } = await appraised()
    const submitted = await done('coordinator', submitDocument, publish(period))
    const again = { idempotencyKey: 'z' }
    expect(await faults('coordinator', computeDocument, { ...again, divisionId: province.id, month: october })).toEqual([fault('LOCKED', 'input.month')])
    expect(await faults('coordinator', addDocument, add(score, again))).toEqual([fault('LOCKED', 'input.unitScoreId')])
    expect(await faults('bureau DIRECTOR', appealDocument, appeal(late, again))).toEqual([fault('LOCKED', 'input.deductionId')])
    await expect(sql('update deduction set points = 0 where id = $1', [late.id])).rejects.toMatchObject({ constraint: 'score_period_locked' })
    await approver()
    const back = publish(submitted, { idempotencyKey: 'b', reason: '数据有误' })
    expect(await refusals(sendBackDocument, back, ['coordinator', 'bureau DIRECTOR', 'apart COORDINATOR'])).toEqual(all(['coordinator', 'bureau DIRECTOR', 'apart COORDINATOR'], 'FORBIDDEN'))
    expect(await done('approver', sendBackDocument, back)).toMatchObject({ status: 'OPEN', submittedOn: null, returnedReason: '数据有误' })
    expect(await done('bureau DIRECTOR', appealDocument, appeal(late, again))).toMatchObject({ appealStatus: 'APPEALED' })
    const told = async (login: string) => (await world.as(login).run('query ($id: ID!) { scorePeriod(id: $id) { returnedReason } }', { id: period.id })).data.scorePeriod.returnedReason
    expect([await told('coordinator'), await told('approver'), await told('bureau DIRECTOR')]).toEqual(['数据有误', '数据有误', null])
  })
})

describe('scorePeriodApprove', () => {
  it('is an act of the level above: of a province its LEADERSHIP unit, of a city the coordinator of the province', async () => {
    const { province, period } = await appraised()
    const submitted = await done('coordinator', submitDocument, publish(period))
    await approver()
    const others = ['coordinator', 'second', 'bureau DIRECTOR', 'apart COORDINATOR']
    expect(await refusals(approveDocument, publish(submitted), others)).toEqual(all(others, 'FORBIDDEN'))
    await replays('approver', approveDocument, publish(submitted), { expectedVersion: 8 })
    const city = await build().division({ parentId: province.id, level: 'PREFECTURE' })
    const below = await build().row('score_period', 'sper', { divisionId: city.id, month: october, computedOn: today, status: 'SUBMITTED', submittedOn: today })
    expect(await refusals(approveDocument, publish({ ...below, version: 1 }, { idempotencyKey: 'n' }), ['approver'])).toEqual({ approver: 'FORBIDDEN' })
    expect(await done('coordinator', approveDocument, publish({ ...below, version: 1 }, { idempotencyKey: 'c' }))).toMatchObject({ status: 'APPROVED', approvedOn: today })
  })

  it('is not done by the person who submitted', async () => {
    const { province, period } = await appraised()
    const submitted = await done('coordinator', submitDocument, publish(period))
    await approver()
    const [leader] = await sql<{ id: string }>(`select person_id as id from account where subject = 'approver'`)
    await sql('update score_period set submitted_by_id = $2 where division_id = $1', [province.id, leader!.id])
    expect(await faults('approver', approveDocument, publish(submitted))).toEqual([fault('SEPARATION_OF_DUTIES', 'input.periodId')])
  })
})

describe('scorePeriodPublish', () => {
  it('follows the approval', async () => {
    const { period } = await appraised()
    expect(await faults('coordinator', publishDocument, publish(period))).toEqual([fault('ILLEGAL_TRANSITION', 'input.periodId')])
    const ready = await approved(period)
    expect(await done('coordinator', publishDocument, publish(ready))).toEqual({ id: period.id, version: ready.version + 1, status: 'PUBLISHED', publishedOn: today, publishedBy: await me('coordinator') })
  })

  it('locks the month: every change is refused', async () => {
    const { province, score, late, returned, period } = await appraised()
    const appealed = await done('bureau DIRECTOR', appealDocument, appeal(returned))
    await done('coordinator', decideDocument, decide(appealed))
    const { version } = await published(period)
    const again = { idempotencyKey: 'z' }
    expect(await faults('coordinator', computeDocument, { ...again, divisionId: province.id, month: october })).toEqual([fault('LOCKED', 'input.month')])
    expect(await faults('coordinator', addDocument, add(score, again))).toEqual([fault('LOCKED', 'input.unitScoreId')])
    expect(await faults('bureau DIRECTOR', appealDocument, appeal(late, again))).toEqual([fault('LOCKED', 'input.deductionId')])
    expect(await faults('coordinator', decideDocument, decide({ ...appealed, version: 3 }, again))).toEqual([fault('LOCKED', 'input.deductionId')])
    expect(await faults('coordinator', publishDocument, publish({ ...period, version }, again))).toEqual([fault('LOCKED', 'input.periodId')])
  })

  it('locks the month in the database too', async () => {
    const { score, late, period } = await appraised()
    await published(period)
    const before = await everything()
    for (const [text, id] of [
      ['update unit_score set score = 100, points_deducted = 0 where id = $1', score.id], ['delete from deduction where id = $1', late.id], ['update deduction set points = 0 where id = $1', late.id],
      ['delete from unit_score where id = $1', score.id], [`update score_period set status = 'OPEN', published_on = null where id = $1`, period.id], ['delete from score_period where id = $1', period.id],
      [`insert into unit_score select (jsonb_populate_record(u, '{"id":"usco_2"}')).* from unit_score u where id = $1`, score.id],
    ] as const) await expect(sql(text, [id])).rejects.toMatchObject({ constraint: 'score_period_locked' })
    expect(await everything()).toEqual(before)
  })

  it('is an act of the coordinating office, from the version that was read, and answers the same again', async () => {
    const { period, province } = await appraised()
    const others = ['bureau DIRECTOR', 'bureau CLERK', 'apart COORDINATOR']
    const ready = await approved(period)
    expect(await refusals(publishDocument, publish(ready), [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
    expect(await faults('coordinator', publishDocument, publish(ready, { expectedVersion: 9 }))).toEqual([stale(ready.version, [])])
    await replays('coordinator', publishDocument, publish(ready), { expectedVersion: 8 })
    expect((await sql('select status from score_period where division_id = $1', [province.id]))).toEqual([{ status: 'PUBLISHED' }])
  })
})

describe('who reads', () => {
  const document = `{ unitScores { totalCount nodes { score unit { id } } } deductions { totalCount nodes { reason points text task { id } assignment { id } appealText decisionNote } } }`
  const counts = async (logins: readonly string[]) => Object.fromEntries(await Promise.all(logins.map(async (login) => { const { data } = await world.as(login).run(document); return [login, [data.unitScores.totalCount, data.deductions.totalCount]] })))

  it('scores: the unit, its coordinating office and the leadership, then everyone', async () => {
    const { period, province } = await appraised()
    const committee = await build().unit({ divisionId: province.id, kind: 'PARTY_COMMITTEE' })
    await build().mandate({ unitId: committee.id, role: 'LEADERSHIP' })
    for (const role of ['DIRECTOR', 'CLERK']) await build().person({ login: `leader ${role}`, unit: committee.id, role })
    const near = ['bureau DIRECTOR', 'bureau CLERK', 'bureau AUDITOR', 'bureau BI_READER', 'coordinator', 'leader DIRECTOR']
    const far = ['school DIRECTOR', 'apart DIRECTOR', 'apart COORDINATOR', 'leader CLERK']
    expect(await counts([...near, ...far])).toEqual({ ...all(near, [1, 2] as never), ...all(far, [0, 0] as never) })
    await published(period)
    expect(await counts([...near, ...far])).toEqual(all([...near, ...far], [1, 2] as never))
  })

  it('a published deduction of a confidential task tells neither the task nor words', async () => {
    const { period, score, track, task, late } = await appraised()
    await sql('update task set confidential = true where id = $1', [task.id])
    await done('coordinator', addDocument, add(score, { assignmentId: track.id }))
    await done('coordinator', decideDocument, decide(await done('bureau DIRECTOR', appealDocument, appeal(late))))
    await published(period)
    const { data, masked } = await world.as('apart DIRECTOR').run(document)
    expect(data.deductions.nodes.map(({ reason, points, ...rest }: any) => [reason, points, rest])).toEqual(
      [['LATE_REPORT', '2.00'], ['RETURNED', '1.50'], ['MANUAL', '2.50']].map((told) => [...told, { text: null, task: null, assignment: null, appealText: null, decisionNote: null }]),
    )
    expect(masked).toEqual({ 'Deduction.text': 3, 'Deduction.appealText': 3, 'Deduction.decisionNote': 3 })
    for (const filter of ['{ text: { contains: "材料" } }', '{ not: { text: { contains: "材料" } } }', `{ task: { id: { eq: "${task.id}" } } }`, '{ appealText: { isNull: false } }']) {
      expect([filter, (await world.as('apart DIRECTOR').run(`{ deductions(filter: ${filter}) { totalCount } }`)).data.deductions.totalCount]).toEqual([filter, 0])
    }
    const { data: own } = await world.as('bureau CLERK').run(document)
    expect(own.deductions.nodes.map(({ text, task: of, appealText, decisionNote }: any) => [text, of.id, appealText, decisionNote])).toEqual([[null, task.id, '系统故障', '无证明'], [null, task.id, null, null], ['材料不实', task.id, null, null]])
    // In the unit itself, but never of confidential tasks, and with no part in the work.
    const { data: auditor, masked: hidden } = await world.as('bureau AUDITOR').run(document)
    expect([auditor.deductions.nodes.map(({ task: of }: any) => of), hidden]).toEqual([[null, null, null], { 'Deduction.text': 3, 'Deduction.appealText': 3, 'Deduction.decisionNote': 3 }])
  })

  it('lists by figures, rates and score', async () => {
    const stage = await appraised()
    await told(stage, stage.school, '2026-10-09', [['2026-10-01', 'ISSUED'], ['2026-10-01', 'ACCEPTED'], ['2026-10-01', 'IN_PROGRESS'], ['2026-10-09', 'REPORTED']])
    await compute(stage.province)
    const ask = async (args: string) => (await world.as('coordinator').run(`{ unitScores(${args}) { nodes { unit { id } } } }`)).data.unitScores.nodes.map(({ unit }: any) => unit.id)
    const { bureau, school } = stage
    expect(await ask('orderBy: [{ field: SCORE, direction: DESC }]')).toEqual([school.id, bureau.id])
    expect(await ask('orderBy: [{ field: LATE_COUNT, direction: DESC }], first: 1')).toEqual([bureau.id])
    expect(await ask('filter: { onTimeRate: { lt: 0.5 } }')).toEqual([bureau.id])
    expect(await ask('filter: { score: { gte: "96.51" } }')).toEqual([school.id])
    expect(await ask('filter: { meanAcceptanceDays: { isNull: false }, period: { month: { eq: "2026-10" } }, deductions: { some: { reason: { eq: RETURNED } } } }')).toEqual([bureau.id])
    const page = `query ($after: String) { unitScores(orderBy: [{ field: SCORE, direction: ASC }], first: 1, after: $after) { nodes { unit { id } } pageInfo { endCursor } } }`
    const first = (await world.as('coordinator').run(page)).data.unitScores
    expect([first.nodes[0].unit.id, (await world.as('coordinator').run(page, { after: first.pageInfo.endCursor })).data.unitScores.nodes[0].unit.id]).toEqual([bureau.id, school.id])
    expect((await world.as('coordinator').run('query ($id: ID!) { unit(id: $id) { scores { nodes { period { month } score } } } }', { id: bureau.id })).data.unit.scores.nodes).toEqual([{ period: { month: '2026-10' }, score: '96.50' }])
  })

  it('buttons: what may be done now, and what is missing', async () => {
    const { period, late, score } = await appraised()
    const appealed = await done('bureau DIRECTOR', appealDocument, appeal(late))
    const next = async (login: string, id: string, type: string) => (await world.as(login).run(`query ($id: ID!) { node(id: $id) { ... on ${type} { nextActions { action allowed missing { code } } } } }`, { id })).data.node.nextActions
    expect(await next('coordinator', period.id, 'ScorePeriod')).toEqual([{ action: 'scorePeriodCompute', allowed: true, missing: [] }, { action: 'scorePeriodSubmit', allowed: false, missing: [{ code: 'APPEALS_OPEN' }] }])
    expect(await next('coordinator', late.id, 'Deduction')).toEqual([{ action: 'deductionDecide', allowed: true, missing: [] }])
    expect(await next('bureau DIRECTOR', score.deductions.nodes[1].id, 'Deduction')).toEqual([{ action: 'deductionAppeal', allowed: true, missing: [] }])
    await done('coordinator', decideDocument, decide(appealed))
    await published(period)
    for (const [id, type] of [[period.id, 'ScorePeriod'], [score.id, 'UnitScore'], [late.id, 'Deduction']]) expect(await next('coordinator', id, type)).toEqual([])
  })
})

describe('rules of deduction', () => {
  const setDocument = `mutation ($input: DeductionRuleSetInput!) { deductionRuleSet(input: $input) { deductionRule { id version reason points maxPerMonth validFrom validTo division { id } basis { id } } ${errorFields} } }`
  const endDocument = `mutation ($input: DeductionRuleEndInput!) { deductionRuleEnd(input: $input) { deductionRule { version validTo } ${errorFields} } }`
  const system = 'bureau SYSTEM_ADMIN'
  const set = ({ school, paper }: Stage, more: object = {}) => ({ ...key, divisionId: school['division_id'], reason: 'RETURNED', points: 0.5, maxPerMonth: '3', validFrom: '2025-01-01', validTo: '2026-01-01', basisId: paper.id, ...more })

  it('are kept as a dictionary', async () => {
    const stage = await staged()
    expect(await done(system, setDocument, set(stage))).toEqual({
      id: expect.stringMatching(/^drul_/), version: 1, reason: 'RETURNED', points: '0.50', maxPerMonth: '3.00', validFrom: '2025-01-01', validTo: '2026-01-01', division: { id: stage.province.id }, basis: { id: stage.paper.id },
    })
    expect(await done(system, endDocument, { ...key, ruleId: stage.rules.late.id, expectedVersion: 1, validTo: '2026-12-01' })).toEqual({ version: 2, validTo: '2026-12-01' })
    const others = ['coordinator', 'bureau DIRECTOR']
    expect(await refusals(setDocument, set(stage, { idempotencyKey: 'b', reason: 'LATE_REPORT' }), others)).toEqual(all(others, 'FORBIDDEN'))
    expect(await refusals(endDocument, { ...key, ruleId: stage.rules.late.id, expectedVersion: 2, validTo: '2026-11-01' }, others)).toEqual(all(others, 'FORBIDDEN'))
  })

  it.each([
    ['by hand', { reason: 'MANUAL' }, 'OUT_OF_RANGE', 'reason'],
    ['without points', { points: '0' }, 'OUT_OF_RANGE', 'points'],
    ['with a limit below the points', { maxPerMonth: '0.4' }, 'OUT_OF_RANGE', 'maxPerMonth'],
    ['that ends before it starts', { validTo: '2025-01-01' }, 'OUT_OF_RANGE', 'validTo'],
    ['on days that another has', { validTo: '2026-01-02' }, 'OVERLAP', 'validFrom'],
  ])('refuse one %s', async (_what, more, code, field) => {
    const stage = await staged()
    expect(await faults(system, setDocument, set(stage, more))).toEqual([fault(code, `input.${field}`)])
  })

  it('do not overlap in the database either', async () => {
    const { rule } = await staged()
    await expect(rule('RETURNED', '1')).rejects.toMatchObject({ constraint: 'deduction_rule_no_overlap' })
  })

  it('are ended after their start, and answer the same again', async () => {
    const stage = await staged()
    expect(await faults(system, endDocument, { ...key, ruleId: stage.rules.late.id, expectedVersion: 1, validTo: '2026-01-01' })).toEqual([fault('OUT_OF_RANGE', 'input.validTo')])
    await replays(system, setDocument, set(stage), { points: '0.6' })
  })
})
