import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { SocialWorker } from '../posts/index.js'
import { viewingPerson } from '../progress/index.js'
import { Unit } from '../units/index.js'
import { Consultation, NeedsSurvey } from './survey.entity.js'
import type { ConsultationHoldInput, ConsultationPlanInput, ConsultationStepInput, NeedsSurveyFinishInput, NeedsSurveyPlanInput, NeedsSurveyStepInput } from './survey.input.js'

/** The viewer as a social worker. */
export async function ownWorker(work: Work, field: string): Promise<SocialWorker> {
  const { personId } = work.reads.viewer
  const worker = personId ? await work.em.findOne(SocialWorker, { person: personId }) : null
  if (!worker) throw new Problem('UNKNOWN', field, { en: 'You are not entered as a social worker. The HR_OFFICER of your unit does that (socialWorkerRegister).', zh: '您尚未登记为社会工作者，请由本单位人事干部登记（socialWorkerRegister）。' })
  return worker
}

export async function planSurvey(work: Work, { code, title, unitId, divisionId }: NeedsSurveyPlanInput): Promise<NeedsSurvey> {
  const unit = await work.reference(Unit, unitId, 'input.unitId')
  const division = await work.reference(Division, divisionId, 'input.divisionId')
  if (!division.path.startsWith(unit.divisionPath)) throw new Problem('OUT_OF_RANGE', 'input.divisionId', { en: 'A unit surveys the division where it stands, or one below.', zh: '调研区划须为本单位所在区划或其下级。' })
  return work.makes(Object.assign(new NeedsSurvey(), { code: code.trim(), title: title.trim(), unit, division, socialWorker: await ownWorker(work, 'input.unitId'), status: 'PLANNED' as const }))
}

const survey = (work: Work, { surveyId, expectedVersion }: NeedsSurveyStepInput) => work.target(NeedsSurvey, surveyId, 'input.surveyId', expectedVersion)

export const startSurvey = async (work: Work, input: NeedsSurveyStepInput): Promise<NeedsSurvey> => Object.assign(await survey(work, input), { status: 'RUNNING', startedOn: work.today })

export const finishSurvey = async (work: Work, input: NeedsSurveyFinishInput): Promise<NeedsSurvey> =>
  Object.assign(await survey(work, input), { status: 'FINISHED', finishedOn: work.today, finishedBy: viewingPerson(work), respondents: input.respondents, findings: input.findings.trim() })

export const cancelSurvey = async (work: Work, input: NeedsSurveyStepInput): Promise<NeedsSurvey> => Object.assign(await survey(work, input), { status: 'CANCELLED' })

export async function planConsultation(work: Work, { surveyId, plannedOn }: ConsultationPlanInput): Promise<Consultation> {
  const about = await work.target(NeedsSurvey, surveyId, 'input.surveyId')
  const consultation = Object.assign(new Consultation(), { survey: about, plannedOn, status: 'PLANNED' as const })
  work.em.persist(consultation)
  return consultation
}

export async function holdConsultation(work: Work, input: ConsultationHoldInput): Promise<Consultation> {
  const consultation = await work.target(Consultation, input.consultationId, 'input.consultationId', input.expectedVersion)
  const { heldOn, participants, outcome } = input
  const about = await work.em.findOneOrFail(NeedsSurvey, consultation.survey.id)
  if (!about.finishedOn) throw new Problem('NOT_ENDED', 'input.consultationId', { en: 'What the survey found is discussed once it is finished (needsSurveyFinish).', zh: '调研完成（needsSurveyFinish）后方可协商。' })
  if (heldOn > work.today || heldOn < about.finishedOn) throw new Problem('OUT_OF_RANGE', 'input.heldOn', { en: `The day lies between ${about.finishedOn}, when the survey was finished, and today (${work.today}).`, zh: `召开日期须在调研完成日 ${about.finishedOn} 至今天（${work.today}）之间。` })
  return Object.assign(consultation, { status: 'HELD', heldOn, participants, outcome: outcome.trim(), heldBy: viewingPerson(work) })
}

export const cancelConsultation = async (work: Work, { consultationId, expectedVersion }: ConsultationStepInput): Promise<Consultation> =>
  Object.assign(await work.target(Consultation, consultationId, 'input.consultationId', expectedVersion), { status: 'CANCELLED' })
