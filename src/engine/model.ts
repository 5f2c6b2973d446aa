import { sql } from 'kysely'
import { ReferenceKind, type EntityMetadata, type MikroORM } from '@mikro-orm/core'
import type { Predicate, RowRef } from '../access/index.js'
import { prefixOfClass } from '../kernel/index.js'
import { specsOf, type ReadSpec } from './fields.js'

export interface Column {
  name: string
  /** Decimals and 64-bit numbers travel as text: JSON numbers would lose digits. */
  asText: boolean
  nullable: boolean
  type: string
}

export interface TypeModel {
  name: string
  prefix: string
  table: string
  entity: Function
  columns: ReadonlyMap<string, Column>
  /** To-one references kept on the row: property → column and target type. */
  links: ReadonlyMap<string, { column: string; to: string; nullable: boolean }>
  specs: ReadonlyMap<string, ReadSpec>
}

/** What the database holds of each type, read once from the entities. */
export class Model {
  readonly types = new Map<string, TypeModel>()
  readonly byPrefix = new Map<string, TypeModel>()

  constructor(orm: MikroORM, records: readonly Function[]) {
    for (const entity of records) {
      const meta = orm.getMetadata().get(entity as never) as EntityMetadata
      const columns = new Map<string, Column>()
      const links = new Map<string, { column: string; to: string; nullable: boolean }>()
      for (const property of Object.values(meta.properties)) {
        const column = property.fieldNames?.[0]
        if (!column) continue
        if (property.kind === ReferenceKind.MANY_TO_ONE || property.kind === ReferenceKind.ONE_TO_ONE) {
          links.set(property.name, { column, to: String(property.type), nullable: property.nullable ?? false })
        } else {
          const type = property.columnTypes?.[0] ?? 'text'
          columns.set(property.name, { name: column, asText: /^(numeric|bigint)/.test(type), nullable: property.nullable ?? false, type })
        }
      }
      const type: TypeModel = { name: entity.name, prefix: prefixOfClass(entity), table: meta.tableName, entity, columns, links, specs: specsOf(entity) }
      this.types.set(type.name, type)
      if (this.byPrefix.has(type.prefix)) throw new Error(`id prefix "${type.prefix}" is used by ${this.byPrefix.get(type.prefix)!.name} and ${type.name}`)
      this.byPrefix.set(type.prefix, type)
    }
  }

  type(name: string): TypeModel {
    const type = this.types.get(name)
    if (!type) throw new Error(`no entity ${name}`)
    return type
  }

  of(entity: Function): TypeModel {
    return this.type(entity.name)
  }

  /** Whether a guard, filter or order over the type may read this property or path. */
  hasColumn(typeName: string, path: string): boolean {
    const type = this.types.get(typeName)
    if (!type) return false
    const dot = path.indexOf('.')
    if (dot > 0) {
      const link = type.links.get(path.slice(0, dot))
      return link !== undefined && this.hasColumn(link.to, path.slice(dot + 1))
    }
    if (type.columns.has(path) || type.specs.get(path)?.kind === 'value') return true
    const link = path.endsWith('Id') ? path.slice(0, -2) : ''
    return type.links.has(link) || type.specs.get(link)?.kind === 'one'
  }

  /** A row of the type under an alias of its own. */
  row(type: TypeModel, aliases: Aliases, cameFrom?: string): Row {
    return new Row(this, type, aliases.next(), aliases, cameFrom)
  }
}

/** Names for the rows of one statement. */
export class Aliases {
  #count = 0
  next(): string {
    return `t${this.#count++}`
  }
}

export class Row implements RowRef {
  readonly type: string

  constructor(
    readonly model: Model,
    readonly of: TypeModel,
    readonly alias: string,
    readonly aliases: Aliases,
    readonly parent?: string,
    readonly isPaged = false,
  ) {
    this.type = of.name
  }

  cameFrom(column: string): boolean {
    return this.parent !== undefined && column === `${this.parent}Id`
  }

  /** `table alias` for a from clause. */
  get from(): Predicate {
    return sql`${sql.table(this.of.table)} ${sql.raw(this.alias)}`
  }

  column(path: string): Predicate {
    const dot = path.indexOf('.')
    if (dot > 0) {
      const link = this.of.links.get(path.slice(0, dot))
      if (!link) throw new Error(`${this.type}.${path}: no such relation`)
      const target = this.model.row(this.model.type(link.to), this.aliases)
      return sql`(select ${target.column(path.slice(dot + 1))} from ${target.from} where ${target.column('id')} = ${this.named(link.column)})`
    }
    const column = this.of.columns.get(path)
    if (column) return this.named(column.name)
    const spec = this.of.specs.get(path)
    if (spec?.kind === 'value') return sql`(${spec.sql(this, {})})`
    const name = path.slice(0, -2)
    const link = this.of.links.get(name)
    if (link) return this.named(link.column)
    const derived = this.of.specs.get(name)
    if (derived?.kind === 'one') return sql`(${derived.id(this, {})})`
    throw new Error(`${this.type}.${path}: no such column`)
  }

  divisionPath(column: string): Predicate | undefined {
    if (!/(^|\.)divisionId$/.test(column)) return undefined
    const path = column.replace(/Id$/, 'Path')
    return this.model.hasColumn(this.type, path) ? this.column(path) : undefined
  }

  /** The same row where its page is cut out. */
  paged(): Row {
    return new Row(this.model, this.of, this.alias, this.aliases, this.parent, true)
  }

  named(column: string): Predicate {
    return sql.ref(`${this.alias}.${column}`)
  }

  other(type: string): { from: Predicate; row: Row } {
    const row = new Row(this.model, this.model.type(type), this.aliases.next(), this.aliases, undefined, this.isPaged)
    return { from: row.from, row }
  }
}
