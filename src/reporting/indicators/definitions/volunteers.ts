import { allOf, holdsOn, standsIn } from '../../figures/index.js'
import { clauses, define, type Extent, type Term } from '../definition.js'

const inUnit = ({ path }: Extent) => ({ unit: standsIn(path) })
const registered = (more: object = {}): Term => ({ list: 'volunteers', filter: (at) => ({ ...inUnit(at), ...holdsOn(at.period.day, 'registeredOn', 'endedOn'), ...more }), reckon: { count: true } })
const kept = (at: Extent) => ({ year: { eq: at.endedYear }, division: at.isApart ? { parent: { id: { eq: at.divisionId } } } : { id: { eq: at.divisionId } } })
const communities = (more: (at: Extent) => object): Term => ({
  list: 'units', filter: (at) => ({ kind: { eq: 'COMMUNITY' }, ...standsIn(at.path), ...holdsOn(at.period.day, 'foundedOn', 'endedOn'), ...more(at) }), reckon: { count: true },
})

export const volunteerIndicators = define({
  LED_TEAM_COVERAGE: {
    name: 'Communities with a led team', nameZh: '社工引领义工队伍覆盖率', family: 'SERVICE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'HIGHER', timing: 'DAY', version: 1, clause: clauses.volunteers, over: ['VolunteerTeam'],
    formula: 'Communities with a team of volunteers (each is led by a social worker) on the day ÷ communities.', formulaZh: '有社工带领的志愿者队伍的社区 ÷ 社区总数（时点）。',
    numerator: [communities(({ period: { day } }) => ({ volunteerTeams: { some: holdsOn(day, 'foundedOn', 'endedOn') } }))], denominator: [communities(() => ({}))],
  },
  VOLUNTEERS_PER_SOCIAL_WORKER: {
    name: 'Volunteers for each social worker', nameZh: '每名社工引领志愿者数', family: 'HEADCOUNT', mechanism: 'PROFESSIONAL_POSTS', measure: 'RATIO', direction: 'HIGHER', timing: 'TODAY', version: 1, clause: clauses.volunteers,
    formula: 'Registered volunteers ÷ social workers on the register, today.', formulaZh: '注册志愿者 ÷ 在册社会工作者（当日）。',
    numerator: [registered()], denominator: [{ list: 'socialWorkers', filter: ({ path }) => ({ person: { unit: standsIn(path) } }), reckon: { count: true } }],
  },
  HOURS_PER_VOLUNTEER: {
    name: 'Hours for each volunteer', nameZh: '人均志愿服务时数', family: 'SERVICE', mechanism: 'PROFESSIONAL_POSTS', measure: 'HOURS', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.volunteers,
    formula: 'Hours of voluntary service of the period, corrections on their own day ÷ volunteers who were registered on a day of the period.', formulaZh: '期内志愿服务时数（含更正） ÷ 期内曾在册的志愿者。',
    numerator: [{ list: 'volunteerServices', filter: (at) => ({ ...inUnit(at), servedOn: { gte: at.period.from, lt: at.period.to } }), reckon: { sum: 'HOURS' } }],
    denominator: [{ list: 'volunteers', filter: (at) => allOf(inUnit(at), { registeredOn: { lt: at.period.to } }, { or: [{ endedOn: { isNull: true } }, { endedOn: { gt: at.period.from } }] }), reckon: { count: true } }],
  },
  RETURNED_BENEFICIARY_RATE: {
    name: 'Volunteers who were helped before', nameZh: '受助后回馈志愿者占比', family: 'STRUCTURE', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'HIGHER', timing: 'DAY', version: 1, clause: clauses.volunteers,
    formula: 'Registered volunteers of origin FORMER_BENEFICIARY ÷ registered volunteers on the day.', formulaZh: '受助后回馈的注册志愿者 ÷ 注册志愿者（时点）。',
    numerator: [registered({ origin: { eq: 'FORMER_BENEFICIARY' } })], denominator: [registered()],
  },
  REGISTERED_SHARE: {
    name: 'Registered share of residents', nameZh: '注册志愿者占居民比例', family: 'HEADCOUNT', mechanism: 'PROFESSIONAL_POSTS', measure: 'SHARE', direction: 'HIGHER', timing: 'DAY', version: 1, clause: clauses.volunteers,
    formula: 'Registered volunteers on the day, and those counted before Heli at the end of the last ended year ÷ residents of the division at the end of that year.', formulaZh: '（时点注册志愿者 + 最近完整年度末的期初注册志愿者） ÷ 该年末常住人口。',
    numerator: [registered(), { list: 'openingCounts', filter: (at) => ({ measure: { eq: 'REGISTERED_VOLUNTEERS' }, ...kept(at) }), reckon: { sum: 'COUNT' } }],
    denominator: [{ list: 'divisionStatistics', filter: kept, reckon: { sum: 'RESIDENT_POPULATION' } }],
  },
})
