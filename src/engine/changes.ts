import type { ChangeSet, EntityManager, EventSubscriber, FlushEventArgs } from '@mikro-orm/core'
import { open, type Guard } from '../access/index.js'
import type { Engine } from './read.js'

/** One row that a mutation changed. */
export interface Change {
  type: string
  id: string
  kind: 'CREATED' | 'UPDATED' | 'DELETED'
  entity: { version?: number }
  /** Property → value before and after; both null where the value is sensitive. */
  fields: Record<string, [unknown, unknown]>
}

const silent = new Set(['id', 'version', 'createdAt', 'updatedAt'])
const collected = new WeakMap<object, Change[]>()

/** Values of these entities are never copied into the audit trail, only the names of what changed. */
const sensitive = new Set<string>()
export const markSensitive = (entity: Function): void => void sensitive.add(entity.name)

type Fields = Change['fields']
const withheld = new Map<string, (row: never, fields: Fields) => boolean>()
/** The same for single rows, and for every row that is visible through one of them: an auditor reads the trail, but not all that it is about. */
export const withholdValues = <T extends object>(entity: abstract new (...args: never[]) => T, of: (row: T, fields: Fields) => boolean): void => void withheld.set(entity.name, of as never)

/** What a unit of work changed, as the audit trail keeps it: without the values that only some readers of a row may see. */
export async function changesForTrail(em: EntityManager, { policy, model }: Pick<Engine, 'policy' | 'model'>): Promise<(Omit<Change, 'entity'> & { version: number | null })[]> {
  const isOpen = (type: string, field: string) => (policy.rows.get(type)?.get(field)?.row.read ?? open).kind === 'open'
  const isWithheld = async (type: string, row: object, fields: Fields = {}): Promise<boolean> => {
    if (withheld.get(type)?.(row as never, fields)) return true
    const through = throughOf(policy.scopes.get(type)?.rows)
    const reference = through && ((row as Record<string, unknown>)[through.column.replace(/Id$/, '')] as { id: string } | null | undefined)
    if (!reference || !mayBeWithheld(through.type, policy)) return false
    const above = await em.findOne(model.type(through.type).entity as never, { id: reference.id } as never)
    return above === null || isWithheld(through.type, above)
  }
  return Promise.all(
    changesIn(em).map(async ({ entity, fields, ...change }) => {
      const keepsNone = await isWithheld(change.type, entity, fields)
      const kept = Object.entries(fields).map(([name, values]) => [name, keepsNone || !isOpen(change.type, name) ? [null, null] : values])
      return { ...change, fields: Object.fromEntries(kept) as Fields, version: entity.version ?? null }
    }),
  )
}

const mayBeWithheld = (type: string, policy: Engine['policy']): boolean => {
  const through = throughOf(policy.scopes.get(type)?.rows)
  return withheld.has(type) || (through !== undefined && mayBeWithheld(through.type, policy))
}

/** The relation through which alone, or among others, a type's rows are visible. */
const throughOf = (rows: Guard | undefined): Extract<Guard, { kind: 'visible' }> | undefined =>
  rows?.kind === 'visible' ? rows : rows?.kind === 'any' || rows?.kind === 'all' ? rows.of.map(throughOf).find((found) => found) : undefined

/** Notes every row that a unit of work writes, for its audit entry and events. */
export class ChangeCollector implements EventSubscriber {
  onFlush({ em, uow }: FlushEventArgs): void {
    const changes = collected.get(em) ?? []
    for (const set of uow.getChangeSets()) changes.push(changeOf(set))
    collected.set(em, changes)
  }
}

const changesIn = (em: EntityManager): readonly Change[] => collected.get(em) ?? []

function changeOf(set: ChangeSet<object>): Change {
  const type = set.meta.className
  const before = (set.originalEntity ?? {}) as Record<string, unknown>
  const names = Object.keys(set.payload).filter((name) => !silent.has(name))
  const fields = names.map((name): [string, [unknown, unknown]] => {
    if (sensitive.has(type)) return [name, [null, null]]
    return [name, [plain(before[name]), plain((set.payload as Record<string, unknown>)[name])]]
  })
  const kind = set.type.startsWith('create') ? 'CREATED' : set.type.startsWith('delete') ? 'DELETED' : 'UPDATED'
  return { type, id: (set.entity as { id: string }).id, kind, entity: set.entity as { version?: number }, fields: Object.fromEntries(fields) }
}

const plain = (value: unknown): unknown => (value === undefined ? null : typeof value === 'object' && value !== null && 'id' in value ? (value as { id: unknown }).id : value)
