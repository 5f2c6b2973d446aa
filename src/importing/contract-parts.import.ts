import { newId } from '../kernel/index.js'
import { ContractMilestone, Evaluation, Payment } from '../modules/procurement/index.js'
import { choice, column, day, text, whole, yuan } from './columns.js'
import { say } from './fault.js'
import { checkSigned, Rest } from './movements.js'
import { contractsByCode } from './money.references.js'
import { above, resolve, spec } from './spec.js'
import { indexed, load, Plan, table } from './stored.js'
import { evaluationResults, evaluationSides, evaluationStages, milestoneStatuses } from './terms.js'

const milestones = table(ContractMilestone, { contract: 'link', number: 'whole', title: 'text', dueOn: 'day', status: 'text', reportedOn: 'day', report: 'text', acceptedOn: 'day', returnReason: 'text' })
const evaluations = table(Evaluation, { contract: 'link', stage: 'text', side: 'text', result: 'text', text: 'text', evaluatedOn: 'day' })
const payments = table(Payment, { contract: 'link', unit: 'link', milestone: 'link', voucher: 'text', amount: 'decimal', paidOn: 'day', corrects: 'link', reason: 'text' })

const contract = column(text(60), '合同编号', { required: true })
const named = { en: 'contract', zh: '合同' }

/** Milestones of contracts, each found by its contract and number. */
export const contractMilestoneImport = spec({
  columns: {
    contract,
    number: column(whole(1, 999), '序号', { required: true }),
    title: column(text(), '内容 节点内容', { required: true }),
    dueOn: column(day, '计划日期', { required: true }),
    status: column(choice(milestoneStatuses), '节点状态 状态', { required: true }),
    reportedOn: column(day, '报告日期'),
    report: column(text(4000), '报告内容'),
    acceptedOn: column(day, '验收日期'),
    returnReason: column(text(1000), '退回原因'),
  },
  key: ['contract', 'number'],
  async plan(sheet, { run }) {
    const contracts = await contractsByCode(run, sheet.rows.map(({ values }) => values.contract))
    const codes = new Map([...contracts.values()].map(({ id, key }) => [id, key]))
    const stored = indexed(await load(run, milestones, 'contract_id = any($1::text[])', [[...codes.keys()]]), (one) => `${codes.get(one.contract!)} ${one.number}`)
    for (const row of sheet.good()) {
      const of = resolve(row, 'contract', row.values.contract, contracts, named)
      if (of && (row.values.dueOn < of.startsOn || row.values.dueOn > of.endsOn)) row.refuse('dueOn', say('The day lies outside the contract.', '该日期不在合同期内。'))
      if ((row.values.status === 'ACCEPTED') !== Boolean(row.values.acceptedOn)) row.refuse('acceptedOn', say('An accepted milestone says when, and only such a one.', '已验收的节点须填写验收日期，其他不填。'))
    }
    const plan = new Plan(milestones)
    for (const row of sheet.good()) plan.put(row, stored.get(sheet.keyOf(row)), { ...row.values, contract: contracts.get(row.values.contract)!.id })
    return { main: plan, plans: [plan] }
  },
})

/** Evaluations of contracts by either side; one of a stage, side and day. */
export const evaluationImport = spec({
  columns: {
    contract,
    stage: column(choice(evaluationStages), '评估阶段', { required: true }),
    side: column(choice(evaluationSides), '评估方', { required: true }),
    evaluatedOn: column(day, '评估日期', { required: true }),
    result: column(choice(evaluationResults), '评估结果', { required: true }),
    text: column(text(4000), '评估意见', { required: true }),
  },
  key: ['contract', 'stage', 'side', 'evaluatedOn'],
  async plan(sheet, { run, today }) {
    const contracts = await contractsByCode(run, sheet.rows.map(({ values }) => values.contract))
    const codes = new Map([...contracts.values()].map(({ id, key }) => [id, key]))
    const stored = indexed(await load(run, evaluations, 'contract_id = any($1::text[])', [[...codes.keys()]]), (one) => `${codes.get(one.contract!)} ${one.stage} ${one.side} ${one.evaluatedOn}`)
    for (const row of sheet.good()) {
      resolve(row, 'contract', row.values.contract, contracts, named)
      if (row.values.evaluatedOn > today) row.refuse('evaluatedOn', say('The day lies in the future.', '日期晚于今天。'))
    }
    const plan = new Plan(evaluations)
    for (const row of sheet.good()) plan.put(row, stored.get(sheet.keyOf(row)), { ...row.values, contract: contracts.get(row.values.contract)!.id })
    return { main: plan, plans: [plan] }
  },
})

/** Payments for contracts, each found by its contract and voucher; a correction names the voucher that it corrects. */
export const paymentImport = spec({
  columns: {
    contract,
    voucher: column(text(60), '凭证号', { required: true }),
    milestone: column(whole(1, 999), '节点序号'),
    amount: column(yuan, '金额 支付金额 金额（元）', { required: true }),
    paidOn: column(day, '支付日期', { required: true }),
    corrects: column(text(60), '更正凭证号 所更正凭证号'),
    reason: column(text(500), '更正原因'),
  },
  key: ['contract', 'voucher'],
  async plan(sheet, { run, today }) {
    const contracts = await contractsByCode(run, sheet.rows.map(({ values }) => values.contract))
    const codes = new Map([...contracts.values()].map(({ id, key }) => [id, key]))
    const ids = [[...codes.keys()]]
    const steps = indexed(await load(run, milestones, 'contract_id = any($1::text[])', ids), (one) => `${codes.get(one.contract!)} ${one.number}`)
    const stored = indexed(await load(run, payments, 'contract_id = any($1::text[]) and voucher is not null', ids), (one) => `${codes.get(one.contract!)} ${one.voucher}`)
    const rest = new Rest()
    for (const row of sheet.rows) row.id = stored.get(sheet.keyOf(row))?.id ?? newId(payments.prefix)
    for (const row of sheet.good()) {
      const { values } = row
      const of = resolve(row, 'contract', values.contract, contracts, named)
      checkSigned(row)
      if (values.corrects) above(sheet, row, 'corrects', `${values.contract} ${values.corrects}`, stored)
      if (values.milestone && steps.get(`${values.contract} ${values.milestone}`)?.status !== 'ACCEPTED') row.refuse('milestone', say('The contract has no accepted milestone of this number.', '该合同没有此序号的已验收节点。'))
      if (values.paidOn > today) row.refuse('paidOn', say('The day lies in the future.', '日期晚于今天。'))
      if (of && values.paidOn < of.signedOn) row.refuse('paidOn', say('Nothing is paid before the signature.', '支付不得早于签订日期。'))
      if (of && row.isGood) rest.take(row, of, values.amount, stored.get(sheet.keyOf(row))?.amount ?? '0')
    }
    sheet.settle()
    const plan = new Plan(payments)
    for (const row of sheet.good().toSorted((a, b) => Number(Boolean(a.values.corrects)) - Number(Boolean(b.values.corrects)))) {
      const { contract: code, milestone, corrects, ...plain } = row.values
      const { id, purchaserId } = contracts.get(code)!
      plan.put(row, stored.get(sheet.keyOf(row)), { ...plain, contract: id, unit: purchaserId, milestone: milestone && steps.get(`${code} ${milestone}`)!.id, corrects: corrects && above(sheet, row, 'corrects', `${code} ${corrects}`, stored)!.id } as never, row.id)
    }
    return { main: plan, plans: [plan] }
  },
})
