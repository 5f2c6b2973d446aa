import { sql } from 'kysely'
import { never, toSql, type Guard, type Predicate, type RowRef } from '../access/index.js'
import { compileWithSlots } from './statement.js'

/** Stands in an answer where a glance could not decide: the whole text must be asked. A text would hold its quotes escaped, so no value can look like it. */
export const undecidedMark = '{"~":"?"}'
export const undecided: Predicate = sql.raw(`'${undecidedMark}'::json`)

/** What a guard says of a row. `whole`: where the test is not true, the guard is not either. */
export interface Sight {
  test: Predicate
  whole: boolean
}

// Whatever looks at another table holds a select.
const isOfRow = (test: Predicate): boolean => !/\bselect\b/i.test(compileWithSlots(test).text)

/**
 * What the row's own columns say of a guard: where this test is true the guard is true as well, since guards know no negation.
 * A look-up costs its setting up in every execution, asked or not: of the 100 of a task's page three were asked, and half the time went there.
 * `oneLookUp`: the row of a `visible` is looked up, and its own columns are asked.
 */
export function glance(guard: Guard, row: RowRef, oneLookUp = false): Sight {
  let whole = true
  const drop = (): Guard => {
    whole = false
    return never
  }
  const kept = (of: Guard, at: RowRef, mayLookUp: boolean): Guard => {
    if (of.kind === 'any') {
      const left = of.of.map((part) => kept(part, at, mayLookUp)).filter(({ kind }) => kind !== 'never')
      return left.length === 0 ? never : { kind: 'any', of: left }
    }
    if (of.kind === 'all') {
      const left = of.of.map((part) => kept(part, at, mayLookUp))
      return left.some(({ kind }) => kind === 'never') ? never : { kind: 'all', of: left }
    }
    if (of.kind === 'visible' && mayLookUp && of.rows && !at.cameFrom(of.column)) {
      const rows = kept(of.rows, at.other(of.type).row, false)
      return rows.kind === 'never' ? never : { ...of, rows }
    }
    return isOfRow(toSql(of, at)) ? of : drop()
  }
  const seen = kept(guard, row, oneLookUp)
  // What comes with another row has nothing of its own to tell.
  return seen.kind === 'never' && !oneLookUp && guard.kind !== 'never' ? glance(guard, row, true) : { test: toSql(seen, row), whole }
}
