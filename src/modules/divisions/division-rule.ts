import { LockMode } from '@mikro-orm/core'
import { sql } from 'kysely'
import type { Predicate } from '../../access/index.js'
import type { Work } from '../../engine/index.js'
import { overlaps, Problem } from '../../kernel/index.js'
import { Division } from './division.entity.js'

/** A rule that a division set for itself and the divisions below it, between two dates. */
export interface DivisionRule {
  id: string
  division: Division
  validFrom: string
  validTo?: string | null
}
type RuleEntity<T> = (new () => T) & { name: string }

/** Dates in order, and no two rules of one division on the same day that have the same values of `alike`. */
export async function checkRuleAlone<T extends DivisionRule>(work: Work, entity: RuleEntity<T>, rule: T, alike: readonly (keyof T & string)[] = []): Promise<void> {
  const { division, validFrom, validTo } = rule
  if (validTo && validTo <= validFrom) throw new Problem('OUT_OF_RANGE', 'input.validTo', { en: 'The end must be later than the start.', zh: '终止日期须晚于起始日期。' })
  // Two writers who each see no overlap would together make one.
  await work.em.findOneOrFail(Division, division.id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  const same = Object.fromEntries(alike.map((name) => [name, rule[name]]))
  const others = (await work.em.find(entity as never, { ...same, division: division.id, id: { $ne: rule.id } } as never)) as T[]
  const other = others.find((one) => overlaps(validFrom, validTo, one.validFrom, one.validTo))
  if (!other) return
  const until = other.validTo ?? '…'
  throw new Problem('OVERLAP', 'input.validFrom', {
    en: `The division has such a rule from ${other.validFrom} to ${until}. End that one first, or choose other dates.`,
    zh: `该区划已有同类规则，有效期 ${other.validFrom} 至 ${until}，请先终止该规则，或调整日期。`,
  })
}

/** Id of the rule in force on a day: the division's own, or that of the nearest division above it that has one. `alike` narrows by the columns of `r`. */
export const nearestRule = (table: string, divisionId: Predicate, day: Predicate, alike: Predicate = sql`true`): Predicate => sql`(select r.id
  from division d join division a on a.code = any(string_to_array(d.path, '/'))
  join ${sql.table(table)} r on r.division_id = a.id and r.valid_from <= ${day} and (r.valid_to is null or r.valid_to > ${day}) and ${alike}
  where d.id = ${divisionId} order by length(a.path) desc limit 1)`

/** The rule in force on a day for a division, or null. */
export async function ruleFor<T extends DivisionRule>(work: Work, entity: RuleEntity<T>, divisionId: string, day: string, alike?: Predicate): Promise<T | null> {
  const { table } = work.reads.engine.model.of(entity)
  const { id } = await work.facts(Division, divisionId, { id: (row) => nearestRule(table, row.column('id'), sql`cast(${day} as date)`, alike) })
  return id ? ((await work.em.findOneOrFail(entity as never, id as never)) as T) : null
}
