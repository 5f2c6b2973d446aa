import { Arg, Ctx, Field, FieldResolver, ID, Info, Int, ObjectType, Query, Resolver, Root } from 'type-graphql'
import type { GraphQLResolveInfo } from 'graphql'
import { markStructural, type Reads, type TypeModel, type WriteContext } from '../../engine/index.js'
import { DateTime, enumeration, NodeInterface, Refusal } from '../../kernel/index.js'
import { changesSince, type Answer, type ChangeRow } from './feed.service.js'

const ChangeKind = enumeration('ChangeKind', 'What became of a row in the feed of changes (变更方式).', {
  UPSERT: 'It is there for you, new or otherwise than before: put it in place of what you have (新增或更新)',
  GONE: 'It is there for you no longer, deleted or out of your sight: remove it (移除)',
})

@ObjectType('Change', { description: 'A row that changed for you (变更).', simpleResolvers: true })
class Change {
  @Field(() => String, { description: 'Its number in your feed; ascending, with gaps.' }) sequence!: string
  @Field(() => String, { description: 'Type of the row, such as `Task`.' }) type!: string
  @Field(() => ID, { description: 'Id of the row.' }) id!: string
  @Field(() => ChangeKind, { description: 'What became of it.' }) kind!: keyof typeof ChangeKind
  @Field(() => DateTime, { description: 'When this feed noticed it; `updatedAt` of the row says when it was done.' }) at!: Date
}
markStructural('Change')

@ObjectType('ChangePage', { description: 'A part of the feed of changes (变更流).', simpleResolvers: true })
class ChangePage {
  @Field(() => String, { description: 'Where the feed goes on: send it as `since`. Always there.' }) cursor!: string
  @Field(() => Boolean, { description: 'Whether more is waiting. False: by this cursor you have all that was committed before `asOf`.' }) hasMore!: boolean
  @Field(() => DateTime, { description: 'The moment up to which the feed was put together.' }) asOf!: Date
  @Field(() => [Change], { description: 'Changes, oldest first.' }) changes!: Change[]
}
markStructural('ChangePage')

const maxChanges = 1_000
/** The trail has numbers and pages of its own, and every act writes to it; how far an export has come is no event. */
const apart = new Set(['AuditEntry', 'ExportJob'])
export const isFollowed = (type: string): boolean => !apart.has(type)

interface PagedChange extends ChangeRow {
  page: PageRows
}

/** The rows of one page, read together for each selection of them. */
class PageRows {
  readonly #read = new Map<string | number, Promise<unknown[]>>()
  readonly #wanted: { id: string; type: TypeModel }[]
  readonly #places: ReadonlyMap<string, number>

  constructor(
    private readonly reads: Reads,
    changes: readonly ChangeRow[],
  ) {
    this.#wanted = changes.filter(({ kind }) => kind === 'UPSERT').map(({ id, type }) => ({ id, type: reads.engine.model.type(type) }))
    this.#places = new Map(this.#wanted.map(({ id }, at) => [id, at]))
  }

  async row(id: string, info: GraphQLResolveInfo): Promise<unknown> {
    const { key } = info.path
    if (!this.#read.has(key)) this.#read.set(key, this.reads.byIds(info, this.#wanted))
    return (await this.#read.get(key)!)[this.#places.get(id)!] ?? null
  }
}

@Resolver(() => Change)
export class ChangesResolver {
  @Query(() => ChangePage, { description: 'What changed for you since a cursor, each row once with its latest content: to keep a copy of all that you may read (变更流). Rows come as their own attributes and references change; what is derived from other rows or from the day is as of the reading.' })
  async changes(
    @Ctx() ctx: WriteContext,
    @Arg('since', () => String, { nullable: true, description: 'Cursor of the page before; null or "" starts with all rows that there are.' }) since: string | null | undefined,
    @Arg('types', () => [String], { nullable: true, description: 'Types of rows, such as `["Task", "Assignment"]`; all where left out. A cursor goes on with the same ones.' }) types: string[] | null | undefined,
    @Arg('first', () => Int, { defaultValue: 200, description: `Page length, 1-${maxChanges}.` }) first: number,
  ): Promise<Omit<Answer, 'changes'> & { changes: PagedChange[] }> {
    if (first < 1 || first > maxChanges) throw new Refusal('BAD_USER_INPUT', { en: `\`first\` must be 1 to ${maxChanges}; got ${first}.`, zh: `first 须为 1 至 ${maxChanges}，当前为 ${first}。` }, 'first')
    const { model } = ctx.reads.engine
    const all = [...model.types.keys()].filter(isFollowed)
    if (types?.length === 0) throw new Refusal('BAD_USER_INPUT', { en: '`types` is empty. Name at least one, or leave it out for all.', zh: 'types 为空，请至少填写一个类型，或省略以获取全部。' }, 'types')
    const unknown = types?.find((type) => !all.includes(type))
    if (unknown !== undefined) throw new Refusal('BAD_USER_INPUT', { en: `\`types\`: there are no changes of "${unknown}". Name types with an id of their own, such as Task.`, zh: `types 中的“${unknown}”没有变更流，请填写有统一标识的类型，如 Task。` }, 'types')
    const answer = await changesSince(ctx, since, types ?? null, all.filter((type) => types?.includes(type) ?? true), first)
    const page = new PageRows(ctx.reads, answer.changes)
    return { ...answer, changes: answer.changes.map((change) => ({ ...change, page })) }
  }

  @FieldResolver(() => NodeInterface, { nullable: true, description: 'The row as you read it now; null where it is gone, also since.' })
  node(@Root() change: PagedChange, @Info() info: GraphQLResolveInfo): Promise<unknown> | null {
    return change.kind === 'GONE' ? null : change.page.row(change.id, info)
  }
}
