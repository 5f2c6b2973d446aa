import type { Run } from '../database.js'
import { LightRule, ruleFaults, SupervisionPolicy, type LightLevel, type LightTrigger } from '../modules/supervision/index.js'
import { CellFault, choice, column, day, list, text, whole } from './columns.js'
import { say } from './fault.js'
import { divisionsByCode, documentsByNumber } from './references.js'
import { resolve, spec } from './spec.js'
import { checkNoOverlap, type Standing } from './standing.js'
import { grouped, indexed, load, pair, Plan, table } from './stored.js'
import { lightLevels, lightTriggers } from './terms.js'

const policies = table(
  SupervisionPolicy,
  { division: 'link', name: 'text', validFrom: 'day', validTo: 'day', basis: 'link', acceptWithinDays: 'whole', reportEveryDays: 'whole' },
  { property: 'validTo', to: 'valid_from', when: ['validTo'] },
)
const rules = table(LightRule, { policy: 'link', level: 'text', colour: 'text', trigger: 'text', threshold: 'whole', sendsSlip: 'flag' })

interface Rule {
  level: LightLevel
  colour: string
  trigger: LightTrigger | null
  threshold: number | null
  sendsSlip: boolean
}

const rule = (cell: string): Rule => {
  const [level = '', colour = '', trigger, threshold, slip, ...more] = cell.split(/\s+/)
  const isSlip = slip === undefined || /^(slip|督办单)$/i.test(slip)
  if (!colour || (trigger !== undefined && threshold === undefined) || !isSlip || more.length > 0) {
    throw new CellFault(say(`"${cell}" is no light rule.`, `“${cell}”不是亮灯规则。`), say('Write each like "NONE 绿" or "LATE 红 DAYS_LATE 1 SLIP".', '每项请写作“正常 绿”或“逾期 红 逾期满 1 督办单”。'))
  }
  return {
    level: choice(lightLevels)(level),
    colour: text(10)(colour),
    trigger: trigger === undefined ? null : choice(lightTriggers)(trigger),
    threshold: threshold === undefined ? null : whole(0, 366)(threshold),
    sendsSlip: slip !== undefined,
  }
}

/** Policies of supervision, each with its light rules as a whole; no two of one division hold on the same day. */
export const policyImport = spec({
  columns: {
    division: column(text(12), '区划 区划代码', { required: true }),
    name: column(text(), '名称 规则名称', { required: true }),
    from: column(day, '起始日期 开始日期', { required: true }),
    to: column(day, '终止日期 结束日期'),
    basis: column(text(60), '依据文件 发文文号 文号', { required: true }),
    acceptWithinDays: column(whole(1, 366), '签收时限', { required: true }),
    reportEveryDays: column(whole(1, 366), '反馈周期', { required: true }),
    rules: column(list(rule), '亮灯规则 规则', { required: true }),
  },
  key: ['division', 'from'],
  async plan(sheet, { run }) {
    const divisions = await divisionsByCode(run, sheet.rows.map(({ values }) => values.division))
    const bases = await documentsByNumber(run, sheet.rows.map(({ values }) => values.basis))
    const kept = await load(run, policies, 'division_id = any($1::text[])', [[...divisions.values()].map(({ id }) => id)])
    const stored = indexed(kept, (one) => `${one.division} ${one.validFrom}`)
    const before = (values: { division: string; from: string }) => stored.get(`${divisions.get(values.division)?.id} ${values.from}`)
    for (const row of sheet.good()) {
      const { values } = row
      resolve(row, 'division', values.division, divisions, { en: 'division', zh: '区划' })
      resolve(row, 'basis', values.basis, bases, { en: 'document', zh: '文件' })
      if (values.to && values.to <= values.from) row.refuse('to', say('The end must be later than the start.', '终止日期须晚于起始日期。'))
      for (const { at, said } of ruleFaults(values.rules)) row.refuse('rules', say(`Rule ${at + 1}: ${said.en}`, `第 ${at + 1} 条：${said.zh}`))
    }
    const standing = sheet.good().map((row): Standing => ({ row, key: divisions.get(row.values.division)!.id, from: row.values.from, to: row.values.to === undefined ? (before(row.values)?.validTo ?? null) : row.values.to }))
    const replaced = new Set(sheet.good().map(({ values }) => before(values)?.id))
    checkNoOverlap([...standing, ...kept.filter(({ id }) => !replaced.has(id)).map((one): Standing => ({ key: one.division!, from: one.validFrom!, to: one.validTo }))], { en: 'The division has another policy', zh: '期间内该区划已有督查规则' })

    const main = new Plan(policies)
    const parts = new Plan(rules, main)
    const lit = await keptRules(run, kept.map(({ id }) => id))
    for (const row of sheet.good()) {
      const { division, basis, from, to, rules: wanted, ...plain } = row.values
      main.put(row, before(row.values), { ...plain, division: divisions.get(division)!.id, basis: bases.get(basis)!.id, validFrom: from, validTo: to })
      const { id } = main.rows.at(-1)!
      const key = (one: { level: string | null; trigger: string | null }) => `${one.level} ${one.trigger}`
      const { pairs, left } = pair(wanted, lit.get(id) ?? [], { wanted: key, stored: key })
      for (const one of wanted) parts.put(row, pairs.get(one), { policy: id, ...one })
      for (const one of left) parts.take(row, one)
    }
    return { main, plans: [main, parts] }
  },
})

const keptRules = async (run: Run, ids: readonly string[]) => grouped(await load(run, rules, 'policy_id = any($1::text[])', [ids]), ({ policy }) => policy!)
