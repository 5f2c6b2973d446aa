import { randomUUID } from 'node:crypto'
import { type Database, isOutage, type Run } from '../database.js'
import type { Language } from '../kernel/index.js'
import { activityImports } from './activity.imports.js'
import { postsImports } from './posts.imports.js'
import { servicesImports } from './services.imports.js'
import { capabilityImports } from './capability.imports.js'
import { indicatorImports } from './indicators.imports.js'
import { payImports } from './pay.imports.js'
import { returnImports } from './returns.imports.js'
import { volunteerImports } from './volunteers.imports.js'
import { assignmentImport } from './assignments.import.js'
import { calendarImport } from './calendar.import.js'
import { conferenceImport } from './conferences.import.js'
import { deductionRuleImport } from './deduction-rules.import.js'
import { divisionImport } from './divisions.import.js'
import { documentImport } from './documents.import.js'
import { type Fault, say } from './fault.js'
import { initiativeImport } from './initiatives.import.js'
import { Layout } from './layout.js'
import { mandateImport } from './mandates.import.js'
import { meetingImport } from './meetings.import.js'
import { moneyImports } from './money.imports.js'
import { personImport } from './people.import.js'
import { policyImport } from './policies.import.js'
import { resolutionImport } from './resolutions.import.js'
import { Sheet } from './sheet.js'
import type { ImportSpec } from './spec.js'
import { readTable, TableFileError, type TableFile, type TableSource } from './table-file.js'
import { taskImport } from './tasks.import.js'
import { unitImport } from './units.import.js'
import { chunks, write, type Written } from './write.js'

/** What can be imported, in the order in which a network is entered. */
export const imports = {
  divisions: divisionImport,
  units: unitImport,
  documents: documentImport,
  people: personImport,
  mandates: mandateImport,
  calendar: calendarImport,
  policies: policyImport,
  'deduction-rules': deductionRuleImport,
  initiatives: initiativeImport,
  tasks: taskImport,
  assignments: assignmentImport,
  conferences: conferenceImport,
  meetings: meetingImport,
  resolutions: resolutionImport,
  ...postsImports,
  ...servicesImports,
  ...volunteerImports,
  ...payImports,
  ...capabilityImports,
  ...activityImports,
  ...moneyImports,
  ...returnImports,
  ...indicatorImports,
} as const satisfies Record<string, ImportSpec>
export type ImportType = keyof typeof imports

/** Whom the audit trail names. Without one it is the operator of the machine, who is nobody of the network. */
export interface Operator {
  personId?: string | null
  tokenId?: string | null
  posts?: readonly { role: string; unitId: string }[]
}

export interface ImportProgress {
  step: 'read' | 'check' | 'write' | 'record'
  done: number
  total: number
}

export interface ImportOptions {
  database: Database
  type: ImportType
  source: TableSource
  /** The day on which "in force" is judged, in Asia/Shanghai. */
  today: string
  /** Does everything, constraints of the database included, and takes it back. */
  dryRun?: boolean
  /** Keeps the good rows; otherwise one bad row refuses all. */
  partial?: boolean
  /** Issuer of the tokens that the logins of people belong to. */
  accountIssuer?: string
  operator?: Operator
  /** Language of what is thrown; a report has both. */
  language?: Language
  onProgress?: (progress: ImportProgress) => void
}

/** `rows` is the sum of the four counts; when nothing could be written, all rows count as refused. */
export interface ImportReport {
  type: ImportType
  rows: number
  created: number
  updated: number
  unchanged: number
  refused: number
  faults: Fault[]
  dryRun: boolean
}

/** The database refused what the checks let pass. Carries no values: they may be personal. */
export class ImportFailed extends Error {
  override readonly name = 'ImportFailed'
}

/**
 * Brings the rows of a file into the database: all or none, in one transaction with their audit entries and events.
 * Rows are found by natural key, so the same file a second time changes nothing. An import adds and changes; it removes nothing
 * but days of a year and light rules of a policy, which are given whole; and a column that the file does not have stays as it is.
 */
