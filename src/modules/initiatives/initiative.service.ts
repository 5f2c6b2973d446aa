import type { Work } from '../../engine/index.js'
import { attributesOf, Problem } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Person } from '../people/index.js'
import { PolicyDocument, Unit, type MandateRole } from '../units/index.js'
import { Initiative, InitiativeUpdate, Milestone, Participation, type InitiativeStatus } from './initiative.entity.js'
import type { InitiativeCreateInput, InitiativeReportInput, InitiativeStepInput, InitiativeUpdateInput, MilestoneAddInput, MilestoneUpdateInput } from './initiative.input.js'
import { initiativeLifecycle } from './initiative.lifecycle.js'

/** What modules below do or demand when an initiative takes a step. */
type StepCheck = (work: Work, initiative: Initiative, to: InitiativeStatus) => Promise<void>
const stepChecks: StepCheck[] = []
export const whenInitiativeSteps = (check: StepCheck): void => void stepChecks.push(check)

export async function createInitiative(work: Work, input: InitiativeCreateInput): Promise<Initiative> {
  const leadUnit = await livingUnit(work, input.leadUnitId, 'input.leadUnitId')
  const initiative = Object.assign(new Initiative(), {
    code: input.code.trim(),
    title: input.title.trim(),
    summary: input.summary ?? null,
    mechanisms: mechanismsOf(input.mechanisms),
    division: await work.reference(Division, input.divisionId, 'input.divisionId'),
    visibility: input.visibility,
    startsOn: input.startsOn ?? null,
    endsOn: input.endsOn ?? null,
    status: initiativeLifecycle.initial,
    leadUnit,
    parent: input.parentId ? await work.reference(Initiative, input.parentId, 'input.parentId') : null,
    document: input.documentId ? await work.reference(PolicyDocument, input.documentId, 'input.documentId') : null,
    updateEveryDays: input.updateEveryDays ?? 30,
  })
  checkDates(initiative)
  work.makes(initiative)
  join(work, initiative, leadUnit, input.leadRole ?? 'RESPONSIBLE')
  const joined = new Set([leadUnit.id])
  const others = input.participations ?? []
  if (others.length > 200) throw new Problem('OUT_OF_RANGE', 'input.participations', { en: `At most 200 units at once; got ${others.length}.`, zh: `一次最多 200 个单位，当前 ${others.length} 个。` })
  for (const [at, { unitId, role }] of others.entries()) {
    const field = `input.participations.${at}.unitId`
    if (joined.has(unitId)) throw alreadyJoined(field)
    joined.add(unitId)
    join(work, initiative, await livingUnit(work, unitId, field), role)
  }
  return initiative
}

export async function updateInitiative(work: Work, input: InitiativeUpdateInput): Promise<Initiative> {
  const initiative = await work.target(Initiative, input.initiativeId, 'input.initiativeId', input.expectedVersion)
  if (initiativeLifecycle.next(initiative.status).length === 0) throw final(initiative.status)
  const { initiativeId: _target, mechanisms, leadUnitId, parentId, documentId, ...plain } = attributesOf(input)
  Object.assign(initiative, plain)
  if (mechanisms) initiative.mechanisms = mechanismsOf(mechanisms)
  if (documentId !== undefined) initiative.document = documentId ? await work.reference(PolicyDocument, documentId, 'input.documentId') : null
  if (parentId !== undefined) initiative.parent = parentId ? await parentFor(work, initiative, parentId) : null
  if (leadUnitId !== undefined && leadUnitId !== initiative.leadUnit.id) {
    const leadUnit = await livingUnit(work, leadUnitId, 'input.leadUnitId')
    if (!(await work.em.findOne(Participation, { initiative: initiative.id, unit: leadUnitId }))) join(work, initiative, leadUnit, 'RESPONSIBLE')
    initiative.leadUnit = leadUnit
  }
  checkDates(initiative)
  return initiative
}

