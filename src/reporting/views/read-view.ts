import type { GraphQLSchema } from 'graphql'
import { askRows, cursorOfId, type WithReads } from '../../engine/index.js'
import type { Row } from '../../formats/index.js'
import { Refusal } from '../../kernel/index.js'
import { isList, readingOf, rowsOf, shownBy, type ReckonedView, type View, type ViewColumn } from './view.js'

export interface ViewPage {
  readonly rows: readonly Row[]
  /** The cursor after the last row; where there is none, the one that was given. Always there: "" is the start. */
  readonly endCursor: string
  readonly hasMore: boolean
}

/** What of a view is asked for. `first` is at most `longestPage`. */
export interface ViewAsked {
  readonly filter?: unknown
  readonly first: number
  readonly after: string
}

/**
 * A page of a view, in the order of ids, which is that of entry: what the list answers to this viewer, made flat. Hidden values are null and are counted
 * in `reads.masked` under their fields in the graph.
 */
export async function readView(schema: GraphQLSchema, context: WithReads, view: View, columns: readonly ViewColumn[], { filter, first, after }: ViewAsked): Promise<ViewPage> {
  if (!isList(view)) return readReckoned(view, columns, await view.read(schema, context, filter), { first, after })
  const reading = readingOf(view, columns)
  const answer = await askRows(schema, reading.documents, context, view.list, { filter: filter ?? null, first: first + 1, after })
  const found = 'arrays' in answer ? answer.arrays : answer.objects
  const hasMore = found.length > first
  if (hasMore) found.pop()
  const rows = 'arrays' in answer ? reading.fromArrays(answer.arrays) : reading.fromObjects(answer.objects)
  const last = found.at(-1)
  const lastId = last === undefined ? undefined : Array.isArray(last) ? (last[0] as string) : (last as { id: string }).id
  return { rows, endCursor: lastId === undefined ? after : cursorOfId(shownBy(view).type, lastId), hasMore }
}

/** A cursor among few: the number of those before it. */
function readReckoned(view: ReckonedView, columns: readonly ViewColumn[], objects: readonly object[], { first, after }: Pick<ViewAsked, 'first' | 'after'>): ViewPage {
  const [, number = '0'] = after === '' ? [] : (new RegExp(`^${view.name}:(\\d{1,6})$`).exec(Buffer.from(after, 'base64').toString()) ?? refuseCursor())
  const from = Number(number)
  const to = Math.min(from + first, objects.length)
  return { rows: rowsOf(columns, objects.slice(from, to)), endCursor: to > from ? Buffer.from(`${view.name}:${to}`).toString('base64') : after, hasMore: to < objects.length }
}

function refuseCursor(): never {
  throw new Refusal('BAD_USER_INPUT', { en: '`after` is not a cursor of this view. Take the `endCursor` of the page before.', zh: '`after` 不是该视图的游标，请取自上一页的 endCursor。' }, 'after')
}
