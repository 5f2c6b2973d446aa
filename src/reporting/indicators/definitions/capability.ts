import { during, holdsOn, standsIn } from '../../figures/index.js'
import { clauses, define, type Extent, type Term } from '../definition.js'

const inUnit = ({ path }: Extent) => ({ unit: standsIn(path) })
const workers = (isSupervised: object): Term => ({ list: 'socialWorkers', filter: (at) => ({ person: { unit: standsIn(at.path) }, ...isSupervised }), reckon: { count: true } })
const inForce = (reckon: Term['reckon']): Term => ({ list: 'supervisions', filter: (at) => ({ ...inUnit(at), ...holdsOn(at.period.day) }), reckon })
const sessions = (isInTime: object): Term => ({ list: 'supervisionSessions', filter: (at) => ({ heldOn: during(at.period), supervision: inUnit(at), isInTime }), reckon: { count: true } })
const periods = (reckon: Term['reckon']): Term => ({
  list: 'qualifications', filter: (at) => ({ socialWorker: { person: { unit: standsIn(at.path) } }, ...holdsOn(at.period.day, 'registeredOn', 'registeredUntil'), educationHoursRequired: { gt: '0' } }), reckon,
})

export const capabilityIndicators = define({
  SUPERVISION_COVERAGE: {
    name: 'Social workers under supervision', nameZh: '督导覆盖率', family: 'COMPETENCE', mechanism: 'CAPABILITY', measure: 'SHARE', direction: 'HIGHER', timing: 'TODAY', version: 1, clause: clauses.supervision,
    formula: 'Social workers accompanied by a supervision of their unit ÷ social workers of whom you may read whether they are, by the unit of the person, today.', formulaZh: '当日在本单位督导结对中的社工 ÷ 可查询督导情况的社工（按本人所在单位）。',
    numerator: [workers({ isSupervised: { eq: true } })], denominator: [workers({ isSupervised: { isNull: false } })],
  },
  SUPERVISION_SPAN: {
    name: 'Span of supervision', nameZh: '督导幅度', family: 'COMPETENCE', mechanism: 'CAPABILITY', measure: 'RATIO', direction: 'LOWER', timing: 'DAY', version: 1, clause: clauses.supervision, isNotAdditive: true,
    formula: "Supervisions in force on the day, by the supervisee's unit ÷ different supervisors in them.", formulaZh: '在期督导结对 ÷ 其中的督导者人数（时点）。', numerator: [inForce({ count: true })], denominator: [inForce({ countDistinct: 'SUPERVISOR' })],
  },
  SESSIONS_ON_TIME: {
    name: 'Sessions on time', nameZh: '督导按期率', family: 'COMPETENCE', mechanism: 'CAPABILITY', measure: 'SHARE', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.supervision,
    formula: 'Sessions held in the period within the rhythm of the rule ÷ sessions held in the period for which a rule sets one.', formulaZh: '期内按规定间隔举行的督导 ÷ 期内有间隔规定的督导。', numerator: [sessions({ eq: true })], denominator: [sessions({ isNull: false })],
  },
  EDUCATION_HOURS_RATE: {
    name: 'Continuing education done', nameZh: '继续教育学时完成率', family: 'COMPETENCE', mechanism: 'CAPABILITY', measure: 'RATIO', direction: 'HIGHER', timing: 'DAY', version: 1, clause: clauses.learning,
    formula: 'Hours of continuing education done ÷ hours required, over registration periods that hold on the day.', formulaZh: '已完成继续教育学时 ÷ 应完成学时（时点有效的登记周期）。',
    numerator: [periods({ sum: 'EDUCATION_HOURS_DONE' })], denominator: [periods({ sum: 'EDUCATION_HOURS_REQUIRED' })],
  },
  MICRO_PROJECTS: {
    name: 'Micro-projects', nameZh: '小微项目数', family: 'COMPETENCE', mechanism: 'CAPABILITY', measure: 'COUNT', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.learning,
    formula: 'Micro-projects contracted in the period, by the unit that pays.', formulaZh: '期内签约的公益创投、小项目、小基金（按出资单位）。',
    numerator: [{ list: 'microProjects', filter: (at) => ({ ...inUnit(at), contractedOn: during(at.period) }), reckon: { count: true } }],
  },
})
