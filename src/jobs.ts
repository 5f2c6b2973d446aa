/*
 * What happens without anybody asking. The queue stands in the database itself (schema `heli_jobs`), so that of several instances one does each day's work; after a crash another takes it over,
 * and what came due while none ran is made up for at the next start.
 */
import type { Logger } from 'pino'
import { PgBoss } from 'pg-boss'
import type { Backbone } from './backbone.js'
import { startExports } from './exporting/worker.js'
import { escalate, isWorkingDay, noIdentity, saySlip } from './jobs/escalation.js'
import { dayOf } from './kernel/index.js'

export interface Jobs {
  /** Settles once the queue is ready; never rejects. */
  readonly started: Promise<void>
  /** Lets what is under way finish for ten seconds. */
  stop(): Promise<void>
}

const queue = 'escalation'
/** Every morning before the offices open; on a day off it does nothing. */
const everyMorning = '30 7 * * *'

/** Takes part in the daily jobs from now on. A queue that cannot be opened is logged and does not stop the server. */
export function startJobs(backbone: Backbone, log: Logger): Jobs {
  const boss = bossOf(backbone, log)
  // Not in the queue: what waits stands in its own row, with whoever writes it, and how far that one has come.
  const exports = startExports(backbone, log)
  const started = open(boss, backbone, log).catch((error: unknown) => log.error({ err: error }, 'the daily jobs did not start'))
  return {
    started,
    async stop() {
      await Promise.all([started, exports.stop()])
      await boss.stop({ graceful: true, timeout: 10_000 })
    },
  }
}

function bossOf({ database }: Backbone, log: Logger): PgBoss {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: await database.script(text, values ?? []) }) },
    backend: database.kind === 'pglite' ? 'pglite' : 'postgres',
    schema: 'heli_jobs',
  })
  boss.on('error', (error) => log.warn({ err: error }, 'the queue of jobs'))
  boss.on('warning', (warning) => log.warn({ warning }, 'the queue of jobs'))
  return boss
}

async function open(boss: PgBoss, backbone: Backbone, log: Logger): Promise<void> {
  await boss.start()
  // `exclusive`: one waits or runs, however many instances there are. A process that dies falls silent, and its job is given to another.
  await boss.createQueue(queue, { policy: 'exclusive', heartbeatSeconds: 60, expireInSeconds: 3_600, retryLimit: 5, retryDelay: 60 })
  await boss.schedule(queue, everyMorning, null, { tz: 'Asia/Shanghai', missed: 'once' })
  await boss.work(queue, { pollingIntervalSeconds: 15 }, () => escalateToday(backbone, log))
}

/** A failure is thrown, so that the queue tries again. */
async function escalateToday(backbone: Backbone, log: Logger): Promise<void> {
  const today = dayOf(new Date())
  const works = await isWorkingDay(backbone, today)
  if (works === null) log.warn({ today }, 'no slips are sent: the working days of this year are not known. heli import calendar <file>')
  if (!works) return
  const { sent, identities, faults } = await escalate(backbone, (slip) => log.info({ slip: saySlip(slip) }, 'slip sent'))
  if (identities === 0) log.warn(`No slips are sent. ${noIdentity}`)
  log.info({ sent, today }, 'slips that were due are sent')
  if (faults.length > 0) throw new Error(`${faults.length} slips could not be sent: ${faults.slice(0, 3).join(' | ')}`)
}
