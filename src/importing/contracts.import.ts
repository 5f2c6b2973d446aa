import { Contract } from '../modules/procurement/index.js'
import { choice, column, day, text, whole, yuan } from './columns.js'
import { say } from './fault.js'
import { Rest } from './movements.js'
import { unitsByCode } from './references.js'
import { linesByCode, lotsByKey } from './money.references.js'
import { identify, resolve, spec } from './spec.js'
import { Plan, table } from './stored.js'
import { contractFundings, contractStatuses } from './terms.js'

const contracts = table(Contract, {
  code: 'text', title: 'text', award: 'link', line: 'link', year: 'whole', purchaser: 'link', agency: 'link', funding: 'text', amount: 'decimal', signedOn: 'day', startsOn: 'day', endsOn: 'day', status: 'text', closedOn: 'day', reason: 'text',
})

/** Service contracts, each inside the budget year of its line. */
export const contractImport = spec({
  columns: {
    code: column(text(60), '合同编号', { required: true }),
    title: column(text(), '合同名称 项目名称', { required: true }),
    line: column(text(60), '预算编号', { required: true }),
    agency: column(text(60), '承接方 承接机构', { required: true }),
    funding: column(choice(contractFundings), '经费方式', { required: true }),
    amount: column(yuan, '合同金额 金额 金额（元）', { required: true }),
    signedOn: column(day, '签订日期', { required: true }),
    startsOn: column(day, '开始日期', { required: true }),
    endsOn: column(day, '结束日期', { required: true }),
    status: column(choice(contractStatuses), '合同状态 状态', { required: true }),
    closedOn: column(day, '终结日期'),
    reason: column(text(1000), '终止原因'),
    procurement: column(text(60), '采购编号'),
    lot: column(whole(1, 999), '标段号'),
  },
  key: ['code'],
  async plan(sheet, { run, today }) {
    const [lines, units] = [await linesByCode(run, sheet.rows.map(({ values }) => values.line)), await unitsByCode(run, sheet.rows.map(({ values }) => values.agency))]
    const stored = await identify(run, sheet, contracts, 'code')
    const lots = await lotsByKey(run, sheet.rows.map(({ values }) => values.procurement))
    const lotOf = ({ values }: (typeof sheet.rows)[number]) => (values.procurement ? lots.get(`${values.procurement} ${values.lot}`) : undefined)
    const rest = new Rest()
    for (const row of sheet.good()) {
      const { values } = row
      const line = resolve(row, 'line', values.line, lines, { en: 'budget line', zh: '预算项目' })
      resolve(row, 'agency', values.agency, units, { en: 'unit', zh: '单位' })
      if (values.endsOn < values.startsOn) row.refuse('endsOn', say('It ends before it starts.', '结束日期早于开始日期。'))
      for (const name of ['startsOn', 'endsOn'] as const) if (line && Number(values[name].slice(0, 4)) !== line.year) row.refuse(name, say(`The line is of the budget year ${line.year}.`, `该预算项目为 ${line.year} 年度。`), say('Enter a contract for each year.', '跨年服务请按年度分别录入。'))
      if (values.signedOn > today) row.refuse('signedOn', say('The day lies in the future.', '日期晚于今天。'))
      if ((values.status === 'ACTIVE') !== !values.closedOn && sheet.has('closedOn')) row.refuse('closedOn', say('A contract that has ended says when, and only such a one.', '已终结的合同须填写终结日期，履行中的不填。'))
      if (values.reason && values.status !== 'TERMINATED') row.refuse('reason', say('Only a terminated contract has a reason.', '仅已终止的合同填写原因。'))
      if (values.procurement && lotOf(row)?.status !== 'CONTRACTED') row.refuse('procurement', say('The procurement has no lot of this number whose contract is signed.', '该采购没有此编号的已签约标段。'))
      if (lotOf(row)?.agencyId && units.get(values.agency) && lotOf(row)!.agencyId !== units.get(values.agency)!.id) row.refuse('agency', say('The lot was awarded to another unit.', '该标段的中标方为其他单位。'))
      if (line && !line.isApproved) row.refuse('line', say('The budget line is not approved yet.', '该预算项目尚未批复。'))
      // A terminated one takes no more than was paid, which the database adds up.
      const before = stored.get(values.code)
      if (line && row.isGood && values.status !== 'TERMINATED') rest.take(row, line, values.amount, before && before.status !== 'TERMINATED' && before.line === line.id ? before.amount! : '0')
    }
    const plan = new Plan(contracts)
    for (const row of sheet.good()) {
      const { line, agency, procurement, lot: _lot, ...plain } = row.values
      const { id, unitId, year } = lines.get(line)!
      plan.put(row, stored.get(row.values.code), { ...plain, award: procurement === undefined ? undefined : (lotOf(row)?.awardId ?? null), line: id, year, purchaser: unitId, agency: units.get(agency)!.id }, row.id)
    }
    return { main: plan, plans: [plan] }
  },
})
