import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

// Two processes in one PGlite folder destroy it, and PGlite itself does not look. Node has no file locks, hence a file with a holder.

interface Holder {
  readonly token: string
  readonly pid: number
  /** When the kernel started that process: tells a holder from a stranger that got its pid later. */
  readonly born: string | null
  readonly host: string
  readonly port: number
  readonly since: string
}

/** The folder is in use by a live process; the message names it. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
  readonly code = 'DATA_DIR_IN_USE'
}

const heartbeatMs = 5_000
// The pid of another host (a container on a shared volume) cannot be looked up, so there only the heartbeat tells.
const silentAfterMs = 30_000

/** Takes the folder for this process, or refuses with the holder's name. Returns the release. */
export async function lockFolder(folder: string, port: number): Promise<() => void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'lock')
  const self: Holder = { token: randomUUID(), pid: process.pid, born: bornAt(process.pid), host: hostname(), port, since: new Date().toISOString() }

  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(file, self)) {
      // Another starter may have judged the same stale file in the same instant: whoever is named after a breath has it.
      if (attempt > 0) await pause(50)
      if (read(file)?.token === self.token) return hold(file, self)
    }
    const holder = read(file)
    if (holder && isAlive(file, holder)) {
      throw new FolderInUse(
        `The data folder ${folder} is in use by process ${holder.pid} on ${holder.host} (port ${holder.port}) since ${holder.since}. ` +
          'Stop that process first, or give this one a folder of its own with DATA_DIR.',
      )
    }
    removeStale(file, holder)
  }
  throw new FolderInUse(`The data folder ${folder} is being taken by another process at this moment. Try again.`)
}

function create(file: string, self: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(self), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function isAlive(file: string, holder: Holder): boolean {
  if (holder.host !== hostname()) return silenceOf(file) < silentAfterMs
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    // EPERM: it lives, under another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const born = bornAt(holder.pid)
  return holder.born === null || born === null || born === holder.born
}

function silenceOf(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

// Moved aside and looked at before it is deleted: in between it may have become somebody's live lock.
function removeStale(file: string, judged: Holder | undefined): void {
  // An unreadable file may be one that is being written right now.
  if (!judged && silenceOf(file) < 1_000) return
  const aside = `${file}.${process.pid}.${randomUUID()}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  if (read(aside)?.token !== judged?.token) {
    try {
      linkSync(aside, file)
    } catch {
      // Somebody holds it again already.
    }
  }
  rmSync(aside, { force: true })
}

function hold(file: string, self: Holder): () => void {
  const heartbeat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date())
    } catch {
      // The folder was deleted under us; the next statement will say so better.
    }
  }, heartbeatMs)
  heartbeat.unref()
  return () => {
    clearInterval(heartbeat)
    if (read(file)?.token === self.token) rmSync(file, { force: true })
  }
}

/** Field 22 of /proc/<pid>/stat, counted after the command name, which may itself hold blanks and brackets. */
function bornAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return null
  }
}
