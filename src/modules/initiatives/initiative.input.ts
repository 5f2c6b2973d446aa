import { InputType } from 'type-graphql'
import { compare, compareEnum, compareEnumList, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { MandateRole, Mechanism, UnitFilter } from '../units/index.js'
import { Health, InitiativeStatus, TargetMeasure, Visibility } from './initiative.entity.js'

export const ParticipationFilter: Function = filterOf('Participation', {
  id: compare.id,
  role: compareEnum('MandateRole', MandateRole),
  isLead: compare.flag,
  unit: () => UnitFilter,
})
export const InitiativeFilter: Function = filterOf('Initiative', {
  id: compare.id,
  code: compare.text,
  title: compare.text,
  mechanisms: compareEnumList('Mechanism', Mechanism),
  visibility: compareEnum('Visibility', Visibility),
  status: compareEnum('InitiativeStatus', InitiativeStatus),
  startsOn: compare.day,
  endsOn: compare.day,
  isStale: compare.flag,
  createdAt: compare.instant,
  updatedAt: compare.instant,
  division: () => DivisionFilter,
  leadUnit: () => UnitFilter,
  parent: () => InitiativeFilter,
  participations: many(() => ParticipationFilter),
})
export const initiativePaging: Paging = { filter: InitiativeFilter, ...orderOf('Initiative', ['createdAt', 'updatedAt', 'code', 'title', 'startsOn', 'endsOn', 'status']) }

const UpdateFilter: Function = filterOf('InitiativeUpdate', { id: compare.id, reportedOn: compare.day, health: compareEnum('Health', Health) })
export const updatePaging: Paging = { filter: UpdateFilter, ...orderOf('InitiativeUpdate', ['reportedOn', 'createdAt']) }

@InputType()
export class ParticipationInput {
  @Given.id('The unit (参与单位).') unitId!: string
  @Given.choice(() => MandateRole, 'Role (角色).') role!: MandateRole
}

@InputType()
export class InitiativeCreateInput extends IdempotentInput {
  @Given.text('Code (编号).', { max: 40 }) code!: string
  @Given.text('Title (名称).') title!: string
  @Given.text('Summary (概述).', { clearable: true, max: 4000 }) summary?: string | null
  @Given.choices(() => Mechanism, 'Mechanisms that it serves (机制).') mechanisms!: Mechanism[]
  @Given.id('Division that it belongs to (所属区划).') divisionId!: string
  @Given.choice(() => Visibility, 'Who of the network sees it (可见范围).') visibility!: Visibility
  @Given.day('First day (开始日期).', { clearable: true }) startsOn?: string | null
  @Given.day('Last day (结束日期).', { clearable: true }) endsOn?: string | null
  @Given.id('Lead unit (牵头单位).') leadUnitId!: string
  @Given.choice(() => MandateRole, "The lead unit's role; RESPONSIBLE where left out (牵头单位角色).", { optional: true }) leadRole?: MandateRole
  @Given.parts(() => ParticipationInput, 'Other participating units; at most 200 (参与单位).', { optional: true }) participations?: ParticipationInput[]
  @Given.id('Initiative that it is part of (上级行动).', { clearable: true }) parentId?: string | null
  @Given.id('Document that it carries out (依据文件).', { clearable: true }) documentId?: string | null
  @Given.whole('Days after which its latest update counts as stale (更新周期).', { optional: true, min: 1, max: 366 }) updateEveryDays?: number
}

@InputType()
export class InitiativeUpdateInput extends VersionedInput {
  @Given.id('The initiative.') initiativeId!: string
  @Given.text('Title (名称).', { optional: true }) title?: string
  @Given.text('Summary (概述).', { clearable: true, max: 4000 }) summary?: string | null
  @Given.choices(() => Mechanism, 'Mechanisms that it serves (机制).', { optional: true }) mechanisms?: Mechanism[]
  @Given.choice(() => Visibility, 'Who of the network sees it (可见范围).', { optional: true }) visibility?: Visibility
  @Given.day('First day (开始日期).', { clearable: true }) startsOn?: string | null
  @Given.day('Last day (结束日期).', { clearable: true }) endsOn?: string | null
  @Given.id('New lead unit; it becomes a participant if it is none (牵头单位).', { optional: true }) leadUnitId?: string
  @Given.id('Initiative that it is part of (上级行动).', { clearable: true }) parentId?: string | null
  @Given.id('Document that it carries out (依据文件).', { clearable: true }) documentId?: string | null
  @Given.whole('Days after which its latest update counts as stale (更新周期).', { optional: true, min: 1, max: 366 }) updateEveryDays?: number
}

/** One verb of the lifecycle; the mutation's name says which. */
@InputType()
export class InitiativeStepInput extends VersionedInput {
  @Given.id('The initiative.') initiativeId!: string
}

@InputType()
export class ParticipationAddInput extends IdempotentInput {
  @Given.id('The initiative.') initiativeId!: string
  @Given.id('The unit (参与单位).') unitId!: string
  @Given.choice(() => MandateRole, 'Role (角色).') role!: MandateRole
}

@InputType()
export class ParticipationUpdateInput extends VersionedInput {
  @Given.id('The participation.') participationId!: string
  @Given.choice(() => MandateRole, 'Role (角色).') role!: MandateRole
}

@InputType()
export class ParticipationRemoveInput extends VersionedInput {
  @Given.id('The participation.') participationId!: string
}

@InputType()
export class MilestoneAddInput extends IdempotentInput {
  @Given.id('The initiative.') initiativeId!: string
  @Given.text('What is reached (内容).') title!: string
  @Given.day('Due day (计划日期).') dueOn!: string
}

@InputType()
export class MilestoneUpdateInput extends VersionedInput {
  @Given.id('The milestone.') milestoneId!: string
  @Given.text('What is reached (内容).', { optional: true }) title?: string
  @Given.day('Due day (计划日期).', { optional: true }) dueOn?: string
  @Given.day('Day on which it was reached (完成日期).', { clearable: true }) reachedOn?: string | null
}

@InputType()
export class InitiativeTargetAddInput extends IdempotentInput {
  @Given.id('The initiative.') initiativeId!: string
  @Given.choice(() => TargetMeasure, 'What is counted; once an initiative (目标指标).') measure!: TargetMeasure
  @Given.decimal('How much is to be reached, above 0, with two places at most (目标值).') amount!: string
  @Given.day('Day by which it is to be reached (完成时限).', { clearable: true }) dueOn?: string | null
}

@InputType()
export class InitiativeTargetUpdateInput extends VersionedInput {
  @Given.id('The target.') targetId!: string
  @Given.decimal('How much is to be reached, above 0, with two places at most (目标值).', { optional: true }) amount?: string
  @Given.day('Day by which it is to be reached (完成时限).', { clearable: true }) dueOn?: string | null
}

@InputType()
export class InitiativeTargetRemoveInput extends VersionedInput {
  @Given.id('The target.') targetId!: string
}

@InputType()
export class InitiativeReportInput extends IdempotentInput {
  @Given.id('The initiative.') initiativeId!: string
  @Given.choice(() => Health, 'Assessment (进展评估).') health!: Health
  @Given.text('How it stands (情况).', { max: 4000 }) text!: string
  @Given.text('What changed since the last update (变化).', { clearable: true, max: 4000 }) changes?: string | null
}
