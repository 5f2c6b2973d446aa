/*
 * Every signed-in viewer reads the forms of the return, as a dictionary; SYSTEM_ADMIN enters them.
 * A return is read by COORDINATOR of its division or one above, and by a DIRECTOR of their LEADERSHIP unit; once it is approved, by every signed-in viewer, with its figures as they were last submitted and the
 * corrections that were approved. Figures of an earlier submission, and corrections that wait or were refused, stay with those who coordinate.
 * COORDINATOR of the very division opens and submits its return and proposes corrections. The level above approves, sends back, locks and decides on corrections: of a province, a DIRECTOR of the province's own
 * LEADERSHIP unit; of any other division, COORDINATOR of the nearest division above in which units stand, and no one further up.
 * A text for a return is read in the unit that writes it by those who take part in the work, and by COORDINATOR of the division (a DIRECTOR of the LEADERSHIP unit reads what that coordinator reads). COORDINATOR of the
 * very division asks for it and sends it back; DIRECTOR and CLERK of the unit write it and hand it over.
 * What `nationalReturn` computes is made of what its viewer may read, and of nothing else.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, scope, signedIn, visible, type Guard } from '../../access/index.js'
import { inVeryDivision, levelAbove } from '../../modules/divisions/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const acts = { viewerCan: open, nextActions: open }

const submits = (column: string): Guard => inVeryDivision(column, 'return:submit')

const coordinates = (column: string) => can('coordination:read').inDivision(column, { en: "the return's division", zh: '报表所属区划' })
const isApproved = (path: string) =>
  condition({ sentence: { en: 'the return is approved', zh: '报表已审核' }, columns: [`${path}status`], sql: (row) => sql`${row.column(`${path}status`)} in ('APPROVED', 'LOCKED')` })
const isLast = condition({ sentence: { en: 'it is of the last submission', zh: '为最近一次报送的数据' }, columns: ['edition', 'submission.edition'], sql: (row) => sql`${row.column('edition')} = ${row.column('submission.edition')}` })
const counts = condition({ sentence: { en: 'the correction is approved', zh: '更正已同意' }, columns: ['status'], sql: (row) => sql`${row.column('status')} = 'APPROVED'` })
const writes = can('activity:report').ownUnit('unitId')

export const returnsAccess = accessTable({
  ReturnForm: { ...record, key: open, titleZh: open, firstYear: open, lastYear: open, layout: open, basis: open },
  ReturnText: { ...record, division: open, year: open, form: open, tableNumber: open, rowKey: open, columnKey: open, unit: open, status: open, text: open, writtenBy: open, writtenOn: open, returnedReason: open, ...acts },
  ReturnSubmission: {
    ...record, division: open, year: open, form: open, status: open, edition: open, figuresHash: open, submittedOn: open, submittedBy: open, approvedOn: open, approvedBy: open, lockedOn: open,
    returnedReason: coordinates('divisionId'), figures: open, corrections: open, ...acts,
  },
  ReturnFigure: { ...record, submission: open, edition: open, tableNumber: open, rowNumber: open, rowKey: open, rowLabel: open, columnKey: open, isNumber: open, value: open, countedValue: open, corrections: open },
  ReturnCorrection: { ...record, submission: open, figure: open, oldValue: open, newValue: open, reason: open, status: open, proposedOn: open, proposedBy: open, decidedOn: open, decidedAt: open, decidedBy: open, ...acts },
  Query: {
    nationalReturn: signedIn, returnTextsAggregate: signedIn, returnFiguresAggregate: signedIn, returnForm: signedIn, returnForms: signedIn, returnText: signedIn, returnTexts: signedIn, returnSubmission: signedIn, returnSubmissions: signedIn, returnFigure: signedIn, returnFigures: signedIn,
    returnCorrection: signedIn, returnCorrections: signedIn,
  },
  Mutation: {
    returnFormCreate: act('ReturnForm', can('structure:keep')),
    returnFormUpdate: act('ReturnForm', can('structure:keep')),
    returnTextAsk: act('ReturnText', submits('divisionId')),
    returnTextWrite: act('ReturnText', writes),
    returnTextFinish: act('ReturnText', writes),
    returnTextSendBack: act('ReturnText', submits('divisionId')),
    returnOpen: act('ReturnSubmission', submits('divisionId')),
    returnSubmit: act('ReturnSubmission', submits('divisionId')),
    returnApprove: act('ReturnSubmission', levelAbove('divisionId')),
    returnSendBack: act('ReturnSubmission', levelAbove('divisionId')),
    returnLock: act('ReturnSubmission', levelAbove('divisionId')),
    returnCorrect: act('ReturnSubmission', submits('divisionId')),
    returnCorrectionDecide: act('ReturnCorrection', levelAbove('submission.divisionId')),
  },
})

export const returnsScopes = [
  scope('ReturnForm', signedIn),
  scope('ReturnText', any(can('work:takePart').ownUnit('unitId'), coordinates('divisionId'))),
  scope('ReturnSubmission', any(all(signedIn, isApproved('')), coordinates('divisionId'))),
  scope('ReturnFigure', any(all(isLast, visible('ReturnSubmission', 'submissionId')), coordinates('submission.divisionId'))),
  scope('ReturnCorrection', any(all(counts, visible('ReturnSubmission', 'submissionId')), coordinates('submission.divisionId'))),
]
