/** Changes to what one viewer may not see, and to nothing else. */
import { pages } from '../oracle/pages.js'
import type { Row, Tables } from '../oracle/snapshot.js'
import type { Viewer } from '../oracle/words.js'
import { hiddenValues } from './hidden.js'
import { viewed, type Network } from './network.js'
import type { Random } from './random.js'

/** All that a viewer may read, by the oracle: ids of rows, values of fields, ids behind links. */
function sight(viewer: Viewer): string {
  const { snapshot } = viewer
  const seen = new Set<string>()
  for (const page of Object.values(pages)) for (const row of page.rows(snapshot)) if (page.visible(viewer, row).allowed) seen.add(row.id)
  const lines: string[] = []
  for (const page of Object.values(pages)) {
    for (const row of page.rows(snapshot)) {
      if (!seen.has(row.id)) continue
      const told = Object.entries(page.fields).map(([name, field]) => {
        if (field.kind === 'value') return field.readable && !field.readable(viewer, row).allowed ? `${name}=hidden` : `${name}=${JSON.stringify(field.of(row, snapshot, viewer))}`
        if (field.kind === 'one') { const target = field.of(row, snapshot, viewer); return `${name}=${target && seen.has(target.id) ? target.id : null}` }
        if (field.kind === 'many') return `${name}=${field.of(row, snapshot).map(({ id }) => id).filter((id) => seen.has(id)).sort().join()}`
        return name
      })
      lines.push(`${row.id} ${told.join(' ')}`)
    }
  }
  return lines.sort().join('\n')
}

