import 'reflect-metadata'
import { createRequire } from 'node:module'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { printSchemaWithDirectives } from '@graphql-tools/utils'
import { isObjectType, parse, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql'
import { buildSchemaSync, createResolversMap } from 'type-graphql'
import { checkTotal, describe, Policy, verdict } from './access/index.js'
import { Fence, graph, installResolvers, isStructural, Model, type Engine, type Module, type ReadConnection, type Reads, type TypeModel } from './engine/index.js'
import { forbidden, Refusal } from './kernel/index.js'
import type { Evidence } from './modules/evidence/index.js'
import type { LotKeys } from './modules/procurement/index.js'
import { modules as domain } from './modules/index.js'
import { reporting } from './reporting/index.js'
import type { Orm } from './database.js'

export const modules: readonly Module[] = [graph, ...domain, ...reporting]

/** Every class with a table. */
export const entities = modules.flatMap(({ records, stored }) => [...records, ...(stored ?? [])])
const records = modules.flatMap((module) => module.records)

/** What a resolver finds in its context. */
export interface RequestContext {
  reads: Reads
  orm: Orm
  /** Where the content of attachments lies, and how much of it is taken. */
  evidence: Evidence
  lotKeys: LotKeys | undefined
  /** The request carries the gateway's credential. */
  isRouter: boolean
  /** Introspection, `_service` and suggestions: for everybody outside production; there for the gateway and holders of `schema:introspect`. */
  seesSchema(): boolean
  /** Writes the audit entry of the sensitive values that the answer contains; it must succeed before the answer leaves. */
  recordReads(): Promise<void>
}

export interface Heli {
  schema: GraphQLSchema
  /** The SDL that a gateway composes and `/schema.graphql` serves. */
  sdl: string
  engine: Engine
}

/** The graph with its policy compiled in. Refuses to be built when the access tables are not total. */
export function createHeli(orm: Orm, connection: ReadConnection): Heli {
  const policy = new Policy(modules.map(({ name, access, scopes }) => ({ module: name, tables: access, scopes })))
  const { schema: bare, sdl } = buildGraph(policy)
  const model = new Model(orm as never, records)
  checkTotal(bare, policy, { isOpen: isStructural, hasColumn: (type, path) => model.hasColumn(type, path) })
  const fence = new Fence(model, policy, modules.flatMap(({ fenced }) => fenced ?? []))
  installResolvers(bare, model)
  installGateway(bare, model)
  return { schema: guardRoots(bare, policy), sdl, engine: { model, policy, connection, fence } }
}

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n`

function buildGraph(policy: Policy): { schema: GraphQLSchema; sdl: string } {
  const resolvers = modules.flatMap(({ resolvers: own, fields }) => [...(own ?? []), ...(fields ?? []).map(({ resolver }) => resolver)])
  const built = buildSchemaSync({ resolvers: resolvers as never, orphanedTypes: records as never, validate: false, skipCheck: true })
  tellAccess(built, policy)
  const printed = printSchemaWithDirectives(built).replace(/^type PageInfo /m, 'type PageInfo @shareable ')
  const sdl = link + printed
  return { schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: createResolversMap(built) as never }]), sdl }
}

/** Says in each guarded field's own description who may read it, so that the schema never disagrees with the policy. */
function tellAccess(schema: GraphQLSchema, policy: Policy): void {
  for (const [typeName, rows] of policy.rows) {
    const type = schema.getType(typeName)
    if (!isObjectType(type)) continue
    for (const [name, { row }] of rows) {
      const field = type.getFields()[name]
      if (!field || row.read.kind === 'open' || row.read.kind === 'signedIn') continue
      const said = describe(row.read)
      field.description = `${field.description ?? ''}\nAccess: ${said.en}.${row.because ? ` Because ${row.because}.` : ''}\n权限：${said.zh}。`.trim()
    }
  }
}

/** `_entities` reads through the same plan and policy and asks for the gateway's credential; `_service` is as closed as introspection. */
function installGateway(schema: GraphQLSchema, model: Model): void {
  const fields = schema.getQueryType()!.getFields()
  const forRouter = (resolve: GraphQLFieldResolver<unknown, RequestContext>): GraphQLFieldResolver<unknown, RequestContext> => (source, args, context, info) => {
    if (!context.isRouter) throw new Refusal('FORBIDDEN', { en: 'Only the gateway asks this: it sends its credential in `x-heli-router`.', zh: '仅限网关调用：须在请求头 x-heli-router 中携带凭据。' })
    return resolve(source, args, context, info)
  }
  const service = fields['_service']!
  const tell = service.resolve as GraphQLFieldResolver<unknown, RequestContext>
  service.resolve = ((source, args, context, info) => {
    if (!context.seesSchema()) throw new Refusal('FORBIDDEN', { en: 'In production the schema is told to the gateway and to holders of `schema:introspect` only.', zh: '生产环境仅向网关和持有 schema:introspect 权限者提供模式。' })
    return tell(source, args, context, info)
  }) as typeof tell as never
  fields['_entities']!.resolve = forRouter((_source, { representations }, { reads }, info) => {
    const asked = representations as { __typename: string; id?: string }[]
    return reads.byIds(info, asked.map((one) => referenceOf(one, reads, model)))
  }) as never
  const union = schema.getType('_Entity') as { resolveType?: unknown } | undefined
  if (union) union.resolveType = (row: { '~type': string }) => row['~type']
}

function referenceOf(one: { __typename: string; id?: string }, reads: Reads, model: Model): { type: TypeModel; id: string } {
  const type = model.types.get(one.__typename)
  if (!type || typeof one.id !== 'string') throw new Refusal('BAD_USER_INPUT', { en: 'A representation needs `__typename` of an entity and its `id`.', zh: '实体引用须含 __typename 与 id。' }, 'representations')
  reads.checkId(type, one.id, 'representations')
  return { type, id: one.id }
}

// Shield's ESM build does not load on Node 23 or later, and mixing ESM middleware with CommonJS shield fails; its old dependency wants util.isUndefined.
const require = createRequire(import.meta.url)
const util = require('node:util') as { isUndefined?: (value: unknown) => boolean }
util.isUndefined ??= (value) => value === undefined
const shieldModule = require('graphql-shield') as typeof import('graphql-shield')
const { applyMiddleware } = require('graphql-middleware') as typeof import('graphql-middleware')

/** Shield stands before the operations; the fields below are decided by the plan, in SQL. */
function guardRoots(schema: GraphQLSchema, policy: Policy): GraphQLSchema {
  const { rule, shield } = shieldModule
  const rules: Record<string, Record<string, ReturnType<ReturnType<typeof rule>>>> = {}
  for (const root of ['Query', 'Mutation']) {
    const own: Record<string, ReturnType<ReturnType<typeof rule>>> = {}
    for (const [field, { row }] of policy.rows.get(root) ?? []) {
      if (row.read.kind === 'open') continue
      own[field] = rule(`${root}.${field}`, { cache: 'no_cache' })((_source: unknown, _args: unknown, { reads }: RequestContext) => verdict(reads.viewer, row.read, field, policy))
    }
    rules[root] = own
  }
  const refuse = forbidden('an operation without an access row')
  const middleware = shield(rules as never, { fallbackRule: shieldModule.deny, allowExternalErrors: true, fallbackError: refuse }).generate(schema) as Record<string, Record<string, unknown>>
  const roots = Object.fromEntries(
    Object.entries(rules).map(([root, own]) => [root, Object.fromEntries(Object.keys(own).map((field) => [field, middleware[root]![field]]))]),
  )
  return applyMiddleware(schema, roots as never) as GraphQLSchema
}
