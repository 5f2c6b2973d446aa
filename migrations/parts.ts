/** Columns that every table of records begins with. */
export const record = `"id" text not null, "version" int not null default 1, "created_at" timestamptz(3) not null default now(), "updated_at" timestamptz(3) not null default now()`

/** An index and a foreign key for each column that refers to another table. */
export const references = (table: string, columns: Readonly<Record<string, string>>): string[] =>
  Object.entries(columns).flatMap(([column, to]) => [
    `create index "${table}_${column}_index" on "${table}" ("${column}")`,
    `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${to}" ("id") on update no action on delete no action`,
  ])

/** The values of an enumeration that a column takes. */
export const oneOf = (table: string, column: string, values: readonly string[]): string =>
  `alter table "${table}" add constraint "${table}_${column}_check" check ("${column}" in (${values.map((value) => `'${value}'`).join(', ')}))`

/** Keeps `total` of the row that `reference` names as the sum of `amount`, in the statement that enters, changes or removes entries. */
export const addsUp = (table: string, reference: string, amount: string, parent: string, total: string): string[] =>
  (['insert', 'update', 'delete'] as const).map((event) => {
    const seen = [event === 'delete' ? '' : 'new table as fresh', event === 'insert' ? '' : 'old table as stale'].filter(Boolean).join(' ')
    return `create trigger "${table}_${total}_${event}" after ${event} on "${table}" referencing ${seen} for each statement execute function "heli_add_up"('${reference}', '${amount}', '${parent}', '${total}')`
  })
