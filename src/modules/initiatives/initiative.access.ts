/*
 * An initiative is visible to whoever takes part in the work when
 *   (a) its visibility is NETWORK; or
 *   (b) a participating unit is the viewer's unit, stands below it by line, or stands above it in its line; or
 *   (c) the viewer's unit has an assignment in it (module tasks widens by this); or
 *   (d) the viewer coordinates the division of the initiative or of a participating (or assigned) unit, or is a DIRECTOR of the LEADERSHIP unit there.
 * A DRAFT is visible to its lead unit and by (d) only.
 * AUDITOR and BI_READER see by (a), (b), (c) what lies in their unit's division; SECURITY_ADMIN and SYSTEM_ADMIN see none.
 * Participations, milestones, targets and updates come with their initiative; what counts towards a target is reckoned of the rows alone that the viewer may see.
 * COORDINATOR of its division writes initiatives and participations. The lead unit's DIRECTOR edits its initiative and adds participating units of its own line.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, inLine, open, permissions, scope, signedIn, some, viewerSql, visible, type Guard, type Predicate, type RowRef } from '../../access/index.js'

const participant = permissions['work:takePart']
const observer = permissions['work:observe']
const coordination = permissions['coordination:read']

const is = (column: string, value: string, sentence: { en: string; zh: string }): Guard =>
  condition({ sentence, columns: [column], sql: (row) => sql`${row.column(column)} = ${sql.lit(value)}` })
const isNetwork = is('visibility', 'NETWORK', { en: 'its visibility is NETWORK', zh: '可见范围为全网络' })
const notDraft: Guard = condition({ sentence: { en: 'it is not a DRAFT', zh: '非起草状态' }, columns: ['status'], sql: (row) => sql`${row.column('status')} <> 'DRAFT'` })

const participantInLine = condition({
  sentence: { en: 'a participating unit is theirs, below it by line, or above it in its line', zh: '参与单位为其本单位、条线下级或条线上级' },
  columns: ['id'],
  roles: participant,
  sql: (row) => inLine(row, sql`participation p`, sql`p.initiative_id = ${row.column('id')}`, sql`p.unit_id`, participant, true),
})

/** (d) by its own division. */
const coordinatesIt = can('coordination:read').inDivision('divisionId')
/** (d) by participating units; module tasks adds assigned ones. */
const coordinatesParticipant = condition({
  sentence: { en: 'COORDINATOR or DIRECTOR of the LEADERSHIP unit in the division of a participating unit, or above it', zh: '在参与单位所属区划或其上级区划任协调办或领导单位负责人' },
  columns: ['id'],
  roles: coordination,
  sql: (row) => some(row, sql`participation p join unit pu on pu.id = p.unit_id where p.initiative_id = ${row.column('id')} and pu.division_path ^@ any(${viewerSql.divisions(coordination)})`),
})
/** Place and division are asked of one and the same appointment: two of them do not add up to a right. `vu` is its unit. */
const observes = (sentence: { en: string; zh: string }, test: (row: RowRef) => Predicate): Guard =>
  condition({
    sentence,
    columns: ['id', 'divisionId', 'leadUnitId'],
    roles: observer,
    sql: (row) => sql`exists (select 1 from unit vu join division vd on vd.id = ${row.column('divisionId')} where vu.id = any(${viewerSql.units(observer)}) and vd.path ^@ vu.division_path and ${test(row)})`,
  })
const observesInLine = observes(
  { en: 'AUDITOR or BI_READER in the division of the initiative, or above it, and in the line of a participating unit', zh: '在行动所属区划或其上级区划任 AUDITOR 或 BI_READER，且与参与单位同一条线' },
  (row) => sql`exists (select 1 from participation p join unit pu on pu.id = p.unit_id where p.initiative_id = ${row.column('id')} and (pu.line_path ^@ vu.line_path or vu.line_path ^@ pu.line_path))`,
)
const observesLead = observes(
  { en: 'AUDITOR or BI_READER in the lead unit, in the division of the initiative or above it', zh: '在牵头单位任 AUDITOR 或 BI_READER，且该单位所属区划为行动所属区划或其上级' },
  (row) => sql`vu.id = ${row.column('leadUnitId')}`,
)
const leads = any(can('work:takePart').ownUnit('leadUnitId'), observesLead)

