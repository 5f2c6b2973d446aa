import { sql } from 'kysely'
import { any, condition, permissions, viewerSql, type Guard, type Permission, type Predicate, type RowRef } from '../../access/index.js'
import { pseudoNames } from './division.entity.js'

const pathOf = (row: RowRef, column: string): Predicate => sql`(select sd.path from division sd where sd.id = ${row.column(column)})`
const fillers = sql`array[${sql.join([...pseudoNames].map((name) => sql.lit(name)))}]`
/** Path of the nearest division above in which units can stand; null for a province. */
const pathAbove = (row: RowRef, column: string): Predicate =>
  sql`(select ua.path from division ud join division ua on ua.code = any(string_to_array(ud.path, '/')) and ua.id <> ud.id and not (ua.level in ('PREFECTURE', 'COUNTY') and ua.name = any(${fillers}))
    where ud.id = ${row.column(column)} order by length(ua.path) desc limit 1)`

/** COORDINATOR whose unit stands in the very division that the column names, not in one above it. */
export const inVeryDivision = (column: string, word: Permission): Guard =>
  condition({
    sentence: { en: 'COORDINATOR of the very division', zh: '本级协调办' }, columns: [column], roles: permissions[word],
    sql: (row) => sql`${pathOf(row, column)} = any(${viewerSql.divisions(permissions[word])})`,
  })

/** The level above the division that the column names: COORDINATOR of the nearest division above and no one further up; for a province, a DIRECTOR of its own LEADERSHIP unit. */
export const levelAbove = (column: string): Guard =>
  any(
    condition({
      sentence: { en: 'COORDINATOR of the nearest division above', zh: '上一级协调办' }, columns: [column], roles: permissions['approval:give'],
      sql: (row) => sql`coalesce(${pathAbove(row, column)} = any(${viewerSql.divisions(permissions['approval:give'])}), false)`,
    }),
    condition({
      sentence: { en: 'of a province, a DIRECTOR of its LEADERSHIP unit', zh: '省级由省级领导单位负责人' }, columns: [column], roles: permissions['approval:giveProvincial'],
      sql: (row) => sql`(${pathAbove(row, column)} is null and ${pathOf(row, column)} = any(${viewerSql.divisions(permissions['approval:giveProvincial'])}))`,
    }),
  )
