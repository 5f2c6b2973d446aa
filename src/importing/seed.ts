import { join } from 'node:path'
import type { Database } from '../database.js'
import { activityImports } from './activity.imports.js'
import { capabilityImports } from './capability.imports.js'
import { indicatorImports } from './indicators.imports.js'
import { payImports } from './pay.imports.js'
import { returnImports } from './returns.imports.js'
import { volunteerImports } from './volunteers.imports.js'
import { refreshStatistics } from './statistics.js'
import { importFile, type ImportReport, type ImportType } from './import.js'
import { moneyImports } from './money.imports.js'

/** Parts of the work that are more than one in a hundred. */
const shares: Readonly<Partial<Record<ImportType, number>>> = { volunteers: 12, 'volunteer-services': 12, 'training-attendances': 2, 'pay-records': 4 }

/** Issuers of documents are units, so units come first. */
const order: readonly [file: string, type: ImportType, share: number][] = [
  ['divisions', 'divisions', 45],
  ['communities', 'divisions', 1],
  ['units', 'units', 6],
  ['documents', 'documents', 1],
  ['people', 'people', 26],
  ['mandates', 'mandates', 6],
  ['calendar', 'calendar', 1],
  ['supervision', 'policies', 1],
  ['deduction-rules', 'deduction-rules', 1],
  ['initiatives', 'initiatives', 3],
  ['tasks', 'tasks', 5],
  ['assignments', 'assignments', 7],
  ['conferences', 'conferences', 1],
  ['meetings', 'meetings', 1],
  ['resolutions', 'resolutions', 1],
  ['agency-units', 'units', 1],
  ...(Object.keys(moneyImports) as ImportType[]).map((type): [string, ImportType, number] => [type, type, 1]),
  ['practitioners', 'people', 7],
  ['social-workers', 'social-workers', 1],
  ['qualifications', 'qualifications', 2],
  ['posts', 'posts', 1],
  ['employments', 'employments', 2],
  ['stations', 'stations', 1],
  ['worklogs', 'worklogs', 20],
  ['needs-surveys', 'needs-surveys', 1],
  ['consultations', 'consultations', 1],
  ['service-plans', 'service-plans', 1],
  ['service-records', 'service-records', 1],
  // A file bears the name of its type.
  ...(Object.keys({ ...volunteerImports, ...capabilityImports, ...payImports, ...activityImports, ...returnImports, ...indicatorImports }) as ImportType[]).map((type): [string, ImportType, number] => [type, type, shares[type] ?? 1]),
]

/** The day of which the demo network tells its states; judged by a later one, people who have left since could hold no task. */
export const statesAsOf = '2026-11-16'

export interface DemoNetworkOptions {
  database: Database
  folder?: string
  /** Makes no difference: the rows are judged on the day of their own states, `statesAsOf`. */
  today?: string
  accountIssuer: string
  onProgress?: (progress: { step: string; done: number; total: number }) => void
}

/** Loads the demo network through the importer that users have. */
export async function loadDemoNetwork({ database, folder = 'seeds', accountIssuer, onProgress }: DemoNetworkOptions): Promise<ImportReport[]> {
  const total = order.reduce((sum, [, , share]) => sum + share, 0)
  const reports: ImportReport[] = []
  let done = 0
  for (const [file, type, share] of order) {
    const report = await importFile({
      database,
      type,
      source: join(folder, `${file}.csv`),
      today: statesAsOf,
      accountIssuer,
      onProgress: ({ step, done: part, total: of }) => {
        if (step === 'write' && of > 0) onProgress?.({ step: file, done: done + Math.min(1, part / of) * share, total })
      },
    })
    done += share
    onProgress?.({ step: file, done, total })
    const [first] = report.faults
    if (first) throw new Error(`${file}.csv, line ${first.line}, ${first.column} "${first.value}": ${first.reason.en} ${first.remedy.en} (${report.faults.length} faults)`)
    reports.push(report)
  }
  await refreshStatistics(database)
  return reports
}
