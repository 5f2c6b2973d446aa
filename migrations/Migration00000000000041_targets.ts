import { Migration } from '@mikro-orm/migrations'
import { oneOf, record, references } from './table.js'

const targets = [
  `create table "initiative_target" (${record}, "initiative_id" text not null, "measure" text not null, "amount" numeric(18,2) not null, "due_on" date null, primary key ("id"))`,
  ...references('initiative_target', { initiative_id: 'initiative' }),
  oneOf('initiative_target', 'measure', ['POSTS_OPENED', 'PEOPLE_TRAINED', 'PLANS_CARRIED_OUT', 'FUNDS_SPENT']),
  `alter table "initiative_target" add constraint "initiative_target_amount" check ("amount" > 0)`,
  `alter table "initiative_target" add constraint "initiative_target_once" unique ("initiative_id", "measure")`,
]

/** What initiatives are to reach. */
export class Migration00000000000041_targets extends Migration {
  override up(): void {
    for (const statement of targets) this.addSql(statement)
  }
}
