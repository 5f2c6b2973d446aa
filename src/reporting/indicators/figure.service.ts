import { LockMode } from '@mikro-orm/core'
import { InputType } from 'type-graphql'
import { compare, compareEnum, filterOf, orderOf, type Paging, type Work } from '../../engine/index.js'
import { Given, IdempotentInput, Problem } from '../../kernel/index.js'
import { Division, DivisionFilter, ruleFor } from '../../modules/divisions/index.js'
import { PayThreshold } from '../../modules/pay/index.js'
import { IndicatorKey } from './catalogue.js'
import { cutIndicators, cutSql } from './cut.sql.js'
import { leftOut, type Region } from './cut.js'
import { sum } from './decimal.js'
import { IndicatorFigure } from './figure.entity.js'

const IndicatorFigureFilter: Function = filterOf('IndicatorFigure', {
  id: compare.id, indicator: compareEnum('IndicatorKey', IndicatorKey), year: compare.whole, isTotal: compare.flag, isSuppressed: compare.flag, persons: compare.whole, province: () => DivisionFilter, division: () => DivisionFilter,
})
export const figurePaging: Paging = { filter: IndicatorFigureFilter, ...orderOf('IndicatorFigure', ['indicator', 'year', 'persons', 'createdAt']) }

@InputType()
export class IndicatorFiguresPublishInput extends IdempotentInput {
  @Given.id('The province (省份).') divisionId!: string
  @Given.whole('A year that has ended (年度).', { min: 2000, max: 2100 }) year!: number
}

interface Counted {
  indicator: IndicatorKey
  region: string
  persons: number
  numerator: string
  denominator: string | null
  parts: Record<string, number>
}

export const isPublished = () => new Problem('TAKEN', 'input.year', { en: 'The year is published already. Another edition beside it would tell by comparison what either leaves out.', zh: '该年度已发布，不得再次发布。' })

/** Computes the figures over people of a province and an ended year, leaves out what would tell of few, and publishes the rest; once. Answers the province. */
export async function publishFigures(work: Work, { divisionId, year }: IndicatorFiguresPublishInput): Promise<Division> {
  const province = await work.target(Division, divisionId, 'input.divisionId')
  if (province.level !== 'PROVINCE') throw new Problem('OUT_OF_RANGE', 'input.divisionId', { en: 'Figures are published of a province, by its prefectures.', zh: '指标统计以省为单位、分地市发布。' })
  if (year >= Number(work.today.slice(0, 4))) throw new Problem('NOT_ENDED', 'input.year', { en: 'Publish a year that has ended.', zh: '须为已结束的年度。' })
  await work.em.findOneOrFail(Division, province.id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  if ((await work.em.count(IndicatorFigure, { province: province.id, year })) > 0) throw isPublished()
  const threshold = await ruleFor(work, PayThreshold, province.id, work.today)
  if (!threshold) throw new Problem('REQUIRED', 'input.divisionId', { en: 'No threshold says how many persons a figure must have. Set one first (payThresholdCreate).', zh: '尚未设定发布门槛，请先设定（payThresholdCreate）。' })
  const counted = await work.run<Counted>(cutSql, [province.id, `${year}-01-01`, `${year + 1}-01-01`])
  const regions = [...new Set(counted.map(({ region }) => region))].map((id): Region => ({
    id, parts: new Map(counted.filter(({ region }) => region === id).flatMap(({ indicator, persons, parts }) => [[indicator, persons] as const, ...Object.entries(parts).map(([part, inIt]) => [`${indicator} ${part}`, inIt] as const)])),
  }))
  const hidden = leftOut(regions, threshold.minPersons)
  const publish = (indicator: IndicatorKey, division: string, isTotal: boolean, isSuppressed: boolean, of: readonly Counted[]) => {
    const below = of.flatMap(({ denominator }) => denominator ?? [])
    const told = isSuppressed
      ? { persons: null, numerator: null, denominator: null }
      : { persons: of.reduce((all, { persons }) => all + persons, 0), numerator: sum(of.map(({ numerator }) => numerator)), denominator: below.length > 0 ? sum(below) : null }
    work.em.persist(Object.assign(new IndicatorFigure(), { province, year, indicator, division: work.em.getReference(Division, division), isTotal, isSuppressed, ...told, threshold, publishedOn: work.today }))
  }
  for (const indicator of cutIndicators) {
    const rows = counted.filter((one) => one.indicator === indicator)
    for (const row of rows) publish(indicator, row.region, false, hidden.regions.has(row.region), [row])
    publish(indicator, province.id, true, hidden.isTotal, rows)
  }
  return province
}
