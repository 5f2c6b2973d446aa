/*
 * Pay (薪酬): guidance by region, level and year with its document; what single social workers are paid, under the narrowest rows there are; and published figures.
 * All amounts are yuan of a month before deductions. A unit enters a worker's pay of a month once, while it employs the worker; in a locked month (ledger PAY) only correcting entries count, dated today, and
 * a record with its corrections is never below zero. A record is below the floor when it is less, corrections included, than the floor of the nearest guidance for its level and year.
 * Figures are published of a province and an ended year, once: by prefecture and level, and of the whole province by level. A person's pay is the mean of the months; a cell counts distinct persons and shows
 * the median; the parity index (薪酬对等指数) is that median ÷ the median of comparable professionals by the guidance. A cell of fewer persons than the threshold in force is suppressed, together with as many
 * others as it takes that it cannot be told by subtraction; so is a count below the floor. The caller has no say in any of it.
 */
import { sql } from 'kysely'
import { aggregate, collection, connection, constraintMeans, defineModule, markSensitive, value, withholdValues } from '../../engine/index.js'
import { Money } from '../../kernel/index.js'
import { isPublished } from './figures.service.js'
import { payAccess, payScopes } from './pay.access.js'
import { PayAmount, PayFigure, PayGuidance, PayPublication, PayRecord, PayThreshold } from './pay.entity.js'
import { figureGrouping } from './pay.grouping.js'
import { figurePaging, guidancePaging, publicationPaging, recordPaging, thresholdPaging } from './pay.input.js'
import { PayMutations } from './pay.resolver.js'
import { guidances, isPaid, thresholds } from './pay.service.js'

markSensitive(PayAmount)
withholdValues(PayRecord, () => true)
constraintMeans('pay_record_once', () => isPaid())
constraintMeans('pay_publication_once', isPublished)

export const pay = defineModule({
  name: 'pay',
  records: [PayGuidance, PayRecord, PayThreshold, PayPublication, PayFigure],
  stored: [PayAmount],
  resolvers: [PayMutations, guidances.resolver, thresholds.resolver],
  fields: [
    collection(PayGuidance, 'payGuidance', 'payGuidances', guidancePaging),
    collection(PayRecord, 'payRecord', 'payRecords', recordPaging),
    collection(PayThreshold, 'payThreshold', 'payThresholds', thresholdPaging),
    collection(PayPublication, 'payPublication', 'payPublications', publicationPaging),
    collection(PayFigure, 'payFigure', 'payFigures', figurePaging),
    aggregate(PayFigure, 'payFiguresAggregate', figurePaging, figureGrouping),
    connection(PayPublication, 'figures', () => PayFigure, 'publication', 'Its figures, suppressed cells included (统计结果).', figurePaging),
    value(PayRecord, 'amount', () => Money, 'Yuan of the month before deductions; signed in a correcting entry (金额).', {
      nullable: true, fenced: true, sql: (row) => sql`select x.amount::text from pay_amount x where x.record_id = ${row.column('id')}`,
    }),
    value(PayRecord, 'isBelowFloor', () => Boolean, 'Less than the floor of the guidance, corrections included; null for a correcting entry and without guidance (是否低于下限).', {
      nullable: true, fenced: true,
      sql: (row) => sql`case when ${row.column('correctsId')} is null then (select sum(x.amount) from pay_amount x join pay_record y on y.id = x.record_id where coalesce(y.corrects_id, y.id) = ${row.column('id')})
        < (select g.floor from pay_guidance g where g.id = heli_pay_guidance((select u.division_id from unit u where u.id = ${row.column('unitId')}), ${row.column('level')}, extract(year from ${row.column('paidOn')})::integer)) end`,
    }),
  ],
  access: [payAccess],
  scopes: payScopes,
  fenced: [{ table: 'pay_amount', owner: 'record_id', type: 'PayRecord', fields: ['amount', 'isBelowFloor'] }],
})

export { PayAmount, PayFigure, PayGuidance, PayPublication, PayRecord, PayThreshold } from './pay.entity.js'
