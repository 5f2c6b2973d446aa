/*
 * Initiatives (联合行动): what units undertake together. An initiative serves one mechanism or more and has exactly one lead unit, which is one of its participants.
 * It goes DRAFT, PLANNED, ACTIVE, CLOSED, may be SUSPENDED and CANCELLED. It closes only without open tasks; cancelling terminates them (module tasks).
 * It may have a target in each measure of what initiatives build; posts, trainings, plans and money that refer to it count towards them, said by the modules that keep these.
 * Its lead unit and coordinator tell how it stands; an update older than the initiative's rhythm is stale.
 */
import { sql } from 'kysely'
import { viewerSql } from '../../access/index.js'
import { actionFields, aggregate, collection, connection, constraintMeans, defineModule, list, one, tally, value } from '../../engine/index.js'
import './initiative.facts.js'
import { initiativeAccess, initiativeScopes } from './initiative.access.js'
import { Initiative, InitiativeTarget, InitiativeUpdate, Milestone, Participation } from './initiative.entity.js'
import { initiativeGrouping } from './initiative.grouping.js'
import { initiativePaging, updatePaging } from './initiative.input.js'
import { InitiativeMutations } from './initiative.resolver.js'
import { alreadyJoined } from './initiative.service.js'
import { buildings, targetOnce } from './target.service.js'

constraintMeans('initiative_target_once', targetOnce)
constraintMeans('participation_once', () => alreadyJoined('input.unitId'))

export const initiatives = defineModule({
  name: 'initiatives',
  records: [Initiative, Participation, Milestone, InitiativeTarget, InitiativeUpdate],
  resolvers: [InitiativeMutations],
  fields: [
    collection(Initiative, 'initiative', 'initiatives', initiativePaging),
    aggregate(Initiative, 'initiativesAggregate', initiativePaging, initiativeGrouping),
    list(Initiative, 'participations', () => Participation, 'initiative', 'Participating units, one entry each; at most some hundred (参与单位).', { order: ['id'] }),
    value(Participation, 'isLead', () => Boolean, 'The unit leads the initiative (是否牵头).', { sql: (row) => sql`${row.column('unitId')} = ${row.column('initiative.leadUnitId')}` }),
    list(Initiative, 'milestones', () => Milestone, 'initiative', 'Milestones by due day; some dozens (里程碑).', { order: ['dueOn', 'id'] }),
    list(Initiative, 'targets', () => InitiativeTarget, 'initiative', 'What it is to reach; at most one of each measure (行动目标).', { order: ['measure'] }),
    tally(InitiativeTarget, 'achieved', 'How much of it is reached, of the rows that you may see: posts, trainings, plans and budget lines of the initiative (完成值).', { from: 'initiativeId', choice: 'measure', of: () => buildings }),
    connection(Initiative, 'updates', () => InitiativeUpdate, 'initiative', 'Updates (进展通报).', updatePaging),
    one(Initiative, 'latestUpdate', () => InitiativeUpdate, 'The latest update (最新通报).', (row) => sql`select iu.id from initiative_update iu where iu.initiative_id = ${row.column('id')} order by iu.reported_on desc, iu.id desc limit 1`),
    value(Initiative, 'isStale', () => Boolean, 'Under way, and no update within its rhythm (通报逾期).', {
      sql: (row) => sql`${row.column('status')} = 'ACTIVE' and not exists (select 1 from initiative_update iu where iu.initiative_id = ${row.column('id')} and iu.reported_on > ${viewerSql.today} - ${row.column('updateEveryDays')})`,
    }),
    ...actionFields(Initiative),
    connection(Initiative, 'children', () => Initiative, 'parent', 'Initiatives that are part of it (下级行动).', initiativePaging),
  ],
  access: [initiativeAccess],
  scopes: initiativeScopes,
})

export { Health, Initiative, InitiativeStatus, InitiativeTarget, InitiativeUpdate, Milestone, Participation, Visibility } from './initiative.entity.js'
export { InitiativeFilter } from './initiative.input.js'
export { ended, livingUnit, whenInitiativeSteps } from './initiative.service.js'
export { widenInitiatives } from './initiative.access.js'
export { countsTowards } from './target.service.js'
export { initiativeLifecycle } from './initiative.lifecycle.js'