export type Change = { type: string; id: string; kind: 'UPDATED' | 'DELETED'; fields: string[]; label: string; sql: [string, unknown[]]; apply: (tables: Tables) => void }
const typeNamed = (table: string) => table.replace(/(^|_)(\w)/g, (_all, _start, letter: string) => letter.toUpperCase())
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Changes to what is hidden, each tried by the oracle first: one that the viewer would notice is none. */
function changesFor(viewer: Viewer, tables: Tables, chance: Random): Change[] {
  const { snapshot } = viewer
  const set = <N extends keyof Tables>(table: N, row: Row, values: Record<string, unknown>): Change => ({
    type: typeNamed(table), id: row.id, kind: 'UPDATED', fields: Object.keys(values).map((name) => name.replace(/Id$/, '')),
    label: `${table}.${Object.keys(values).join()}`,
    sql: [`update "${table}" set ${Object.keys(values).map((name, at) => `"${snake(name)}" = $${at + 2}`).join(', ')} where id = $1`, [row.id, ...Object.values(values)]],
    // A row that an earlier change removed stays removed.
    apply: (copy) => void Object.assign((copy[table] as Row[]).find(({ id }) => id === row.id) ?? {}, values),
  })
  const remove = <N extends keyof Tables>(table: N, row: Row): Change => ({
    type: typeNamed(table), id: row.id, kind: 'DELETED', fields: [], label: `${table} removed`, sql: [`delete from "${table}" where id = $1`, [row.id]], apply: (copy) => void (copy[table] = (copy[table] as Row[]).filter(({ id }) => id !== row.id) as never),
  })
  const hidden = <N extends keyof Tables>(table: N, type: string): Tables[N] => (tables[table] as Row[]).filter((row) => !pages[type]!.visible(viewer, row).allowed) as never
  const reads = (type: string, field: string, row: Row) => { const page = pages[type]!.fields[field]!; return page.kind === 'value' && page.readable!(viewer, row).allowed && pages[type]!.visible(viewer, row).allowed }
  // What a row refers to stays, or the database refuses the change.
  const isReferredTo = (assignmentId: string) => (['task_step', 'attachment', 'progress_report', 'review', 'extension_request', 'deduction', 'reminder'] as const).some((name) => snapshot.where(name, 'assignmentId', assignmentId).length > 0)
  const changes: Change[] = []
  for (const contact of tables.person_contact) if (!reads('Person', 'mobile', snapshot.one('person', contact.personId)!)) changes.push(set('person_contact', contact, { mobile: chance.chance(0.3) ? null : `155${String(10_000_000 + chance.below(80_000_000))}` }))
  for (const identity of tables.person_private) if (!reads('Person', 'nationalId', snapshot.one('person', identity.personId)!)) changes.push(chance.chance(0.2) ? remove('person_private', identity) : set('person_private', identity, { nationalId: chance.chance(0.3) ? null : `X${chance.below(1_000_000)}`, birthDate: '1999-09-09', partyMember: null }))
  for (const track of tables.assignment) if (!reads('Assignment', 'internalNote', track)) changes.push(set('assignment', track, { internalNote: chance.chance(0.3) ? null : `hidden-${chance.below(1_000_000)}` }))
  for (const task of hidden('task', 'Task')) changes.push(set('task', task, { title: `改${chance.below(1000)}`, dueOn: chance.pick([null, '2026-01-01', '2027-01-01']), urgency: chance.pick(['MAJOR', 'URGENT']), version: 9 }), set('task', task, { status: chance.pick(['DRAFT', 'ISSUED', 'CLOSED']) }))
  for (const track of hidden('assignment', 'Assignment')) changes.push(chance.chance(0.5) && !isReferredTo(track.id) ? remove('assignment', track) : set('assignment', track, { progress: chance.below(101), status: 'ACCEPTED', dueOn: '2026-01-05', personId: null }))
  for (const initiative of hidden('initiative', 'Initiative')) changes.push(set('initiative', initiative, { title: `改${chance.below(1000)}`, code: `${initiative.code}-X`, startsOn: '2020-02-02' }), set('initiative', initiative, { divisionId: chance.pick(tables.division).id }))
  // A task that the viewer sees may hang below an initiative that it does not: without it, the task must look the same.
  for (const task of tables.task) {
    const initiative = snapshot.one('initiative', task.initiativeId)
    if (initiative && pages['Task']!.visible(viewer, task).allowed && !pages['Initiative']!.visible(viewer, initiative).allowed) changes.push(set('task', task, { initiativeId: null }))
  }
  for (const one of hidden('initiative_target', 'InitiativeTarget')) changes.push(chance.chance(0.5) ? remove('initiative_target', one) : set('initiative_target', one, { amount: '7.50', dueOn: null }))
  for (const step of hidden('milestone', 'Milestone')) changes.push(remove('milestone', step))
  for (const update of hidden('initiative_update', 'InitiativeUpdate')) changes.push(remove('initiative_update', update))
  for (const held of hidden('joint_conference', 'JointConference')) changes.push(set('joint_conference', held, { name: `改${chance.below(1000)}`, foundedOn: '2020-02-02' }), set('joint_conference', held, { divisionId: chance.pick(tables.division).id }))
  for (const member of hidden('conference_member', 'ConferenceMember')) changes.push(remove('conference_member', member))
  for (const meeting of hidden('meeting', 'Meeting')) changes.push(set('meeting', meeting, { title: `改${chance.below(1000)}`, minutes: null, status: 'CANCELLED' }))
  for (const item of hidden('resolution', 'Resolution')) changes.push(set('resolution', item, { text: `改${chance.below(1000)}`, status: chance.pick(['NOTED', 'DROPPED']), dueOn: '2026-01-05', responsibleId: null }))
  for (const link of hidden('resolution_task', 'ResolutionTask')) changes.push(remove('resolution_task', link))
  for (const file of hidden('attachment', 'Attachment')) changes.push(chance.chance(0.5) ? remove('attachment', file) : set('attachment', file, { fileName: `改${chance.below(1000)}.pdf`, size: 1 + chance.below(1000), withdrawnAt: null, note: null }))
  for (const report of hidden('progress_report', 'ProgressReport')) changes.push(set('progress_report', report, { text: `改${chance.below(1000)}`, reportedOn: '2026-11-22' }))
  for (const review of hidden('review', 'Review')) changes.push(chance.chance(0.5) ? remove('review', review) : set('review', review, { verdict: 'POOR', text: `改${chance.below(1000)}` }))
  for (const request of hidden('extension_request', 'ExtensionRequest')) changes.push(chance.chance(0.5) ? remove('extension_request', request) : set('extension_request', request, { reason: `改${chance.below(1000)}`, newDueOn: '2028-02-02' }))
  for (const comment of hidden('comment', 'Comment')) changes.push(chance.chance(0.5) ? remove('comment', comment) : set('comment', comment, { text: `改${chance.below(1000)}`, withdrawnAt: null }))
  for (const score of hidden('unit_score', 'UnitScore')) changes.push(set('unit_score', score, { lateDays: chance.below(60), reportedCount: chance.below(9), pointsDeducted: '7.00', score: '93.00' }))
  for (const one of hidden('deduction', 'Deduction')) changes.push(chance.chance(0.5) ? remove('deduction', one) : set('deduction', one, { points: '9.75', occurredOn: '2026-09-30' }))
  for (const one of tables.deduction) if (one.text !== null && snapshot.one('score_period', one.periodId)!.status === 'OPEN' && !reads('Deduction', 'text', one)) changes.push(set('deduction', one, { text: `改${chance.below(1000)}` }))
  for (const reminder of hidden('reminder', 'Reminder')) changes.push(chance.chance(0.5) ? remove('reminder', reminder) : set('reminder', reminder, { text: `改${chance.below(1000)}`, level: 'SERIOUS', sentOn: '2026-11-22' }))
  for (const one of hidden('employment', 'Employment')) changes.push(chance.chance(0.5) || snapshot.where('employment', 'socialWorkerId', one.socialWorkerId).length > 1 ? set('employment', one, { postId: null, version: 9 }) : set('employment', one, { kind: 'UNPAID', validTo: '2027-03-03', postId: null }))
  for (const one of hidden('work_log', 'WorkLog')) changes.push(set('work_log', one, { note: `改${chance.below(1000)}`, category: 'TRAINING', origin: 'SELF_INITIATED' }))
  for (const one of hidden('qualification', 'Qualification')) changes.push(set('qualification', one, { title: `改${chance.below(1000)}`, issuer: null, issuedOn: '2018-01-01' }))
  for (const one of tables.qualification_number) if (!reads('Qualification', 'certificateNumber', snapshot.one('qualification', one.qualificationId)!)) changes.push(chance.chance(0.3) ? remove('qualification_number', one) : set('qualification_number', one, { certificateNumber: `20180000${chance.below(1_000_000_000)}` }))
  for (const lock of hidden('period_lock', 'PeriodLock')) changes.push(chance.chance(0.5) ? remove('period_lock', lock) : set('period_lock', lock, { lockedOn: '2026-02-01' }))
  for (const line of hidden('budget_line', 'BudgetLine')) changes.push(set('budget_line', line, { title: `改${chance.below(1000)}`, plannedAmount: '999999.00', remarks: null }))
  for (const one of hidden('allocation', 'Allocation')) changes.push(set('allocation', one, { voucher: `改${chance.below(1_000_000)}`, promisedOn: '2027-01-01' }))
  for (const one of hidden('disbursement', 'Disbursement')) changes.push(set('disbursement', one, { voucher: `改${chance.below(1_000_000)}`, arrivedOn: '2026-11-22' }))
  for (const one of hidden('procurement', 'Procurement')) changes.push(set('procurement', one, { title: `改${chance.below(1000)}`, funding: 'ANNUAL_BUDGET' }))
  for (const one of hidden('lot', 'Lot')) changes.push(set('lot', one, { title: `改${chance.below(1000)}`, ceilingAmount: '9.00' }))
  for (const one of hidden('bid', 'Bid')) changes.push(snapshot.where('award', 'bidId', one.id).length === 0 && chance.chance(0.5) ? remove('bid', one) : set('bid', one, { submittedAt: '2026-11-01T00:00:00.000Z', amount: one.amount && '9.00', sealed: 'y' }))
  for (const one of hidden('award', 'Award')) changes.push(set('award', one, { reason: `改${chance.below(1000)}`, chosenOn: '2026-11-22' }))
  for (const one of hidden('contract', 'Contract')) changes.push(set('contract', one, { title: `改${chance.below(1000)}`, code: `${one.code}-X`, signedOn: '2025-01-01' }))
  for (const one of hidden('contract_milestone', 'ContractMilestone')) changes.push(set('contract_milestone', one, { title: `改${chance.below(1000)}`, report: null }))
  for (const one of hidden('evaluation', 'Evaluation')) changes.push(chance.chance(0.5) ? remove('evaluation', one) : set('evaluation', one, { text: `改${chance.below(1000)}`, result: 'FAILED', stage: 'MID_TERM', side: 'PURCHASER' }))
  for (const one of hidden('payment', 'Payment')) changes.push(set('payment', one, { voucher: `改${chance.below(1_000_000)}`, paidOn: '2026-11-22' }))
  for (const one of hidden('agency_support', 'AgencySupport')) changes.push(chance.chance(0.5) ? remove('agency_support', one) : set('agency_support', one, { note: `改${chance.below(1000)}`, endsOn: '2027-02-02' }))
  for (const one of tables.agency_profile) if (!reads('AgencyProfile', 'fullTimeStaff', one)) changes.push(set('agency_profile', one, { fullTimeStaff: 99, partyMembers: 9, reportedOn: '2026-11-22' }))
  for (const one of hidden('opening_balance', 'OpeningBalance')) changes.push(chance.chance(0.5) ? remove('opening_balance', one) : set('opening_balance', one, { amount: '7.00', remarks: null }))
  for (const place of hidden('appointment', 'Appointment')) changes.push(chance.chance(0.3) ? remove('appointment', place) : set('appointment', place, { role: chance.pick(['CLERK', 'HR_OFFICER', null]), validFrom: '2019-02-02' }))
  for (const contact of tables.volunteer_contact) if (!reads('Volunteer', 'name', snapshot.one('volunteer', contact.volunteerId)!)) changes.push(set('volunteer_contact', contact, { name: `改${chance.below(1000)}`, mobile: chance.chance(0.3) ? null : '15500000009' }))
  for (const pay of tables.pay_amount) if (!pages['PayRecord']!.visible(viewer, snapshot.one('pay_record', pay.recordId)!).allowed) changes.push(set('pay_amount', pay, { amount: '1.23' }))
  for (const [table, type, values] of hiddenValues) for (const row of hidden(table, type)) changes.push(set(table, row, values))
  return changes
}

