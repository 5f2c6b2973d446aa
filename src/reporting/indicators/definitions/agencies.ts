import { allOf, during, holdsOn, standsIn } from '../../figures/index.js'
import { clauses, define, type Extent, type Term } from '../definition.js'

const bought = (on: 'signedOn' | 'startsOn' | 'endsOn', reckon: Term['reckon'], more: object = {}): Term => ({
  list: 'contracts', filter: (at) => ({ purchaser: standsIn(at.path), [on]: on === 'endsOn' ? { gte: at.period.from, lte: at.period.day } : during(at.period), ...more }), reckon,
})
const agencies = (more: (at: Extent) => Readonly<Record<string, unknown>>): Term => ({
  list: 'units', filter: (at) => allOf({ kind: { eq: 'SERVICE_AGENCY' }, isSupported: { isNull: false }, ...standsIn(at.path) }, holdsOn(at.period.day, 'foundedOn', 'endedOn'), more(at)), reckon: { count: true },
})

export const agencyIndicators = define({
  BUDGETED_SHARE: {
    name: 'Bought out of the annual budget', nameZh: '年度预算购买占比', family: 'SERVICE', mechanism: 'SERVICE_AGENCIES', measure: 'SHARE', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.agencies,
    formula: 'Amounts of contracts funded by ANNUAL_BUDGET ÷ amounts of all contracts signed in the period, by the unit that buys.', formulaZh: '纳入年度预算的合同金额 ÷ 期内签订合同金额（按购买方）。',
    numerator: [bought('signedOn', { sum: 'AMOUNT' }, { funding: { eq: 'ANNUAL_BUDGET' } })], denominator: [bought('signedOn', { sum: 'AMOUNT' })],
  },
  CONTRACT_GAP_DAYS: {
    name: 'Gap between contracts', nameZh: '合同平均空档天数', family: 'SERVICE', mechanism: 'SERVICE_AGENCIES', measure: 'DAYS', direction: 'LOWER', timing: 'PERIOD', version: 1, clause: clauses.agencies,
    formula: 'Days between the end of the contract before and the start ÷ contracts that began in the period and follow another of the same purchaser and agency.', formulaZh: '与上一合同之间的空档天数 ÷ 期内开始的接续合同数。',
    numerator: [bought('startsOn', { sum: 'GAP_DAYS' }, { gapDays: { isNull: false } })], denominator: [bought('startsOn', { count: true }, { gapDays: { isNull: false } })],
  },
  RENEWAL_RATE: {
    name: 'Renewed contracts', nameZh: '合同续签率', family: 'SERVICE', mechanism: 'SERVICE_AGENCIES', measure: 'SHARE', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.agencies,
    formula: 'Contracts that ended in the period, until today, were not terminated and are followed by another of the same purchaser and agency ÷ contracts that ended in the period.', formulaZh: '期内到期且已由同一双方续签的合同 ÷ 期内到期合同。',
    numerator: [bought('endsOn', { count: true }, { isRenewed: { eq: true } })], denominator: [bought('endsOn', { count: true })],
  },
  SUPPORT_COVERAGE: {
    name: 'Agencies with support', nameZh: '机构扶持覆盖率', family: 'SERVICE', mechanism: 'SERVICE_AGENCIES', measure: 'SHARE', direction: 'HIGHER', timing: 'DAY', version: 1, clause: clauses.support, over: ['AgencySupport'],
    formula: 'Agencies with start-up money, a sent supervisor or a partner community on the day ÷ agencies of whose support you may read.', formulaZh: '当日享有起步资助、派驻督导或社区结对的机构 ÷ 可查询扶持情况的机构。',
    numerator: [agencies(({ period: { day } }) => ({ supports: { some: { startsOn: { lte: day }, or: [{ endsOn: { isNull: true } }, { endsOn: { gte: day } }] } } }))], denominator: [agencies(() => ({}))],
  },
})
