import { Choice, enumeration, Link, MoneyAmount, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'
import { Initiative } from '../initiatives/index.js'
import { Person } from '../people/index.js'
import { Unit } from '../units/index.js'

export const MicroProjectKind = enumeration('MicroProjectKind', 'By what way a micro-project is paid (微项目类别).', {
  VENTURE_PHILANTHROPY: 'Venture philanthropy (公益创投)',
  SMALL_PROJECT: 'Small project (小项目)',
  SMALL_FUND: 'Small fund (小基金)',
})
export type MicroProjectKind = keyof typeof MicroProjectKind

export const MicroProjectStatus = enumeration('MicroProjectStatus', 'State of a micro-project (微项目状态).', {
  NEED: 'A need is told (需求征集)',
  CALLED: 'Proposals are called for (公开征集)',
  IN_REVIEW: 'A proposal is in review (评审中)',
  CONTRACTED: 'Contracted (已签约)',
  RUNNING: 'Being carried out (实施中)',
  EVALUATED: 'Evaluated (已评估)',
  CLOSED: 'Closed (已结项)',
  CANCELLED: 'Not carried out, or given up (已取消)',
})
export type MicroProjectStatus = keyof typeof MicroProjectStatus

export const MicroVerdict = enumeration('MicroVerdict', 'What the evaluation of a micro-project found (评估结论).', {
  PASSED: 'Passed: the last payment may follow (合格)',
  FAILED: 'Not passed: no last payment (不合格)',
})
export type MicroVerdict = keyof typeof MicroVerdict

export const MicroPaymentKind = enumeration('MicroPaymentKind', 'Which payment it is (付款类别).', {
  FIRST: 'The first, after the contract (首款)',
  INTERIM: 'While it is being carried out (中期款)',
  LAST: 'The last, only when it passed (末期款)',
})
export type MicroPaymentKind = keyof typeof MicroPaymentKind

@Record('MicroProject', 'mprj', 'A small project of social work from the need to its evaluated close (公益创投、小项目、小基金).')
export class MicroProject extends RecordBase {
  @Text('Code (项目编号).', { unique: true }) code!: string
  @Text('Title (项目名称).') title!: string
  @Choice(() => MicroProjectKind, 'Kind (类别).') kind!: MicroProjectKind
  @Choice(() => MicroProjectStatus, 'State (状态).', { default: 'NEED' }) status!: MicroProjectStatus
  @Link(() => Unit, 'Unit that pays (出资单位).') unit!: Unit
  @Link(() => Unit, 'Unit that carries it out, once its proposal is in review (实施单位).', { nullable: true }) carrier?: Unit | null
  @Text('The need (需求).') need!: string
  @Text('The proposal (方案).', { nullable: true }) proposal?: string | null
  @MoneyAmount('Amount of the contract, in yuan (签约金额).', { nullable: true }) amount?: string | null
  @OnDay('First day of the call (征集日期).', { nullable: true }) calledOn?: string | null
  @OnDay('Last day on which a proposal is taken (征集截止日期).', { nullable: true }) callUntil?: string | null
  @OnDay('Day of the contract (签约日期).', { nullable: true }) contractedOn?: string | null
  @OnDay('Last day of the work (实施截止日期).', { nullable: true }) dueOn?: string | null
  @OnDay('Day of the evaluation (评估日期).', { nullable: true }) evaluatedOn?: string | null
  @Choice(() => MicroVerdict, 'What the evaluation found (评估结论).', { nullable: true }) verdict?: MicroVerdict | null
  @Text('What the evaluation says (评估意见).', { nullable: true }) evaluation?: string | null
  @Link(() => Person, 'Who evaluated, where it was a person (评估人).', { nullable: true }) evaluatedBy?: Person | null
  @OnDay('Day on which it was closed or cancelled (结项日期).', { nullable: true }) endedOn?: string | null
  @Link(() => Initiative, 'Initiative that it serves; null where there is none or you do not see it (所属联合行动).', { nullable: true }) initiative?: Initiative | null
}

@Record('MicroPayment', 'mpay', 'A payment of a micro-project (微项目付款). All payments together do not exceed the amount of the contract.')
export class MicroPayment extends RecordBase {
  @Link(() => MicroProject, 'The micro-project (微项目).') microProject!: MicroProject
  @Link(() => Unit, 'Unit that pays (出资单位).') unit!: Unit
  @Choice(() => MicroPaymentKind, 'Which payment (付款类别).') kind!: MicroPaymentKind
  @MoneyAmount('Amount, in yuan (付款金额).') amount!: string
  @OnDay('Day (付款日期).') paidOn!: string
  @Link(() => Person, 'Who entered it, where it was a person (录入人).', { nullable: true }) paidBy?: Person | null
}
