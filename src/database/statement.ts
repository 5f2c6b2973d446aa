import type { Logger } from 'pino'

export interface Statement {
  readonly name?: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** Session settings `heli.…` that row-level security reads. */
export type Fence = Readonly<Record<string, string>>

export type Run = <R = Record<string, unknown>>(statement: Statement) => Promise<R[]>

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

export const quoteLiteral = (text: string): string => {
  if (text.includes('\0')) throw new TypeError('a setting cannot hold a NUL character')
  const quoted = `'${text.replaceAll("'", "''")}'`
  return quoted.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** One simple-protocol script that opens a snapshot which only reads and sees what the fence lets it see. */
export function openSnapshot(fence: Fence, role?: string): string {
  const settings = Object.entries(fence).map(([name, value]) => {
    if (!/^heli\.[a-z][a-z0-9_]*$/.test(name)) throw new TypeError(`"${name}" is no fence setting: it must be named heli.<word>`)
    return `set_config(${quoteLiteral(name)}, ${quoteLiteral(value)}, true)`
  })
  return [
    'begin isolation level repeatable read read only',
    ...(role ? [`set local role ${quoteName(role)}`] : []),
    ...(settings.length > 0 ? [`select ${settings.join(', ')}`] : []),
  ].join('; ')
}
