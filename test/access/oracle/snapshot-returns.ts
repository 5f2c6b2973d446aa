/** Rows of the national return. */
import type { Row } from './snapshot.js'

type Maybe<T> = T | null
export interface ReturnForm extends Row { key: string; titleZh: string; firstYear: number; lastYear: Maybe<number>; layout: string; basisId: Maybe<string> }
export interface ReturnText extends Row {
  divisionId: string; year: number; formId: string; tableNumber: number; rowKey: string; columnKey: string; unitId: string; status: string; text: Maybe<string>; writtenById: Maybe<string>; writtenOn: Maybe<string>; returnedReason: Maybe<string>
}
export interface ReturnSubmission extends Row {
  divisionId: string; year: number; formId: string; status: string; edition: number; figuresHash: Maybe<string>; submittedOn: Maybe<string>; submittedById: Maybe<string>; approvedOn: Maybe<string>; approvedById: Maybe<string>
  lockedOn: Maybe<string>; returnedReason: Maybe<string>
}
export interface ReturnFigure extends Row { submissionId: string; edition: number; tableNumber: number; rowNumber: number; rowKey: string; rowLabel: string; columnKey: string; isNumber: boolean; value: Maybe<string> }
export interface ReturnCorrection extends Row {
  submissionId: string; figureId: string; oldValue: Maybe<string>; newValue: string; reason: string; status: string; proposedOn: string; proposedById: Maybe<string>; decidedOn: Maybe<string>; decidedAt: Maybe<string>; decidedById: Maybe<string>
}

export interface ReturnTables { return_form: ReturnForm[]; return_text: ReturnText[]; return_submission: ReturnSubmission[]; return_figure: ReturnFigure[]; return_correction: ReturnCorrection[] }
export const returnTableNames = ['return_form', 'return_text', 'return_submission', 'return_figure', 'return_correction'] as const satisfies readonly (keyof ReturnTables)[]
