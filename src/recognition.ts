import { anonymous, type Viewer } from './access/index.js'
import type { Database } from './database.js'
import { ready, telling, type Claim } from './engine/index.js'
import { Refusal } from './kernel/index.js'
import { viewerFrom, viewerTold, viewerValues, type Identity } from './modules/people/index.js'

interface Known {
  viewer: Viewer
  told: string
}

const maxKnown = 10_000

/**
 * Who asks. The database says it with every request, so that a right taken away is gone with the next one. Whoever asked before is taken for the
 * same as then, and the database says so, or else, along with the answer: a statement of its own was a third of a short answer's time.
 */
export class Recognition {
  readonly #known = new Map<string, Known>()

  constructor(private readonly database: Pick<Database, 'read'>) {}

  /** The viewer as the database knows them now. */
  async ask(identity: Identity, today: string): Promise<Viewer> {
    const [row] = await this.database.read<{ told: string | null }>(ready(telling(viewerTold[identity.kind]), anonymous, today, viewerValues(identity)))
    return this.#learn(identity, row!.told)
  }

  /** The viewer as an earlier request found them, with what must still be told; undefined where nobody asked before. */
  remember(identity: Identity): { viewer: Viewer; claim: Claim } | undefined {
    const known = this.#known.get(keyOf(identity))
    if (!known) return undefined
    return { viewer: known.viewer, claim: { told: viewerTold[identity.kind], values: viewerValues(identity), before: known.told, recognise: (told) => this.#learn(identity, told) } }
  }

  #learn(identity: Identity, told: string | null): Viewer {
    const key = keyOf(identity)
    this.#known.delete(key)
    const viewer = viewerFrom(told)
    if (!viewer) {
      throw new Refusal('UNAUTHENTICATED', {
        en: 'The token is good, but no account here belongs to it, or the account is blocked, expired or revoked. Ask the security administrator.',
        zh: '令牌有效，但没有对应的账户，或账户、令牌已被停用或过期。请联系安全管理员。',
      })
    }
    if (this.#known.size >= maxKnown) this.#known.delete(this.#known.keys().next().value!)
    this.#known.set(key, { viewer, told: told! })
    return viewer
  }
}

const keyOf = (identity: Identity): string => (identity.kind === 'person' ? `person ${identity.issuer} ${identity.subject}` : `service ${identity.tokenHash}`)
