import { standsIn } from '../../figures/index.js'
import { clauses, define, type Term } from '../definition.js'

const open = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED']
const tracks = (more: object): Term => ({ list: 'assignments', filter: (at) => ({ unit: standsIn(at.path), ...more }), reckon: { count: true } })
const toAccept = (isAcceptedInTime: object): Term => ({ list: 'assignments', filter: (at) => ({ unit: standsIn(at.path), acceptBy: { gte: at.period.from, lt: at.period.to }, isAcceptedInTime }), reckon: { count: true } })
// Published months alone: the figures of an open one may change, and are not everybody's.
const months = (reckon: Term['reckon']): Term => ({
  list: 'unitScores', filter: (at) => ({ unit: standsIn(at.path), period: { status: { eq: 'PUBLISHED' }, month: { gte: at.period.from.slice(0, 7), lt: at.period.to.slice(0, 7) } } }), reckon,
})

/** Task ownership. */
export const ownershipIndicators = define({
  ON_TIME_RATE: {
    name: 'Due days met', nameZh: '按期率', family: 'SERVICE', mechanism: 'ORGANISATION_LEADERSHIP', measure: 'SHARE', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.leadership,
    formula: 'Due days met ÷ due days that fell, of the published months of the period.', formulaZh: '按期数 ÷ 到期数（期内已公布的考评月）。', numerator: [months({ sum: 'ON_TIME_COUNT' })], denominator: [months({ sum: 'DUE_COUNT' })],
  },
  OVERDUE_SHARE: {
    name: 'Overdue tracks', nameZh: '逾期占比', family: 'SERVICE', mechanism: 'ORGANISATION_LEADERSHIP', measure: 'SHARE', direction: 'LOWER', timing: 'TODAY', version: 1, clause: clauses.leadership,
    formula: 'Open tracks whose due day has ended ÷ open tracks, today.', formulaZh: '已过时限的未办结承办 ÷ 未办结承办（当日）。', numerator: [tracks({ status: { in: open }, isOverdue: { eq: true } })], denominator: [tracks({ status: { in: open } })],
  },
  ACCEPTANCE_IN_TIME: {
    name: 'Acceptance in time', nameZh: '按期签收率', family: 'SERVICE', mechanism: 'ORGANISATION_LEADERSHIP', measure: 'SHARE', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.leadership,
    formula: 'Tracks accepted by the last day for it ÷ tracks whose last day fell in the period and that are accepted, or late with it.', formulaZh: '按期签收的承办 ÷ 签收时限在期内且已签收或逾期未签收的承办。',
    numerator: [toAccept({ eq: true })], denominator: [toAccept({ isNull: false })],
  },
  SCORE_AVERAGE: {
    name: 'Score', nameZh: '平均考评得分', family: 'SERVICE', mechanism: 'ORGANISATION_LEADERSHIP', measure: 'POINTS', direction: 'HIGHER', timing: 'PERIOD', version: 1, clause: clauses.leadership,
    formula: 'Sum of the published scores ÷ their number, of the months of the period.', formulaZh: '已公布得分合计 ÷ 已公布得分个数（期内考评月）。', numerator: [months({ sum: 'SCORE' })], denominator: [months({ count: true })],
  },
  RETURN_RATE: {
    name: 'Returned results', nameZh: '退回率', family: 'COMPETENCE', mechanism: 'ORGANISATION_LEADERSHIP', measure: 'RATIO', direction: 'LOWER', timing: 'PERIOD', version: 1, clause: clauses.leadership,
    formula: 'Returns ÷ result reports, of the published months of the period.', formulaZh: '退回数 ÷ 反馈数（期内已公布的考评月）。', numerator: [months({ sum: 'RETURNED_COUNT' })], denominator: [months({ sum: 'REPORTED_COUNT' })],
  },
  ACCEPTANCE_DAYS: {
    name: 'Days until acceptance', nameZh: '平均签收时间', family: 'SERVICE', mechanism: 'ORGANISATION_LEADERSHIP', measure: 'DAYS', direction: 'LOWER', timing: 'PERIOD', version: 1, clause: clauses.leadership,
    formula: 'Working days from receipt to acceptance ÷ acceptances, of the published months of the period.', formulaZh: '签收工作日 ÷ 签收数（期内已公布的考评月）。', numerator: [months({ sum: 'ACCEPTANCE_DAYS' })], denominator: [months({ sum: 'ACCEPTED_COUNT' })],
  },
  EXTENSION_SHARE: {
    name: 'Extended due days', nameZh: '延期率', family: 'SERVICE', mechanism: 'ORGANISATION_LEADERSHIP', measure: 'SHARE', direction: 'LOWER', timing: 'PERIOD', version: 1, clause: clauses.leadership,
    formula: 'Due days that had been extended ÷ due days that fell, of the published months of the period.', formulaZh: '延期数 ÷ 到期数（期内已公布的考评月）。', numerator: [months({ sum: 'EXTENSION_COUNT' })], denominator: [months({ sum: 'DUE_COUNT' })],
  },
})
