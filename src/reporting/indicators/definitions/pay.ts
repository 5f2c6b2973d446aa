import { clauses, define, type Term } from '../definition.js'

// Figures as they were published: of the province the totals, of a prefecture its own.
const published = (reckon: Term['reckon'], more: object = {}): Term => ({
  list: 'payFigures', filter: (at) => ({ publication: { year: { eq: at.isYear ? at.period.year : 0 } }, division: { id: { eq: at.divisionId } }, isTotal: { eq: at.isProvince }, ...more }), reckon,
})
const withFloor = { belowFloorPersons: { isNull: false } }

/** Of an ended year, and only as published: nobody reads single pay by these. */
export const payIndicators = define({
  PARITY_INDEX: {
    name: 'Parity of pay', nameZh: '薪酬对等指数', family: 'HEADCOUNT', mechanism: 'REMUNERATION', measure: 'RATIO', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.pay, leastOfGrades: true,
    formula: 'Median pay of a level ÷ median of professionals of the same level, same region and year, as published; of the whole the least of the levels.', formulaZh: '各等级月薪中位数 ÷ 同地区同年度同级专业技术人员中位数（按已发布统计）；总体取各等级最低值。',
    numerator: [published({ min: 'MEDIAN_PAY' })], denominator: [published({ min: 'COMPARABLE_MEDIAN' })], suppressed: published({ count: true }, { isSuppressed: { eq: true } }),
  },
  BELOW_FLOOR_PERSONS: {
    name: 'Paid below the floor', nameZh: '低于薪酬下限人数', family: 'HEADCOUNT', mechanism: 'REMUNERATION', measure: 'PERSONS', direction: 'LOWER', timing: 'PERIOD', version: 1, clause: clauses.pay,
    formula: 'Persons with a month below the floor of the guidance, as published of the whole province.', formulaZh: '有月份低于指导下限的人数（按已发布全省统计）。',
    isOfRowsOnly: true, numerator: [published({ sum: 'BELOW_FLOOR_PERSONS' }, withFloor)], suppressed: published({ count: true }, { belowFloorPersons: { isNull: true } }),
  },
})
