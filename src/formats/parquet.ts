import type { SchemaElement } from 'hyparquet'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Cell, Column, Row, Table, Written } from './table.js'

/** Rows of a group: what is held in memory at once, column by column. */
const groupSize = 20_000

type Convert = (value: Exclude<Cell, null>) => unknown

/**
 * Apache Parquet with typed columns: texts UTF-8, days DATE, instants TIMESTAMP in microseconds UTC, decimals exact DECIMAL. Every column may hold no value.
 * One group of rows is held at a time.
 */
export async function* parquet({ columns, pages }: Pick<Table, 'columns' | 'pages'>): Written {
  const kinds = columns.map(kindOf)
  const writer = new ByteWriter(1 << 20)
  const file = new ParquetWriter({ writer, schema: [{ name: 'root', num_children: columns.length }, ...kinds.map(({ schema }) => schema)] } as never)
  const flushed = (): Uint8Array => {
    const bytes = writer.getBytes().slice()
    writer.index = 0
    return bytes
  }
  let group: Row[] = []
  const writeGroup = () => {
    const columnData = columns.map(({ name }, at) => ({ name, data: group.map((row) => (row[at] === null || row[at] === undefined ? null : kinds[at]!.convert(row[at]))) }))
    const size = group.length
    group = []
    file.write({ columnData, rowGroupSize: Math.max(size, 1) } as never)
  }
  for await (const page of pages) {
    for (const row of page) group.push(row)
    if (group.length >= groupSize) {
      writeGroup()
      yield flushed()
    }
  }
  if (group.length > 0) writeGroup()
  file.finish()
  yield flushed()
}

function kindOf({ name, type, scale = 2 }: Column): { schema: SchemaElement; convert: Convert } {
  const schema = (physical: SchemaElement['type'], more: Partial<SchemaElement> = {}): SchemaElement => ({ name, type: physical, repetition_type: 'OPTIONAL', ...more }) as SchemaElement
  switch (type) {
    case 'INT':
      return { schema: schema('INT32'), convert: (value) => value }
    case 'BOOLEAN':
      return { schema: schema('BOOLEAN'), convert: (value) => value }
    case 'DECIMAL':
      return { schema: schema('INT64', { converted_type: 'DECIMAL', precision: 18, scale }), convert: (value) => unscaled(String(value), scale, name) }
    case 'DAY':
      return { schema: schema('INT32', { converted_type: 'DATE' }), convert: (value) => Date.parse(value as string) / 86_400_000 }
    case 'INSTANT':
      return { schema: schema('INT64', { converted_type: 'TIMESTAMP_MICROS', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } }), convert: (value) => microseconds(value as string) }
    default:
      return { schema: schema('BYTE_ARRAY', { converted_type: 'UTF8' }), convert: (value) => value }
  }
}

function unscaled(text: string, scale: number, name: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  if (fraction.length > scale && /[1-9]/.test(fraction.slice(scale))) throw new Error(`Column ${name} has ${scale} decimal places and cannot hold ${text}`)
  return BigInt(`${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`)
}

/** Microseconds since 1970: a `Date` has no more than milliseconds. */
function microseconds(iso: string): bigint {
  const fraction = /\.(\d+)/.exec(iso)?.[1] ?? ''
  return BigInt(Date.parse(iso)) * 1_000n + BigInt(fraction.slice(3, 6).padEnd(3, '0') || 0)
}
