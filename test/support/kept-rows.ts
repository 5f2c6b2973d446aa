import type { World } from './world.js'

type Kept = readonly { name: string; columns: string; rows: string }[]

/** Every row of the database as it stands, to be put back into one that was emptied: quicker by far than making them again. */
export async function keepRows({ sql }: World): Promise<Kept> {
  const tables = await sql<{ name: string; columns: string }>(
    `select table_name as name, string_agg(format('%I', column_name), ', ' order by ordinal_position) as columns from information_schema.columns
     where table_schema = 'public' and is_generated = 'NEVER' and table_name in (select tablename from pg_tables where schemaname = 'public') and table_name <> 'mikro_orm_migrations' group by table_name order by 1`,
  )
  const kept: { name: string; columns: string; rows: string }[] = []
  for (const table of tables) {
    const [{ rows } = { rows: null }] = await sql<{ rows: string | null }>(`select jsonb_agg(to_jsonb(t))::text as rows from "${table.name}" t`)
    if (rows) kept.push({ ...table, rows })
  }
  return kept
}

export const putBack = ({ backbone }: World, kept: Kept): Promise<void> =>
  backbone.database.transaction(async (run) => {
    await run({ text: 'set local session_replication_role = replica', values: [] })
    await run({ text: 'delete from journal_head', values: [] })
    for (const { name, columns, rows } of kept) await run({ text: `insert into "${name}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${name}", $1::jsonb)`, values: [rows] })
  })
