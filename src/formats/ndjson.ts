import type { Table, Written } from './table.js'

/** One JSON object per line, keyed by the columns' names; values as in the graph's JSON. */
export async function* ndjson({ columns, pages }: Pick<Table, 'columns' | 'pages'>): Written {
  const keys = columns.map(({ name }, at) => `${at === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  for await (const page of pages) {
    let text = ''
    for (const row of page) {
      for (let at = 0; at < keys.length; at++) text += keys[at]! + JSON.stringify(row[at])
      text += '}\n'
    }
    if (text !== '') yield Buffer.from(text)
  }
}
