import { sql } from 'kysely'
import type { Predicate, RowRef } from '../../access/index.js'
import { action, type Facts } from '../../engine/index.js'
import { Problem, type Verbs } from '../../kernel/index.js'
import { ServicePlan, type ServicePlanStatus } from './plan.entity.js'
import { consultationVerbs, planVerbs, surveyVerbs } from './services.lifecycle.js'
import { Consultation, NeedsSurvey, type SurveyStatus } from './survey.entity.js'

const facts = { status: (row) => row.column('status') } satisfies Facts

function actionsOf<V extends string, S extends string>(on: Function, of: Verbs<V, S>, field: string): void {
  for (const mutation of of.names) action<{ status: S }>(on, { mutation, facts, missing: ({ status }) => of.faults(mutation, status, field) })
}
actionsOf(NeedsSurvey, surveyVerbs, 'input.surveyId')
action<{ status: SurveyStatus }>(NeedsSurvey, {
  mutation: 'consultationPlan', facts, missing: ({ status }) => (status === 'CANCELLED' ? [new Problem('LOCKED', 'input.surveyId', { en: 'The survey is cancelled.', zh: '该调研已取消。' })] : []),
})
actionsOf(Consultation, consultationVerbs, 'input.consultationId')

const plan = 'input.servicePlanId'
interface PlanTold {
  status: ServicePlanStatus
}
actionsOf(ServicePlan, planVerbs, plan)

const stateFault = (status: ServicePlanStatus, states: readonly ServicePlanStatus[], act: string): Problem[] =>
  states.includes(status) ? [] : [new Problem('ILLEGAL_TRANSITION', plan, { en: `${act} is for ${states.join(', ')}; the state is ${status}.`, zh: `${act} 仅适用于状态 ${states.join('、')}，当前为 ${status}。` })]
action<PlanTold>(ServicePlan, { mutation: 'servicePlanUpdate', facts, missing: ({ status }) => stateFault(status, ['DRAFT', 'RETURNED'], 'servicePlanUpdate') })
for (const mutation of ['serviceRecordAdd', 'serviceRecordUpdate']) action<PlanTold>(ServicePlan, { mutation, facts, missing: ({ status }) => stateFault(status, ['APPROVED'], mutation) })

/** Approved after a survey that was finished and a consultation that was held by then: nobody else set the task. */
export const isIndependent = (row: RowRef): Predicate =>
  sql`coalesce(${row.column('survey.finishedOn')} <= ${row.column('approvedOn')} and ${row.column('consultation.heldOn')} <= ${row.column('approvedOn')}, false)`

/** How many people were served, each time counted anew. */
export const served = (row: RowRef): Predicate => sql`(select coalesce(sum(sr.beneficiaries), 0)::integer from service_record sr where sr.service_plan_id = ${row.column('id')})`
