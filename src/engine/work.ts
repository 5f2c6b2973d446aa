import { CompiledQuery, sql, type RawBuilder } from 'kysely'
import { wrap } from '@mikro-orm/core'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { doorOf, fold, never, open, toSql, type Act, type Guard, type Predicate } from '../access/index.js'
import { forbidden, keepTime, notFound, Problem, Problems } from '../kernel/index.js'
import { actionOf } from './actions.js'
import type { Facts, Told } from './fields.js'
import { Aliases, Row, type TypeModel } from './model.js'
import type { Reads } from './read.js'
import { both } from './planning.js'
import { bind, compile, compileWithSlots, given, keep, numberOf, ready, type Kept, type Statement } from './statement.js'
import { isRefused, stale } from './write-errors.js'

const none: Facts = {}

async function runIn<R>(em: SqlEntityManager, text: string, values: readonly unknown[]): Promise<R[]> {
  const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(text, [...values]))
  return rows as R[]
}

/** A transaction in which a read notes what it told. It changes no row of the graph, so it leaves no entry and no event. */
export class Notes {
  constructor(
    readonly reads: Reads,
    private readonly em: SqlEntityManager,
  ) {}

  /** The text and values with which a statement of this viewer would run. */
  statement(builder: RawBuilder<unknown>): Statement {
    const { text, values } = compileWithSlots(builder)
    return { text, values: bind(values, this.reads.viewer, this.reads.facts.today, undefined) }
  }

  run<R>(builder: RawBuilder<unknown>): Promise<R[]> {
    const { text, values } = this.statement(builder)
    return runIn<R>(this.em, text, values)
  }
}

/** What a use case works with inside its transaction. */
export class Work {
  readonly #acted = new Set<string>()
  readonly #act: Act

  constructor(
    readonly reads: Reads,
    readonly em: SqlEntityManager,
    field: string,
    readonly mutation: string = field,
  ) {
    this.#act = reads.engine.policy.act(field)
    keepTime(em, reads.facts.clock)
  }

  get today(): string {
    return this.reads.facts.today
  }

  /** A statement inside the transaction. */
  run<R>(text: string, values: readonly unknown[]): Promise<R[]> {
    return runIn<R>(this.em, text, values)
  }

