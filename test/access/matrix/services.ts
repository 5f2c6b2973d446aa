import type { Built } from '../../support/build.js'
import { buildPosts } from '../../support/build-posts.js'
import type { World } from '../../support/world.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

interface Serving {
  survey: Built
  consultation: Built
  plan: Built
  record: Built
}
interface Stage extends Base, Serving {
  ofOfficeServed: Serving
}

/** A survey, a consultation, a plan and a record of a PRACTITIONER of the bureau, and of the coordinator's. */
export function servicesPart(world: World): Part {
  const { exists, acts } = casesOn<Stage>(world)
  const status = (table: string, to: object) => async () => Object.keys(to).length > 0 && world.sql(`update ${table} set ${Object.keys(to).map((name, at) => `${name} = $${at + 1}`).join(', ')}`, Object.values(to))
  const draft = { status: 'DRAFT', submitted_on: null, approved_on: null, decided_by_id: null }
  const submitted = { ...draft, status: 'SUBMITTED', submitted_on: '2026-11-01' }
  const onPlan = (verb: string, before: object, more: object = {}, allowed = 'practitioner', denied = 'bureau CLERK') => acts(verb, ({ plan }) => versioned('servicePlanId', plan, more), allowed, denied, status('service_plan', before))
  return {
    async stage({ bureau, office }) {
      const { build } = world
      const make = buildPosts(world)
      const serving = async (personId: string, unit: Built): Promise<Serving> => {
        const [known] = await world.sql<Built>('select id from social_worker where person_id = $1', [personId])
        const shared = { unitId: unit.id, socialWorkerId: (known ?? (await make.worker({ personId }))).id }
        const survey = await make.survey({ ...shared, divisionId: unit['division_id'] })
        const consultation = await make.consultation({ surveyId: survey.id })
        const plan = await make.plan({ ...shared, surveyId: survey.id, consultationId: consultation.id })
        return { survey, consultation, plan, record: await make.record({ servicePlanId: plan.id }) }
      }
      const practitioner = await build.person({ login: 'practitioner', unit: bureau.id, role: 'PRACTITIONER' })
      const coordinator = async () => (await world.sql<{ person_id: string }>(`select person_id from account where subject = 'coordinator'`))[0]!.person_id
      return { ...(await serving(practitioner.id, bureau)), ofOfficeServed: await serving(await coordinator(), office) }
    },
    registry: {
      ...exists('NeedsSurvey', ({ survey }) => survey.id, 'bureau DIRECTOR', 'coordinator'),
      ...exists('Consultation', ({ consultation }) => consultation.id, 'practitioner', 'bureau HR_OFFICER'),
      ...exists('ServicePlan', ({ plan }) => plan.id, 'bureau DIRECTOR', 'school DIRECTOR'),
      ...exists('ServiceRecord', ({ record }) => record.id, 'practitioner', 'bureau CLERK'),
      ...acts('needsSurveyPlan', ({ bureau }) => ({ code: 'NEW', title: '新', unitId: bureau.id, divisionId: bureau['division_id'] }), 'practitioner', 'coordinator'),
      ...acts('needsSurveyStart', ({ survey }) => versioned('surveyId', survey), 'practitioner', 'bureau DIRECTOR', status('needs_survey', { status: 'PLANNED', started_on: null, finished_on: null, respondents: null, findings: null })),
      ...acts('needsSurveyFinish', ({ survey }) => versioned('surveyId', survey, { respondents: 9, findings: '需要' }), 'practitioner', 'bureau DIRECTOR', status('needs_survey', { status: 'RUNNING', finished_on: null, respondents: null, findings: null })),
      ...acts('needsSurveyCancel', ({ survey }) => versioned('surveyId', survey), 'practitioner', 'bureau DIRECTOR', status('needs_survey', { status: 'RUNNING', finished_on: null, respondents: null, findings: null })),
      ...acts('consultationPlan', ({ survey }) => ({ surveyId: survey.id, plannedOn: '2026-12-01' }), 'practitioner', 'bureau DIRECTOR'),
      ...acts('consultationHold', ({ consultation }) => versioned('consultationId', consultation, { heldOn: '2026-11-20', participants: 9, outcome: '同意' }), 'practitioner', 'bureau DIRECTOR', status('consultation', { status: 'PLANNED', held_on: null, participants: null, outcome: null })),
      ...acts('consultationCancel', ({ consultation }) => versioned('consultationId', consultation), 'practitioner', 'bureau DIRECTOR', status('consultation', { status: 'PLANNED', held_on: null, participants: null, outcome: null })),
      ...acts('servicePlanDraft', ({ bureau }) => ({ code: 'NEW', title: '新', unitId: bureau.id, targetGroup: '老人', plannedBeneficiaries: 9, startsOn: '2026-11-01', endsOn: '2026-12-01' }), 'practitioner', 'coordinator'),
      ...onPlan('servicePlanUpdate', draft, { title: '改' }, 'practitioner', 'bureau DIRECTOR'),
      ...onPlan('servicePlanSubmit', draft, {}, 'practitioner', 'bureau DIRECTOR'),
      ...onPlan('servicePlanApprove', submitted, {}, 'bureau DIRECTOR', 'practitioner'),
      ...onPlan('servicePlanReturn', submitted, { reason: '再改' }, 'bureau DIRECTOR', 'practitioner'),
      ...onPlan('servicePlanComplete', {}, {}, 'practitioner', 'bureau DIRECTOR'),
      // The coordinator wrote it, but is no PRACTITIONER of the unit.
      ...acts('servicePlanCancel', ({ plan }) => versioned('servicePlanId', plan, { reason: '无需' }), 'bureau DIRECTOR', 'coordinator', ({ plan, ofOfficeServed }) =>
        world.sql('update service_plan set social_worker_id = $1 where id = $2', [ofOfficeServed.plan['social_worker_id'], plan.id])),
      ...acts('serviceRecordAdd', ({ plan }) => ({ servicePlanId: plan.id, servedOn: '2026-11-20', method: 'CASE', beneficiaries: 1, hours: '1' }), 'practitioner', 'bureau DIRECTOR'),
      ...acts('serviceRecordUpdate', ({ record }) => versioned('serviceRecordId', record, { beneficiaries: 2 }), 'practitioner', 'bureau DIRECTOR'),
    },
    ids: ({ ofOfficeServed: { survey, consultation, plan, record } }: Stage) => ({ NeedsSurvey: survey.id, Consultation: consultation.id, ServicePlan: plan.id, ServiceRecord: record.id }),
  }
}
