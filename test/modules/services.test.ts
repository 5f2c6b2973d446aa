import { describe, expect, it } from '@jest/globals'
import { actsOn, errorFields, fault, stale } from '../support/acts.js'
import { buildPosts } from '../support/build-posts.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { faults, refusals, done, replays, trail } = actsOn(world)

/** A community with a social worker, its head, who is a social worker too, and another head. */
async function staged() {
  const { build } = world
  const make = buildPosts(world)
  const community = await build.unit()
  const person = await build.person({ login: 'worker', unit: community.id, role: 'PRACTITIONER' })
  const head = await build.person({ login: 'head', unit: community.id, role: 'DIRECTOR' })
  await build.appointment({ personId: head.id, unitId: community.id, role: 'PRACTITIONER' })
  await build.person({ login: 'other head', unit: community.id, role: 'DIRECTOR' })
  await build.person({ login: 'newcomer', unit: community.id, role: 'PRACTITIONER' })
  const [worker, working] = [await make.worker({ personId: person.id }), await make.worker({ personId: head.id })]
  return { community, worker, working, make }
}

const say = (mutation: string, type: string, fields: string, input = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`) => `mutation ($input: ${input}!) { ${mutation}(input: $input) { ${type} { ${fields} } ${errorFields} } }`
const surveyFields = 'id version status startedOn finishedOn finishedBy { name } respondents findings consultations { id status } nextActions { action allowed }'
const planFields = 'id version status submittedOn approvedOn decidedBy { name } decisionNote closedOn isIndependent beneficiariesServed survey { status finishedOn } consultation { status heldOn } viewerCan { servicePlanApprove { allowed reasons { code } } servicePlanSubmit { allowed } }'
const onSurvey = (mutation: string, input?: string) => say(mutation, 'needsSurvey', surveyFields, input)
const onPlan = (mutation: string, input?: string) => say(mutation, 'servicePlan', planFields, input)
const step = (key: string, id: string, expectedVersion: number, more: object = {}) => ({ idempotencyKey: `${key} ${expectedVersion}`, expectedVersion, [key]: id, ...more })
const survey = (key: string) => (id: string, version: number, more: object = {}) => step(key, id, version, more)
const [ofSurvey, ofPlan, ofTalk] = [survey('surveyId'), survey('servicePlanId'), survey('consultationId')]

describe('from need to service', () => {
  it('shows each step, its day and who decided it', async () => {
    const { community } = await staged()
    const planned = await done('worker', onSurvey('needsSurveyPlan'), { idempotencyKey: 'a', code: 'X-1', title: '助老需求', unitId: community.id, divisionId: community['division_id'] })
    expect(planned).toMatchObject({ version: 1, status: 'PLANNED', startedOn: null, nextActions: [{ action: 'needsSurveyStart', allowed: true }, { action: 'needsSurveyCancel', allowed: true }, { action: 'consultationPlan', allowed: true }] })
    const { id } = planned
    await done('worker', onSurvey('needsSurveyStart', 'NeedsSurveyStepInput'), ofSurvey(id, 1))
    world.day = '2026-12-01'
    const talk = await done('worker', say('consultationPlan', 'consultation', 'id status'), { idempotencyKey: 'b', surveyId: id, plannedOn: '2026-12-03' })
    const hold = say('consultationHold', 'consultation', 'id status heldOn heldBy { name } participants outcome')
    expect(await faults('worker', hold, ofTalk(talk.id, 1, { heldOn: '2026-12-01', participants: 20, outcome: '开设食堂' }))).toEqual([fault('NOT_ENDED', 'input.consultationId')])
    expect(await done('worker', onSurvey('needsSurveyFinish'), ofSurvey(id, 2, { respondents: 120, findings: ' 就餐难 ' }))).toMatchObject({
      status: 'FINISHED', startedOn: today, finishedOn: '2026-12-01', finishedBy: { name: expect.any(String) }, respondents: 120, findings: '就餐难', consultations: [{ id: talk.id, status: 'PLANNED' }],
    })
    const draft = { idempotencyKey: 'c', code: 'F-1', title: '助餐', unitId: community.id, targetGroup: '独居老人', plannedBeneficiaries: 40, startsOn: '2026-12-01', endsOn: '2027-06-30', surveyId: id, consultationId: talk.id }
    const plan = await done('worker', onPlan('servicePlanDraft'), draft)
    await replays('worker', onPlan('servicePlanDraft'), draft, { title: '改' })
    expect(plan).toMatchObject({ status: 'DRAFT', isIndependent: false, survey: { status: 'FINISHED' }, consultation: { status: 'PLANNED' }, viewerCan: { servicePlanSubmit: { allowed: true }, servicePlanApprove: { allowed: false, reasons: [{ code: 'FORBIDDEN' }] } } })
    world.day = '2026-12-03'
    expect(await done('worker', hold, ofTalk(talk.id, 1, { idempotencyKey: 'd', heldOn: '2026-12-03', participants: 20, outcome: '开设食堂' }))).toMatchObject({ status: 'HELD', heldOn: '2026-12-03', participants: 20, heldBy: { name: expect.any(String) } })
    await done('worker', onPlan('servicePlanSubmit', 'ServicePlanStepInput'), ofPlan(plan.id, 1))
    expect(await done('head', onPlan('servicePlanReturn', 'ServicePlanReasonInput'), ofPlan(plan.id, 2, { reason: '补充预算' }))).toMatchObject({ status: 'RETURNED', decisionNote: '补充预算', decidedBy: { name: expect.any(String) } })
    expect(await done('worker', onPlan('servicePlanUpdate'), ofPlan(plan.id, 3, { plannedBeneficiaries: 50 }))).toMatchObject({ version: 4 })
    await done('worker', onPlan('servicePlanSubmit', 'ServicePlanStepInput'), ofPlan(plan.id, 4))
    expect(await done('head', onPlan('servicePlanApprove'), ofPlan(plan.id, 5, { note: null }))).toMatchObject({ status: 'APPROVED', approvedOn: '2026-12-03', isIndependent: true, decisionNote: null })
    const record = say('serviceRecordAdd', 'serviceRecord', 'id version number beneficiaries servicePlan { beneficiariesServed records { totalCount } }')
    const served = (more: object) => ({ idempotencyKey: JSON.stringify(more), servicePlanId: plan.id, servedOn: '2026-12-03', method: 'COMMUNITY', beneficiaries: 12, hours: '2', ...more })
    expect(await done('worker', record, served({}))).toMatchObject({ number: 1, servicePlan: { beneficiariesServed: 12, records: { totalCount: 1 } } })
    const second = await done('worker', record, served({ beneficiaries: 30 }))
    expect(second).toMatchObject({ number: 2, servicePlan: { beneficiariesServed: 42 } })
    expect(await done('worker', say('serviceRecordUpdate', 'serviceRecord', 'version beneficiaries'), { idempotencyKey: 'e', expectedVersion: 1, serviceRecordId: second.id, beneficiaries: 31 })).toEqual({ version: 2, beneficiaries: 31 })
    for (const servedOn of ['2026-11-30', '2026-12-04']) expect(await faults('worker', record, served({ servedOn }))).toEqual([fault('OUT_OF_RANGE', 'input.servedOn')])
    expect(await done('worker', onPlan('servicePlanComplete', 'ServicePlanStepInput'), ofPlan(plan.id, 6))).toMatchObject({ status: 'COMPLETED', closedOn: '2026-12-03' })
    expect(await faults('worker', record, served({ hours: '1' }))).toEqual([fault('ILLEGAL_TRANSITION', 'input.servicePlanId')])
    // Whoever reads the trail does not read plans.
    expect(JSON.stringify(await trail())).not.toMatch(/助餐|就餐难|补充预算/)
  })

  it.each([
    ['a survey that is finished in time and a consultation', {}, {}, true],
    ['a survey that was finished later', { finishedOn: '2026-11-04' }, {}, false],
    ['a consultation that was held later', {}, { heldOn: '2026-11-04' }, false],
    ['a consultation that was not held', {}, { status: 'PLANNED', heldOn: null, participants: null, outcome: null }, false],
    ['a survey that is not finished', { status: 'RUNNING', finishedOn: null, respondents: null, findings: null }, {}, false],
    ['no survey', null, {}, false],
    ['no consultation', {}, null, false],
  ])('a plan is independent or not with %s', async (_what, surveyed, consulted, expected) => {
    const { community, worker, make } = await staged()
    const shared = { unitId: community.id, socialWorkerId: worker.id }
    const about = await make.survey({ ...shared, divisionId: community['division_id'], ...surveyed })
    const talk = await make.consultation({ surveyId: about.id, ...consulted })
    const { id } = await make.plan({ ...shared, surveyId: surveyed && about.id, consultationId: consulted && talk.id })
    const { data } = await world.as('head').run('query ($is: Boolean!) { servicePlans(filter: { isIndependent: { eq: $is } }) { nodes { id isIndependent } } }', { is: expected })
    expect(data.servicePlans.nodes).toEqual([{ id, isIndependent: expected }])
  })
})

describe('a plan', () => {
  it('is not decided by its author, nor by who may not see it', async () => {
    const { community, working, make } = await staged()
    const { id } = await make.plan({ unitId: community.id, socialWorkerId: working.id, status: 'SUBMITTED', approvedOn: null })
    for (const [mutation, more] of [['servicePlanApprove', {}], ['servicePlanReturn', { reason: '改' }]] as const) {
      const document = onPlan(mutation, mutation === 'servicePlanReturn' ? 'ServicePlanReasonInput' : undefined)
      expect(await refusals(document, ofPlan(id, 1, more), ['head', 'worker', 'nobody'])).toEqual({ head: 'FORBIDDEN', worker: 'FORBIDDEN', nobody: 'UNAUTHENTICATED' })
    }
    expect(await done('other head', onPlan('servicePlanApprove'), ofPlan(id, 1))).toMatchObject({ status: 'APPROVED' })
    expect(await faults('other head', onPlan('servicePlanApprove'), { ...ofPlan(id, 1), idempotencyKey: 'x' })).toEqual([stale(2, ['approvedOn', 'decidedBy', 'status'])])
  })

  it.each([
    ['servicePlanSubmit', 'APPROVED', 'ServicePlanStepInput', {}, 'worker'],
    ['servicePlanUpdate', 'SUBMITTED', undefined, { title: '改' }, 'worker'],
    ['servicePlanApprove', 'DRAFT', undefined, {}, 'head'],
    ['servicePlanComplete', 'SUBMITTED', 'ServicePlanStepInput', {}, 'worker'],
    ['servicePlanCancel', 'COMPLETED', 'ServicePlanReasonInput', { reason: '无' }, 'worker'],
  ])('%s is refused while it is %s', async (mutation, status, input, more, login) => {
    const { community, worker, make } = await staged()
    const dates = status === 'DRAFT' ? { submittedOn: null, approvedOn: null } : status === 'SUBMITTED' ? { approvedOn: null } : status === 'COMPLETED' ? { closedOn: today } : {}
    const { id } = await make.plan({ unitId: community.id, socialWorkerId: worker.id, status, ...dates })
    expect(await faults(login, onPlan(mutation, input), ofPlan(id, 1, more))).toEqual([fault('ILLEGAL_TRANSITION', 'input.servicePlanId')])
  })

  it('rests on a survey of its unit and a consultation on that survey', async () => {
    const { community, worker, working, make } = await staged()
    const elsewhere = await world.build.unit()
    const surveyed = async (unitId: string, socialWorkerId: string) => make.survey({ unitId, socialWorkerId, divisionId: community['division_id'] })
    const [own, foreign, hidden] = [await surveyed(community.id, worker.id), await surveyed(elsewhere.id, worker.id), await surveyed(community.id, working.id)]
    const talk = await make.consultation({ surveyId: own.id })
    const draft = (more: object) => ({ idempotencyKey: 'c', code: 'F-1', title: '助餐', unitId: community.id, targetGroup: '独居老人', plannedBeneficiaries: 40, startsOn: '2026-12-01', endsOn: '2027-06-30', ...more })
    const document = onPlan('servicePlanDraft')
    expect(await faults('worker', document, draft({ surveyId: foreign.id }))).toEqual([fault('OUT_OF_RANGE', 'input.surveyId')])
    expect(await faults('worker', document, draft({ surveyId: hidden.id }))).toEqual([fault('UNKNOWN', 'input.surveyId')])
    expect(await faults('worker', document, draft({ consultationId: talk.id }))).toEqual([fault('OUT_OF_RANGE', 'input.consultationId')])
    expect(await faults('worker', document, draft({ endsOn: '2026-11-30' }))).toEqual([fault('OUT_OF_RANGE', 'input.endsOn')])
    expect(await faults('newcomer', document, draft({}))).toEqual([fault('UNKNOWN', 'input.unitId')])
    expect(await done('worker', document, draft({ surveyId: own.id, consultationId: talk.id }))).toMatchObject({ status: 'DRAFT' })
  })
})
