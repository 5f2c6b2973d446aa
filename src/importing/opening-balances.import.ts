import { OpeningBalance } from '../modules/funding/index.js'
import { choice, column, tenThousandYuan, text, whole, yuan } from './columns.js'
import { say } from './fault.js'
import { divisionsByCode, unitsByCode } from './references.js'
import { resolve, spec } from './spec.js'
import { indexed, load, Plan, table } from './stored.js'
import { fundingPurposes, fundingSources } from './terms.js'

const balances = table(OpeningBalance, { division: 'link', unit: 'link', year: 'whole', source: 'text', purpose: 'text', amount: 'decimal', remarks: 'text' })

/** Totals of a division from years before its money was kept here, under the headers of the national return. */
export const openingBalanceImport = spec({
  columns: {
    division: column(text(12), '区划代码 区划', { required: true }),
    unit: column(text(60), '填报单位 单位代码', { required: true }),
    year: column(whole(1990, 2100), '年度', { required: true }),
    source: column(choice(fundingSources), '资金来源', { required: true }),
    purpose: column(choice(fundingPurposes), '用途', { required: true }),
    amount: column(yuan, '金额 金额（元）'),
    amountWan: column(tenThousandYuan, '投入总量（万元） 投入总量 投入资金（万元）'),
    remarks: column(text(1000), '备注'),
  },
  key: ['division', 'year', 'source', 'purpose'],
  async plan(sheet, { run }) {
    const [divisions, units] = [await divisionsByCode(run, sheet.rows.map(({ values }) => values.division)), await unitsByCode(run, sheet.rows.map(({ values }) => values.unit))]
    const codes = new Map([...divisions.values()].map(({ id, key }) => [id, key]))
    const stored = indexed(await load(run, balances, 'division_id = any($1::text[])', [[...codes.keys()]]), ({ division, year, source, purpose }) => `${codes.get(division!)} ${year} ${source} ${purpose}`)
    for (const row of sheet.good()) {
      const { values } = row
      resolve(row, 'division', values.division, divisions, { en: 'division', zh: '区划' })
      const unit = resolve(row, 'unit', values.unit, units, { en: 'unit', zh: '单位' })
      if (unit && unit.divisionCode !== values.division) row.refuse('unit', say('The unit stands in another division.', '填报单位不在该区划。'))
      if (Boolean(values.amount) === Boolean(values.amountWan)) row.refuse('amount', say('The amount is given in yuan or in ten thousand yuan, in one of the two.', '金额须填写元或万元其中一列。'))
    }
    const plan = new Plan(balances)
    for (const row of sheet.good()) {
      const { division, unit, amount, amountWan, ...plain } = row.values
      plan.put(row, stored.get(sheet.keyOf(row)), { ...plain, division: divisions.get(division)!.id, unit: units.get(unit)!.id, amount: amount ?? amountWan! })
    }
    return { main: plan, plans: [plan] }
  },
})
