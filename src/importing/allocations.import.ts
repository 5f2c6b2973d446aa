import { Allocation, Disbursement } from '../modules/funding/index.js'
import { column, day, text, yuan } from './columns.js'
import { say } from './fault.js'
import { checkSigned, Rest } from './movements.js'
import { unitsByCode } from './references.js'
import { allocationsByVoucher, linesByCode } from './money.references.js'
import { above, resolve, spec } from './spec.js'
import { indexed, load, Plan, table } from './stored.js'
import { newId } from '../kernel/index.js'

const allocations = table(Allocation, { line: 'link', fromUnit: 'link', toUnit: 'link', voucher: 'text', amount: 'decimal', allocatedOn: 'day', promisedOn: 'day', corrects: 'link', reason: 'text' })
const disbursements = table(Disbursement, { allocation: 'link', unit: 'link', voucher: 'text', amount: 'decimal', arrivedOn: 'day', corrects: 'link', reason: 'text' })

const entry = { amount: column(yuan, '金额 金额（元）', { required: true }), corrects: column(text(60), '更正凭证号 所更正凭证号'), reason: column(text(500), '更正原因') }

/** Allocations out of budget lines, each found by its line and voucher; a correction names the voucher that it corrects. */
export const allocationImport = spec({
  columns: {
    line: column(text(60), '预算编号', { required: true }),
    voucher: column(text(60), '凭证号 下达凭证号', { required: true }),
    to: column(text(60), '接收单位', { required: true }),
    allocatedOn: column(day, '下达日期', { required: true }),
    promisedOn: column(day, '承诺到账日期', { required: true }),
    ...entry,
  },
  key: ['line', 'voucher'],
  async plan(sheet, { run, today }) {
    const lines = await linesByCode(run, sheet.rows.map(({ values }) => values.line))
    const units = await unitsByCode(run, sheet.rows.map(({ values }) => values.to))
    const codes = new Map([...lines.values()].map(({ id, key }) => [id, key]))
    const stored = indexed(await load(run, allocations, 'line_id = any($1::text[]) and voucher is not null', [[...codes.keys()]]), ({ line, voucher }) => `${codes.get(line!)} ${voucher}`)
    const rest = new Rest()
    for (const row of sheet.rows) row.id = stored.get(sheet.keyOf(row))?.id ?? newId(allocations.prefix)
    for (const row of sheet.good()) {
      const { values } = row
      const line = resolve(row, 'line', values.line, lines, { en: 'budget line', zh: '预算项目' })
      resolve(row, 'to', values.to, units, { en: 'unit', zh: '单位' })
      checkSigned(row)
      if (values.corrects) above(sheet, row, 'corrects', `${values.line} ${values.corrects}`, stored)
      if (line && Number(values.allocatedOn.slice(0, 4)) !== line.year) row.refuse('allocatedOn', say(`The line is of the budget year ${line.year}.`, `该预算项目为 ${line.year} 年度。`))
      if (values.allocatedOn > today) row.refuse('allocatedOn', say('The day lies in the future.', '日期晚于今天。'))
      if (values.promisedOn < values.allocatedOn) row.refuse('promisedOn', say('It cannot be promised before it is allocated.', '承诺到账日期不得早于下达日期。'))
      if (line && !line.isApproved) row.refuse('line', say('The budget line is not approved yet.', '该预算项目尚未批复。'))
      if (line && row.isGood) rest.take(row, line, values.amount, stored.get(sheet.keyOf(row))?.amount ?? '0')
    }
    sheet.settle()
    const plan = new Plan(allocations)
    // What is corrected stands before its corrections.
    for (const row of sheet.good().toSorted((a, b) => Number(Boolean(a.values.corrects)) - Number(Boolean(b.values.corrects)))) {
      const { line, to, corrects, ...plain } = row.values
      const { id, unitId } = lines.get(line)!
      plan.put(row, stored.get(sheet.keyOf(row)), { ...plain, line: id, fromUnit: unitId, toUnit: units.get(to)!.id, corrects: corrects && above(sheet, row, 'corrects', `${line} ${corrects}`, stored)!.id }, row.id)
    }
    return { main: plan, plans: [plan] }
  },
})

/** Arrivals of allocated money, each found by its allocation and voucher. */
export const disbursementImport = spec({
  columns: {
    line: column(text(60), '预算编号', { required: true }),
    allocation: column(text(60), '下达凭证号', { required: true }),
    voucher: column(text(60), '凭证号 到账凭证号', { required: true }),
    arrivedOn: column(day, '到账日期', { required: true }),
    ...entry,
  },
  key: ['line', 'allocation', 'voucher'],
  async plan(sheet, { run, today }) {
    const found = await allocationsByVoucher(run, sheet.rows.map(({ values }) => values.line))
    const keys = new Map([...found.values()].map(({ id, key }) => [id, key]))
    const stored = indexed(await load(run, disbursements, 'allocation_id = any($1::text[]) and voucher is not null', [[...keys.keys()]]), ({ allocation, voucher }) => `${keys.get(allocation!)} ${voucher}`)
    const rest = new Rest()
    for (const row of sheet.rows) row.id = stored.get(sheet.keyOf(row))?.id ?? newId(disbursements.prefix)
    const of = ({ values }: (typeof sheet.rows)[number]) => found.get(`${values.line} ${values.allocation}`)
    for (const row of sheet.good()) {
      const { values } = row
      const allocation = of(row)
      if (!allocation) row.refuse('allocation', say(`The line has no allocation with the voucher ${values.allocation}.`, `该预算项目下没有凭证号为 ${values.allocation} 的下达。`))
      checkSigned(row)
      if (values.corrects) above(sheet, row, 'corrects', `${values.line} ${values.allocation} ${values.corrects}`, stored)
      if (values.arrivedOn > today) row.refuse('arrivedOn', say('The day lies in the future.', '日期晚于今天。'))
      if (allocation && values.arrivedOn < allocation.allocatedOn) row.refuse('arrivedOn', say('It cannot arrive before it is allocated.', '到账不得早于下达。'))
      if (allocation && row.isGood) rest.take(row, allocation, values.amount, stored.get(sheet.keyOf(row))?.amount ?? '0')
    }
    sheet.settle()
    const plan = new Plan(disbursements)
    for (const row of sheet.good().toSorted((a, b) => Number(Boolean(a.values.corrects)) - Number(Boolean(b.values.corrects)))) {
      const { line, allocation: voucher, corrects, ...plain } = row.values
      const { id, toUnitId } = of(row)!
      plan.put(row, stored.get(sheet.keyOf(row)), { ...plain, allocation: id, unit: toUnitId, corrects: corrects && above(sheet, row, 'corrects', `${line} ${voucher} ${corrects}`, stored)!.id }, row.id)
    }
    return { main: plan, plans: [plan] }
  },
})
