/** Surveys, consultations and plans in every state, of social workers of units with a DIRECTOR and others; plans with and without what they should rest on. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import { dayFrom, type Add } from './network.js'
import type { Random } from './random.js'

export function serve(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const directed = units.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role === 'DIRECTOR'))
  const someone = () => (chance.chance(0.8) ? chance.pick(tables.person).id : null)
  for (let at = 0; at < 40; at++) {
    const unit = chance.pick(chance.chance(0.7) ? directed : units)
    const shared = { unitId: unit.id, socialWorkerId: chance.pick(tables.social_worker).id }
    const status = chance.pick(['PLANNED', 'RUNNING', 'FINISHED', 'FINISHED', 'FINISHED', 'CANCELLED'])
    const isFinished = status === 'FINISHED'
    const survey = add('needs_survey', 'nsrv', {
      code: `X-${at}`, ...shared, divisionId: unit.divisionId, title: `调研${at}`, status, startedOn: status === 'PLANNED' ? null : dayFrom(-90), finishedOn: isFinished ? dayFrom(-30 - chance.below(30)) : null, finishedById: isFinished ? someone() : null,
      respondents: isFinished ? 1 + chance.below(300) : null, findings: isFinished ? `结论${at}` : null,
    })
    const held = chance.pick(['HELD', 'HELD', 'PLANNED', 'CANCELLED'])
    const isHeld = isFinished && held === 'HELD'
    const talk = chance.chance(0.8) ? add('consultation', 'cslt', {
      surveyId: survey.id, plannedOn: dayFrom(-25), status: isHeld ? 'HELD' : held === 'HELD' ? 'PLANNED' : held, heldOn: isHeld ? dayFrom(-10 - chance.below(20)) : null, heldById: isHeld ? someone() : null, participants: isHeld ? 1 + chance.below(80) : null, outcome: isHeld ? `结果${at}` : null,
    }) : undefined
    for (let more = chance.below(3); more > 0; more--) plan(chance, add, tables, shared, survey.id, talk?.id ?? null)
  }
}

function plan(chance: Random, add: Add, tables: Tables, shared: { unitId: string; socialWorkerId: string }, surveyId: string, consultationId: string | null): void {
  const status = chance.pick(['DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'APPROVED', 'COMPLETED', 'CANCELLED'])
  const isApproved = status === 'APPROVED' || status === 'COMPLETED'
  const isClosed = status === 'COMPLETED' || status === 'CANCELLED'
  const rests = chance.chance(0.75)
  const at = tables.service_plan.length
  const made = add('service_plan', 'plan', {
    code: `F-${at}`, ...shared, title: `计划${at}`, targetGroup: chance.pick(['独居老人', '留守儿童', '社区矫正对象']), plannedBeneficiaries: 1 + chance.below(200), startsOn: dayFrom(-60), endsOn: dayFrom(60), status,
    surveyId: rests ? surveyId : null, consultationId: rests ? consultationId : null, initiativeId: chance.chance(0.4) ? chance.pick(tables.initiative).id : null, submittedOn: status === 'DRAFT' || (status === 'CANCELLED' && chance.chance(0.5)) ? null : dayFrom(-50),
    approvedOn: isApproved ? dayFrom(-5 - chance.below(40)) : null, decidedById: isApproved || status === 'RETURNED' ? chance.pick(tables.person).id : null, decisionNote: chance.chance(0.4) ? `意见${at}` : null, closedOn: isClosed ? dayFrom(-1) : null,
  })
  for (let number = 1; isApproved && number <= chance.below(5); number++) {
    add('service_record', 'srec', { servicePlanId: made.id, number, servedOn: dayFrom(-number), method: chance.pick(['CASE', 'GROUP', 'COMMUNITY']), beneficiaries: 1 + chance.below(40), hours: `${1 + chance.below(4)}.25`, summary: chance.chance(0.5) ? `服务${number}` : null })
  }
}
