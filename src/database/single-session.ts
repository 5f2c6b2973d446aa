import type { Log } from './statement.js'

interface Waiter {
  readonly what: string
  readonly since: number
  readonly go: (turn: Turn) => void
  readonly fail: (error: Error) => void
  warned: boolean
}

/** Exclusive use of the one session, until it is given back. */
export interface Turn {
  /** Says what is being done, for the watchdog's sentence. */
  doing(what: string): void
  end(): void
}

const warnAfterMs = 5_000
// A request that waits for a session which it holds itself would wait for ever; it fails instead, and with it frees the session.
const giveUpAfterMs = 30_000

/** PGlite has one session. Whoever uses it queues here, in order of arrival, and nobody waits unseen. */
export class SingleSession {
  #queue: Waiter[] = []
  #holder: { what: string; since: number } | undefined
  #watchdog: NodeJS.Timeout | undefined

  constructor(private readonly log: Log) {}

  get isBusy(): boolean {
    return this.#holder !== undefined
  }

  take(what: string): Promise<Turn> {
    if (!this.#holder) return Promise.resolve(this.#grant(what))
    return new Promise<Turn>((go, fail) => {
      this.#queue.push({ what, since: Date.now(), go, fail, warned: false })
      this.#watchdog ??= setInterval(() => this.#watch(), 1_000)
    })
  }

  async use<T>(what: string, work: (turn: Turn) => Promise<T>): Promise<T> {
    const turn = await this.take(what)
    try {
      return await work(turn)
    } finally {
      turn.end()
    }
  }

  #grant(what: string): Turn {
    const holder = { what, since: Date.now() }
    this.#holder = holder
    return {
      doing: (now) => {
        holder.what = now
      },
      end: () => {
        if (this.#holder !== holder) return
        this.#holder = undefined
        const next = this.#queue.shift()
        if (next) next.go(this.#grant(next.what))
        this.#restWhenEmpty()
      },
    }
  }

  #restWhenEmpty(): void {
    if (this.#queue.length > 0) return
    clearInterval(this.#watchdog)
    this.#watchdog = undefined
  }

  #watch(): void {
    const now = Date.now()
    const holder = this.#holder
    const facts = (waiter: Waiter) => ({
      waiting: brief(waiter.what),
      waitedMs: now - waiter.since,
      holder: brief(holder?.what ?? 'nobody'),
      heldMs: holder ? now - holder.since : 0,
      queue: this.#queue.length,
    })
    for (const waiter of this.#queue) {
      if (waiter.warned || now - waiter.since < warnAfterMs) continue
      waiter.warned = true
      this.log.warn(facts(waiter), 'waiting for the only session of the embedded database')
    }
    const tired = this.#queue.filter((waiter) => now - waiter.since >= giveUpAfterMs)
    if (tired.length === 0) return
    this.#queue = this.#queue.filter((waiter) => !tired.includes(waiter))
    this.#restWhenEmpty()
    for (const waiter of tired) {
      this.log.error(facts(waiter), 'gave up waiting for the only session of the embedded database')
      waiter.fail(new SessionBusy(`The embedded database was busy for ${giveUpAfterMs / 1_000} s. Try again; for more than one writer at a time use PostgreSQL through DATABASE_URL.`))
    }
  }
}

export class SessionBusy extends Error {
  override readonly name = 'SessionBusy'
  readonly code = 'DATABASE_BUSY'
}

const brief = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text).replace(/\s+/g, ' ')
