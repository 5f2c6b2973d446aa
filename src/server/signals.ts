import type { Logger } from 'pino'

const hardLimitMs = 15_000

/** Ends the process in order on SIGTERM and SIGINT, with exit code 0 when everything came to its end. */
export function stopOnSignals(stop: () => Promise<void>, log: Pick<Logger, 'info' | 'error'>): void {
  let isStopping = false
  const onSignal = (signal: NodeJS.Signals): void => {
    // The second Ctrl+C of an impatient person.
    if (isStopping) process.exit(130)
    isStopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => {
      log.error({ limitMs: hardLimitMs }, 'did not stop in time')
      process.exit(1)
    }, hardLimitMs).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop in order')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