export async function importFile(options: ImportOptions): Promise<ImportReport> {
  const { database, type, source, partial = false, dryRun = false } = options
  const report = (rows: number, faults: Fault[], counts = { created: 0, updated: 0, unchanged: 0 }): ImportReport => ({
    type, rows, ...counts, refused: rows - counts.created - counts.updated - counts.unchanged, faults, dryRun,
  })
  const table = await readTable(source).catch((error: unknown) => {
    if (error instanceof TableFileError && error.line !== undefined) return error
    throw error
  })
  if (table instanceof TableFileError) return report(0, [{ line: table.line!, column: '', value: '', reason: table.said, remedy: say('Mend the file.', '请修正文件。') }])
  const spec: ImportSpec = imports[type]
  const layout = new Layout(spec.columns, table.header, table.headerLine)
  options.onProgress?.({ step: 'read', done: table.rows.length, total: table.rows.length })
  if (layout.faults.length > 0) return report(table.rows.length, layout.faults)
  const sheet = new Sheet(layout, spec.key, table)

  let outcome: Written | undefined
  const attempt = async (run: Run): Promise<void> => {
    await prepare(run)
    const planned = await spec.plan(sheet, { run, today: options.today, accountIssuer: options.accountIssuer })
    options.onProgress?.({ step: 'check', done: table.rows.length, total: table.rows.length })
    if (sheet.faults().length > 0 && !partial) return
    const total = planned.plans.reduce((sum, { rows }) => sum + rows.length, 0)
    let done = 0
    const written = await write(run, planned, (count) => options.onProgress?.({ step: 'write', done: (done += count), total }))
    if (!dryRun) await record(run, options, table, written)
    outcome = written
    if (!dryRun) return
    await run({ text: 'set constraints all immediate', values: [] })
    throw new TakeBack()
  }
  const refused = await database.transaction(attempt).catch((error: unknown) => (error instanceof TakeBack ? undefined : faultOf(error, options)))
  if (refused) return report(table.rows.length, [...sheet.faults(), refused])
  if (!outcome) return report(table.rows.length, sheet.faults())
  const { created, updated } = outcome
  return report(table.rows.length, sheet.faults(), { created: created.size, updated: updated.size, unchanged: sheet.good().length - created.size - updated.size })
}

class TakeBack extends Error {}

async function prepare(run: Run): Promise<void> {
  await run({ text: `select set_config('statement_timeout', '0', true)`, values: [] })
  // Two imports at once would each judge gaps and overlaps without the other's rows.
  await run({ text: `select pg_advisory_xact_lock(hashtext('heli import'))`, values: [] })
}

/** Audit entries and events; last in the transaction, because the journal is locked from here to the commit. */
async function record(run: Run, { type, operator, onProgress }: ImportOptions, { name, sha256, rows }: TableFile, { changes }: Written): Promise<void> {
  const entry = { verb: `import.${type}`, subjectId: null, requestId: randomUUID(), personId: operator?.personId ?? null, tokenId: operator?.tokenId ?? null, posts: operator?.posts ?? [], idempotency: null }
  let done = 0
  for (const part of chunks(changes)) {
    await run({ text: 'select heli_record($1::jsonb)', values: [JSON.stringify({ ...entry, changes: part, source: { file: name, sha256, rows: rows.length } })] })
    onProgress?.({ step: 'record', done: (done += part.length), total: changes.length })
  }
}

/** A constraint is a fault of the file; anything else is ours, and told without the statement, whose values may be personal. */
function faultOf(error: unknown, { type, language = 'en' }: ImportOptions): Fault {
  if (isOutage(error)) throw error
  const { code, constraint, table } = error as { code?: string; constraint?: string; table?: string }
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) throw error
  if (code.startsWith('23') && constraint) {
    return {
      line: 0,
      column: '',
      value: '',
      reason: say(`The database refused the rows: rule ${constraint} of ${table ?? type}.`, `数据库拒绝了这些记录：${table ?? type} 的规则 ${constraint}。`),
      remedy: say('Compare the file with what is stored; somebody may have changed it meanwhile. Then import again.', '请与现有数据核对（期间可能已被他人修改）后重新导入。'),
    }
  }
  throw new ImportFailed(language === 'zh' ? `导入 ${type} 失败，数据库错误 ${code}，未写入任何数据。` : `The import of ${type} failed with database error ${code}. Nothing was written.`)
}