/** A step of the lifecycle; what modules below demand of it is asked first. */
export const stepTo = (to: InitiativeStatus) => async (work: Work, input: InitiativeStepInput): Promise<Initiative> => {
  const initiative = await work.target(Initiative, input.initiativeId, 'input.initiativeId', input.expectedVersion)
  for (const check of stepChecks) await check(work, initiative, to)
  initiative.status = to
  return initiative
}

export async function addMilestone(work: Work, input: MilestoneAddInput): Promise<Milestone> {
  const initiative = await work.target(Initiative, input.initiativeId, 'input.initiativeId')
  const milestone = Object.assign(new Milestone(), { initiative, title: input.title.trim(), dueOn: input.dueOn })
  work.em.persist(milestone)
  return milestone
}

export async function updateMilestone(work: Work, input: MilestoneUpdateInput): Promise<Milestone> {
  const milestone = await work.part(Milestone, 'initiative', input.milestoneId, 'input.milestoneId', input.expectedVersion)
  const { milestoneId: _target, ...plain } = attributesOf(input)
  if (plain.reachedOn && plain.reachedOn > work.today) throw new Problem('OUT_OF_RANGE', 'input.reachedOn', { en: 'A milestone cannot be reached in the future.', zh: '完成日期不能晚于今天。' })
  return Object.assign(milestone, plain)
}

export async function reportInitiative(work: Work, input: InitiativeReportInput): Promise<InitiativeUpdate> {
  const initiative = await work.target(Initiative, input.initiativeId, 'input.initiativeId')
  const { personId } = work.reads.viewer
  const update = Object.assign(new InitiativeUpdate(), {
    initiative,
    reportedOn: work.today,
    health: input.health,
    text: input.text.trim(),
    changes: input.changes ?? null,
    author: personId ? work.em.getReference(Person, personId) : null,
  })
  work.em.persist(update)
  return update
}

export function join(work: Work, initiative: Initiative, unit: Unit, role: MandateRole): Participation {
  const participation = Object.assign(new Participation(), { initiative, unit, role })
  work.em.persist(participation)
  return participation
}

/** A unit that exists today: ended ones take on nothing new. */
export async function livingUnit(work: Work, id: string, field: string): Promise<Unit> {
  const unit = await work.reference(Unit, id, field)
  if (!unit.isInForceOn(work.today)) throw ended(unit, field)
  return unit
}

export const ended = (unit: Unit, field: string) => new Problem('ENDED', field, { en: `${unit.name} no longer exists. Choose the unit that took over its work.`, zh: `${unit.name} 已撤销，请选择承接单位。` })

export const alreadyJoined = (field: string) => new Problem('TAKEN', field, { en: 'The unit already takes part in this initiative.', zh: '该单位已参与本行动。' })

const mechanismsOf = <M>(given: readonly M[]): M[] => {
  if (given.length === 0) throw new Problem('REQUIRED', 'input.mechanisms', { en: 'An initiative serves one mechanism or more.', zh: '联合行动至少对应一项机制。' })
  return [...new Set(given)]
}

function checkDates({ startsOn, endsOn }: Initiative): void {
  if (startsOn && endsOn && endsOn < startsOn) throw new Problem('OUT_OF_RANGE', 'input.endsOn', { en: `It must not end before it starts (${startsOn}).`, zh: `结束日期不得早于开始日期（${startsOn}）。` })
}

async function parentFor(work: Work, initiative: Initiative, parentId: string): Promise<Initiative> {
  const parent = await work.reference(Initiative, parentId, 'input.parentId')
  const above = await work.run(
    `with recursive up as (select id, parent_id from initiative where id = $1 union select i.id, i.parent_id from initiative i join up on i.id = up.parent_id) select 1 from up where id = $2`,
    [parentId, initiative.id],
  )
  if (above.length > 0) throw new Problem('CYCLE', 'input.parentId', { en: 'That initiative is part of this one.', zh: '所选行动隶属于本行动，不能互为上下级。' })
  return parent
}

const final = (status: InitiativeStatus) => new Problem('ILLEGAL_TRANSITION', 'input.initiativeId', { en: `The initiative is ${status}; it can no longer be changed.`, zh: `该行动已${status === 'CLOSED' ? '办结' : '撤销'}，不能再修改。` })
