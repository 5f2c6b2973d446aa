/*
 * The view of assignments as files, all rows of the province, over HTTP into a file, against COPY of the same columns by hand-written SQL without any permission.
 * Each format has a server process of its own, so that its peak of memory is its own.
 */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { memoryOf, startHeli, type HeliChoices } from './heli.ts'
import { median } from './measure.ts'
import { query } from './server.ts'

// What the view shows, in its order; rows in the order of ids as there.
const selected = `select a.id, t.id, t.code, t.title, t.status, t.urgency, i.id, i.title, u.id, u.code, u.name, d.code, d.name, a.role, a.status, a.progress, p.id, p.name,
    a.due_on, a.accept_by, a.report_by, a.accepted_on, a.reported_on, a.completed_on, o.is_overdue, case when o.is_overdue then heli_working_days(a.due_on, current_date) end,
    array_remove(array[case when a.status = 'ISSUED' and a.accept_by < current_date and not a.is_frozen then 'ACCEPTANCE' end,
      case when a.status in ('ACCEPTED', 'IN_PROGRESS') and a.report_by < current_date and not a.is_frozen then 'REPORT' end, case when o.is_overdue then 'COMPLETION' end], null),
    a.internal_note, a.created_at, a.updated_at
  from assignment a join task t on t.id = a.task_id left join initiative i on i.id = t.initiative_id join unit u on u.id = a.unit_id join division d on d.id = u.division_id left join person p on p.id = a.person_id
  cross join lateral (select a.due_on < current_date and a.status not in ('COMPLETED', 'EXCUSED', 'TERMINATED', 'REFUSED', 'PROPOSED') and not a.is_frozen as is_overdue) o order by a.id`

const formats = ['ndjson', 'csv', 'parquet', 'xlsx'] as const

export interface ExportSide {
  readonly adminUrl: string
  readonly token: string
  readonly start: HeliChoices
}

export interface ExportSample {
  readonly what: string
  readonly rows: number
  readonly perSecond: number
  /** Of rows per second, COPY's being 1. */
  readonly overCopy: number
  readonly megabytes: number
  /** Resident memory of the server before and at its most, in MB. */
  readonly memory?: { before: number; peak: number }
}

/** Rows per second of each format, COPY in each round beside them. */
export async function measureExports({ adminUrl, token, start }: ExportSide, rounds: number, log: (line: string) => void): Promise<ExportSample[]> {
  const folder = await mkdtemp(join(tmpdir(), 'heli-bench-exports-'))
  // Written by the server, who is somebody else.
  const file = join(tmpdir(), `heli-bench-copy-${process.pid}.csv`)
  const copy = async (settings = '') => {
    const began = performance.now()
    await query(adminUrl, `${settings} copy (${selected}) to program 'cat > ${file}' (format csv)`)
    return (performance.now() - began) / 1_000
  }
  try {
    const [{ rows }] = (await query(adminUrl, 'select count(*)::int as rows from assignment')) as [{ rows: number }]
    const copies: number[] = [await copy()].slice(1)
    const alone: number[] = []
    const samples: ExportSample[] = []
    for (const format of formats) {
      const heli = await startHeli(start)
      try {
        const url = heli.url.replace('/graphql', `/export/assignments.${format}`)
        const fetched = () => download(url, token, join(folder, `assignments.${format}`))
        // The first one plans its statement; a server does so once.
        await download(`${url}?first=10`, token, join(folder, 'warm'))
        const before = memoryOf(heli.pid)
        const ratios: number[] = []
        const taken: number[] = []
        let bytes = 0
        for (let round = 0; round < rounds; round++) {
          const own = await fetched()
          const other = await copy()
          copies.push(other)
          alone.push(await copy('set max_parallel_workers_per_gather = 0;'))
          taken.push(own.seconds)
          ratios.push(other / own.seconds)
          bytes = own.bytes
        }
        const memory = memoryOf(heli.pid)
        samples.push({ what: format, rows, perSecond: rows / median(taken), overCopy: median(ratios), megabytes: bytes / 1e6, ...(before && memory ? { memory: { before: before.now, peak: memory.peak } } : {}) })
        log(`${format}: ${taken.map((seconds) => seconds.toFixed(1)).join(', ')} s`)
      } finally {
        await heli.stop()
      }
    }
    const baseline = (what: string, of: number[]) => ({ what, rows, perSecond: rows / median(of), overCopy: median(copies) / median(of), megabytes: 0 })
    return [baseline('COPY', copies), baseline('COPY in one process', alone), ...samples]
  } finally {
    await rm(folder, { recursive: true, force: true })
    await rm(file, { force: true })
  }
}

function download(url: string, token: string, file: string): Promise<{ seconds: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    get(url, { headers: { authorization: `Bearer ${token}` } }, (answer) => {
      if (answer.statusCode !== 200) return reject(new Error(`${url}: ${answer.statusCode}`))
      let bytes = 0
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length))
      pipeline(answer, createWriteStream(file)).then(() => resolve({ seconds: (performance.now() - began) / 1_000, bytes }), reject)
    }).on('error', reject)
  })
}
