import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'
import { Initiative } from '../initiatives/index.js'
import { Unit } from '../units/index.js'
import { CredentialLevel, SocialWorker } from './social-worker.entity.js'

export const PostKind = enumeration('PostKind', 'How a post came to be one of social work (岗位性质).', {
  EXPLICIT: 'Set up as a social-work post (明确设置)',
  DE_FACTO: 'Not named so, but its duties include social work (实际岗位)',
})
export type PostKind = keyof typeof PostKind

export const PostUnitType = enumeration('PostUnitType', 'Type of unit in which the national return counts a post (岗位单位类型).', {
  CIVIL_AFFAIRS_INSTITUTION: 'Institution of civil affairs (民政事业单位)',
  TOWNSHIP_COMMUNITY: 'Town, subdistrict or community (乡镇、街道和社区)',
  OTHER_INSTITUTION: 'Institution of another system (其他系统事业单位)',
  SOCIAL_ORGANISATION: 'Social organisation (社会组织)',
  OTHER: 'Any other unit (其他)',
})
export type PostUnitType = keyof typeof PostUnitType

export const EmploymentKind = enumeration('EmploymentKind', 'How somebody is employed in social work (从业方式).', {
  FULL_TIME: 'Full-time (专职)',
  CONCURRENT: 'Beside another job (兼职)',
  UNPAID: 'Without pay (无薪)',
})
export type EmploymentKind = keyof typeof EmploymentKind

@Record('Post', 'post', 'A post of social work in a unit (社会工作岗位), explicit or de facto.')
export class Post extends RecordBase {
  @Text('Code (岗位编号).', { unique: true }) code!: string
  @Text('What it is called (岗位名称).') title!: string
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Choice(() => PostUnitType, 'Type of unit in which it is counted (单位类型).') unitType!: PostUnitType
  @Choice(() => PostKind, 'Explicit or de facto (岗位性质).') kind!: PostKind
  @Choice(() => CredentialLevel, 'Credential that it asks for, where it asks for one (岗位等级).', { nullable: true }) grade?: CredentialLevel | null
  @OnDay('First day (设置日期).') openedOn!: string
  @OnDay('First day on which it no longer exists (撤销日期).', { nullable: true }) closedOn?: string | null
  @Link(() => Initiative, 'Initiative that builds it; null where there is none or you do not see it (所属联合行动).', { nullable: true }) initiative?: Initiative | null

  isOpenOn(day: string): boolean {
    return this.openedOn <= day && (!this.closedOn || day < this.closedOn)
  }
}

@Record('Employment', 'empl', 'A social worker works in a unit between two dates (从业). Two full-time ones of one person never overlap.')
export class Employment extends RecordBase {
  @Link(() => SocialWorker, 'The social worker (社会工作者).', { mayBeInvisible: true }) socialWorker!: SocialWorker
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Link(() => Post, 'Post of the unit that the person fills, where it is one (岗位).', { nullable: true }) post?: Post | null
  @Choice(() => EmploymentKind, 'How (从业方式).') kind!: EmploymentKind
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
}
