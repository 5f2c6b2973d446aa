/** What every table of rows has: id, version, and when the row was entered and last changed. */
export const record = `"id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now()`

/** An index and a foreign key for each column that names a row of another table. */
export const references = (table: string, columns: Readonly<Record<string, string>>): string[] =>
  Object.entries(columns).flatMap(([column, to]) => [
    `create index "${table}_${column}_index" on "${table}" ("${column}")`,
    `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${to}" ("id") on update no action on delete no action`,
  ])

/** A column holds one of these words. */
export const oneOf = (table: string, column: string, words: readonly string[]): string =>
  `alter table "${table}" add constraint "${table}_${column}_check" check ("${column}" in (${words.map((word) => `'${word}'`).join(', ')}))`
