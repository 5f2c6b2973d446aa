import { expect } from '@jest/globals'
import { isFollowed } from '../../src/reporting/changes/index.js'
import type { World } from './world.js'

export interface Told {
  sequence: string
  type: string
  id: string
  kind: 'UPSERT' | 'GONE'
  node: Record<string, unknown> | null
}

/** What a reader of the feed of changes keeps: the rows that it was told, and where it stands. Attributes and references of every type, under names that no two types share. */
export class Copy {
  readonly rows = new Map<string, string>()
  cursor: string | null = null
  /** Every cursor so far, with the number of changes told before it. */
  readonly cursors: string[] = []
  pages = 0
  told = 0
  readonly everTold = new Set<string>()

  constructor(
    private readonly world: World,
    readonly login: string,
    readonly types: readonly string[] | null = null,
    private readonly first = 50,
  ) {}

  /** One page. */
  async step(): Promise<{ hasMore: boolean; changes: Told[] }> {
    const document = `query ($since: String, $types: [String!], $first: Int!) { changes(since: $since, types: $types, first: $first) { cursor hasMore asOf changes { sequence type id kind at node { ${selection(this.world, this.types ?? undefined)} } } } }`
    const { data, errors } = await this.world.as(this.login).run(document, { since: this.cursor, types: this.types, first: this.first })
    expect(errors).toEqual([])
    this.take(data.changes)
    return data.changes
  }

  take({ cursor, changes }: { cursor: string; changes: Told[] }): void {
    this.cursor = cursor
    this.cursors.push(cursor)
    this.pages++
    this.told += changes.length
    for (const { id, kind, node } of changes) {
      this.everTold.add(id)
      // A row that went out of sight between the two looks is told as gone later.
      if (kind === 'UPSERT' && node) this.rows.set(id, JSON.stringify(node))
      else this.rows.delete(id)
    }
  }

  /** All that is waiting. */
  async pull(): Promise<Told[]> {
    const all: Told[] = []
    for (;;) {
      const { hasMore, changes } = await this.step()
      all.push(...changes)
      if (!hasMore) return all
    }
  }

  /** Another reader with what this one has. */
  fork(): Copy {
    const other = new Copy(this.world, this.login, this.types, this.first)
    other.cursor = this.cursor
    for (const [id, row] of this.rows) other.rows.set(id, row)
    return other
  }
}

export const followed = ({ backbone }: World): string[] => [...backbone.engine.model.types.keys()].filter(isFollowed)

/** `... on Type { … }` with all attributes and references that a row keeps itself. */
export function selection(world: World, types: readonly string[] = followed(world)): string {
  const { model, policy } = world.backbone.engine
  return types
    .map((name) => {
      const type = model.type(name)
      const own = [...policy.rows.get(name)!.keys()].flatMap((field) => (type.columns.has(field) ? [`${name}_${field}: ${field}`] : type.links.has(field) ? [`${name}_${field}: ${field} { id }`] : []))
      return `... on ${name} { ${own.join(' ')} }`
    })
    .join(' ')
}

/** What the viewer reads of every row that there is, asked by id: the state that a copy should have. */
export async function stateOf(world: World, login: string, types: readonly string[] = followed(world)): Promise<Map<string, string>> {
  const state = new Map<string, string>()
  for (const name of types) {
    const rows = await world.sql<{ id: string }>(`select id from "${world.backbone.engine.model.type(name).table}" order by id`)
    for (let at = 0; at < rows.length; at += 200) {
      const ids = rows.slice(at, at + 200).map(({ id }) => id)
      const { data } = await world.as(login).run(`query ($ids: [ID!]!) { nodes(ids: $ids) { ${selection(world, [name])} } }`, { ids })
      for (const [index, node] of data.nodes.entries()) if (node) state.set(ids[index]!, JSON.stringify(node))
    }
  }
  return state
}

/** Writes by hand what an act would have written: rows, and the events that name them. */
export async function happen({ backbone }: World, writes: readonly [text: string, values?: unknown[]][], events: readonly { type: string; id: string; kind: string; fields?: readonly string[] }[]): Promise<void> {
  const changes = events.map(({ type, id, kind, fields = [] }) => ({ type, id, kind, version: 2, fields: Object.fromEntries(fields.map((name) => [name, [null, null]])) }))
  const entry = { verb: 'test', subjectId: null, requestId: 'test', personId: null, tokenId: null, posts: [], changes, idempotency: null }
  await backbone.database.transaction(async (run) => {
    for (const [text, values = []] of writes) await run({ text, values })
    await run({ text: 'select heli_record($1::jsonb)', values: [JSON.stringify(entry)] })
  })
}
