import type { ChangeSet, EntityManager, EventSubscriber, FlushEventArgs } from '@mikro-orm/core'

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

/** Notes every row that a unit of work writes, for its audit entry and events. */
export class ChangeCollector implements EventSubscriber {
  onFlush({ em, uow }: FlushEventArgs): void {
    const changes = collected.get(em) ?? []
    for (const set of uow.getChangeSets()) changes.push(changeOf(set))
    collected.set(em, changes)
  }
}

export const changesIn = (em: EntityManager): readonly Change[] => collected.get(em) ?? []

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
