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
  const paper = await build().document()
  const rule = (reason: string, points: string, maxPerMonth: string | null = null, more: object = {}) =>
    build().row('deduction_rule', 'drul', { divisionId: province.id, reason, points, maxPerMonth, validFrom: '2026-01-01', basisId: paper.id, ...more })
  const rules = { late: await rule('LATE_REPORT', '2', '5'), acceptance: await rule('LATE_ACCEPTANCE', '1'), returned: await rule('RETURNED', '1.5') }
  const policy = await build().row('supervision_policy', 'supp', { divisionId: province.id, name: '规则', validFrom: '2020-01-01', basisId: paper.id, acceptWithinDays: 3, reportEveryDays: 10 })
  return { province, office, bureau, school, apart, paper, rule, rules, policy }
}
type Stage = Awaited<ReturnType<typeof staged>>

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
