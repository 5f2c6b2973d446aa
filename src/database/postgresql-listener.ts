import pg from 'pg'
import { quoteName, type Log } from './statement.js'

type Handler = (payload: string) => void

/** One connection for all `listen`s, opened by need and reopened when lost. */
export function openListener(settings: pg.ClientConfig, log: Log) {
  const channels = new Map<string, Set<Handler>>()
  let client: pg.Client | undefined
  let connecting: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined
  let isClosed = false

  const connect = async (isReconnect: boolean): Promise<void> => {
    const next = new pg.Client(settings)
    next.on('error', (error) => log.warn({ err: error }, 'the listening database connection failed'))
    next.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''))
    try {
      await next.connect()
      for (const channel of channels.keys()) await next.query(`listen ${quoteName(channel)}`)
    } catch (error) {
      await next.end().catch(() => {})
      throw error
    }
    next.on('end', () => {
      if (client === next) client = undefined
      reconnect()
    })
    client = next
    if (isReconnect) for (const channel of channels.keys()) tell(channel, '')
  }

  const tell = (channel: string, payload: string): void => {
    for (const handler of channels.get(channel) ?? []) {
      try {
        handler(payload)
      } catch (error) {
        log.error({ err: error, channel }, 'a handler of database notifications failed')
      }
    }
  }

  const reconnect = (): void => {
    if (isClosed || retry || channels.size === 0) return
    retry = setTimeout(() => {
      retry = undefined
      connect(true).catch(() => reconnect())
    }, 500)
    retry.unref()
  }

  return {
    async listen(channel: string, handler: Handler): Promise<() => Promise<void>> {
      const handlers = channels.get(channel) ?? new Set()
      const isFirst = handlers.size === 0
      channels.set(channel, handlers.add(handler))
      if (client) {
        if (isFirst) await client.query(`listen ${quoteName(channel)}`)
      } else {
        try {
          await (connecting ??= connect(false).finally(() => (connecting = undefined)))
          // Two may have waited for one connection, which asked only for the channels that it knew when it began.
          if (isFirst) await (client as pg.Client | undefined)?.query(`listen ${quoteName(channel)}`)
        } catch (error) {
          handlers.delete(handler)
          if (handlers.size === 0) channels.delete(channel)
          throw error
        }
      }
      return async () => {
        handlers.delete(handler)
        if (handlers.size > 0) return
        channels.delete(channel)
        await client?.query(`unlisten ${quoteName(channel)}`).catch(() => {})
      }
    },
    async close(): Promise<void> {
      isClosed = true
      clearTimeout(retry)
      await client?.end().catch(() => {})
    },
  }
}
