import { Choice, enumeration, Link, MoneyAmount, OnDay, Record, RecordBase, Text, Whole } from '../../kernel/index.js'
import { Division, DivisionLevel } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { Unit } from '../units/index.js'

export const FundingSource = enumeration('FundingSource', 'Where money comes from (资金来源).', {
  FISCAL: 'Public budget (财政性资金)',
  WELFARE_LOTTERY: 'Public-welfare fund of the welfare lottery (福利彩票公益金)',
  OTHER_LOTTERY: 'Public-welfare fund of another lottery (其他彩票公益金)',
  MINISTRY_LOTTERY: "Project of the ministry's lottery fund (部本级彩票金项目)",
  SOCIAL: 'Donations and other money of society (社会资金)',
  EMPLOYER: 'The employing unit itself (用人单位自筹)',
  INDIVIDUAL: 'Individuals (个人)',
  OTHER: 'Any other (其他资金)',
})
export type FundingSource = keyof typeof FundingSource

export const FundingPurpose = enumeration('FundingPurpose', 'What money is for (资金用途).', {
  SOCIAL_WORK: 'Social work (社会工作)',
  VOLUNTEERING: 'Volunteering (志愿服务)',
  INCENTIVES: 'Incentives for volunteers (志愿者激励保障)',
  VOLUNTEER_OPERATIONS: 'Running of volunteering, bought as a service (志愿服务运营管理)',
})
export type FundingPurpose = keyof typeof FundingPurpose

@Record('BudgetLine', 'blin', "A line of a unit's budget of a year (预算项目). What is allocated and contracted out of it never exceeds what is planned.")
export class BudgetLine extends RecordBase {
  @Text('Code (预算编号).', { unique: true }) code!: string
  @Text('Title (项目名称).') title!: string
  @Whole('Budget year (预算年度).', { index: true }) year!: number
  @Link(() => Unit, 'Unit whose budget it is (预算单位).') unit!: Unit
  @Choice(() => FundingSource, 'Where the money comes from (资金来源).') source!: FundingSource
  @Choice(() => FundingPurpose, 'What it is for (用途).') purpose!: FundingPurpose
  @Choice(() => DivisionLevel, 'Level of government that provides it (资金层级).') level!: DivisionLevel
  @MoneyAmount('Amount planned for the year, in yuan (预算金额).') plannedAmount!: string
  @OnDay('Day of approval; none while it is not approved, and then nothing is allocated or contracted (批复日期).', { nullable: true }) approvedOn?: string | null
  @Text('Remarks (备注).', { nullable: true }) remarks?: string | null
  @Link(() => Initiative, 'Initiative that it pays for; null where there is none or you do not see it (联合行动).', { nullable: true }) initiative?: Initiative | null
  @MoneyAmount('Sum of its allocations, corrections included (已下达). Kept by the database.', { default: '0' }) allocatedAmount!: string
  @MoneyAmount('Sum of its contracts; of a terminated one what was paid (已签约). Kept by the database.', { default: '0' }) contractedAmount!: string
}

@Record('Allocation', 'allo', 'Money of a budget line that is promised to a unit by a day (资金下达).')
export class Allocation extends RecordBase {
  @Link(() => BudgetLine, 'Line that it comes out of; null where you do not see it (预算项目).', { mayBeInvisible: true }) line!: BudgetLine
  @Link(() => Unit, 'Unit that gives it, as on the line (下达单位).') fromUnit!: Unit
  @Link(() => Unit, 'Unit that receives it (接收单位).') toUnit!: Unit
  @Text("Number of the voucher, one of its kind on the line (凭证号).", { nullable: true }) voucher?: string | null
  @MoneyAmount('Amount in yuan; signed where it corrects another (金额).') amount!: string
  @MoneyAmount('Amount after its corrections; 0 for a correction (更正后金额). Kept by the database.', { default: '0' }) netAmount!: string
  @MoneyAmount('How much of it has arrived (已到账). Kept by the database.', { default: '0' }) arrivedAmount!: string
  @OnDay('Day of the allocation, in the budget year (下达日期).') allocatedOn!: string
  @OnDay('Day by which it is to arrive (承诺到账日期).') promisedOn!: string
  @Link(() => Allocation, 'The allocation that it corrects (所更正的下达).', { nullable: true }) corrects?: Allocation | null
  @Text('Why it was corrected (更正原因).', { nullable: true }) reason?: string | null
}

@Record('Disbursement', 'disb', 'Arrival of allocated money at the unit (资金到账).')
export class Disbursement extends RecordBase {
  @Link(() => Allocation, 'The allocation (资金下达).') allocation!: Allocation
  @Link(() => Unit, 'Unit at which it arrived, the receiver of the allocation (到账单位).') unit!: Unit
  @Text("Number of the voucher, one of its kind on the allocation (凭证号).", { nullable: true }) voucher?: string | null
  @MoneyAmount('Amount in yuan; signed where it corrects another (金额).') amount!: string
  @OnDay('Day on which it arrived; of a correction, the day on which it was entered (到账日期).') arrivedOn!: string
  @Link(() => Disbursement, 'The arrival that it corrects (所更正的到账).', { nullable: true }) corrects?: Disbursement | null
  @Text('Why it was corrected (更正原因).', { nullable: true }) reason?: string | null
}

@Record('OpeningBalance', 'opbl', 'Total of a year from before its money was kept here (期初总额), so that growth can be told.')
export class OpeningBalance extends RecordBase {
  @Link(() => Division, 'Division of which it is the total, units below included (区划).') division!: Division
  @Link(() => Unit, 'Unit that answers for the figure (填报单位).') unit!: Unit
  @Whole('Year (年度).') year!: number
  @Choice(() => FundingSource, 'Where the money came from (资金来源).') source!: FundingSource
  @Choice(() => FundingPurpose, 'What it was for (用途).') purpose!: FundingPurpose
  @MoneyAmount('Amount in yuan (金额).') amount!: string
  @Text('Remarks (备注).', { nullable: true }) remarks?: string | null
}
