import { readdirSync, readFileSync } from 'node:fs'
import { SqlSchemaGenerator } from '@mikro-orm/sql'
import { describe, expect, it } from '@jest/globals'
import { isObjectType, parse, validate } from 'graphql'
import { accessTable, can, checkTotal, open, permissions, Policy, scope, self, type AccessTable, type PolicySource, type Row } from '../../src/access/index.js'
import { isStructural } from '../../src/engine/index.js'
import { contractOf } from '../../src/contract.js'
import { modules } from '../../src/schema.js'
import { useWorld } from '../support/world.js'

const world = useWorld()

const sources: readonly PolicySource[] = modules.map(({ name, access, scopes }) => ({ module: name, tables: access, scopes }))
const structure = () => ({ isOpen: isStructural, hasColumn: (type: string, path: string) => world.backbone.engine.model.hasColumn(type, path) })
const check = (of: readonly PolicySource[]) => () => checkTotal(world.backbone.schema, new Policy(of), structure())

/** The sources with one table's row replaced, or left out. */
const withRow = (type: string, field: string, entry: AccessTable[string][string] | undefined): PolicySource[] =>
  sources.map((source) => ({
    ...source,
    tables: source.tables.map((table) => {
      if (!table[type]?.[field] || 'also' in table[type][field]) return table
      const { [field]: _old, ...others } = table[type]
      return { ...table, [type]: entry ? { ...others, [field]: entry } : others }
    }),
  }))
const plus = (table: AccessTable): PolicySource[] => [...sources, { module: 'extra', tables: [table], scopes: [] }]

describe('the published contract', () => {
  it.each(['schema.graphql', 'access.md', 'operations/manifest.json'])('schema/%s is what this build emits; else run `npm run schema`', (name) => {
    const [kept, emitted] = [readFileSync(`schema/${name}`, 'utf8').split('\n'), contractOf(world.backbone)[name]!.split('\n')]
    // The first line that differs says enough; the whole of it would fill screens.
    const at = emitted.findIndex((line, index) => line !== kept[index])
    expect({ line: at + 1, kept: kept[at] }).toEqual({ line: at + 1, kept: emitted[at] })
    expect(kept).toHaveLength(emitted.length)
  })

  it('keeps the front page of a portal valid', () => {
    const front = `query JointInitiatives($first: Int = 20) {
      initiatives(filter: { status: { eq: ACTIVE } }, orderBy: [{ field: CREATED_AT, direction: DESC }], first: $first) {
        totalCount
        nodes {
          id code title status
          leadUnit { id name }
          participations { role unit { id name } }
          tasks(first: 10, orderBy: [{ field: DUE_ON, direction: ASC }]) {
            nodes { id title status dueOn assignments { role progress unit { name } person { name title } } }
          }
        }
      }
    }`
    expect(validate(world.backbone.schema, parse(front))).toEqual([])
    expect(validate(world.backbone.schema, parse(front.replace('dueOn', 'dueDay')))).toHaveLength(1)
  })

  it.each(readdirSync('schema/operations').filter((name) => name.endsWith('.graphql')))('keeps schema/operations/%s valid', (name) => {
    expect(validate(world.backbone.schema, parse(readFileSync(`schema/operations/${name}`, 'utf8')))).toEqual([])
  })

  it('makes every entity one that a gateway can join by id', () => {
    const entities = modules.flatMap(({ records }) => records.map(({ name }) => name))
    const keyed = parse(world.backbone.sdl).definitions.flatMap((node) =>
      node.kind === 'ObjectTypeDefinition' && node.directives!.some(({ name, arguments: args }) => name.value === 'key' && args!.some(({ value }) => value.kind === 'StringValue' && value.value === 'id')) ? [node.name.value] : [],
    )
    expect(keyed.sort()).toEqual(entities.sort())
    expect(entities.length).toBeGreaterThanOrEqual(15)
  })
})

