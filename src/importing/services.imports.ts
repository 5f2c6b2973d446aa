import { Consultation, NeedsSurvey, ServicePlan, ServiceRecord } from '../modules/services/index.js'
import { attributesImport, divisions, foundRow, hours, initiatives, link, ordered, people, plain, socialWorkers, units, type Reference } from './attributes.js'
import { choice, day, text, whole } from './columns.js'
import { say } from './fault.js'
import { consultationsByKey, plansByCode, surveysByCode } from './references.js'
import { consultationStatuses, serviceMethods, servicePlanStatuses, surveyStatuses } from './terms.js'

const required = { required: true }
const surveys: Reference = { find: surveysByCode, of: { en: 'survey', zh: '需求调研' } }
const consultations: Reference = { find: consultationsByKey, of: { en: 'consultation', zh: '社区协商' } }
const plans: Reference = { find: plansByCode, of: { en: 'plan', zh: '服务计划' } }
const unit = link(units, '单位 单位代码', required)
const socialWorker = link(socialWorkers, '负责社工 人员 人员编号', required)
const count = (chinese: string, options = {}) => plain('whole', whole(1, 1_000_000), chinese, options)
const long = text(4000)

const surveyImport = attributesImport({
  entity: NeedsSurvey, key: ['code'], within: 'code',
  attributes: {
    code: plain('text', text(40), '调研编号 编号', required), unit, socialWorker, division: link(divisions, '调研区划 区划', required),
    title: plain('text', text(), '题目', required),
    status: plain('text', choice(surveyStatuses), '状态', required),
    startedOn: plain('day', day, '开始日期'),
    finishedOn: plain('day', day, '完成日期'),
    finishedBy: link(people, '完成人'),
    respondents: count('受访人数'),
    findings: plain('text', long, '调研结论'),
  },
  check(row, told) {
    const isFinished = told['status'] === 'FINISHED'
    for (const name of ['finishedOn', 'respondents', 'findings']) if (isFinished !== Boolean(told[name])) row.refuse(name, say('A finished survey, and it alone, has a day, a count of those asked and findings.', '已完成的调研须填写完成日期、受访人数和结论，其他状态不填。'))
    if (isFinished && !told['startedOn']) row.refuse('startedOn', say('A finished survey has begun on some day.', '已完成的调研须填写开始日期。'))
    ordered('startedOn', 'finishedOn', true)(row, told)
  },
})

const consultationImport = attributesImport({
  entity: Consultation, key: ['survey', 'plannedOn'], within: 'survey',
  attributes: {
    survey: link(surveys, '需求调研 调研编号', required),
    plannedOn: plain('day', day, '拟召开日期', required),
    status: plain('text', choice(consultationStatuses), '状态', required),
    heldOn: plain('day', day, '召开日期'),
    heldBy: link(people, '登记人'),
    participants: count('参加人数'),
    outcome: plain('text', long, '协商结果'),
  },
  check(row, told, found) {
    const isHeld = told['status'] === 'HELD'
    for (const name of ['heldOn', 'participants', 'outcome']) if (isHeld !== Boolean(told[name])) row.refuse(name, say('A consultation that was held, and it alone, has a day, a count of those who took part and an outcome.', '已召开的协商须填写召开日期、参加人数和结果，其他状态不填。'))
    const finishedOn = foundRow<{ finishedOn: string | null }>(found, 'survey', told['survey'])?.finishedOn
    if (isHeld && (!finishedOn || (told['heldOn'] as string) < finishedOn)) row.refuse('heldOn', say('It was held before the survey was finished.', '召开日期早于调研完成日期。'))
  },
})

const planImport = attributesImport({
  entity: ServicePlan, key: ['code'], within: 'code',
  attributes: {
    code: plain('text', text(40), '计划编号 编号', required), unit, socialWorker,
    title: plain('text', text(), '计划名称 名称', required),
    targetGroup: plain('text', text(), '服务对象', required),
    plannedBeneficiaries: count('计划服务人数', required),
    startsOn: plain('day', day, '起始日期', required),
    endsOn: plain('day', day, '结束日期', required),
    status: plain('text', choice(servicePlanStatuses), '状态', required),
    survey: link(surveys, '需求调研 调研编号'),
    consultation: link(consultations, '社区协商'),
    initiative: link(initiatives, '所属联合行动 联合行动'),
    submittedOn: plain('day', day, '提交日期'),
    approvedOn: plain('day', day, '批准日期'),
    decidedBy: link(people, '审批人'),
    decisionNote: plain('text', text(2000), '审批意见'),
    closedOn: plain('day', day, '办结日期'),
  },
  check(row, told, found) {
    const survey = foundRow<{ unitId: string }>(found, 'survey', told['survey'])
    const consultation = foundRow<{ surveyId: string }>(found, 'consultation', told['consultation'])
    if (survey && survey.unitId !== told['unit']) row.refuse('survey', say('The survey is of another unit.', '该调研属于其他单位。'))
    if (consultation && consultation.surveyId !== told['survey']) row.refuse('consultation', say('The consultation is on another survey.', '该协商所依据的调研与计划不一致。'))
    const status = told['status'] as string
    const wants = (name: string, isThere: boolean) => { if (isThere !== Boolean(told[name])) row.refuse(name, say(`With the state ${status} this day ${isThere ? 'is needed' : 'stays empty'}.`, `状态为 ${status} 时${isThere ? '须填写' : '不填'}该日期。`)) }
    if (status !== 'CANCELLED') wants('submittedOn', status !== 'DRAFT')
    if (status !== 'CANCELLED') wants('approvedOn', status === 'APPROVED' || status === 'COMPLETED')
    wants('closedOn', status === 'COMPLETED' || status === 'CANCELLED')
    ordered('startsOn', 'endsOn', true)(row, told)
    ordered('submittedOn', 'approvedOn', true)(row, told)
  },
})

const recordImport = attributesImport({
  entity: ServiceRecord, key: ['servicePlan', 'number'], within: 'servicePlan',
  attributes: {
    servicePlan: link(plans, '服务计划 计划编号', required),
    number: count('序号', required),
    servedOn: plain('day', day, '服务日期', required),
    method: plain('text', choice(serviceMethods), '服务方法', required),
    beneficiaries: count('服务人次 服务人数', required),
    hours: plain('decimal', hours, '服务时数 小时', required),
    summary: plain('text', text(2000), '服务内容'),
  },
  check(row, told, found) {
    const { status, startsOn } = foundRow<{ status: string; startsOn: string }>(found, 'servicePlan', told['servicePlan'])!
    if (!['APPROVED', 'COMPLETED'].includes(status)) row.refuse('servicePlan', say(`The plan is ${status}: no service was given under it.`, `该计划状态为 ${status}，不能有服务记录。`))
    if ((told['servedOn'] as string) < startsOn) row.refuse('servedOn', say('The plan had not begun.', '早于计划起始日期。'))
  },
})

export const servicesImports = {
  'needs-surveys': surveyImport,
  consultations: consultationImport,
  'service-plans': planImport,
  'service-records': recordImport,
}
