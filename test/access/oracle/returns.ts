/**
 * "Published figures (…; approved returns; …): fixed definitions, no caller's filter": an approved return is for everyone, with what was last submitted and the corrections that count. Before that, COORDINATOR "inDivision"
 * and "a DIRECTOR of the LEADERSHIP unit reads what that coordinator reads". A text is its unit's own, and the coordinator's. Forms are a dictionary.
 */
import type { Snapshot } from './snapshot.js'
import type { ReturnCorrection, ReturnFigure, ReturnForm, ReturnSubmission, ReturnText } from './snapshot-returns.js'
import { coordinates, derived, everySignedInViewer, inDivision, leads, many, ofEveryRow, one, ownUnit, value, verdict, type FieldPage, type Page, type Verdict, type Viewer } from './words.js'

const noPart = ['BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']
const coordinated = ({ snapshot, places }: Viewer, divisionId: string) => {
  const by = (may: typeof coordinates) => places.some((place) => may(snapshot, place) && inDivision(snapshot, place, divisionId))
  return { COORDINATOR: by(coordinates), 'DIRECTOR of the LEADERSHIP unit': by(leads) }
}
const isOut = ({ status }: ReturnSubmission) => status === 'APPROVED' || status === 'LOCKED'
const submissionOf = ({ submissionId }: { submissionId: string }, snapshot: Snapshot) => snapshot.one('return_submission', submissionId)!
const person = <R>(id: (row: R) => string | null): FieldPage<R> => one('Person', (row, snapshot) => snapshot.one('person', id(row)))
const division: FieldPage<{ divisionId: string }> = one('Division', (row, snapshot) => snapshot.one('division', row.divisionId))
const form: FieldPage<{ formId: string }> = one('ReturnForm', (row, snapshot) => snapshot.one('return_form', row.formId))
const submission: FieldPage<{ submissionId: string }> = one('ReturnSubmission', submissionOf)
const acts = { viewerCan: derived, nextActions: derived }

export const returnForm: Page<ReturnForm> = {
  type: 'ReturnForm', rows: ({ tables }) => tables.return_form, visible: everySignedInViewer,
  fields: {
    ...ofEveryRow, key: value('key'), titleZh: value('titleZh'), firstYear: value('firstYear'), lastYear: value('lastYear'), layout: value('layout'), basis: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.basisId)),
  },
}

export const returnText: Page<ReturnText> = {
  type: 'ReturnText', rows: ({ tables }) => tables.return_text,
  visible: (viewer, row) => verdict({ 'ownUnit, taking part': viewer.places.some((place) => !noPart.includes(place.role) && ownUnit(place, row.unitId)), ...coordinated(viewer, row.divisionId) }),
  fields: {
    ...ofEveryRow, ...acts, division, form, year: value('year'), tableNumber: value('tableNumber'), rowKey: value('rowKey'), columnKey: value('columnKey'), status: value('status'), text: value('text'), writtenOn: value('writtenOn'),
    returnedReason: value('returnedReason'), unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)), writtenBy: person((row) => row.writtenById),
  },
}

export const returnSubmission: Page<ReturnSubmission> = {
  type: 'ReturnSubmission', rows: ({ tables }) => tables.return_submission,
  visible: (viewer, row) => verdict({ approved: isOut(row), ...coordinated(viewer, row.divisionId) }),
  fields: {
    ...ofEveryRow, ...acts, division, form, year: value('year'), status: value('status'), edition: value('edition'), figuresHash: value('figuresHash'), submittedOn: value('submittedOn'), approvedOn: value('approvedOn'), lockedOn: value('lockedOn'),
    returnedReason: { kind: 'value', of: (row) => row.returnedReason, readable: (viewer, row) => verdict(coordinated(viewer, row.divisionId)) },
    submittedBy: person((row) => row.submittedById), approvedBy: person((row) => row.approvedById),
    figures: many('ReturnFigure', (row, snapshot) => snapshot.where('return_figure', 'submissionId', row.id)), corrections: many('ReturnCorrection', (row, snapshot) => snapshot.where('return_correction', 'submissionId', row.id)),
  },
}

function figureVisible(viewer: Viewer, row: ReturnFigure): Verdict {
  const of = submissionOf(row, viewer.snapshot)
  return verdict({ 'approved, as last submitted': isOut(of) && row.edition === of.edition, ...coordinated(viewer, of.divisionId) })
}
/** The value of the last approved correction, else the figure's own. */
function counted(row: ReturnFigure, snapshot: Snapshot): string | null {
  const approved = snapshot.where('return_correction', 'figureId', row.id).filter(({ status }) => status === 'APPROVED')
  const [last] = approved.sort((one, other) => (one.decidedAt! < other.decidedAt! || (one.decidedAt === other.decidedAt && one.id < other.id) ? 1 : -1))
  return last ? last.newValue : row.value
}
export const returnFigure: Page<ReturnFigure> = {
  type: 'ReturnFigure', rows: ({ tables }) => tables.return_figure, visible: figureVisible,
  fields: {
    ...ofEveryRow, submission, edition: value('edition'), tableNumber: value('tableNumber'), rowNumber: value('rowNumber'), rowKey: value('rowKey'), rowLabel: value('rowLabel'), columnKey: value('columnKey'), isNumber: value('isNumber'),
    value: value('value'), countedValue: { kind: 'value', of: counted }, corrections: many('ReturnCorrection', (row, snapshot) => snapshot.where('return_correction', 'figureId', row.id)),
  },
}

export const returnCorrection: Page<ReturnCorrection> = {
  type: 'ReturnCorrection', rows: ({ tables }) => tables.return_correction,
  visible(viewer, row) {
    const of = submissionOf(row, viewer.snapshot)
    return verdict({ 'approved, of an approved return': row.status === 'APPROVED' && isOut(of), ...coordinated(viewer, of.divisionId) })
  },
  fields: {
    ...ofEveryRow, ...acts, submission, oldValue: value('oldValue'), newValue: value('newValue'), reason: value('reason'), status: value('status'), proposedOn: value('proposedOn'), decidedOn: value('decidedOn'), decidedAt: value('decidedAt'),
    figure: one('ReturnFigure', (row, snapshot) => snapshot.one('return_figure', row.figureId)), proposedBy: person((row) => row.proposedById), decidedBy: person((row) => row.decidedById),
  },
}
