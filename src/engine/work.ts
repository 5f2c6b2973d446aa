import { CompiledQuery, sql } from 'kysely'
import type { FilterQuery } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { doorOf, fold, toSql, type Act, type Guard, type Predicate } from '../access/index.js'
import { forbidden, notFound, Problem } from '../kernel/index.js'
import { Aliases, Row, type TypeModel } from './model.js'
import type { Reads } from './read.js'
import { compile } from './statement.js'
import { stale } from './write-errors.js'

/** What a use case works with inside its transaction. */
export class Work {
  readonly #acted = new Set<string>()
  readonly #act: Act

  constructor(
    readonly reads: Reads,
    readonly em: SqlEntityManager,
    readonly mutation: string,
  ) {
    this.#act = reads.engine.policy.act(mutation)
  }

  get today(): string {
    return this.reads.facts.today
  }

  /** A statement inside the transaction. */
  async run<R>(text: string, values: readonly unknown[]): Promise<R[]> {
    const { rows } = await this.em.getKysely().executeQuery(CompiledQuery.raw(text, [...values]))
    return rows as R[]
  }

  /**
   * The row that the mutation acts on, locked. `NOT_FOUND` where it is not visible, `FORBIDDEN` where the viewer may not act on it,
   * `CONFLICT` where it changed since `expectedVersion`.
   */
  async target<T extends { id: string }>(entity: abstract new (...args: never[]) => T, id: string, field: string, expectedVersion?: number): Promise<T> {
    const row = await this.besides(entity, id, field, this.#guard(), expectedVersion)
    this.#acted.add(id)
    return row
  }

  /** A row that is changed besides the one that the mutation's own row is about: found and locked like a target, and judged by a guard of its own. */
  async besides<T extends { id: string }>(entity: abstract new (...args: never[]) => T, id: string, field: string, guard: Guard, expectedVersion?: number): Promise<T> {
    const type = this.reads.engine.model.of(entity)
    this.reads.checkId(type, id, field)
    const [row] = await this.#judge(type, id, guard, true)
    if (!row) throw notFound(field)
    if (!row.may) throw this.#refused()
    if (expectedVersion !== undefined && row.version !== expectedVersion) throw stale(row.version, await this.#changedSince(id, expectedVersion))
    return this.em.findOneOrFail(entity as never, { id } as FilterQuery<never>) as Promise<T>
  }

  /** A part of the row that the mutation acts on (a participation of its initiative): found, locked and judged through it. */
  async part<T extends { id: string; version: number }>(entity: abstract new (...args: never[]) => T, of: string, id: string, field: string, expectedVersion?: number): Promise<T> {
    const type = this.reads.engine.model.of(entity)
    this.reads.checkId(type, id, field)
    const [row] = await this.#judge(type, id, { kind: 'open' }, true)
    if (!row) throw notFound(field)
    const part = (await this.em.findOneOrFail(entity as never, { id } as FilterQuery<never>)) as T
    await this.target((this.reads.engine.model.type(this.#act.on).entity as never), (part as unknown as Record<string, { id: string }>)[of]!.id, field)
    if (expectedVersion !== undefined && row.version !== expectedVersion) throw stale(row.version, await this.#changedSince(id, expectedVersion))
    return part
  }

  /** A row that the change refers to: it must be visible to the viewer. */
  async reference<T extends { id: string }>(entity: abstract new (...args: never[]) => T, id: string, field: string): Promise<T> {
    const type = this.reads.engine.model.of(entity)
    this.reads.checkId(type, id, field)
    const [row] = await this.#judge(type, id, { kind: 'open' }, false)
    if (!row) throw new Problem('UNKNOWN', field, { en: `${field} names no ${type.name} that you can see. Check the id.`, zh: `${field} 所指的 ${type.name} 不存在或不可见，请核对 id。` })
    return this.em.findOneOrFail(entity as never, { id } as FilterQuery<never>) as Promise<T>
  }

  /** Says that the mutation makes this row: its guard is asked once it is written. */
  makes<T extends { id: string }>(entity: T): T {
    this.em.persist(entity)
    this.#acted.add(entity.id)
    return entity
  }

  /** Whether a guard holds of a row as it stands in this transaction. */
  async holds(guard: Guard, entity: Function, id: string): Promise<boolean> {
    const [row] = await this.#judge(this.reads.engine.model.of(entity), id, guard, false, false)
    return row?.may ?? false
  }

  /** The guards again, on what the change left: nobody may move a row to where the act would be refused, or write a field without its right. */
  async checkGuardsAfter(input: object): Promise<void> {
    const type = this.reads.engine.model.type(this.#act.on)
    const rows = this.reads.engine.policy.rows.get(type.name)
    const sent = Object.entries(input).filter(([, value]) => value !== undefined).map(([key]) => rows?.get(key)?.row)
    const guard: Guard = { kind: 'all', of: [this.#guard(), ...sent.map((row) => doorOf(row ?? { read: { kind: 'open' } }, 'write'))] }
    for (const id of this.#acted) {
      const [row] = await this.#judge(type, id, guard, false, false)
      if (!row?.may) throw this.#refused()
    }
  }

  #guard(): Guard {
    return this.#act.when
  }

  #refused() {
    return forbidden(this.mutation)
  }

  #judge(type: TypeModel, id: string, guard: Guard, lock: boolean, scoped = true): Promise<{ version: number; may: boolean }[]> {
    const { policy, model } = this.reads.engine
    const { viewer, facts } = this.reads
    const aliases = new Aliases()
    const subject = new Row(model, type, aliases.next(), aliases)
    const scope = policy.scope(viewer, type.name)
    const conditions: Predicate[] = [sql`${subject.column('id')} = ${id}`, ...(scoped && scope.kind !== 'open' ? [toSql(scope, subject)] : [])]
    const folded = fold(guard, viewer, (name) => policy.scope(viewer, name))
    const version = subject.of.columns.has('version') ? subject.column('version') : sql`0`
    const statement = compile(
      sql`select ${version} as version, coalesce(${toSql(folded, subject)}, false) as may from ${subject.from} where ${sql.join(conditions, sql` and `)} ${lock ? sql`for update of ${sql.raw(subject.alias)}` : sql``}`,
      viewer,
      facts.today,
    )
    return this.run(statement.text, statement.values)
  }

  async #changedSince(id: string, version: number): Promise<string[]> {
    const rows = await this.run<{ field: string }>(`select distinct unnest(fields) as field from event where subject_id = $1 and version > $2 order by 1`, [id, version])
    return rows.map(({ field }) => field)
  }
}
