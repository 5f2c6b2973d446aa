/** What the page shows: the answer of `schema/operations/report.graphql`, made flat. */
export interface ReportData {
  division: { code: string; name: string }
  year: number
  /** Instant at which the figures were read. */
  asOf: string
  families: readonly Group[]
  mechanisms: readonly Group[]
  /** Due days met, of the published months. */
  onTime: readonly UnitPart[]
  /** Open tracks that are late today. */
  overdue: readonly UnitPart[]
}

export interface Group {
  nameZh: string
  figures: readonly Figure[]
}

export interface Figure {
  nameZh: string
  /** Such as `小时`; empty for shares and plain numbers. */
  unit: string
  /** 1 is the whole: shown in percent. */
  isShare: boolean
  value: number | null
  previous: number | null
  target: number | null
  /** Against the thresholds in force. */
  level: 'ON_TARGET' | 'NEAR' | 'OFF_TARGET' | null
  /** Why there is no value, where there is none. */
  absence: string | null
  formulaZh: string
}

/** How much of a unit's whole. */
export interface UnitPart {
  name: string
  part: number
  whole: number
}
