import type { Run } from '../database.js'
import type { ColumnSet, Values } from './columns.js'
import { say } from './fault.js'
import { type FileRow, Sheet } from './sheet.js'
import { indexed, load, type Properties, type Stored, type Table } from './stored.js'
import { newId } from '../kernel/index.js'
import type { Planned } from './write.js'

export interface Stage {
  run: Run
  today: string
  /** Issuer of the tokens whose subjects the column `login` names. */
  accountIssuer: string | undefined
}

/** How the files of one type are read, checked and turned into rows. */
export interface ImportSpec<C extends ColumnSet = ColumnSet> {
  readonly columns: C
  /** Columns that name a row. */
  readonly key: readonly (keyof C & string)[]
  /** Resolves references and refuses rows that break a rule, each in one pass over the file and one query a table; then says what to write for those left. */
  plan(sheet: Sheet<C>, stage: Stage): Promise<Planned>
}

// Callers hold specs of different columns in one table; inside, each is checked against its own.
export const spec = <C extends ColumnSet>(of: ImportSpec<C>): ImportSpec => of as unknown as ImportSpec

export type RowOf<C extends ColumnSet> = FileRow<Values<C>>

/** Gives every row its id, the stored one where its natural key is known; answers the stored rows by key. */
export async function identify<C extends ColumnSet, P extends Properties>(run: Run, sheet: Sheet<C>, table: Table<P>, property: keyof P & string): Promise<Map<string, Stored<P>>> {
  const keys = sheet.rows.map((row) => sheet.keyOf(row)).filter(Boolean)
  const stored = indexed(await load(run, table, `"${property}" = any($1::text[])`, [keys]), (row) => row[property] as string)
  for (const row of sheet.rows) row.id = stored.get(sheet.keyOf(row))?.id ?? newId(table.prefix)
  return stored
}

/** What a natural key refers to, in this file before the database. Refuses the row where it is nowhere. */
export function above<C extends ColumnSet, T extends { id: string }>(
  sheet: Sheet<C>,
  row: FileRow<Values<C>>,
  column: keyof C & string,
  code: string | null | undefined,
  stored: ReadonlyMap<string, T>,
): { id: string; row?: FileRow<Values<C>>; stored?: T } | undefined {
  if (!code) return undefined
  const inFile = sheet.find(code)
  const known = stored.get(code)
  if (inFile) {
    row.needs(inFile, column)
    return { id: inFile.id, row: inFile, ...(known ? { stored: known } : {}) }
  }
  if (known) return { id: known.id, stored: known }
  row.refuse(column, say(`${code} is neither in this file nor in the database.`, `${code} 不在本文件中，也不在数据库中。`), say('Correct the code, or add the row that it names.', '请更正代码，或补充其所指的记录。'))
  return undefined
}

/** Looks a reference up; refuses the row where there is no such row. */
export function resolve<V, T>(row: FileRow<V>, column: keyof V & string, code: string | null | undefined, found: ReadonlyMap<string, T>, of: { en: string; zh: string }): T | undefined {
  const one = code ? found.get(code) : undefined
  if (code && !one) row.refuse(column, say(`There is no ${of.en} ${code}.`, `${of.zh} ${code} 不存在。`), say(`Correct it, or import the ${of.en} first.`, `请更正，或先导入该${of.zh}。`))
  return one
}

/** Refuses rows whose chain of parents leads back to themselves. */
export function refuseCycles<C extends ColumnSet>(rows: readonly FileRow<Values<C>>[], column: string, parents: ReadonlyMap<string, string | null>): void {
  for (const row of rows) {
    const seen = new Set<string>()
    let at = parents.get(row.id)
    while (at && at !== row.id && !seen.has(at)) {
      seen.add(at)
      at = parents.get(at)
    }
    if (at === row.id) row.refuse(column, say('Going up from here leads back to this row.', '逐级向上会回到本行，形成循环。'), say('Choose another one above it.', '请另选上级。'))
  }
}

/** Rows so that each stands after those it refers to, as far as that can be. */
export function parentsFirst<R>(rows: readonly R[], parentsOf: (row: R) => readonly (R | undefined)[]): R[] {
  const wanted = new Set(rows)
  const placed = new Set<R>()
  const ordered: R[] = []
  for (const start of rows) {
    const path = [start]
    while (path.length > 0) {
      const row = path.at(-1)!
      const next = placed.has(row) ? undefined : parentsOf(row).find((parent) => parent && wanted.has(parent) && !placed.has(parent) && !path.includes(parent))
      if (next) path.push(next)
      else {
        path.pop()
        if (!placed.has(row)) ordered.push(row)
        placed.add(row)
      }
    }
  }
  return ordered
}

