import { register } from '../../engine/index.js'
import { Given, Problem } from '../../kernel/index.js'
import { checkRuleAlone, Division } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { CredentialLevel, SocialWorker } from '../posts/index.js'
import { PolicyDocument, Unit } from '../units/index.js'
import { ContinuingEducationRule, Training, TrainingAttendance } from './training.entity.js'

export const ruleDates = {
  validFrom: [Given.day, 'First day (起始日期).', { isFixed: true }],
  validTo: [Given.day, 'First day on which it no longer holds (终止日期).', { clearable: true }],
  basisId: [Given.id, 'Document that it rests on (依据文件).', { to: PolicyDocument }],
} as const
export const divisionId = [Given.id, 'Division that sets it (区划).', { to: Division, isFixed: true }] as const
export const level = (description: string, options = {}) => Given.choice(() => CredentialLevel, description, options)

/** Hours as they are kept: more than none, two digits after the point at most. */
export function checkHours(hours: string, most: number, field: string): void {
  if (/^\d{1,4}(\.\d{1,2}0*)?$/.test(hours) && Number(hours) > 0 && Number(hours) <= most) return
  throw new Problem('OUT_OF_RANGE', field, { en: `Hours are more than 0 and at most ${most}, with two digits after the point at most; got ${hours}.`, zh: `时数须大于 0 且不超过 ${most}，最多两位小数，当前为 ${hours}。` })
}

export const trainings = register(Training, {
  name: 'training', what: 'a course in social work (社会工作培训)', once: ['code'],
  attributes: {
    code: [Given.text, 'Code (培训编号).', { max: 40, isFixed: true }],
    unitId: [Given.id, 'Unit that holds it (举办单位).', { to: Unit, isFixed: true }],
    title: [Given.text, 'Title (培训名称).'],
    startsOn: [Given.day, 'First day (开始日期).'],
    endsOn: [Given.day, 'Last day (结束日期).'],
    hours: [Given.decimal, 'Hours of the whole course, 0.01 to 500 (学时).'],
    isContinuingEducation: [Given.flag, 'Its hours count as continuing education (是否计入继续教育).'],
    otherAttendances: [Given.whole, 'Attendances of people who are no social workers of the network (其他参训人次).', { min: 0, optional: true }],
    initiativeId: [Given.id, 'Initiative that it serves (所属联合行动).', { to: Initiative, clearable: true }],
  },
  check: (_work, { startsOn, endsOn, hours }) => {
    if (endsOn < startsOn) throw new Problem('OUT_OF_RANGE', 'input.endsOn', { en: 'The last day is not before the first.', zh: '结束日期不得早于开始日期。' })
    checkHours(hours, 500, 'input.hours')
  },
})

export const attendances = register(TrainingAttendance, {
  name: 'trainingAttendance', what: 'that a social worker attended a course (参训记录)', once: ['training', 'socialWorker'],
  attributes: {
    trainingId: [Given.id, 'The course (培训).', { to: Training, isFixed: true }],
    socialWorkerId: [Given.id, 'The social worker (社会工作者).', { to: SocialWorker, isFixed: true }],
    hours: [Given.decimal, 'Hours attended, those of the course at most (参训学时).'],
    isPassed: [Given.flag, 'Passed the test at the end, or there was none (是否合格).'],
  },
  check: async (work, { training, hours }) => {
    const course = await work.em.findOneOrFail(Training, training.id)
    checkHours(hours, Number(course.hours), 'input.hours')
    if (course.startsOn > work.today) throw new Problem('OUT_OF_RANGE', 'input.trainingId', { en: `The course begins on ${course.startsOn}; enter attendances then.`, zh: `该培训于 ${course.startsOn} 开始，届时方可登记参训。` })
  },
})

export const educationRules = register(ContinuingEducationRule, {
  name: 'continuingEducationRule', what: 'hours of continuing education that a registration period asks (继续教育学时规则)',
  attributes: { divisionId, level: [level, 'Level of the credential (等级).', { isFixed: true }], hours: [Given.decimal, 'Hours in a registration period of three years (每登记周期学时).', { isFixed: true }], ...ruleDates },
  check: async (work, rule) => {
    checkHours(rule.hours, 2000, 'input.hours')
    await checkRuleAlone(work, ContinuingEducationRule, rule, ['level'])
  },
})