describe('the database', () => {
  it('has no migration pending', async () => {
    expect(await world.backbone.database.pendingMigrations()).toEqual([])
  })

  it('is what the entities say: a fresh one needs no change', async () => {
    expect(await changes()).toEqual([])
    await world.sql('alter table person drop column office_phone')
    expect(await changes()).toEqual(['alter table "person" add "office_phone" text null'])
    await world.sql('alter table person add column office_phone text null')
  })

  // What entities cannot say (exclusion, deferred and partial constraints, path indexes) stands in the migrations alone.
  const onlyInMigrations = /^(alter table "\w+" drop constraint|drop index) "\w+"$/
  async function changes(): Promise<string[]> {
    const generator = new SqlSchemaGenerator(world.backbone.database.orm.em as never)
    const script = await generator.getUpdateSchemaSQL({ safe: true, wrap: false })
    return script.split(';').map((statement) => statement.trim()).filter((statement) => statement && !onlyInMigrations.test(statement))
  }
})

describe('guarded fields', () => {
  it('are nullable, since a hidden value is null', () => {
    const { schema, engine } = world.backbone
    const guarded = [...engine.policy.rows].flatMap(([type, rows]) => {
      const graph = schema.getType(type)
      if (!isObjectType(graph) || type === 'Query' || type === 'Mutation') return []
      return [...rows].flatMap(([field, { row }]) => (row.read.kind === 'open' || row.read.kind === 'signedIn' ? [] : [[`${type}.${field}`, String(graph.getFields()[field]!.type)] as const]))
    })
    expect(guarded.map(([name]) => name)).toEqual(expect.arrayContaining(['Person.mobile', 'Person.nationalId', 'Assignment.internalNote']))
    expect(guarded.filter(([, type]) => type.endsWith('!'))).toEqual([])
  })

  it('stop the build where one is not', () => {
    expect(check(withRow('Task', 'title', self('id')))).toThrow('Task.title: the field is guarded, so it must be nullable')
  })
})

describe('access tables', () => {
  it('are total as they stand', () => expect(check(sources)).not.toThrow())

  it('stop the build when a row is removed, whichever it is', () => {
    const all = sources.flatMap(({ tables }) => tables.flatMap((table) => Object.entries(table).flatMap(([type, fields]) => Object.entries(fields).flatMap(([field, entry]) => ('also' in entry ? [] : [[type, field] as const])))))
    expect(all.length).toBeGreaterThan(200)
    // A type of the gateway is made by the federation library after the check.
    const unseen = all.filter(([type, field]) => {
      try {
        check(withRow(type, field, undefined))()
        return true
      } catch (error) {
        return !(error as Error).message.includes(`${type}.${field}`)
      }
    })
    expect(unseen).toEqual([])
  })

  it('stop the build for a row without a field', () => {
    expect(check(plus(accessTable({ Task: { colour: open } })))).toThrow('Task.colour: the access row has no field')
    expect(check(plus(accessTable({ Tusk: { id: open } })))).toThrow('Tusk.id: the access row has no field')
  })

  it('stop the build for a guard over a column that is not there', () => {
    expect(check(withRow('Person', 'mobile', self('idd')))).toThrow('Person.mobile: the guard reads Person.idd, which is no column')
    expect(check(withRow('Person', 'mobile', { read: self('id'), filter: can('person:readContact').ownUnit('unit.nameId') }))).toThrow('Person.mobile: the guard reads Person.unit.nameId, which is no column')
    const scopes = [...sources, { module: 'extra', tables: [], scopes: [scope('Nothing', self('personId'))] }]
    expect(check(scopes)).toThrow('Nothing: the scope reads personId, which is no column')
  })

  it('stop the build for a permission that no role holds', () => {
    expect(check(withRow('Person', 'mobile', can('person:guess' as never)))).toThrow('Person.mobile: the permission person:guess is held by no role')
    const nested: Row = { read: open, write: { kind: 'all', of: [open, { kind: 'any', of: [can('unit:rule' as never).ownUnit('unitId')] }] } }
    expect(check(withRow('Assignment', 'internalNote', nested))).toThrow('Assignment.internalNote: the permission unit:rule is held by no role')
    expect(Object.entries(permissions).filter(([, roles]) => roles.length === 0)).toEqual([])
  })

  it('stop the build for a row or a scope written twice, and for one widened before it is written', () => {
    expect(check(plus(accessTable({ Task: { title: open } })))).toThrow('Task.title: module extra writes a row that tasks wrote')
    expect(check(plus(accessTable({ Task: { colour: { also: open } } })))).toThrow('Task.colour: module extra widens a row that no module above it wrote')
    expect(check([...sources, { module: 'extra', tables: [], scopes: [scope('Task', open)] }])).toThrow('the scope of Task is written twice')
  })
})
