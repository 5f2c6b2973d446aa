import type { Said } from '../kernel/index.js'

/**
 * What a document and its variables may hold. They bound the work that is done before anyone knows what an operation costs,
 * so they are no settings: a portal's own documents stay under a fifth of each (a test says how far), a bomb is over at once.
 * What an operation may cost and a client may spend are settings: `MAX_COST`, `BUDGET_PER_MINUTE`.
 */
export const limits = {
  tokens: 2_000,
  depth: 15,
  aliases: 50,
  directives: 50,
  operations: 20,
  rootFields: 20,
  fields: 1_000,
  repeats: 50,
  nameLength: 128,
  // A response key becomes a column's name, and PostgreSQL cuts names after 63 bytes: two keys would become one.
  keyLength: 63,
  listLength: 2_000,
  values: 20_000,
  valueDepth: 20,
} as const

export type LimitName = keyof typeof limits | 'reservedNames' | 'cost'

const words: Record<LimitName, { what: Said; remedy: Said }> = {
  tokens: { what: { en: 'tokens in the document', zh: '文档的词元数' }, remedy: { en: 'Move values into variables, or split the document.', zh: '请将值移入变量，或拆分文档。' } },
  depth: { what: { en: 'levels of nested fields', zh: '字段嵌套层数' }, remedy: { en: 'Ask for the deeper objects by their ids in a second request.', zh: '请用 id 另行查询更深层的对象。' } },
  aliases: { what: { en: 'aliases', zh: '别名数' }, remedy: { en: 'Ask for many objects with `nodes(ids:)` or a filter.', zh: '批量查询请用 nodes(ids:) 或筛选条件。' } },
  directives: { what: { en: 'directives', zh: '指令数' }, remedy: { en: 'Put the directive on a fragment instead of on each field.', zh: '请把指令放在片段上，不要逐个字段标注。' } },
  operations: { what: { en: 'operations in one document', zh: '单个文档的操作数' }, remedy: { en: 'Send the operation that you want to run.', zh: '请只发送要执行的操作。' } },
  rootFields: { what: { en: 'fields at the root', zh: '根字段数' }, remedy: { en: 'Send several requests.', zh: '请分多次请求。' } },
  fields: { what: { en: 'fields, with every fragment laid in where it is used', zh: '片段展开后的字段数' }, remedy: { en: 'Ask for fewer fields; no fragment may spread itself.', zh: '请减少字段；片段不得展开自身。' } },
  repeats: { what: { en: 'repetitions of one field in one place', zh: '同一位置同一字段的重复次数' }, remedy: { en: 'Name each field once.', zh: '同一字段只写一次。' } },
  nameLength: { what: { en: 'characters in a name', zh: '名称的字符数' }, remedy: { en: 'Choose shorter names.', zh: '请使用较短的名称。' } },
  keyLength: { what: { en: 'characters in an alias', zh: '别名的字符数' }, remedy: { en: 'Choose shorter aliases.', zh: '请使用较短的别名。' } },
  reservedNames: { what: { en: 'aliases that begin with "__"', zh: '以“__”开头的别名数' }, remedy: { en: 'Only `__typename` may carry one: these names belong to introspection.', zh: '此类名称保留给内省，仅 __typename 可用。' } },
  listLength: { what: { en: 'entries in one list', zh: '单个列表的项数' }, remedy: { en: 'Send the list in parts.', zh: '请分批发送。' } },
  values: { what: { en: 'values in the variables', zh: '变量中的值数' }, remedy: { en: 'Send them in parts.', zh: '请分批发送。' } },
  valueDepth: { what: { en: 'levels of nested values', zh: '值的嵌套层数' }, remedy: { en: 'Flatten the filter: `and` and `or` take any number of parts.', zh: '请展平筛选条件：and 与 or 可含多项。' } },
  cost: { what: { en: 'objects that the operation may read', zh: '操作预计读取的对象数' }, remedy: { en: 'Ask for smaller pages with `first`, and page on with `after`.', zh: '请减小 first，并用 after 翻页。' } },
}

/** A document, its variables or its cost are beyond a limit; nothing of it was run. */
export class LimitExceeded extends Error {
  override readonly name = 'LimitExceeded'
  readonly code = 'LIMIT_EXCEEDED'
  readonly said: Said

  constructor(
    readonly limit: LimitName,
    readonly max: number,
    /** Absent where counting stopped at the limit. */
    readonly found?: number,
  ) {
    const { what, remedy } = words[limit]
    const [en, zh] = found === undefined ? ['', ''] : [`; it has ${found}`, `，当前为 ${found}`]
    super(`More than ${max} ${what.en}`)
    this.said = {
      en: max === 0 ? `A request has no ${what.en}${en}. ${remedy.en}` : `A request has at most ${max} ${what.en}${en}. ${remedy.en}`,
      zh: `${what.zh}上限为 ${max}${zh}。${remedy.zh}`,
    }
  }

  get extensions(): Record<string, unknown> {
    return { code: this.code, limit: this.limit, max: this.max, ...(this.found === undefined ? {} : { found: this.found }) }
  }
}

/** Stops counting at the limit: a bomb is not counted to its end. */
export function keepWithin(limit: keyof typeof limits, found: number): void {
  if (found > limits[limit]) throw new LimitExceeded(limit, limits[limit])
}
