import type { GraphQLSchema } from 'graphql'
import type { FormatName } from '../formats/index.js'
import { columnsOf, type ViewExport } from '../reporting/views/index.js'
import type { Progress } from './walk.js'

/** A file as it was written: what it is of, how much, and its hash. */
export interface Manifest {
  view: string
  format: FormatName
  rows: number
  bytes: number
  /** Of the whole file, in hex. */
  sha256: string
  /** When its first page was read; each page is of its own moment. */
  asOf: string
  filter: object | null
  after: string
  endCursor: string
  hasMore: boolean
  /** Values hidden from the viewer, by their fields in the graph. */
  masked: Record<string, number>
  columns: object[]
}

export const manifestOf = (schema: GraphQLSchema, { view, columns, filter, after }: ViewExport, format: FormatName, { rows, endCursor, hasMore, masked, asOf, bytes, sha256 }: Progress & Pick<Manifest, 'asOf' | 'bytes' | 'sha256'>): Manifest => ({
  view: view.name, format, rows, bytes, sha256, asOf, filter, after, endCursor, hasMore, masked: Object.fromEntries(masked), columns: columnsOf(schema, view, columns),
})
