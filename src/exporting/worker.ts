import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Backbone } from '../backbone.js'
import { runNextExport } from './run.js'

const restMs = 2_000

/** Writes exports as they are asked for, one at a time in this process. `stop` leaves the one under way behind its last page, for whoever comes next. */
export function startExports(backbone: Backbone, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const work = async () => {
    while (!signal.aborted) {
      const ran = await runNextExport(backbone, log, signal).catch((error: unknown) => void log.error({ err: error }, 'the writer of exports'))
      if (!ran) await pause(restMs, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }
  const working = work()
  return {
    stop: () => {
      stopping.abort()
      return working
    },
  }
}
