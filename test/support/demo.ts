import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { importFile, type ImportType } from '../../src/importing/import.js'
import { statesAsOf } from '../../src/importing/seed.js'
import type { World } from './world.js'

type Row = Record<string, string>
const rowsOf = (file: string): Row[] => parse(readFileSync(`seeds/${file}.csv`, 'utf8'), { columns: true })

/** Files that the return rests on, in the order in which they refer to one another. */
const order: readonly [file: string, type: ImportType][] = [
  ['units', 'units'], ['documents', 'documents'], ['people', 'people'], ['mandates', 'mandates'], ['agency-units', 'units'], ['budget-lines', 'budget-lines'], ['allocations', 'allocations'], ['disbursements', 'disbursements'],
  ['opening-balances', 'opening-balances'], ['agencies', 'agencies'], ['practitioners', 'people'], ['social-workers', 'social-workers'], ['qualifications', 'qualifications'], ['posts', 'posts'], ['employments', 'employments'],
  ['stations', 'stations'], ['volunteer-notice-rules', 'volunteer-notice-rules'], ['volunteer-teams', 'volunteer-teams'], ['volunteers', 'volunteers'], ['volunteer-services', 'volunteer-services'],
  ['volunteer-trainings', 'volunteer-trainings'], ['trainings', 'trainings'], ['training-attendances', 'training-attendances'], ['plan-inclusions', 'plan-inclusions'], ['social-work-sections', 'social-work-sections'],
  ['recording-coverages', 'recording-coverages'], ['incentive-measures', 'incentive-measures'], ['key-activities', 'key-activities'], ['pilots', 'pilots'], ['division-statistics', 'division-statistics'],
  ['association-memberships', 'association-memberships'], ['opening-counts', 'opening-counts'], ['return-forms', 'return-forms'],
]
/** References to what is left out. */
const cut: Readonly<Record<string, readonly string[]>> = { 'budget-lines': ['initiative'], posts: ['initiative'], trainings: ['initiative'] }

/** The demo network as far as the return rests on it: without initiatives, tasks and logs, with the divisions that are referred to the people who are social workers or sign in, and every tenth volunteer. */
export async function loadForReturn({ backbone: { database } }: World): Promise<void> {
  const bring = async (type: ImportType, name: string, rows: readonly Row[]) => {
    const report = await importFile({ database, type, source: { name: `${name}.csv`, bytes: Buffer.from(stringify([...rows], { header: true })) }, today: statesAsOf, accountIssuer: 'test' })
    const [fault] = report.faults
    if (fault) throw new Error(`${name}.csv, line ${fault.line}, ${fault.column} "${fault.value}": ${fault.reason.en}`)
  }
  const divisions = [...rowsOf('divisions'), ...rowsOf('communities')]
  const byCode = new Map(divisions.map((row) => [row['code']!, row]))
  const wanted = new Set<string>()
  const want = (code: string | undefined) => {
    for (let at = code ? byCode.get(code) : undefined; at && !wanted.has(at['code']!); at = byCode.get(at['parent']!)) wanted.add(at['code']!)
  }
  const files = new Map(order.map(([file]) => [file, rowsOf(file)]))
  for (const rows of files.values()) for (const row of rows) want(row['division'])
  await bring('divisions', 'divisions', divisions.filter((row) => wanted.has(row['code']!)))
  // Every tenth volunteer, with the hours of it: as many rows as tell.
  files.set('volunteers', files.get('volunteers')!.filter((_row, at) => at % 10 === 0))
  const volunteers = new Set(files.get('volunteers')!.map((row) => row['code']))
  files.set('volunteer-services', files.get('volunteer-services')!.filter((row) => volunteers.has(row['volunteer'])))
  const workers = new Set(files.get('social-workers')!.map((row) => row['person']))
  for (const [file, type] of order) {
    const rows = files.get(file)!
    const kept = file === 'people' ? rows.filter((row) => workers.has(row['code']) || row['login']) : rows
    await bring(type, file, kept.map((row) => ({ ...row, ...Object.fromEntries((cut[file] ?? []).map((column) => [column, ''])) })))
  }
}
