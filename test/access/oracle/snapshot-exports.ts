import type { Row } from './snapshot.js'

type Maybe<T> = T | null

export interface ExportJob extends Row {
  view: string; format: string; filter: Maybe<string>; state: string; rowsDone: number; rowsTotal: Maybe<number>; asOf: Maybe<string>; finishedAt: Maybe<string>; expiresAt: Maybe<string>
  sha256: Maybe<string>; failure: Maybe<string>; personId: Maybe<string>; tokenId: Maybe<string>; standing: string
}

export interface ExportTables {
  export_job: ExportJob[]
}
export const exportTableNames = ['export_job'] as const