  /**
   * The row that the mutation acts on, locked. `NOT_FOUND` where it is not visible, `FORBIDDEN` where the viewer may not act on it,
   * `CONFLICT` where it changed since `expectedVersion`; then the conditions that the mutation declared with `action`.
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
    const conditions = this.#act.on === type.name && guard === this.#guard() ? actionOf(this.mutation) : undefined
    const row = await this.#load(type, id, guard, true, conditions?.facts)
    if (!row) throw notFound(field)
    if (!row.may) throw this.#refused()
    if (expectedVersion !== undefined && row.version !== expectedVersion) throw stale(row.version, await this.#changedSince(id, expectedVersion))
    const missing = conditions?.missing(row.told as never) ?? []
    if (missing.length > 0) throw new Problems(missing)
    return row.entity as T
  }

  /** A part of the row that the mutation acts on (a participation of its initiative): found, locked and judged through it. */
  async part<T extends { id: string; version: number }>(entity: abstract new (...args: never[]) => T, of: string, id: string, field: string, expectedVersion?: number): Promise<T> {
    const type = this.reads.engine.model.of(entity)
    this.reads.checkId(type, id, field)
    const row = await this.#load(type, id, open, true)
    if (!row) throw notFound(field)
    const part = row.entity as T
    await this.target((this.reads.engine.model.type(this.#act.on).entity as never), (part as unknown as Record<string, { id: string }>)[of]!.id, field)
    if (expectedVersion !== undefined && row.version !== expectedVersion) throw stale(row.version, await this.#changedSince(id, expectedVersion))
    return part
  }

  /** A row that the change refers to: it must be visible to the viewer. */
  async reference<T extends { id: string }>(entity: abstract new (...args: never[]) => T, id: string, field: string): Promise<T> {
    const type = this.reads.engine.model.of(entity)
    this.reads.checkId(type, id, field)
    const row = await this.#load(type, id, open, false)
    if (!row) throw new Problem('UNKNOWN', field, { en: `${field} names no ${type.name} that you can see. Check the id.`, zh: `${field} 所指的 ${type.name} 不存在或不可见，请核对 id。` })
    return row.entity as T
  }

  /** Says that the mutation makes this row: its guard is asked once it is written. */
  makes<T extends { id: string }>(entity: T): T {
    this.em.persist(entity)
    this.#acted.add(entity.id)
    return entity
  }

  /** A change of a part that is kept apart is a change of its row: the version that others hold must become stale. */
  touch(entity: { updatedAt: Date }): void {
    // Any other time makes it a change; the flush writes the right one.
    entity.updatedAt = new Date(entity.updatedAt.getTime() + 1)
  }

  /** A row that the mutation would make is there already: refused as it would be without that row, so that nobody learns of it who may not make one. */
  async rightToMake(known: { id: string }): Promise<void> {
    if (!(await this.holds(this.#guard(), known.constructor, known.id))) throw this.#refused()
  }

  /** Facts of a row as they stand in this transaction; what is not yet flushed does not count. */
  async facts<F extends Facts>(entity: Function, id: string, facts: F): Promise<Told<F>> {
    const { model } = this.reads.engine
    const row = model.row(model.of(entity), new Aliases())
    const columns = Object.entries(facts).map(([name, told]) => sql`${told(row)} as ${sql.id(name)}`)
    const { text, values } = compile(sql`select ${sql.join(columns)} from ${row.from} where ${row.column('id')} = ${id}`, this.reads.viewer, this.today)
    const [found] = await this.run<Told<F>>(text, values)
    if (!found) throw new Error(`${entity.name} ${id} is not in the database yet`)
    return found
  }

  /** Whether a guard holds of a row as it stands in this transaction. */
  async holds(guard: Guard, entity: Function, id: string): Promise<boolean> {
    const { text, values } = compile(sql`select ${this.#holds(this.reads.engine.model.of(entity), id, guard)} as may`, this.reads.viewer, this.today)
    const [row] = await this.run<{ may: boolean }>(text, values)
    return row!.may
  }

  /**
   * The guards again, on what the change left: nobody may move a row to where the act would be refused, or write a field without its right.
   * Where they hold, the entry goes on record in the same statement; where not, the statement fails, and the transaction with it.
   */
  async record(input: object, entry: object): Promise<void> {
    const type = this.reads.engine.model.type(this.#act.on)
    const rows = this.reads.engine.policy.rows.get(type.name)
    const sent = Object.entries(input).filter(([, value]) => value !== undefined).map(([key]) => rows?.get(key)?.row)
    const guards = [this.#guard(), ...sent.map((row) => doorOf(row ?? { read: open }, 'write')).filter(({ kind }) => kind !== 'open')]
    const ids = [...this.#acted]
    const statement = keep(this.reads.engine.policy, `record ${this.reads.viewer.kindKey} ${type.name} ${ids.length} ${guards.map(numberOf).join()}`, () => {
      const held = both(ids.map((_id, at) => this.#holds(type, given(`id${at}`), { kind: 'all', of: guards })))
      return sql`select case when ${held} then heli_record_act(cast(${given('entry')} as jsonb)) else heli_refuse() end`
    })
    await this.#run(statement, { ...Object.fromEntries(ids.map((id, at) => [`id${at}`, id])), entry: JSON.stringify(entry) }).catch((error: unknown) => {
      throw isRefused(error) ? this.#refused() : error
    })
  }

  #guard(): Guard {
    return this.#act.when
  }

  #refused() {
    return forbidden(this.mutation)
  }

  /** The row in the transaction with the verdict on it, made into its entity: one look at the table for both. Undefined where it is not visible. */
  async #load(type: TypeModel, id: string, guard: Guard, lock: boolean, facts: Facts = none): Promise<{ version: number; may: boolean; entity: unknown; told: Record<string, unknown> } | undefined> {
    const names = [...type.columns.values(), ...[...type.links.values()].map(({ column }) => ({ name: column }))].map(({ name }) => name)
    const { policy } = this.reads.engine
    const rules = [guard, policy.scopes.get(type.name)?.rows ?? never, facts].map(numberOf).join()
    const statement = keep(policy, `load ${this.reads.viewer.kindKey} ${type.name} ${lock} ${rules}`, () => {
      const subject = this.#subject(type)
      const scope = policy.scope(this.reads.viewer, type.name)
      const where = both([sql`${subject.column('id')} = ${given('id')}`, scope.kind === 'open' ? undefined : toSql(scope, subject)])
      const told = Object.entries(facts).map(([name, of]) => sql`${of(subject)} as ${sql.id(`~${name}`)}`)
      const columns = sql.join([...names.map((name) => subject.named(name)), ...told, sql`coalesce(${toSql(this.#folded(guard), subject)}, false) as "~~may"`])
      return sql`select ${columns} from ${subject.from} where ${where} ${lock ? sql`for update of ${sql.raw(subject.alias)}` : sql``}`
    })
    const [row] = await this.#run<Record<string, unknown>>(statement, { id })
    if (!row) return undefined
    const { '~~may': may, ...rest } = row
    const told = Object.fromEntries(Object.keys(facts).map((name) => [name, rest[`~${name}`]]))
    const data = Object.fromEntries(names.map((name) => [name, rest[name]]))
    // One that this transaction has read, and perhaps changed, stays as it is; a mere reference is filled.
    const known = this.em.getUnitOfWork().getById(type.entity as never, id as never) as object | undefined
    const entity = known && wrap(known).isInitialized() ? known : this.em.map(type.entity as never, data as never)
    return { version: (data['version'] as number | undefined) ?? 0, may: may as boolean, entity, told }
  }

  #holds(type: TypeModel, id: unknown, guard: Guard): Predicate {
    const subject = this.#subject(type)
    return sql`coalesce((select ${toSql(this.#folded(guard), subject)} from ${subject.from} where ${subject.column('id')} = ${id}), false)`
  }

  // As in the window of a page: one row, looked up.
  #subject(type: TypeModel): Row {
    const aliases = new Aliases()
    return new Row(this.reads.engine.model, type, aliases.next(), aliases).paged()
  }

  #folded(guard: Guard): Guard {
    const { policy } = this.reads.engine
    return fold(guard, this.reads.viewer, (name) => policy.scope(this.reads.viewer, name))
  }

  #run<R>(statement: Kept, given: Readonly<Record<string, unknown>>): Promise<R[]> {
    const { text, values } = ready(statement, this.reads.viewer, this.today, given)
    return this.run<R>(text, values)
  }

  async #changedSince(id: string, version: number): Promise<string[]> {
    const rows = await this.run<{ field: string }>(`select distinct unnest(fields) as field from event where subject_id = $1 and version > $2 order by 1`, [id, version])
    return rows.map(({ field }) => field)
  }
}
