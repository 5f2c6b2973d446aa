import { belowPoints, DeductionRule, isLess, pointsOf } from '../modules/appraisal/index.js'
import { choice, column, day, ruled, text } from './columns.js'
import { say } from './fault.js'
import { divisionsByCode, documentsByNumber } from './references.js'
import { resolve, spec } from './spec.js'
import { checkNoOverlap, type Standing } from './standing.js'
import { indexed, load, Plan, table } from './stored.js'
import { deductionReasons } from './terms.js'

const rules = table(
  DeductionRule,
  { division: 'link', reason: 'text', points: 'decimal', maxPerMonth: 'decimal', validFrom: 'day', validTo: 'day', basis: 'link' },
  { property: 'validTo', to: 'valid_from', when: ['validTo'] },
)
const points = ruled((cell) => pointsOf(cell, ''))

/** Rules of deduction; no two of one division and reason hold on the same day. */
export const deductionRuleImport = spec({
  columns: {
    division: column(text(12), '区划 区划代码', { required: true }),
    reason: column(choice(deductionReasons), '扣分事由 事由', { required: true }),
    points: column(points, '每次扣分 扣分', { required: true }),
    maxPerMonth: column(points, '每月上限'),
    from: column(day, '起始日期 开始日期', { required: true }),
    to: column(day, '终止日期 结束日期'),
    basis: column(text(60), '依据文件 发文文号 文号', { required: true }),
  },
  key: ['division', 'reason', 'from'],
  async plan(sheet, { run }) {
    const divisions = await divisionsByCode(run, sheet.rows.map(({ values }) => values.division))
    const bases = await documentsByNumber(run, sheet.rows.map(({ values }) => values.basis))
    const kept = await load(run, rules, 'division_id = any($1::text[])', [[...divisions.values()].map(({ id }) => id)])
    const stored = indexed(kept, (one) => `${one.division} ${one.reason} ${one.validFrom}`)
    const before = ({ division, reason, from }: { division: string; reason: string; from: string }) => stored.get(`${divisions.get(division)?.id} ${reason} ${from}`)
    for (const row of sheet.good()) {
      const { values } = row
      resolve(row, 'division', values.division, divisions, { en: 'division', zh: '区划' })
      resolve(row, 'basis', values.basis, bases, { en: 'document', zh: '文件' })
      if (values.to && values.to <= values.from) row.refuse('to', say('The end must be later than the start.', '终止日期须晚于起始日期。'))
      const limit = values.maxPerMonth === undefined ? before(values)?.maxPerMonth : values.maxPerMonth
      if (limit && isLess(limit, values.points)) row.refuse('maxPerMonth', belowPoints)
    }
    const standing = sheet.good().map((row): Standing => ({
      row, key: `${divisions.get(row.values.division)!.id} ${row.values.reason}`, from: row.values.from, to: row.values.to === undefined ? (before(row.values)?.validTo ?? null) : row.values.to,
    }))
    const replaced = new Set(sheet.good().map(({ values }) => before(values)?.id))
    checkNoOverlap(
      [...standing, ...kept.filter(({ id }) => !replaced.has(id)).map((one): Standing => ({ key: `${one.division} ${one.reason}`, from: one.validFrom!, to: one.validTo }))],
      { en: 'The division has another rule for this reason', zh: '期间内该区划已有此事由的扣分标准' },
    )
    const main = new Plan(rules)
    for (const row of sheet.good()) {
      const { division, basis, from, to, ...plain } = row.values
      main.put(row, before(row.values), { ...plain, division: divisions.get(division)!.id, basis: bases.get(basis)!.id, validFrom: from, validTo: to })
    }
    return { main, plans: [main] }
  },
})
