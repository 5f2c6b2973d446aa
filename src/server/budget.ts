import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Said } from '../kernel/index.js'
import type { Identity } from '../sign-in/index.js'

const windowSeconds = 60

/** The client has spent what a minute allows. */
export class Throttled extends Error {
  override readonly name = 'Throttled'
  readonly code = 'THROTTLED'
  readonly said: Said

  constructor(
    readonly retryAfterSeconds: number,
    readonly perMinute: number,
    readonly remaining: number,
  ) {
    super('the budget of this minute is spent')
    this.said = {
      en: `You have asked for more than ${perMinute} objects within a minute. Go on in ${retryAfterSeconds} s, ask for smaller pages, or have the operator raise BUDGET_PER_MINUTE.`,
      zh: `一分钟内的查询量超过 ${perMinute} 个对象。请在 ${retryAfterSeconds} 秒后重试、减小每页数量，或请运维人员调高 BUDGET_PER_MINUTE。`,
    }
  }

  get extensions(): Record<string, unknown> {
    return { code: this.code, limit: this.perMinute, retryAfterSeconds: this.retryAfterSeconds }
  }
}

/**
 * What each client may spend in a minute. Kept in this process: with several instances a client has one budget on each, so that
 * none of them waits for another and none fails with another. Behind a balancer, divide `BUDGET_PER_MINUTE` by their number.
 */
export class Budget {
  readonly #spent: RateLimiterMemory

  constructor(readonly perMinute: number) {
    this.#spent = new RateLimiterMemory({ points: perMinute, duration: windowSeconds })
  }

  /** Refuses a client that has nothing left; takes nothing. */
  async check(client: string): Promise<void> {
    const found = await this.#spent.get(client)
    if (found && found.remainingPoints <= 0) throw this.#throttled(found)
  }

  /** Takes the cost and returns what remains. A refused cost is given back, so that a smaller question still has its answer. */
  async spend(client: string, cost: number): Promise<number> {
    try {
      return (await this.#spent.consume(client, cost)).remainingPoints
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused
      throw this.#throttled(await this.#spent.reward(client, cost), refused.msBeforeNext)
    }
  }

  #throttled({ remainingPoints, msBeforeNext }: RateLimiterRes, wait = msBeforeNext): Throttled {
    return new Throttled(Math.max(1, Math.ceil(wait / 1_000)), this.perMinute, Math.max(0, remainingPoints))
  }
}

/** Who pays: the account or the token; whoever is not signed in, by address. */
export const clientOf = (identity: Identity, address: string | undefined): string =>
  identity.kind === 'person' ? `person ${identity.issuer} ${identity.subject}` : identity.kind === 'service' ? `token ${identity.tokenHash}` : clientAt(address)

// A subscriber of IPv6 has 2^64 addresses to choose from, which would be as many budgets.
export function clientAt(address = ''): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return `address ${isIPv6(plain) ? networkOf(plain) : plain}`
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const whole = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return whole.slice(0, 4).join(':').toLowerCase()
}
