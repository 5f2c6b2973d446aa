import { BudgetLine } from '../modules/funding/index.js'
import { choice, column, day, tenThousandYuan, text, whole, yuan } from './columns.js'
import { say } from './fault.js'
import { initiativesByCode, unitsByCode } from './references.js'
import { identify, resolve, spec } from './spec.js'
import { Plan, table } from './stored.js'
import { divisionLevels, fundingPurposes, fundingSources } from './terms.js'

const lines = table(BudgetLine, {
  code: 'text', title: 'text', year: 'whole', unit: 'link', source: 'text', purpose: 'text', level: 'text', plannedAmount: 'decimal', approvedOn: 'day', remarks: 'text', initiative: 'link',
})

/** Budget lines; the amount in yuan, or in 万元 under the header of the national return. */
export const budgetLineImport = spec({
  columns: {
    code: column(text(60), '预算编号', { required: true }),
    title: column(text(), '项目名称 名称', { required: true }),
    year: column(whole(2000, 2100), '年度 预算年度', { required: true }),
    unit: column(text(60), '预算单位 单位代码', { required: true }),
    source: column(choice(fundingSources), '资金来源', { required: true }),
    purpose: column(choice(fundingPurposes), '用途', { required: true }),
    level: column(choice(divisionLevels), '资金层级', { required: true }),
    amount: column(yuan, '预算金额 预算金额（元）'),
    amountWan: column(tenThousandYuan, '投入总量（万元） 投入总量 投入资金（万元）'),
    approvedOn: column(day, '批复日期'),
    remarks: column(text(1000), '备注'),
    initiative: column(text(40), '联合行动 行动编号'),
  },
  key: ['code'],
  async plan(sheet, { run, today }) {
    const [units, initiatives] = [await unitsByCode(run, sheet.rows.map(({ values }) => values.unit)), await initiativesByCode(run, sheet.rows.map(({ values }) => values.initiative))]
    const stored = await identify(run, sheet, lines, 'code')
    for (const row of sheet.good()) {
      const { values } = row
      resolve(row, 'unit', values.unit, units, { en: 'unit', zh: '单位' })
      resolve(row, 'initiative', values.initiative, initiatives, { en: 'initiative', zh: '联合行动' })
      if (Boolean(values.amount) === Boolean(values.amountWan)) row.refuse('amount', say('The amount is given in yuan or in ten thousand yuan, in one of the two.', '金额须填写元或万元其中一列。'))
      if (values.approvedOn && values.approvedOn > today) row.refuse('approvedOn', say('The day lies in the future.', '日期晚于今天。'))
    }
    const plan = new Plan(lines)
    for (const row of sheet.good()) {
      const { amount, amountWan, unit, initiative, ...plain } = row.values
      plan.put(row, stored.get(row.values.code), { ...plain, plannedAmount: amount ?? amountWan!, unit: units.get(unit)!.id, initiative: initiative === undefined ? undefined : initiative && initiatives.get(initiative)!.id }, row.id)
    }
    return { main: plan, plans: [plan] }
  },
})
