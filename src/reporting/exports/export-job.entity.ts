import { AtInstant, Choice, enumeration, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { catalogue } from '../views/index.js'

export const ViewName = enumeration('ViewName', 'A flat view (视图).', Object.fromEntries([...catalogue.values()].map(({ name, description }) => [name, description])))

export const ExportFormat = enumeration('ExportFormat', 'Format of a file (文件格式).', {
  csv: 'CSV, UTF-8 with byte order mark, formulas defused (CSV)',
  ndjson: 'One JSON object per line (NDJSON)',
  xlsx: 'Excel workbook with Chinese heads (Excel)',
  parquet: 'Apache Parquet, typed (Parquet)',
})
export type ExportFormat = keyof typeof ExportFormat

export const ExportState = enumeration('ExportState', 'State of an export (导出状态).', {
  QUEUED: 'Waiting to be begun (排队中)',
  RUNNING: 'Being written (导出中)',
  DONE: 'Written, to be fetched (已完成)',
  FAILED: 'Ended before its time (失败)',
  EXPIRED: 'Written, and gone again (已过期)',
  CANCELLED: 'Called off by its owner (已取消)',
})
export type ExportState = keyof typeof ExportState

export const ExportFailure = enumeration('ExportFailure', 'Why an export ended before its time (失败原因).', {
  RIGHTS_CHANGED: 'The rights of its owner changed; ask anew (权限已变化)',
  REFUSED: 'The list refuses it: filter or rights; ask /export to be told why (查询被拒绝)',
  FAULT: 'A fault of the server; the operator finds it in the log under the id (服务故障)',
})
export type ExportFailure = keyof typeof ExportFailure

@Record('ExportJob', 'xjob', 'A view that is written as a file in the background (导出作业), for whoever asked for it and nobody else.')
export class ExportJob extends RecordBase {
  @Text('Name of the view (视图).') view!: string
  @Choice(() => ExportFormat, 'Format of the file (文件格式).') format!: ExportFormat
  @Text('Its filter as JSON; none for all rows (筛选条件).', { nullable: true }) filter?: string | null
  @Choice(() => ExportState, 'State (状态).', { default: 'QUEUED' }) state!: ExportState
  @Whole('Rows written so far (已导出行数).', { default: 0 }) rowsDone!: number
  @Whole('Rows in all, as they were counted when it began; null where that was not possible in time, until it is done (总行数).', { nullable: true }) rowsTotal?: number | null
  @AtInstant('When its first page was read; each page is of its own moment (数据时点).', { nullable: true }) asOf?: Date | null
  @AtInstant('When it came to its end (结束时间).', { nullable: true }) finishedAt?: Date | null
  @AtInstant('Until when the file can be fetched (文件有效期止).', { nullable: true }) expiresAt?: Date | null
  @Text('SHA-256 of the file, in hex (文件摘要).', { nullable: true }) sha256?: string | null
  @Choice(() => ExportFailure, 'Why it FAILED (失败原因).', { nullable: true }) failure?: ExportFailure | null

  @Text('Its owner, a person.', { hidden: true, nullable: true }) personId?: string | null
  @Text('Its owner, a service token.', { hidden: true, nullable: true }) tokenId?: string | null
  @Text('Digest of what its owner was when asking; another one may have none of it.', { hidden: true }) standing!: string
  @Text('Cursor after the last row written; "" before the first.', { hidden: true, default: '' }) endCursor!: string
  @Whole('How often somebody began to write it.', { hidden: true, default: 0 }) attempts!: number
  /** Whoever writes it says so every few pages; after that it is anybody's. */
  @AtInstant('Until when it is being written by one process.', { hidden: true, nullable: true }) heldUntil?: Date | null
}
