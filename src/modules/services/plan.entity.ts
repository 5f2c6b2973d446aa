import { Choice, enumeration, Hours, Link, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Initiative } from '../initiatives/index.js'
import { Person } from '../people/index.js'
import { SocialWorker } from '../posts/index.js'
import { Unit } from '../units/index.js'
import { Consultation, NeedsSurvey } from './survey.entity.js'

export const ServicePlanStatus = enumeration('ServicePlanStatus', 'State of a service plan (服务计划状态).', {
  DRAFT: 'Being written (起草)',
  SUBMITTED: 'Waits for the decision of the unit (待审批)',
  RETURNED: 'To be reworked (退回修改)',
  APPROVED: 'Approved and being carried out (已批准)',
  COMPLETED: 'Carried out (已完成)',
  CANCELLED: 'Cancelled (已取消)',
})
export type ServicePlanStatus = keyof typeof ServicePlanStatus

export const ServiceMethod = enumeration('ServiceMethod', 'How a service is given (服务方法).', {
  CASE: 'Casework (个案工作)',
  GROUP: 'Group work (小组工作)',
  COMMUNITY: 'Community work (社区工作)',
})
export type ServiceMethod = keyof typeof ServiceMethod

@Record('ServicePlan', 'plan', 'What a social worker will do for a group of people, and why (服务计划). Those served are a count; nothing personal of them is kept.')
export class ServicePlan extends RecordBase {
  @Text('Code (计划编号).', { unique: true }) code!: string
  @Link(() => Unit, 'Unit that gives the service (单位).') unit!: Unit
  @Link(() => SocialWorker, 'Social worker who wrote it and carries it out (负责社工).', { mayBeInvisible: true }) socialWorker!: SocialWorker
  @Text('Title (名称).') title!: string
  @Text('For whom, as a group (服务对象).') targetGroup!: string
  @Whole('How many people it is meant for (计划服务人数).') plannedBeneficiaries!: number
  @OnDay('First day (起始日期).') startsOn!: string
  @OnDay('Last day (结束日期).') endsOn!: string
  @Choice(() => ServicePlanStatus, 'State (状态).', { default: 'DRAFT' }) status!: ServicePlanStatus
  @Link(() => NeedsSurvey, 'Survey of needs that it rests on (需求调研).', { nullable: true }) survey?: NeedsSurvey | null
  @Link(() => Consultation, 'Consultation with the community that it rests on (社区协商).', { nullable: true }) consultation?: Consultation | null
  @Link(() => Initiative, 'Initiative that it is part of; null where there is none or you do not see it (所属联合行动).', { nullable: true }) initiative?: Initiative | null
  @OnDay('Day on which it was last submitted (提交日期).', { nullable: true }) submittedOn?: string | null
  @OnDay('Day of the approval (批准日期).', { nullable: true }) approvedOn?: string | null
  @Link(() => Person, 'Who approved it, or returned it last (审批人).', { nullable: true, mayBeInvisible: true }) decidedBy?: Person | null
  @Text('Note on the approval, or why it was returned or cancelled (审批意见).', { nullable: true }) decisionNote?: string | null
  @OnDay('Day on which it was completed or cancelled (办结日期).', { nullable: true }) closedOn?: string | null
}

@Record('ServiceRecord', 'srec', 'A service that was given under a plan (服务记录).')
export class ServiceRecord extends RecordBase {
  @Link(() => ServicePlan, 'The plan (服务计划).') servicePlan!: ServicePlan
  @Whole('Number within the plan, from 1 (序号).') number!: number
  @OnDay('Day (服务日期).') servedOn!: string
  @Choice(() => ServiceMethod, 'How (服务方法).') method!: ServiceMethod
  @Whole('How many people were served that time (服务人次).') beneficiaries!: number
  @Hours('Hours (服务时数).') hours!: string
  @Text('What was done, without anything personal of those served (服务内容).', { nullable: true }) summary?: string | null
}
