import { InputType } from 'type-graphql'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { PostKind, PostUnitType } from './post.entity.js'
import { CredentialLevel } from './social-worker.entity.js'
import { StationKind } from './station.entity.js'

@InputType()
export class PostOpenInput extends IdempotentInput {
  @Given.text('Code (岗位编号).', { max: 40 }) code!: string
  @Given.text('What it is called (岗位名称).') title!: string
  @Given.id('The unit (单位).') unitId!: string
  @Given.choice(() => PostUnitType, 'Type of unit in which it is counted (单位类型).') unitType!: PostUnitType
  @Given.choice(() => PostKind, 'Explicit or de facto (岗位性质).') kind!: PostKind
  @Given.choice(() => CredentialLevel, 'Credential that it asks for (岗位等级).', { clearable: true }) grade?: CredentialLevel | null
  @Given.day('First day (设置日期).') openedOn!: string
  @Given.id('Initiative that builds it (所属联合行动).', { clearable: true }) initiativeId?: string | null
}

@InputType()
export class PostUpdateInput extends VersionedInput {
  @Given.id('The post (岗位).') postId!: string
  @Given.text('What it is called (岗位名称).', { optional: true }) title?: string
  @Given.choice(() => PostUnitType, 'Type of unit in which it is counted (单位类型).', { optional: true }) unitType?: PostUnitType
  @Given.choice(() => PostKind, 'Explicit or de facto (岗位性质).', { optional: true }) kind?: PostKind
  @Given.choice(() => CredentialLevel, 'Credential that it asks for (岗位等级).', { clearable: true }) grade?: CredentialLevel | null
  @Given.id('Initiative that builds it (所属联合行动).', { clearable: true }) initiativeId?: string | null
}

@InputType()
export class PostCloseInput extends VersionedInput {
  @Given.id('The post (岗位).') postId!: string
  @Given.day('First day on which it no longer exists (撤销日期).') closedOn!: string
}

@InputType()
export class StationOpenInput extends IdempotentInput {
  @Given.text('Code (站点编号).', { max: 40 }) code!: string
  @Given.text('Name (站点名称).') name!: string
  @Given.choice(() => StationKind, 'What it is for (站点类别).') kind!: StationKind
  @Given.id('Unit that runs it (运营单位).') unitId!: string
  @Given.id('Division that it serves: where the unit stands, or below (服务区划).') divisionId!: string
  @Given.day('First day (设立日期).') openedOn!: string
}

@InputType()
export class StationUpdateInput extends VersionedInput {
  @Given.id('The station (站点).') stationId!: string
  @Given.text('Name (站点名称).', { optional: true }) name?: string
}

@InputType()
export class StationCloseInput extends VersionedInput {
  @Given.id('The station (站点).') stationId!: string
  @Given.day('First day on which it no longer exists (撤销日期).') closedOn!: string
}
