import { during, type Period, standsIn } from '../../figures/index.js'
import { clauses, define, type Extent, type Term } from '../definition.js'

// An arrival whose budget line is not seen tells no source: it is in no share.
const arrived = (more: object, of: (at: Extent) => Period = ({ period }) => period, minus?: true): Term => ({
  list: 'disbursements', filter: (at) => ({ unit: standsIn(at.path), arrivedOn: during(of(at)), allocation: { line: more } }), reckon: { sum: 'AMOUNT' }, ...(minus ? { minus } : {}),
})
// Totals of years from before Heli are those of whole years.
const before = (minus?: true): Term => ({
  list: 'openingBalances', filter: (at) => ({ division: { id: { eq: at.divisionId } }, year: { eq: at.isYear ? at.before.year : 0 } }), reckon: { sum: 'AMOUNT' }, ...(minus ? { minus } : {}),
})
const instants = ({ from, to }: Period) => ({ gte: `${from}T00:00:00+08:00`, lt: `${to}T00:00:00+08:00` })
const lots = (reckon: Term['reckon']): Term => ({ list: 'lots', filter: (at) => ({ openedAt: instants(at.period), bidderCount: { isNull: false }, procurement: { purchaser: standsIn(at.path) } }), reckon })
const promised = (reckon: Term['reckon']): Term => ({ list: 'allocations', filter: (at) => ({ toUnit: standsIn(at.path), promisedOn: { gte: at.period.from, lte: at.period.day }, netAmount: { gt: '0' } }), reckon })

export const moneyIndicators = define({
  FISCAL_SHARE: {
    name: 'Fiscal share', nameZh: '财政资金占比', family: 'HEADCOUNT', mechanism: 'FUNDING', measure: 'SHARE', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.funding, over: ['BudgetLine'],
    formula: 'Money of source FISCAL that arrived in the period ÷ all money that arrived, at units of the division, of budget lines that you may read.', formulaZh: '期内到账的财政性资金 ÷ 期内全部到账资金。',
    numerator: [arrived({ source: { eq: 'FISCAL' } })], denominator: [arrived({})],
  },
  FUNDING_GROWTH: {
    name: 'Growth of money', nameZh: '经费较上期增长率', family: 'HEADCOUNT', mechanism: 'FUNDING', measure: 'GROWTH', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.funding, over: ['BudgetLine'],
    formula: 'Money that arrived in the period, less that of the period before ÷ that of the period before; of a year, with the opening balances of the year before.', formulaZh: '（期内到账资金 − 上期到账资金及期初总额） ÷ 上期到账资金及期初总额。',
    numerator: [arrived({}), arrived({}, (at) => at.before, true), before(true)], denominator: [arrived({}, (at) => at.before), before()],
  },
  BIDDERS_PER_LOT: {
    name: 'Bidders for each lot', nameZh: '每标段投标单位数', family: 'SERVICE', mechanism: 'FUNDING', measure: 'RATIO', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.tender,
    formula: 'Bids opened ÷ lots opened in the period, over lots whose number of bidders you may read.', formulaZh: '已开启投标数 ÷ 期内开标标段数。', numerator: [lots({ sum: 'BIDDER_COUNT' })], denominator: [lots({ count: true })],
  },
  CASH_ARRIVAL_DELAY: {
    name: 'Delay of money', nameZh: '资金到账平均延迟', family: 'SERVICE', mechanism: 'FUNDING', measure: 'DAYS', direction: 'LOWER', timing: 'PERIOD', version: 1, clause: clauses.funding,
    formula: 'Days after the promised one until all had arrived, or until today while some has not ÷ allocations promised in the period, until today.', formulaZh: '承诺到账日后延迟天数合计（未到齐的计至当日） ÷ 期内承诺到账的下达笔数。',
    numerator: [promised({ sum: 'ARRIVAL_DELAY_DAYS' })], denominator: [promised({ count: true })],
  },
})
