import { register, type Work } from '../../engine/index.js'
import { fenOf, Given, monthOfDay, Problem } from '../../kernel/index.js'
import { checkRuleAlone, Division } from '../divisions/index.js'
import { requireOpenMonth } from '../periods/index.js'
import { CredentialLevel, Employment, SocialWorker } from '../posts/index.js'
import { PolicyDocument, Unit } from '../units/index.js'
import { PayAmount, PayGuidance, PayRecord, PayThreshold } from './pay.entity.js'
import type { PayRecordCorrectInput, PayRecordEnterInput, PayRecordUpdateInput } from './pay.input.js'

const ledger = 'PAY'
const level = (description: string, options = {}) => Given.choice(() => CredentialLevel, description, options)
const divisionId = [Given.id, 'The division (区划).', { to: Division, isFixed: true }] as const
const basisId = [Given.id, 'Document that it rests on (依据文件).', { to: PolicyDocument }] as const

export const guidances = register(PayGuidance, {
  name: 'payGuidance', what: 'what a social worker of a level should be paid in a region and year (薪酬指导)', once: ['division', 'level', 'year'],
  attributes: {
    divisionId, basisId,
    level: [level, 'Level of the credential (等级).', { isFixed: true }],
    year: [Given.whole, 'Year (年度).', { min: 2000, max: 2100, isFixed: true }],
    floor: [Given.money, 'At least so much a month, in yuan (下限).'],
    comparableMedian: [Given.money, 'Median a month of comparable professionals, in yuan (同级专业技术人员中位数).'],
  },
})

export const thresholds = register(PayThreshold, {
  name: 'payThreshold', what: 'from how many persons on a figure of pay is published (发布门槛)',
  attributes: {
    divisionId, basisId,
    minPersons: [Given.whole, 'Persons that a cell must have at least, 3 or more (最少人数).', { min: 3, max: 1000, isFixed: true }],
    validFrom: [Given.day, 'First day (起始日期).', { isFixed: true }],
    validTo: [Given.day, 'First day on which it no longer holds (终止日期).', { clearable: true }],
  },
  check: (work, rule) => checkRuleAlone(work, PayThreshold, rule),
})

export async function enterPay(work: Work, input: PayRecordEnterInput): Promise<PayRecord> {
  const { level: grade, paidOn } = input
  // What follows tells of locks, employment and pay of others, so the unit is the target: the right comes first.
  const unit = await work.target(Unit, input.unitId, 'input.unitId')
  const socialWorker = await work.reference(SocialWorker, input.socialWorkerId, 'input.socialWorkerId')
  if (paidOn > work.today) throw new Problem('OUT_OF_RANGE', 'input.paidOn', { en: 'Pay is entered on the day of pay or later.', zh: '发放日期不得晚于今天。' })
  await requireOpenMonth(work, { unitId: unit.id, ledger, day: paidOn }, 'input.paidOn')
  const employed = await work.em.count(Employment, { socialWorker: socialWorker.id, unit: unit.id, validFrom: { $lte: paidOn }, $or: [{ validTo: null }, { validTo: { $gt: paidOn } }] })
  if (employed === 0) throw new Problem('OUT_OF_RANGE', 'input.paidOn', { en: 'The unit does not employ that social worker on that day.', zh: '该社会工作者当日不在该单位从业。' })
  const known = await work.run(`select 1 from pay_record where social_worker_id = $1 and unit_id = $2 and corrects_id is null and to_char(paid_on, 'YYYY-MM') = $3`, [socialWorker.id, unit.id, monthOfDay(paidOn)])
  if (known.length > 0) throw isPaid(paidOn)
  const record = Object.assign(new PayRecord(), { socialWorker, unit, level: grade, paidOn, corrects: null, reason: null })
  work.em.persist([record, Object.assign(new PayAmount(), { record, amount: input.amount })])
  return record
}

export async function updatePay(work: Work, input: PayRecordUpdateInput): Promise<PayRecord> {
  const record = await work.target(PayRecord, input.payRecordId, 'input.payRecordId', input.expectedVersion)
  await requireOpenMonth(work, { unitId: record.unit.id, ledger, day: record.paidOn }, 'input.payRecordId')
  if (record.corrects) throw new Problem('LOCKED', 'input.payRecordId', { en: 'A correcting entry stays as it is; correct the first record once more.', zh: '更正记录不得变更，请对原记录再次更正。' })
  if (input.level !== undefined) record.level = input.level
  if (input.amount !== undefined) {
    const part = await work.em.findOneOrFail(PayAmount, { record: record.id })
    await checkRemaining(work, record, fenOf(input.amount))
    part.amount = input.amount
    // A change of the amount is a change of the record: the version that others hold must become stale.
    record.updatedAt = new Date()
  }
  return record
}

/** A correcting entry: it bears today's date and the difference, and leaves the record itself as it is. */
export async function correctPay(work: Work, input: PayRecordCorrectInput): Promise<PayRecord> {
  const record = await work.target(PayRecord, input.payRecordId, 'input.payRecordId')
  if (record.corrects) throw new Problem('OUT_OF_RANGE', 'input.payRecordId', { en: 'That is a correcting entry itself. Correct the record that it corrects.', zh: '该记录本身为更正记录，请更正其所更正的原记录。' })
  if (fenOf(input.amount) === 0n) throw new Problem('OUT_OF_RANGE', 'input.amount', { en: 'A correction of 0 corrects nothing.', zh: '更正金额不得为 0。' })
  const { amount } = await work.em.findOneOrFail(PayAmount, { record: record.id })
  await checkRemaining(work, record, fenOf(amount) + fenOf(input.amount))
  const { socialWorker, unit } = record
  const correction = Object.assign(new PayRecord(), { socialWorker, unit, level: record.level, paidOn: work.today, corrects: record, reason: input.reason.trim() })
  work.em.persist([correction, Object.assign(new PayAmount(), { record: correction, amount: input.amount })])
  return correction
}

async function checkRemaining(work: Work, record: PayRecord, own: bigint): Promise<void> {
  // Two corrections at once would each count without the other.
  await work.run('select id from pay_record where id = $1 for update', [record.id])
  const others = await work.run<{ amount: string }>('select a.amount::text as amount from pay_record r join pay_amount a on a.record_id = r.id where r.corrects_id = $1', [record.id])
  if (others.reduce((sum, { amount }) => sum + fenOf(amount), own) < 0n) throw new Problem('OUT_OF_RANGE', 'input.amount', { en: 'With its corrections the pay would come to less than 0.', zh: '更正后金额将小于 0。' })
}

export const isPaid = (day?: string) =>
  new Problem('TAKEN', 'input.paidOn', { en: `The unit has entered this worker's pay of ${day ? monthOfDay(day) : 'that month'} already. Correct it with payRecordCorrect.`, zh: '该单位已录入该人员当月薪酬，请用 payRecordCorrect 更正。' })
