import type { GraphQLSchema } from 'graphql'
import { standingOf } from '../access/index.js'
import type { Row } from '../formats/index.js'
import { Refusal } from '../kernel/index.js'
import type { RequestContext } from '../schema.js'
import { readView, type ViewExport } from '../reporting/views/index.js'

/** Rows that are read at once: enough that a page's own cost is lost among them, few enough that two of them are no burden (measured from 500 to 5,000). */
export const pageRows = 2_000

/** How far a walk has come. */
export interface Progress {
  rows: number
  endCursor: string
  hasMore: boolean
  /** Hidden values by their fields in the graph, in the pages read so far. */
  readonly masked: Map<string, number>
}

export interface Walk {
  readonly schema: GraphQLSchema
  readonly asked: ViewExport
  /** The viewer anew, with the rights of this moment. */
  enter(): Promise<RequestContext>
  /** Called with each page before it is given out: who pays, and what is kept. */
  onPage?(rows: number): Promise<void>
  /** What the viewer must be to go on; that of the first page where it is left out. */
  standing?: string
}

/** The rights changed on the way, and whoever asked is not whom the pages before were for. */
export class RightsChanged extends Refusal {
  constructor() {
    super('FORBIDDEN', { en: 'Your rights have changed since the export began, so it has ended. Ask for it again.', zh: '导出过程中您的权限已发生变化，导出已终止，请重新发起。' })
  }
}

interface Read {
  context: RequestContext
  rows: readonly Row[]
  endCursor: string
  hasMore: boolean
}

/**
 * All pages of a view, by keyset: each read in a snapshot of its own with the viewer's rights of that moment; the next is being read while one is written. Changed rights end it.
 * A row that is there from the beginning to the end of the walk comes exactly once, as it was when its page was read; one entered meanwhile may come or not.
 */
export async function* walk({ schema, asked, enter, onPage, standing }: Walk, progress: Progress): AsyncGenerator<readonly Row[], void, undefined> {
  const { view, columns, filter, first } = asked
  const read = async (after: string, before: number): Promise<Read> => {
    const context = await enter()
    const page = await readView(schema, context, view, columns, { filter, first: Math.min(pageRows, (first ?? Infinity) - before), after })
    return { context, ...page }
  }
  let expected = standing
  let next: Promise<Read> | undefined = read(progress.endCursor, progress.rows)
  try {
    while (next) {
      const { context, rows, endCursor, hasMore } = await next
      next = undefined
      const { viewer } = context.reads
      expected ??= standingOf(viewer)
      if (standingOf(viewer) !== expected) throw new RightsChanged()
      const total = progress.rows + rows.length
      if (hasMore && total < (first ?? Infinity)) {
        next = read(endCursor, total)
        // Whoever leaves before it is awaited leaves its failure too.
        next.catch(() => undefined)
      }
      // What is sensitive in it stands in the audit trail before it leaves.
      await context.recordReads()
      await onPage?.(rows.length)
      Object.assign(progress, { rows: total, endCursor, hasMore })
      for (const [field, count] of context.reads.masked) progress.masked.set(field, (progress.masked.get(field) ?? 0) + count)
      yield rows
    }
  } finally {
    await next?.catch(() => undefined)
  }
}

export const atStart = ({ after }: ViewExport): Progress => ({ rows: 0, endCursor: after, hasMore: true, masked: new Map() })
