import { LockMode } from '@mikro-orm/core'
import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Division, ruleFor } from '../divisions/index.js'
import type { CredentialLevel } from '../posts/index.js'
import { viewingPerson } from '../progress/index.js'
import { PayFigure, PayPublication, PayThreshold } from './pay.entity.js'
import type { PayFiguresPublishInput } from './pay.input.js'
import { suppressed } from './suppression.js'

interface Figures {
  divisionId: string
  isTotal: boolean
  level: CredentialLevel
  persons: number
  medianPay: string
  comparableMedian: string | null
  parityIndex: string | null
  belowFloor: number
}

/*
 * $1 province, $2 year. A person's pay of the year is the mean of the months, corrections counted with the record that they correct. A person counts once in each region and level in which it was paid.
 * The floor is that of the unit's division, the comparable median that of the region.
 */
const figuresSql = `with entries as (
  select o.id, o.social_worker_id as worker, o.level, u.division_id as place, u.division_path as path, sum(a.amount) as amount
  from pay_record r join pay_amount a on a.record_id = r.id join pay_record o on o.id = coalesce(r.corrects_id, r.id) join unit u on u.id = o.unit_id join division p on p.id = $1
  where extract(year from o.paid_on) = $2::integer and u.division_path ^@ p.path
  group by o.id, u.id
),
judged as (select e.*, coalesce((select c.id from division c where c.parent_id = $1 and e.path ^@ c.path limit 1), $1) as region,
  coalesce(e.amount < (select g.floor from pay_guidance g where g.id = heli_pay_guidance(e.place, e.level, $2::integer)), false) as is_below from entries e),
cells as (
  select region, false as is_total, level, worker, avg(amount) as monthly, bool_or(is_below) as is_below from judged group by region, level, worker
  union all select $1, true, level, worker, avg(amount), bool_or(is_below) from judged group by level, worker
),
summed as (
  select region, is_total, level, count(*)::integer as persons, round((percentile_cont(0.5) within group (order by monthly))::numeric, 2) as median, count(*) filter (where is_below)::integer as below
  from cells group by region, is_total, level
)
select s.region as "divisionId", s.is_total as "isTotal", s.level, s.persons, s.median::text as "medianPay", g.comparable_median::text as "comparableMedian",
  round(s.median / nullif(g.comparable_median, 0), 2)::text as "parityIndex", s.below as "belowFloor"
from summed s left join pay_guidance g on g.id = heli_pay_guidance(s.region, s.level, $2::integer) order by s.level, s.is_total desc, s.region`

/** Computes the figures of a province and year, suppresses what would tell of single persons, and publishes the rest; once. */
export async function publishFigures(work: Work, input: PayFiguresPublishInput): Promise<PayPublication> {
  const { year } = input
  const division = await work.reference(Division, input.divisionId, 'input.divisionId')
  // Figures of a prefecture's counties beside those of the prefectures would tell by subtraction what either leaves out.
  if (division.level !== 'PROVINCE') throw new Problem('OUT_OF_RANGE', 'input.divisionId', { en: 'Figures of pay are published of a province, by its prefectures.', zh: '薪酬统计以省为单位、分地市发布。' })
  if (year >= Number(work.today.slice(0, 4))) throw new Problem('NOT_ENDED', 'input.year', { en: 'Publish a year that has ended.', zh: '须为已结束的年度。' })
  await work.em.findOneOrFail(Division, division.id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  const known = await work.em.findOne(PayPublication, { division: division.id, year })
  if (known) await work.rightToMake(known)
  if (known) throw isPublished()
  const threshold = await ruleFor(work, PayThreshold, division.id, work.today)
  if (!threshold) throw new Problem('REQUIRED', 'input.divisionId', { en: 'No threshold says how many persons a figure must have. Set one first (payThresholdCreate).', zh: '尚未设定发布门槛，请先设定（payThresholdCreate）。' })
  const publication = Object.assign(new PayPublication(), { division, year, threshold, publishedOn: work.today, publishedBy: viewingPerson(work) })
  work.em.persist(publication)
  const rows = await work.run<Figures>(figuresSql, [division.id, year])
  for (const level of new Set(rows.map((row) => row.level))) {
    const parts = rows.filter((row) => row.level === level && !row.isTotal)
    const total = rows.find((row) => row.level === level && row.isTotal)!
    const hidden = suppressed(parts, total, threshold.minPersons)
    for (const row of parts) publishRow(work, publication, row, hidden.parts.has(row), null)
    publishRow(work, publication, total, hidden.isTotal, isTelling(total, threshold.minPersons) ? null : total.belowFloor)
  }
  return work.makes(publication)
}
export const isPublished = () => new Problem('TAKEN', 'input.year', { en: 'The year is published already. Another edition beside it would tell by comparison what either leaves out.', zh: '该年度已发布，不得再次发布。' })

/** Too few below the floor, or too few that are not. */
const isTelling = ({ persons, belowFloor }: Figures, threshold: number): boolean => [belowFloor, persons - belowFloor].some((count) => count > 0 && count < threshold)

function publishRow(work: Work, publication: PayPublication, { divisionId, isTotal, level, persons, medianPay, comparableMedian, parityIndex }: Figures, isSuppressed: boolean, belowFloorPersons: number | null): void {
  const told = isSuppressed ? { persons: null, medianPay: null, comparableMedian: null, parityIndex: null, belowFloorPersons: null } : { persons, medianPay, comparableMedian, parityIndex, belowFloorPersons }
  work.em.persist(Object.assign(new PayFigure(), { publication, division: work.em.getReference(Division, divisionId), isTotal, level, isSuppressed, ...told }))
}
