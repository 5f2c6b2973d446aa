import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { pino } from 'pino'
import { openBackbone, type Backbone } from '../../src/backbone.js'
import { readEnvironment } from '../../src/environment.js'
import { escalate } from '../../src/jobs/escalation.js'
import { startJobs } from '../../src/jobs.js'
import { dayOf } from '../../src/kernel/index.js'
import { createLog } from '../../src/server.js'
import { isFull, say } from '../access/proof/random.js'
import { builder, type Build, type Built } from '../support/build.js'
import { startPostgres, type TestPostgres } from '../support/postgres.js'

// Every slip that is due is sent once, and numbers have no gap: with several instances at once, and with a process killed in mid-run, again and again.

const kills = isFull ? 50 : 4
const tracksATurn = 60
const heli = fileURLToPath(new URL('../../src/start/heli.mjs', import.meta.url))

let postgres: TestPostgres
let first: Backbone
let second: Backbone
let build: Build
let offices: Built[]
let helpers: Built[]
let work: Built
/** Tracks that are late until now, and so slips that must have been sent after a whole run. */
let late = 0
/** Ten days are a working day at least, whatever the calendar of the week. */
const longAgo = dayOf(new Date(Date.now() - 10 * 86_400_000))
const sql = <R = Record<string, unknown>>(text: string, values: unknown[] = []) => first.database.transaction((run) => run({ text, values })) as Promise<R[]>

beforeAll(async () => {
  postgres = await startPostgres()
  const environment = readEnvironment({ NODE_ENV: 'test', LOG_LEVEL: 'error', DATABASE_URL: postgres.url })
  first = await openBackbone({ environment, log: createLog(environment) })
  await first.database.migrate()
  second = await openBackbone({ environment, log: createLog(environment) })
  build = builder((text, values = []) => sql(text, values) as never)
  // The processes that are killed go by the real day.
  const year = Number(dayOf(new Date()).slice(0, 4))
  await build.calendar(year - 1, year, year + 1)
  const today = dayOf(new Date())
  const [calendar] = await sql<{ id: string }>('select id from calendar_year where year = $1', [year])
  if ([0, 6].includes(new Date(`${today}T00:00:00Z`).getUTCDay())) await build.row('calendar_day', 'cald', { yearId: calendar!.id, on: today, kind: 'MAKE_UP_WORKDAY', name: '调休' })
  const { province, office } = await build.network()
  // Two units issue, each with numbers of its own.
  offices = [office, await build.unit({ divisionId: province.id })]
  helpers = []
  for (let at = 0; at < 3; at++) helpers.push(await build.unit({ divisionId: province.id }))
  work = await build.row('supervision_policy', 'supp', { divisionId: province.id, name: '督办规则', validFrom: '2020-01-01', basisId: (await build.document()).id, acceptWithinDays: 3, reportEveryDays: 10 })
  await build.row('light_rule', 'lrul', { policyId: work.id, level: 'LATE', colour: '黄', trigger: 'DAYS_LATE', threshold: 1, sendsSlip: true })
  await build.row('service_token', 'stok', { name: 'escalation', tokenHash: 'escalation', role: 'COORDINATOR', unitId: office.id, expiresAt: '2099-01-01T00:00:00Z' })
}, 120_000)

afterAll(async () => {
  await Promise.all([first?.close(), second?.close()])
  await postgres?.stop()
})

/** Tracks that are late, so that a slip is due for each of them. */
async function fallLate(count: number): Promise<void> {
  for (let at = 0; at < count / helpers.length; at++) {
    const task = await build.task({ issuingUnitId: offices[at % 2]!.id, policyId: work.id, status: 'IN_PROGRESS', dueOn: longAgo })
    late += helpers.length
    for (const helper of helpers) await build.assignment({ taskId: task.id, unitId: helper.id, dueOn: longAgo })
  }
}

interface Tally {
  tracks: number
  sent: number
  lost: number
  doubled: number
  /** Numbers that are missing or out of place, over all units. */
  gaps: number
  journal: number
}

