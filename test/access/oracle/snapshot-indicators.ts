/** Rows of indicators. */
import type { Row } from './snapshot.js'

type Maybe<T> = T | null
export interface IndicatorThreshold extends Row { divisionId: string; indicator: string; target: string; warning: Maybe<string>; validFrom: string; validTo: Maybe<string>; basisId: string }
export interface IndicatorFigure extends Row {
  provinceId: string; year: number; indicator: string; divisionId: string; isTotal: boolean; isSuppressed: boolean; persons: Maybe<number>; numerator: Maybe<string>; denominator: Maybe<string>; thresholdId: string; publishedOn: string
}

export interface IndicatorTables { indicator_threshold: IndicatorThreshold[]; indicator_figure: IndicatorFigure[] }
export const indicatorTableNames = ['indicator_threshold', 'indicator_figure'] as const satisfies readonly (keyof IndicatorTables)[]
