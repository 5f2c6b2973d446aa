import { createHash } from 'node:crypto'
import { LockMode } from '@mikro-orm/core'
import type { Work } from '../../engine/index.js'
import { Problem, Problems } from '../../kernel/index.js'
import { Division } from '../../modules/divisions/index.js'
import { viewingPerson } from '../../modules/progress/index.js'
import type { Finding } from './checks.js'
import { checkYear } from './form.service.js'
import type { ReturnTable } from './reckoning.js'
import { ReturnCorrection, ReturnFigure, ReturnForm, ReturnSubmission } from './return.entity.js'
import type { ReturnCorrectInput, ReturnCorrectionDecideInput, ReturnOpenInput, ReturnSendBackInput, ReturnStepInput } from './return.input.js'
import { correctionLifecycle, returnLifecycle } from './return.lifecycle.js'

export async function openReturn(work: Work, { divisionId, year, formId }: ReturnOpenInput): Promise<ReturnSubmission> {
  const division = await work.reference(Division, divisionId, 'input.divisionId')
  const form = await work.reference(ReturnForm, formId, 'input.formId')
  checkYear(form, year)
  const known = await work.em.findOne(ReturnSubmission, { division: division.id, year })
  if (known) await work.rightToMake(known)
  if (known) throw isOpened()
  return work.makes(Object.assign(new ReturnSubmission(), { division, year, form, status: returnLifecycle.initial, edition: 0 }))
}
export const isOpened = () => new Problem('TAKEN', 'input.year', { en: 'The return of that year is opened already.', zh: '该年度报表已建立。' })

/** Cells of the tables as they are kept, in their order. */
const cellsOf = (tables: readonly ReturnTable[]) =>
  tables.flatMap(({ table, rows }) =>
    rows.flatMap(({ key, label, cells }, at) =>
      cells.map(({ column, value, text }) => ({ tableNumber: table.number, rowNumber: at + 1, rowKey: key, rowLabel: label, columnKey: column.key, isNumber: column.kind === 'NUMBER', value: value ?? text })),
    ),
  )
type KeptCell = ReturnType<typeof cellsOf>[number]

/** SHA-256 over the cells, in the order of the form: the same figures have the same hash. */
export const hashOfCells = (cells: readonly Omit<KeptCell, 'isNumber'>[]): string =>
  createHash('sha256').update(JSON.stringify(cells.map(({ tableNumber, rowNumber, rowKey, rowLabel, columnKey, value }) => [tableNumber, rowNumber, rowKey, rowLabel, columnKey, value]))).digest('hex')

const submissionOf = (work: Work, input: ReturnStepInput): Promise<ReturnSubmission> => work.target(ReturnSubmission, input.submissionId, 'input.submissionId', input.expectedVersion)

/** Keeps every cell as it was reckoned for whoever submits. Checks that fail as errors stand in the way. */
export async function submitReturn(work: Work, input: ReturnStepInput, reckoned: { tables: readonly ReturnTable[]; findings: readonly Finding[] } | null): Promise<ReturnSubmission> {
  const submission = await submissionOf(work, input)
  const { tables, findings } = reckoned!
  const faults = faultsOf(findings)
  if (faults.length > 0) throw new Problems(faults)
  const cells = cellsOf(tables)
  const edition = submission.edition + 1
  for (const cell of cells) work.em.persist(Object.assign(new ReturnFigure(), { submission, edition, ...cell }))
  return Object.assign(submission, { status: 'SUBMITTED', edition, figuresHash: hashOfCells(cells), submittedOn: work.today, submittedBy: viewingPerson(work), returnedReason: null })
}
/** Failed checks that stand in the way of a submission. */
export const faultsOf = (findings: readonly Finding[]): Problem[] => findings.filter(({ passed, check }) => !passed && check.severity === 'ERROR').map(({ said }) => new Problem('CHECK_FAILED', 'input.submissionId', said))

export async function approveReturn(work: Work, input: ReturnStepInput): Promise<ReturnSubmission> {
  return Object.assign(await submissionOf(work, input), { status: 'APPROVED', approvedOn: work.today, approvedBy: viewingPerson(work) })
}

export async function sendBackReturn(work: Work, input: ReturnSendBackInput): Promise<ReturnSubmission> {
  return Object.assign(await submissionOf(work, input), { status: 'DRAFT', approvedOn: null, approvedBy: null, returnedReason: input.reason.trim() })
}

export async function lockReturn(work: Work, input: ReturnStepInput): Promise<ReturnSubmission> {
  return Object.assign(await submissionOf(work, input), { status: 'LOCKED', lockedOn: work.today })
}

export async function proposeCorrection(work: Work, input: ReturnCorrectInput): Promise<ReturnCorrection> {
  const figure = await work.part(ReturnFigure, 'submission', input.figureId, 'input.figureId')
  const submission = await work.em.findOneOrFail(ReturnSubmission, figure.submission.id)
  const newValue = input.newValue.trim()
  if (figure.edition !== submission.edition) throw new Problem('OUT_OF_RANGE', 'input.figureId', { en: 'Correct a figure of the last submission.', zh: '只能更正最近一次报送的数据。' })
  if (figure.isNumber && !/^-?\d{1,12}(\.\d{1,6})?$/.test(newValue)) throw new Problem('MALFORMED', 'input.newValue', { en: 'The figure is a number; give a number written in digits.', zh: '该数据项为数值，请填写数字。' })
  await work.em.findOneOrFail(ReturnFigure, figure.id, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true })
  const others = await work.em.find(ReturnCorrection, { figure: figure.id }, { orderBy: { decidedAt: 'desc' } })
  if (others.some(({ status }) => status === 'PROPOSED')) throw isProposed()
  const oldValue = others.find(({ status }) => status === 'APPROVED')?.newValue ?? figure.value ?? null
  if (oldValue === newValue) throw new Problem('OUT_OF_RANGE', 'input.newValue', { en: 'That value counts already.', zh: '更正值与现值相同。' })
  const correction = Object.assign(new ReturnCorrection(), { submission, figure, oldValue, newValue, reason: input.reason.trim(), status: correctionLifecycle.initial, proposedOn: work.today, proposedBy: viewingPerson(work) })
  work.em.persist(correction)
  return correction
}
export const isProposed = () => new Problem('TAKEN', 'input.figureId', { en: 'A correction of this figure waits for a decision already.', zh: '该数据项已有待审核的更正。' })

export async function decideCorrection(work: Work, input: ReturnCorrectionDecideInput): Promise<ReturnCorrection> {
  const correction = await work.target(ReturnCorrection, input.correctionId, 'input.correctionId', input.expectedVersion)
  correctionLifecycle.check(correction.status, input.status, 'input.status')
  return Object.assign(correction, { status: input.status, decidedOn: work.today, decidedAt: work.reads.facts.clock.now(), decidedBy: viewingPerson(work) })
}
