import { describe, expect, it } from '@jest/globals'
import { actsOn, all, errorFields, fault } from '../support/acts.js'
import type { Built } from '../support/build.js'
import { buildCapability } from '../support/build-capability.js'
import { buildPosts } from '../support/build-posts.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { everything, refusals, faults, done, replays } = actsOn(world)
const make = () => buildCapability(world)

const acting = (name: string, type: string, key: string, asked: string) => `mutation ($input: ${type}!) { ${name}(input: $input) { ${key} { ${asked} } ${errorFields} } }`
const pairing = acting('supervisionCreate', 'SupervisionCreateInput', 'supervision', 'id unit { id } sessionEveryDays supervisor { id } supervisee { id }')
const unpair = acting('supervisionUpdate', 'SupervisionUpdateInput', 'supervision', 'id version validTo')
const hold = acting('supervisionSessionCreate', 'SupervisionSessionCreateInput', 'supervisionSession', 'id heldOn hours supervision { lastSessionOn isSessionLate }')
const attend = acting('trainingAttendanceCreate', 'TrainingAttendanceCreateInput', 'trainingAttendance', 'id hours isPassed')
const rule = acting('continuingEducationRuleCreate', 'ContinuingEducationRuleCreateInput', 'continuingEducationRule', 'id hours level')