/** Rules that module tasks adds where assignments decide: filled at load, before anything is compiled. */
const byAssignment: { participant?: Guard; observer?: Guard; coordination?: Guard } = {}
export function widenInitiatives(rules: Required<typeof byAssignment>): void {
  Object.assign(byAssignment, rules)
}
const later = (which: keyof typeof byAssignment, sentence: { en: string; zh: string }, roles: typeof participant): Guard =>
  condition({
    sentence,
    columns: ['id'],
    roles,
    sql: (row) => {
      const rule = byAssignment[which]
      if (rule?.kind !== 'condition') throw new Error('module tasks has not widened initiatives')
      return rule.sql(row)
    },
  })
const assigned = { en: 'their unit has an assignment in it', zh: '其本单位在其中有承办任务' }

const bothEdit = any(can('initiative:coordinate').inDivision('divisionId'), can('initiative:lead').ownUnit('leadUnitId'))
const coordinate = act('Initiative', can('initiative:coordinate').inDivision('divisionId'))
const edit = act('Initiative', bothEdit)
const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const initiativeAccess = accessTable({
  Initiative: {
    ...record,
    code: open, title: open, summary: open, mechanisms: open, division: open, visibility: open, startsOn: open, endsOn: open, status: open, leadUnit: open,
    parent: open, document: open, updateEveryDays: open, participations: open, milestones: open, targets: open, updates: open, latestUpdate: open, isStale: open, children: open, viewerCan: open, nextActions: open,
  },
  Participation: { ...record, initiative: open, unit: open, role: open, isLead: open },
  Milestone: { ...record, initiative: open, title: open, dueOn: open, reachedOn: open },
  InitiativeTarget: { ...record, initiative: open, measure: open, amount: open, dueOn: open, achieved: open },
  InitiativeUpdate: { ...record, initiative: open, reportedOn: open, health: open, text: open, changes: open, author: open },
  Query: {
    initiativesAggregate: signedIn,
    initiative: signedIn, initiatives: signedIn,
  },
  Mutation: {
    initiativeCreate: coordinate,
    initiativeUpdate: edit,
    initiativePlan: coordinate,
    initiativeActivate: coordinate,
    initiativeSuspend: coordinate,
    initiativeClose: coordinate,
    initiativeCancel: coordinate,
    participationAdd: edit,
    participationUpdate: coordinate,
    participationRemove: coordinate,
    milestoneAdd: edit,
    milestoneUpdate: edit,
    initiativeTargetAdd: edit,
    initiativeTargetUpdate: edit,
    initiativeTargetRemove: edit,
    initiativeReport: edit,
  },
})

export const initiativeScopes = [
  scope(
    'Initiative',
    // The alternative that most rows pass on their own columns stands first: the database asks them in this order.
    any(
      coordinatesIt,
      all(
        notDraft,
        any(
          all(can('work:takePart'), any(isNetwork, participantInLine, later('participant', assigned, participant))),
          all(can('work:observe').inDivision('divisionId'), isNetwork),
          observesInLine,
          later('observer', assigned, observer),
        ),
      ),
      leads,
      coordinatesParticipant,
      later('coordination', { en: 'COORDINATOR or DIRECTOR of the LEADERSHIP unit in the division of an assigned unit, or above it', zh: '在承办单位所属区划或其上级区划任协调办或领导单位负责人' }, coordination),
    ),
  ),
  scope('Participation', visible('Initiative', 'initiativeId'), 'initiative'),
  scope('Milestone', visible('Initiative', 'initiativeId'), 'initiative'),
  scope('InitiativeTarget', visible('Initiative', 'initiativeId'), 'initiative'),
  scope('InitiativeUpdate', visible('Initiative', 'initiativeId'), 'initiative'),
]
