import { writeFile } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import cliProgress from 'cli-progress'
import { stringify } from 'csv-stringify/sync'
import type { Database } from '../database.js'
import type { Language } from '../kernel/index.js'
import { type Fault, say } from './fault.js'
import { importFile, imports, type ImportOptions, type ImportReport, type ImportType } from './import.js'
import { refreshStatistics } from './statistics.js'
import { TableFileError } from './table-file.js'

export interface ImportRequest {
  type: string
  file: string
  dryRun: boolean
  partial: boolean
  /** File that takes every fault as CSV. */
  report?: string
  accountIssuer?: string
}

export interface ImportSurroundings {
  database: Database
  out: Pick<Writable, 'write'>
  /** Somebody watches: show a bar. */
  isTerminal: boolean
  language: Language
  today: string
}

const mostShown = 20

/** Imports a file and prints what came of it; 0 when all is well, 1 with faults, 2 when the command itself makes no sense. */
export async function runImport(request: ImportRequest, { database, out, isTerminal, language, today }: ImportSurroundings): Promise<0 | 1 | 2> {
  const print = (line: string) => void out.write(`${line}\n`)
  const { type, file, report: reportFile } = request
  if (!isImportType(type)) {
    const known = Object.keys(imports).join(', ')
    print(say(`"${type}" cannot be imported. Say one of: ${known}.`, `无法导入“${type}”，可导入：${known}。`)[language])
    return 2
  }
  try {
    const { dryRun, partial, accountIssuer } = request
    const report = await withBar(isTerminal, (onProgress) => importFile({ database, type, source: file, today, dryRun, partial, language, onProgress, ...(accountIssuer ? { accountIssuer } : {}) }))
    if (!dryRun && report.created + report.updated > 0) await refreshStatistics(database)
    for (const line of told(report, language)) print(line)
    if (reportFile) {
      await writeFile(reportFile, faultsAsCsv(report.faults, language))
      print(say(`All faults: ${reportFile}`, `全部问题已写入 ${reportFile}`)[language])
    }
    return report.faults.length > 0 ? 1 : 0
  } catch (error) {
    if (!(error instanceof TableFileError)) throw error
    print(error.said[language])
    return 2
  }
}

const isImportType = (type: string): type is ImportType => Object.hasOwn(imports, type)

async function withBar<T>(isTerminal: boolean, work: (onProgress: NonNullable<ImportOptions['onProgress']>) => Promise<T>): Promise<T> {
  if (!isTerminal) return work(() => {})
  const bar = new cliProgress.SingleBar({ format: ' {bar} {percentage}% {step}', hideCursor: true, clearOnComplete: true }, cliProgress.Presets.shades_classic)
  bar.start(1, 0, { step: '' })
  try {
    return await work(({ step, done, total }) => {
      bar.setTotal(Math.max(total, 1))
      bar.update(done, { step })
    })
  } finally {
    bar.stop()
  }
}

/** The report as lines to read. */
export function told(report: ImportReport, language: Language): string[] {
  const { type, rows, created, updated, unchanged, refused, faults, dryRun } = report
  const isWritten = created + updated + unchanged > 0
  const lines = [
    say(
      `${type}: ${rows} rows, ${created} created, ${updated} updated, ${unchanged} unchanged, ${refused} refused.`,
      `${type}：共 ${rows} 行，新增 ${created}，更新 ${updated}，未变 ${unchanged}，拒绝 ${refused}。`,
    ),
    ...(dryRun ? [say('A dry run: nothing was written.', '试运行：未写入任何数据。')] : []),
    ...(!dryRun && faults.length > 0 && !isWritten ? [say('Nothing was written.', '未写入任何数据。')] : []),
    ...faults.slice(0, mostShown).map(sentence),
    ...(faults.length > mostShown ? [say(`… and ${faults.length - mostShown} more`, `……另有 ${faults.length - mostShown} 处问题`)] : []),
  ]
  return lines.map((line) => line[language])
}

function sentence({ line, column, value, reason, remedy }: Fault) {
  const at = { en: [line > 0 ? `line ${line}` : '', column, value && `"${value}"`], zh: [line > 0 ? `第 ${line} 行` : '', column, value && `“${value}”`] }
  return say(`  ${[at.en.filter(Boolean).join(', '), reason.en].filter(Boolean).join(': ')} ${remedy.en}`, `  ${[at.zh.filter(Boolean).join('，'), reason.zh].filter(Boolean).join('：')}${remedy.zh}`)
}

/** For a spreadsheet: with byte order mark, and no cell that it would take for a formula. */
export function faultsAsCsv(faults: readonly Fault[], language: Language): string {
  const header = { en: ['line', 'column', 'value', 'reason', 'remedy'], zh: ['行号', '列', '值', '问题', '处理办法'] }
  return stringify([header[language], ...faults.map(({ line, column, value, reason, remedy }) => [line, column, value, reason[language], remedy[language]])], { bom: true, escape_formulas: true, record_delimiter: '\r\n' })
}
