import { sql } from 'kysely'
import { Arg, Ctx, Field, ID, Info, ObjectType, Query, Resolver } from 'type-graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { accessTable, describe, doorOf, fold, open, signedIn, toSql, type Guard } from '../access/index.js'
import { NodeInterface, notFound, Refusal } from '../kernel/index.js'
import { markStructural } from './fields.js'
import { Aliases, Row } from './model.js'
import { defineModule } from './module.js'
import type { Reads } from './read.js'

@ObjectType('AccessExplanation', { description: 'Why a field of a row is open or hidden for you (权限说明).', simpleResolvers: true })
class AccessExplanation {
  @Field(() => Boolean, { description: 'Whether you may read it.' }) allowed!: boolean
  @Field(() => String, { description: 'The whole rule, as a sentence.' }) sentence!: string
  @Field(() => String, { nullable: true, description: 'The part of the rule that lets you in; null where none does.' }) decidedBy!: string | null
  @Field(() => [String], { description: 'Where it is hidden: each of these alone would open it.' }) needed!: string[]
}
markStructural('AccessExplanation')

const maxNodes = 200

@Resolver()
class GraphResolver {
  @Query(() => NodeInterface, { nullable: true, description: 'Any object by its id; `NOT_FOUND` where it is absent or not visible.' })
  async node(@Arg('id', () => ID) id: string, @Ctx() { reads }: { reads: Reads }, @Info() info: GraphQLResolveInfo): Promise<unknown> {
    return reads.visible(info, reads.typeOf(id, 'id'), id)
  }

  @Query(() => [NodeInterface], { nullable: 'items', description: 'Objects by their ids, in order, null where one is absent or not visible; at most 200.' })
  async nodes(@Arg('ids', () => [ID]) ids: string[], @Ctx() { reads }: { reads: Reads }, @Info() info: GraphQLResolveInfo): Promise<unknown[]> {
    if (ids.length > maxNodes) throw new Refusal('BAD_USER_INPUT', { en: `At most ${maxNodes} ids at once; got ${ids.length}.`, zh: `一次最多 ${maxNodes} 个 id，当前 ${ids.length} 个。` }, 'ids')
    return reads.byIds(info, ids.map((id, at) => ({ id, type: reads.typeOf(id, `ids.${at}`) })))
  }

  @Query(() => AccessExplanation, { description: 'Which rule decides whether you read this field of this row. Tells nothing of a row that you may not see.' })
  async explainAccess(
    @Arg('type', () => String, { description: 'Type name, such as "Person".' }) typeName: string,
    @Arg('field', () => String, { description: 'Field name, such as "mobile".' }) field: string,
    @Arg('id', () => ID, { description: 'The row.' }) id: string,
    @Ctx() { reads }: { reads: Reads },
  ): Promise<AccessExplanation> {
    const { model, policy } = reads.engine
    const type = model.types.get(typeName)
    const row = policy.rows.get(typeName)?.get(field)?.row
    if (!type || !row) throw new Refusal('BAD_USER_INPUT', { en: `There is no field ${typeName}.${field}. Take type and field from the schema.`, zh: `不存在字段 ${typeName}.${field}，请按模式填写。` }, type ? 'field' : 'type')
    reads.checkId(type, id, 'id')
    const whole = doorOf(row, 'read')
    const parts = whole.kind === 'any' ? whole.of : [whole]
    const verdicts = await this.#verdicts(reads, typeName, id, parts)
    const { language } = reads.facts
    const at = verdicts.indexOf(true)
    return {
      allowed: at >= 0,
      sentence: describe(whole)[language],
      decidedBy: at >= 0 ? describe(parts[at]!)[language] : null,
      needed: at >= 0 ? [] : parts.filter((part) => part.kind !== 'never').map((part) => describe(part)[language]),
    }
  }

  async #verdicts(reads: Reads, typeName: string, id: string, parts: readonly Guard[]): Promise<boolean[]> {
    const { model, policy } = reads.engine
    const aliases = new Aliases()
    const row = new Row(model, model.type(typeName), aliases.next(), aliases)
    const scopeOf = (name: string) => policy.scope(reads.viewer, name)
    const columns = parts.map((part, at) => sql`coalesce(${toSql(fold(part, reads.viewer, scopeOf), row)}, false) as ${sql.id(`p${at}`)}`)
    const [found] = await reads.ask<Record<string, boolean>>(sql`select ${sql.join(columns)} from ${row.from} where ${row.column('id')} = ${id} and ${toSql(scopeOf(typeName), row)}`)
    if (!found) throw notFound('id')
    return parts.map((_part, at) => found[`p${at}`]!)
  }
}

/** What the graph offers without any module: objects by id, the reasons of access, and the gateway's own queries. */
export const graph = defineModule({
  name: 'graph',
  records: [],
  resolvers: [GraphResolver],
  access: [
    accessTable({
      Query: { node: signedIn, nodes: signedIn, explainAccess: signedIn, _service: open, _entities: signedIn },
      _Service: { sdl: open },
    }),
  ],
  scopes: [],
})
