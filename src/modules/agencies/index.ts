/*
 * Agencies (民办机构): what a private social-work agency is (registration, grade, staff, party organisation), how it is supported (起步资助、派驻督导、社区结对), and how steadily it is bought from.
 * A contract follows another where both have the same purchaser and agency and it starts later; the gap is the days between the end of the one and the start of the next, 0 where they meet or overlap.
 * It is a renewal where the one before was not terminated. An agency's gap days are all days between its first and last contract on which it had none.
 * The budgeted share is the part of the amounts that the annual budget funds, over contracts of every state; null without a contract.
 */
import { Float, Int } from 'type-graphql'
import { sql } from 'kysely'
import { viewerSql, type RowRef } from '../../access/index.js'
import { aggregate, collection, connection, constraintMeans, defineModule, extendGrouping, one, value } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { profileGrouping, supportGrouping } from './agency.grouping.js'
import { Contract, contractPaging } from '../procurement/index.js'
import { Unit } from '../units/index.js'
import { agencyAccess, agencyScopes } from './agency.access.js'
import { AgencyProfile, AgencySupport } from './agency.entity.js'
import { profilePaging, supportPaging } from './agency.input.js'
import { AgencyMutations } from './agency.resolver.js'

extendGrouping(Contract, { keys: { isRenewal: () => Boolean, isRenewed: () => Boolean }, numbers: ['gapDays'] })
constraintMeans('agency_profile_once', () => new Problem('TAKEN', 'input.unitId', { en: 'The agency is in the register already. Change that entry (agencyProfileUpdate).', zh: '该机构已登记，请修改原记录（agencyProfileUpdate）。' }))

const budgetedShare = (contracts: ReturnType<typeof sql>) =>
  sql`(select round(sum(bc.amount) filter (where bc.funding = 'ANNUAL_BUDGET') / sum(bc.amount), 4) from contract bc where ${contracts})`
const share = (contracts: ReturnType<typeof sql>) => sql`case when exists (select 1 from contract bc where ${contracts}) then coalesce(${budgetedShare(contracts)}, 0) end`

/** The contract of the same two parties before this one. */
const before = (row: RowRef, what: ReturnType<typeof sql>) => sql`select ${what} from contract pc where pc.agency_id = ${row.column('agencyId')} and pc.purchaser_id = ${row.column('purchaserId')}
  and (pc.starts_on, pc.id) < (${row.column('startsOn')}, ${row.column('id')}) order by pc.starts_on desc, pc.id desc limit 1`

export const agencies = defineModule({
  name: 'agencies',
  records: [AgencyProfile, AgencySupport],
  resolvers: [AgencyMutations],
  fields: [
    collection(AgencyProfile, 'agencyProfile', 'agencyProfiles', profilePaging),
    collection(AgencySupport, 'agencySupport', 'agencySupports', supportPaging),
    aggregate(AgencyProfile, 'agencyProfilesAggregate', profilePaging, profileGrouping),
    aggregate(AgencySupport, 'agencySupportsAggregate', supportPaging, supportGrouping),
    one(Unit, 'agencyProfile', () => AgencyProfile, 'What it is as a private social-work agency (机构登记).', (row) => sql`select ap.id from agency_profile ap where ap.unit_id = ${row.column('id')}`),
    connection(Unit, 'supports', () => AgencySupport, 'agency', 'Support that it was given as an agency, of what you may see (机构扶持).', supportPaging),
    connection(Unit, 'contractsServed', () => Contract, 'agency', 'Contracts in which it serves, of those that you may see (承接合同).', contractPaging),
    connection(Unit, 'contractsBought', () => Contract, 'purchaser', 'Contracts in which it buys, of those that you may see (购买合同).', contractPaging),
    value(Unit, 'isSupported', () => Boolean, 'Is given support today, as an agency (是否享有扶持).', {
      nullable: true, sql: (row) => sql`exists (select 1 from agency_support us where us.agency_id = ${row.column('id')} and us.starts_on <= ${viewerSql.today} and (us.ends_on is null or us.ends_on >= ${viewerSql.today}))`,
    }),
    value(Unit, 'budgetedShare', () => Float, 'Of the amounts that it has contracted as purchaser, the share that the annual budget funds, to four digits (年度预算占比).', { nullable: true, sql: (row) => share(sql`bc.purchaser_id = ${row.column('id')}`) }),
    value(AgencyProfile, 'budgetedShare', () => Float, 'Of the amounts of all its contracts, the share that the annual budget funds, to four digits (年度预算占比).', { nullable: true, sql: (row) => share(sql`bc.agency_id = ${row.column('unitId')}`) }),
    value(AgencyProfile, 'contractGapDays', () => Int, 'Days between its first and its last contract on which it had none (合同空档天数).', {
      nullable: true,
      sql: (row) => sql`(select coalesce(sum(greatest(0, gc.starts_on - gc.ended_on - 1)), 0)::integer from (select c.starts_on, max(c.ends_on) over (order by c.starts_on, c.id rows between unbounded preceding and 1 preceding) as ended_on
        from contract c where c.agency_id = ${row.column('unitId')}) gc where gc.ended_on is not null)`,
    }),
    one(Contract, 'previousContract', () => Contract, 'The contract of the same purchaser and agency before this one (上一合同).', (row) => before(row, sql`pc.id`)),
    value(Contract, 'gapDays', () => Int, 'Days between the end of the contract before and the start of this one; null where there is none before (空档天数).', { nullable: true, sql: (row) => before(row, sql`greatest(0, ${row.column('startsOn')} - pc.ends_on - 1)`) }),
    value(Contract, 'isRenewed', () => Boolean, 'It was not terminated, and another of the same purchaser and agency follows it (是否已续签).', {
      sql: (row) => sql`coalesce(${row.column('status')} <> 'TERMINATED' and exists (select 1 from contract nc where nc.agency_id = ${row.column('agencyId')} and nc.purchaser_id = ${row.column('purchaserId')} and (nc.starts_on, nc.id) > (${row.column('startsOn')}, ${row.column('id')})), false)`,
    }),
    value(Contract, 'isRenewal', () => Boolean, 'It follows a contract of the same purchaser and agency that was not terminated (是否续签).', { sql: (row) => sql`coalesce((${before(row, sql`pc.status <> 'TERMINATED'`)}), false)` }),
  ],
  access: [agencyAccess],
  scopes: agencyScopes,
})

export { AgencyProfile, AgencyRating, AgencySupport, SupportKind } from './agency.entity.js'