/** A province with a unit of two: `DIRECTOR` and `learner`; a `mentor` of elsewhere on the ladder; `other DIRECTOR`. */
async function network() {
  const { build } = world
  const { province, office } = await build.network()
  const unit = await build.unit({ divisionId: province.id })
  for (const role of ['DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'AUDITOR', 'SYSTEM_ADMIN']) await build.person({ login: role, unit: unit.id, role })
  const other = await build.unit({ divisionId: province.id, kind: 'SERVICE_AGENCY' })
  for (const role of ['DIRECTOR', 'AGENCY_MANAGER', 'FINANCE_OFFICER', 'CLERK']) await build.person({ login: `other ${role}`, unit: other.id, role })
  const worker = async (login: string, of: Built) => buildPosts(world).worker({ personId: (await build.person({ login, unit: of.id, role: 'PRACTITIONER' })).id })
  const [mentor, learner] = [await worker('mentor', other), await worker('learner', unit)]
  const basis = await build.document()
  const rung = await make().supervisor({ socialWorkerId: mentor.id, unitId: other.id, basisId: basis.id, rung: 'SENIOR' })
  return { province, office, unit, other, mentor, learner, basis, rung }
}
const pair = (supervisor: Built, supervisee: Built, more: object = {}) => ({ idempotencyKey: 'p', supervisorId: supervisor.id, superviseeId: supervisee.id, validFrom: today, ...more })

describe('supervision', () => {
  it('pairs a worker of the unit with a supervisor on the ladder, in the rhythm of the rule', async () => {
    const { province, unit, mentor, learner, basis } = await network()
    await make().ratio({ divisionId: province.id, basisId: basis.id, rung: 'SENIOR', sessionEveryDays: 14 })
    expect(await done('DIRECTOR', pairing, pair(mentor, learner))).toMatchObject({ unit: { id: unit.id }, sessionEveryDays: 14, supervisor: { id: mentor.id }, supervisee: { id: learner.id } })
  })

  it('is never of oneself, whoever writes', async () => {
    const { unit, learner, basis } = await network()
    await make().supervisor({ socialWorkerId: learner.id, unitId: unit.id, basisId: basis.id })
    expect(await faults('DIRECTOR', pairing, pair(learner, learner))).toEqual([fault('ONESELF', 'input.superviseeId')])
    const before = await everything()
    await expect(make().supervision({ unitId: unit.id, supervisorId: learner.id, superviseeId: learner.id })).rejects.toMatchObject({ constraint: 'supervision_not_oneself' })
    expect(await everything()).toEqual(before)
  })

  it('needs a rung on the first day, and keeps to the ratio', async () => {
    const { province, unit, mentor, learner, basis, rung } = await network()
    expect(await faults('DIRECTOR', pairing, pair(learner, await buildPosts(world).worker({ unit: unit.id })))).toEqual([fault('NO_SUPERVISOR', 'input.supervisorId')])
    await make().ratio({ divisionId: province.id, basisId: basis.id, rung: 'SENIOR', maxSupervisees: 1 })
    const first = await make().supervision({ unitId: unit.id, supervisorId: mentor.id })
    expect(await faults('DIRECTOR', pairing, pair(mentor, learner))).toEqual([fault('OVER_RATIO', 'input.supervisorId')])
    // Whoever may not pair does not learn how many there are.
    expect(await refusals(pairing, pair(mentor, learner), ['other DIRECTOR'])).toEqual({ 'other DIRECTOR': 'FORBIDDEN' })
    await done('DIRECTOR', unpair, { idempotencyKey: 'u', supervisionId: first.id, expectedVersion: 1, validTo: today })
    await done('DIRECTOR', pairing, pair(mentor, learner, { idempotencyKey: 'q' }))
    expect(await faults('DIRECTOR', pairing, pair(mentor, learner, { idempotencyKey: 'r' }))).toEqual([fault('OVERLAP', 'input.validFrom')])
    await world.sql('update supervisor set valid_to = $1 where id = $2', [today, rung.id])
    expect(await faults('DIRECTOR', pairing, pair(mentor, await buildPosts(world).worker({ unit: unit.id })))).toEqual([fault('NO_SUPERVISOR', 'input.supervisorId')])
  })

  it('is paired by DIRECTOR of the unit alone, and held by the supervisor alone', async () => {
    const { unit, mentor, learner } = await network()
    const others = ['CLERK', 'HR_OFFICER', 'coordinator', 'mentor', 'learner', 'AUDITOR', 'SYSTEM_ADMIN', 'other DIRECTOR']
    expect(await refusals(pairing, pair(mentor, learner), others)).toEqual(all(others, 'FORBIDDEN'))
    const kept = await make().supervision({ unitId: unit.id, supervisorId: mentor.id, superviseeId: learner.id, sessionEveryDays: 30, validFrom: '2026-09-01' })
    const session = { idempotencyKey: 's', supervisionId: kept.id, heldOn: today, hours: '1.5', text: '个案讨论' }
    expect(await refusals(hold, session, ['DIRECTOR', 'learner', 'coordinator'])).toEqual(all(['DIRECTOR', 'learner', 'coordinator'], 'FORBIDDEN'))
    const late = async () => (await world.as('learner').run('query ($id: ID!) { supervision(id: $id) { isSessionLate lastSessionOn } }', { id: kept.id })).data.supervision
    expect(await late()).toEqual({ isSessionLate: true, lastSessionOn: null })
    expect(await done('mentor', hold, session)).toMatchObject({ hours: '1.50', supervision: { lastSessionOn: today, isSessionLate: false } })
    await replays('mentor', hold, session, { hours: '2' })
    const text = async (login: string) => (await world.as(login).run('{ supervisionSessions { nodes { text } } }')).data.supervisionSessions.nodes
    expect([await text('mentor'), await text('learner'), await text('DIRECTOR'), await text('HR_OFFICER')]).toEqual([[{ text: '个案讨论' }], [{ text: '个案讨论' }], [{ text: null }], []])
  })

  it.each([['a day to come', { heldOn: '2026-11-24' }, 'input.heldOn'], ['a day before the pairing', { heldOn: '2025-12-31' }, 'input.heldOn'], ['more than a day', { hours: '24.5' }, 'input.hours'], ['no hours', { hours: '0' }, 'input.hours']])(
    'refuses a session of %s',
    async (_what, more, field) => {
      const { unit, mentor, learner } = await network()
      const kept = await make().supervision({ unitId: unit.id, supervisorId: mentor.id, superviseeId: learner.id })
      expect(await faults('mentor', hold, { idempotencyKey: 's', supervisionId: kept.id, heldOn: today, hours: '1', text: '督导', ...more })).toEqual([fault('OUT_OF_RANGE', field)])
    },
  )
})

describe('continuing education', () => {
  it('counts the hours of the registration period against the rule of the level', async () => {
    const { province, unit, learner, basis } = await network()
    const credential = await buildPosts(world).qualification({ socialWorkerId: learner.id, level: 'ASSISTANT', registeredOn: '2026-01-01', registeredUntil: '2029-01-01' })
    await make().educationRule({ divisionId: province.id, basisId: basis.id, hours: '72', validTo: '2026-06-01' })
    await make().educationRule({ divisionId: province.id, basisId: basis.id, hours: '90', validFrom: '2026-06-01' })
    for (const [endsOn, more, hours] of [['2026-05-06', {}, '10.50'], ['2025-12-31', {}, '16'], ['2029-01-01', {}, '16'], ['2026-05-06', { isContinuingEducation: false }, '16']] as const) {
      const course = await make().training({ unitId: unit.id, startsOn: '2025-01-01', endsOn, ...more })
      await make().attendance({ trainingId: course.id, socialWorkerId: learner.id, hours })
    }
    await make().attendance({ trainingId: (await make().training({ unitId: unit.id })).id, socialWorkerId: learner.id, isPassed: false })
    const { data } = await world.as('learner').run('query ($id: ID!) { qualification(id: $id) { educationHoursDone educationHoursRequired } }', { id: credential.id })
    expect(data.qualification).toEqual({ educationHoursDone: '10.50', educationHoursRequired: '72.00' })
  })

  it('takes an attendance once, within the hours of a course that has begun', async () => {
    const { unit, learner } = await network()
    const course = await make().training({ unitId: unit.id })
    const input = { idempotencyKey: 'a', trainingId: course.id, socialWorkerId: learner.id, hours: '16', isPassed: true }
    expect(await faults('CLERK', attend, { ...input, hours: '16.01' })).toEqual([fault('OUT_OF_RANGE', 'input.hours')])
    expect(await faults('CLERK', attend, { ...input, trainingId: (await make().training({ unitId: unit.id, startsOn: '2026-12-01', endsOn: '2026-12-02' })).id })).toEqual([fault('OUT_OF_RANGE', 'input.trainingId')])
    await done('CLERK', attend, input)
    expect(await faults('CLERK', attend, { ...input, idempotencyKey: 'b' })).toEqual([fault('TAKEN', 'input.socialWorker')])
    expect(await refusals(attend, { ...input, idempotencyKey: 'c' }, ['other DIRECTOR', 'coordinator', 'learner'])).toEqual(all(['other DIRECTOR', 'coordinator', 'learner'], 'FORBIDDEN'))
  })

  it('has one rule of a level a day in a division', async () => {
    const { province, basis } = await network()
    const input = { idempotencyKey: 'r', divisionId: province.id, level: 'ASSISTANT', hours: '72', validFrom: '2020-01-01', basisId: basis.id }
    await done('SYSTEM_ADMIN', rule, input)
    expect(await faults('SYSTEM_ADMIN', rule, { ...input, idempotencyKey: 's', validFrom: today })).toEqual([fault('OVERLAP', 'input.validFrom')])
    await done('SYSTEM_ADMIN', rule, { ...input, idempotencyKey: 't', level: 'SENIOR' })
  })
})

describe('a micro-project', () => {
  const asked = 'id version status carrier { id } amount verdict nextActions { action allowed }'
  const step = (verb: string, input = 'MicroProjectStepInput') => acting(verb, input, 'microProject', asked)
  const pay = acting('microProjectPay', 'MicroProjectPayInput', 'microPayment', 'id kind amount paidOn')
  let key = 0
  const on = ({ id }: { id: string }, expectedVersion: number, more: object = {}) => ({ idempotencyKey: `k${++key}`, microProjectId: id, expectedVersion, ...more })

  it('goes from the need to its evaluated close, the last payment after it passed', async () => {
    const { unit, other } = await network()
    const made = await done('CLERK', acting('microProjectCreate', 'MicroProjectCreateInput', 'microProject', asked), { idempotencyKey: 'm', code: 'M-1', unitId: unit.id, title: '陪伴', kind: 'VENTURE_PHILANTHROPY', need: '独居老人' })
    expect(made).toMatchObject({ status: 'NEED', amount: null, nextActions: [{ action: 'microProjectCall', allowed: true }, { action: 'microProjectCancel', allowed: false }, { action: 'microProjectUpdate', allowed: true }] })
    await done('CLERK', step('microProjectCall', 'MicroProjectCallInput'), on(made, 1, { callUntil: '2026-11-30' }))
    expect(await done('other AGENCY_MANAGER', step('microProjectPropose', 'MicroProjectProposeInput'), on(made, 2, { carrierId: other.id, proposal: '方案' }))).toMatchObject({ status: 'IN_REVIEW', carrier: { id: other.id } })
    await done('DIRECTOR', step('microProjectContract', 'MicroProjectContractInput'), on(made, 3, { amount: '10000', dueOn: '2027-01-31' }))
    expect(await done('FINANCE_OFFICER', pay, on(made, 4, { kind: 'FIRST', amount: '4000.5' }))).toMatchObject({ kind: 'FIRST', amount: '4000.50', paidOn: today })
    expect(await faults('FINANCE_OFFICER', pay, on(made, 5, { kind: 'FIRST', amount: '1' }))).toEqual([fault('TAKEN', 'input.kind')])
    expect(await faults('FINANCE_OFFICER', pay, on(made, 5, { kind: 'LAST', amount: '1' }))).toEqual([fault('NOT_PASSED', 'input.kind')])
    expect(await faults('FINANCE_OFFICER', pay, on(made, 5, { kind: 'INTERIM', amount: '5999.51' }))).toEqual([fault('OUT_OF_RANGE', 'input.amount')])
    await done('other DIRECTOR', step('microProjectStart'), on(made, 5))
    await done('DIRECTOR', step('microProjectEvaluate', 'MicroProjectEvaluateInput'), on(made, 6, { verdict: 'PASSED', evaluation: '服务对象有变化' }))
    expect(await faults('CLERK', step('microProjectClose'), on(made, 7))).toEqual([fault('LAST_PAYMENT_OPEN', 'input.microProjectId')])
    await done('FINANCE_OFFICER', pay, on(made, 7, { kind: 'LAST', amount: '5999.50' }))
    expect(await done('DIRECTOR', step('microProjectClose'), on(made, 8))).toMatchObject({ status: 'CLOSED', verdict: 'PASSED', nextActions: [] })
  })

  it('that failed is closed without the last payment, which the database refuses too', async () => {
    const { unit, other } = await network()
    const failed = await make().project({ unitId: unit.id, carrierId: other.id, status: 'EVALUATED', verdict: 'FAILED' })
    expect(await faults('FINANCE_OFFICER', pay, on(failed, 1, { kind: 'LAST', amount: '1' }))).toEqual([fault('NOT_PASSED', 'input.microProjectId')])
    const before = await everything()
    await expect(make().payment({ microProjectId: failed.id, unitId: unit.id, kind: 'LAST' })).rejects.toMatchObject({ constraint: 'micro_payment_passed' })
    await expect(make().payment({ microProjectId: failed.id, unitId: unit.id, amount: '30000.01' })).rejects.toMatchObject({ constraint: 'micro_payment_within' })
    expect(await everything()).toEqual(before)
    await done('CLERK', step('microProjectClose'), on(failed, 1))
  })

  it.each([
    ['microProjectCall', 'CALLED', { callUntil: today }, 'MicroProjectCallInput', 'CLERK', 'ILLEGAL_TRANSITION', 'input.microProjectId'],
    ['microProjectContract', 'CALLED', { amount: '1', dueOn: '2027-01-01' }, 'MicroProjectContractInput', 'CLERK', 'ILLEGAL_TRANSITION', 'input.microProjectId'],
    ['microProjectContract', 'IN_REVIEW', { amount: '1', dueOn: today }, 'MicroProjectContractInput', 'CLERK', 'OUT_OF_RANGE', 'input.dueOn'],
    ['microProjectContract', 'IN_REVIEW', { amount: '0', dueOn: '2027-01-01' }, 'MicroProjectContractInput', 'CLERK', 'OUT_OF_RANGE', 'input.amount'],
    ['microProjectCancel', 'EVALUATED', { reason: '中止' }, 'MicroProjectEndInput', 'DIRECTOR', 'ILLEGAL_TRANSITION', 'input.microProjectId'],
    ['microProjectEvaluate', 'CONTRACTED', { verdict: 'PASSED', evaluation: '好' }, 'MicroProjectEvaluateInput', 'DIRECTOR', 'ILLEGAL_TRANSITION', 'input.microProjectId'],
    ['microProjectClose', 'RUNNING', {}, 'MicroProjectStepInput', 'CLERK', 'ILLEGAL_TRANSITION', 'input.microProjectId'],
  ])('refuses %s of one that is %s', async (verb, status, more, input, login, code, field) => {
    const { unit, other } = await network()
    const project = await make().project({ unitId: unit.id, carrierId: other.id, status })
    expect(await faults(login, step(verb, input), on(project, 1, more))).toEqual([fault(code, field)])
  })

  it('takes no proposal after the call, and none of the unit that pays', async () => {
    const { unit, other } = await network()
    const over = await make().project({ unitId: unit.id, status: 'CALLED', callUntil: '2026-11-22' })
    const propose = step('microProjectPropose', 'MicroProjectProposeInput')
    expect(await faults('other DIRECTOR', propose, on(over, 1, { carrierId: other.id, proposal: '方案' }))).toEqual([fault('TOO_LATE', 'input.microProjectId')])
    const open = await make().project({ unitId: unit.id, status: 'CALLED' })
    expect(await faults('DIRECTOR', propose, on(open, 1, { carrierId: unit.id, proposal: '方案' }))).toEqual([fault('OUT_OF_RANGE', 'input.carrierId')])
    expect(await refusals(propose, on(open, 1, { carrierId: other.id, proposal: '方案' }), ['CLERK', 'DIRECTOR', 'other CLERK'])).toEqual(all(['CLERK', 'DIRECTOR', 'other CLERK'], 'FORBIDDEN'))
  })
})