async function tally(): Promise<Tally> {
  const [found] = await sql<Tally>(`with per as (select a.id, count(r.id) as slips from assignment a left join reminder r on r.assignment_id = a.id group by a.id),
    placed as (select slip_number, row_number() over (partition by unit_id, slip_year order by slip_number) as place from reminder)
    select (select count(*)::int from per) as tracks, (select count(*)::int from reminder) as sent, (select count(*)::int from per where slips = 0) as lost, (select count(*)::int from per where slips > 1) as doubled,
      (select count(*)::int from placed where slip_number <> place) + (select count(*)::int from slip_counter c where c.last <> (select count(*) from reminder r where r.unit_id = c.unit_id and r.slip_year = c.year)) as gaps,
      (select count(*)::int from event where type = 'Reminder') as journal`)
  return found!
}
const whole = (): Tally => ({ tracks: late, sent: late, lost: 0, doubled: 0, gaps: 0, journal: late })

it('two instances that run at once send each slip once between them', async () => {
  await fallLate(tracksATurn)
  const outcomes = await Promise.all([escalate(first), escalate(second), escalate(first)])
  expect(outcomes.flatMap(({ faults }) => faults)).toEqual([])
  expect(outcomes.reduce((sum, { sent }) => sum + sent, 0)).toBe(tracksATurn)
  say(`at once: sent ${outcomes.map(({ sent }) => sent).join(' + ')} of ${tracksATurn}`)
  expect(await tally()).toEqual(whole())
  expect((await escalate(second)).sent).toBe(0)
}, 120_000)

it('of two instances one does the run of the morning that both have missed, once', async () => {
  await fallLate(6)
  const lines: { msg: string; sent?: number }[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const runs = () => lines.filter(({ msg }) => msg === 'slips that were due are sent')
  const during = async (work: () => Promise<void>) => {
    const jobs = [startJobs(first, log), startJobs(second, log)]
    await Promise.all(jobs.map(({ started }) => started))
    await work()
    await Promise.all(jobs.map((each) => each.stop()))
  }
  await during(async () => {
    expect(await sql('select name, cron, timezone from heli_jobs.schedule')).toEqual([{ name: 'escalation', cron: '30 7 * * *', timezone: 'Asia/Shanghai' }])
  })
  // As if nobody had looked at the clock for two days.
  await sql(`update heli_jobs.version set cron_on = now() - interval '2 days'`)
  await sql(`update heli_jobs.schedule set created_on = now() - interval '9 days'`)
  await during(async () => {
    for (const until = Date.now() + 90_000; runs().length === 0 && Date.now() < until; ) await pause(250)
    // The other one looks for work every fifteen seconds.
    await pause(16_000)
  })
  expect(runs().map(({ sent }) => sent)).toEqual([6])
  expect(lines.filter(({ msg }) => /did not start|queue of jobs/.test(msg))).toEqual([])
  expect(await tally()).toEqual(whole())
}, 180_000)

/** Runs the command until it has told of some slips, one to twenty, and kills it a moment later, in the middle of the next. */
async function escalateAndKill(): Promise<void> {
  const enough = 1 + Math.floor(Math.random() * 20)
  const child = spawn(process.execPath, [heli, 'escalate'], { env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'development', DATABASE_URL: postgres.url, LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'pipe'] })
  const gone = once(child, 'exit')
  let said = ''
  let faulty = ''
  child.stderr!.on('data', (chunk: Buffer) => (faulty += chunk.toString()))
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.split('\n').length > enough) resolve()
    })
    child.once('exit', (code) => reject(new Error(`heli escalate ended with ${code} before it sent anything: ${faulty}`)))
  }).catch((error: unknown) => {
    if (!said) throw error
  })
  await pause(Math.random() * 40)
  child.kill('SIGKILL')
  await gone
}

it(`loses and doubles nothing over ${kills} hard kills in mid-run`, async () => {
  let midRun = 0
  for (let turn = 0; turn < kills; turn++) {
    await fallLate(tracksATurn)
    await escalateAndKill()
    const { lost } = await tally()
    if (lost > 0) midRun++
  }
  const before = await tally()
  await Promise.all([escalate(first), escalate(second)])
  const after = await tally()
  say(`kills ${kills}, of them with slips left to send ${midRun}; sent before the last run ${before.sent}, after it ${after.sent} of ${after.tracks}; lost ${after.lost}, doubled ${after.doubled}, gaps in numbers ${after.gaps}`)
  expect(after).toEqual(whole())
  expect(midRun).toBeGreaterThan(0)
}, 60_000 + kills * 15_000)