/** Of all changes to hidden things that could be made, those that the viewer cannot notice, by the oracle; and how many were tried. */
export function unseenChanges(network: Network, viewer: Viewer, chance: Random, atMost = 10_000): { kept: Change[]; tried: number } {
  const after = (tables: Tables) => viewed(tables).viewers.find(({ login }) => login === viewer.login)!
  const was = sight(viewer)
  const kept: Change[] = []
  let tables = structuredClone(network.tables)
  // One change after the other is kept only where the oracle says that this viewer cannot tell.
  const all = chance.some(changesFor(viewer, network.tables, chance), atMost)
  for (const part of batches(all, 24)) tables = keep(part, tables, (copy) => sight(after(copy)) === was, kept)
  return { kept, tried: all.length }
}

const batches = <T>(items: readonly T[], length: number): T[][] => Array.from({ length: Math.ceil(items.length / length) }, (_none, at) => items.slice(at * length, at * length + length))

/** Applies a batch; where it would be noticed, its halves. */
function keep(part: Change[], tables: Tables, unseen: (tables: Tables) => boolean, kept: Change[]): Tables {
  const copy = structuredClone(tables)
  for (const { apply } of part) apply(copy)
  if (unseen(copy)) {
    kept.push(...part)
    return copy
  }
  if (part.length === 1) return tables
  const half = Math.ceil(part.length / 2)
  return keep(part.slice(half), keep(part.slice(0, half), tables, unseen, kept), unseen, kept)
}
