import { sql } from 'kysely'
import { viewerSql, type Predicate } from '../access/index.js'

/** The dated row `alias` holds on a day: today where none is given. */
export const inForce = (alias: string, day: Predicate = viewerSql.today): Predicate =>
  sql`${sql.ref(`${alias}.valid_from`)} <= ${day} and (${sql.ref(`${alias}.valid_to`)} is null or ${sql.ref(`${alias}.valid_to`)} > ${day})`
