import { oneOf, record, references } from './table.js'

/** A table as its entity wants it: what every row has, its columns, its references (`?` after the target: it may be empty) and its enumerations. */
export function recordTable(name: string, columns: Readonly<Record<string, string>>, links: Readonly<Record<string, string>>, choices: Readonly<Record<string, readonly string[]>> = {}): string[] {
  const parts = [
    record,
    ...Object.entries(links).map(([link, to]) => `"${link}_id" text ${to.endsWith('?') ? '' : 'not '}null`),
    ...Object.entries(columns).map(([column, type]) => `"${column}" ${/ (not )?null/.test(type) ? type : `${type} not null`}`),
    `primary key ("id")`,
  ]
  return [
    `create table "${name}" (${parts.join(', ')})`,
    ...references(name, Object.fromEntries(Object.entries(links).map(([link, to]) => [`${link}_id`, to.replace('?', '')]))),
    ...Object.entries(choices).map(([column, words]) => oneOf(name, column, words)),
  ]
}
