/** Rows of pay. */
import type { Row } from './snapshot.js'

type Maybe<T> = T | null
export interface PayGuidance extends Row { divisionId: string; level: string; year: number; floor: string; comparableMedian: string; basisId: string }
export interface PayRecord extends Row { socialWorkerId: string; unitId: string; level: string; paidOn: string; correctsId: Maybe<string>; reason: Maybe<string> }
export interface PayAmount extends Row { recordId: string; amount: string }
export interface PayThreshold extends Row { divisionId: string; minPersons: number; validFrom: string; validTo: Maybe<string>; basisId: string }
export interface PayPublication extends Row { divisionId: string; year: number; thresholdId: string; publishedOn: string; publishedById: Maybe<string> }
export interface PayFigure extends Row {
  publicationId: string; divisionId: string; isTotal: boolean; level: string; isSuppressed: boolean; persons: Maybe<number>; medianPay: Maybe<string>; comparableMedian: Maybe<string>; parityIndex: Maybe<string>
  belowFloorPersons: Maybe<number>
}

export interface PayTables { pay_guidance: PayGuidance[]; pay_record: PayRecord[]; pay_amount: PayAmount[]; pay_threshold: PayThreshold[]; pay_publication: PayPublication[]; pay_figure: PayFigure[] }
export const payTableNames = ['pay_guidance', 'pay_record', 'pay_amount', 'pay_threshold', 'pay_publication', 'pay_figure'] as const satisfies readonly (keyof PayTables)[]
