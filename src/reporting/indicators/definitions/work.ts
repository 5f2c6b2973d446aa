import { during, holdsOn, standsIn } from '../../figures/index.js'
import { clauses, define, type Extent, type Term } from '../definition.js'

const inUnit = ({ path }: Extent) => ({ unit: standsIn(path) })
const ofPerson = ({ path }: Extent) => ({ person: { unit: standsIn(path) } })
const hours = (more: object): Term => ({ list: 'workLogs', filter: (at) => ({ ...inUnit(at), workedOn: during(at.period), ...more }), reckon: { sum: 'HOURS' } })
const plans = (more: object): Term => ({ list: 'servicePlans', filter: (at) => ({ ...inUnit(at), approvedOn: during(at.period), ...more }), reckon: { count: true } })
const workers = (more: object): Term => ({ list: 'socialWorkers', filter: (at) => ({ ...ofPerson(at), ...more }), reckon: { count: true } })
const openPosts = (more: object): Term => ({ list: 'posts', filter: (at) => ({ ...inUnit(at), ...holdsOn(at.period.day, 'openedOn', 'closedOn'), ...more }), reckon: { count: true } })
const employments = (more: object): Term => ({ list: 'employments', filter: (at) => ({ ...inUnit(at), ...holdsOn(at.period.day), ...more }), reckon: { count: true } })

/** Posts and what is done on them. */
export const workIndicators = define({
  ADMINISTRATIVE_SHARE: {
    name: 'Administrative share', nameZh: '行政事务工时占比', family: 'SERVICE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'LOWER', timing: 'PERIOD', version: 1, clause: clauses.posts,
    formula: 'Hours of worklogs of category ADMINISTRATIVE ÷ hours of all worklogs, by the day of the work, in units of the division.', formulaZh: '行政事务类工时 ÷ 全部工时（按工作日期）。',
    numerator: [hours({ category: { eq: 'ADMINISTRATIVE' } })], denominator: [hours({})],
  },
  SUPERIOR_ASSIGNED_SHARE: {
    name: 'Share assigned from above', nameZh: '上级交办工时占比', family: 'SERVICE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'LOWER', timing: 'PERIOD', version: 1, clause: clauses.posts,
    formula: 'Hours of worklogs of origin SUPERIOR_ASSIGNED ÷ hours of all worklogs, by the day of the work.', formulaZh: '来源为上级交办的工时 ÷ 全部工时（按工作日期）。',
    numerator: [hours({ origin: { eq: 'SUPERIOR_ASSIGNED' } })], denominator: [hours({})],
  },
  INDEPENDENT_PLAN_SHARE: {
    name: 'Independent plans', nameZh: '自主计划占比', family: 'SERVICE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.independence,
    formula: 'Service plans approved in the period after a finished survey of needs and a consultation with the community ÷ service plans approved in the period.', formulaZh: '期内批准且先有完成的需求调研与社区协商的服务计划 ÷ 期内批准的服务计划。',
    numerator: [plans({ isIndependent: { eq: true } })], denominator: [plans({})],
  },
  IDLE_CERTIFICATE_RATE: {
    name: 'Idle certificates', nameZh: '持证未从业率', family: 'HEADCOUNT', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'LOWER', timing: 'TODAY', version: 1, clause: clauses.posts,
    formula: 'Social workers with a valid credential and no employment in force ÷ social workers with a valid credential whose employment you may read of, by the unit of the person, today.', formulaZh: '持有效证书而无在职从业的社工 ÷ 持有效证书的社工（按本人所在单位，当日）。',
    numerator: [workers({ isIdle: { eq: true }, grade: { isNull: false } })], denominator: [workers({ isIdle: { isNull: false }, grade: { isNull: false } })],
  },
  SOCIAL_WORKERS: {
    name: 'Social workers', nameZh: '社会工作者人数', family: 'HEADCOUNT', mechanism: 'PROFESSIONAL_POSTS', measure: 'PERSONS', direction: 'HIGHER', timing: 'TODAY', version: 1, clause: clauses.posts,
    formula: 'Social workers on the register, by the unit of the person, today.', formulaZh: '在册社会工作者（按本人所在单位，当日）。', numerator: [workers({})],
  },
  CREDENTIALED_SHARE: {
    name: 'Social workers with a credential', nameZh: '持证社工占比', family: 'COMPETENCE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'HIGHER', timing: 'TODAY', version: 1, clause: clauses.learning,
    formula: 'Social workers with a valid credential ÷ social workers on the register, by the unit of the person, today.', formulaZh: '持有效职业资格证书的社工 ÷ 在册社工（按本人所在单位，当日）。',
    numerator: [workers({ grade: { isNull: false } })], denominator: [workers({})],
  },
  HIGHER_GRADE_SHARE: {
    name: 'Social workers above the lowest level', nameZh: '中级及以上社工占比', family: 'STRUCTURE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'HIGHER', timing: 'TODAY', version: 1, clause: clauses.learning,
    formula: 'Social workers of level SOCIAL_WORKER or SENIOR ÷ social workers with a valid credential, by the unit of the person, today.', formulaZh: '社会工作师和高级社会工作师 ÷ 持证社工（按本人所在单位，当日）。',
    numerator: [workers({ grade: { in: ['SOCIAL_WORKER', 'SENIOR'] } })], denominator: [workers({ grade: { isNull: false } })],
  },
  EXPLICIT_POST_SHARE: {
    name: 'Posts set up as such', nameZh: '明确设置岗位占比', family: 'STRUCTURE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'HIGHER', timing: 'DAY', version: 1, clause: clauses.posts,
    formula: 'Posts of kind EXPLICIT ÷ all posts of social work, open on the day.', formulaZh: '明确设置的社工岗位 ÷ 全部社工岗位（时点）。', numerator: [openPosts({ kind: { eq: 'EXPLICIT' } })], denominator: [openPosts({})],
  },
  FULL_TIME_SHARE: {
    name: 'Full-time employment', nameZh: '专职从业占比', family: 'STRUCTURE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'HIGHER', timing: 'DAY', version: 1, clause: clauses.pay,
    formula: 'Employments of kind FULL_TIME ÷ employments in force on the day.', formulaZh: '专职从业 ÷ 全部在职从业（时点）。', numerator: [employments({ kind: { eq: 'FULL_TIME' } })], denominator: [employments({})],
  },
  UNPAID_SHARE: {
    name: 'Work without pay', nameZh: '无薪从业占比', family: 'STRUCTURE', mechanism: 'REMUNERATION', measure: 'SHARE', direction: 'LOWER', timing: 'DAY', version: 1, clause: clauses.pay,
    formula: 'Employments of kind UNPAID ÷ employments in force on the day.', formulaZh: '无薪从业 ÷ 全部在职从业（时点）。', numerator: [employments({ kind: { eq: 'UNPAID' } })], denominator: [employments({})],
  },
})
