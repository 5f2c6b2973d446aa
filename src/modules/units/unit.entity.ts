import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'
import { Division, DivisionLevel } from '../divisions/index.js'

export const UnitKind = enumeration('UnitKind', 'Kind of body (单位类别). What it does in a mechanism is its mandate, not its kind.', {
  PARTY_COMMITTEE: 'Party committee (党委)',
  ORGANISATION_DEPARTMENT: 'Organisation department (组织部)',
  PARTY_SOCIAL_WORK: 'Party social-work department (社会工作部)',
  POLITICAL_LEGAL: 'Political and legal affairs commission (政法委)',
  CIVIL_AFFAIRS: 'Civil affairs (民政)',
  HUMAN_RESOURCES: 'Personnel (人事)',
  LABOUR_SOCIAL_SECURITY: 'Labour and social security (劳动和社会保障)',
  HUMAN_RESOURCES_SOCIAL_SECURITY: 'Human resources and social security (人力资源和社会保障)',
  EDUCATION: 'Education (教育)',
  JUSTICE: 'Justice (司法)',
  HEALTH: 'Health (卫生健康)',
  FINANCE: 'Finance (财政)',
  PUBLIC_SECURITY: 'Public security (公安)',
  POVERTY_ALLEVIATION: 'Poverty alleviation (扶贫)',
  PETITIONS: 'Petitions (信访)',
  TRADE_UNION: 'Trade union (工会)',
  YOUTH_LEAGUE: 'Youth league (共青团)',
  WOMENS_FEDERATION: "Women's federation (妇联)",
  DISABLED_FEDERATION: "Disabled persons' federation (残联)",
  PUBLIC_INSTITUTION: 'Public institution (事业单位)',
  SUBDISTRICT_TOWN: 'Subdistrict, town or township (街道乡镇)',
  COMMUNITY: 'Community (社区)',
  SERVICE_AGENCY: 'Private social-work agency (民办社会工作服务机构)',
  VOLUNTEER_ORGANISATION: 'Volunteer organisation (志愿服务组织)',
  ASSOCIATION: 'Association (行业协会)',
})
export type UnitKind = keyof typeof UnitKind

export const LegalForm = enumeration('LegalForm', 'Legal form of a registered organisation (法人类型).', {
  SOCIAL_ORGANISATION: 'Social organisation (社会团体)',
  SOCIAL_SERVICE_INSTITUTION: 'Social-service institution (社会服务机构)',
  FOUNDATION: 'Foundation (基金会)',
})
export type LegalForm = keyof typeof LegalForm

@Record('UnitSystem', 'usys', 'One of the systems of the national return (系统), with the dates between which the return knows it.')
export class UnitSystem extends RecordBase {
  @Text('Name as the return writes it (名称).', { unique: true }) name!: string
  @OnDay('First day (启用日期).') validFrom!: string
  @OnDay('First day on which it is no longer used (停用日期).', { nullable: true }) validTo?: string | null
}

@Record('Unit', 'unit', 'A unit of the network (单位): party organ, department, mass organisation, institution, agency or community.')
export class Unit extends RecordBase {
  @Text('Code of the unit inside the network (单位代码).', { unique: true })
  code!: string

  @Text('Name in force (单位名称).', { index: true })
  name!: string

  @Text('Short name (简称).', { nullable: true })
  shortName?: string | null

  @Choice(() => UnitKind, 'Kind of body (单位类别).')
  kind!: UnitKind

  @Link(() => Division, 'Division in which it stands: its block (块).')
  division!: Division

  @Link(() => Unit, 'Unit above it by line (条线上级).', { nullable: true })
  lineParent?: Unit | null

  @Text('Unified social credit code (统一社会信用代码, GB 32100).', { nullable: true, unique: true })
  creditCode?: string | null

  @Link(() => UnitSystem, 'System of the national return (所属系统).', { nullable: true })
  system?: UnitSystem | null

  @Text('Kind of institution, as the return lists it (机构类别), such as 养老.', { nullable: true })
  institutionKind?: string | null

  @Choice(() => LegalForm, 'Legal form (法人类型).', { nullable: true })
  legalForm?: LegalForm | null

  @Choice(() => DivisionLevel, 'Level of the civil-affairs department that registered it (登记层级).', { nullable: true })
  registrationLevel?: DivisionLevel | null

  @OnDay('First day of the unit (成立日期).')
  foundedOn!: string

  @OnDay('First day on which the unit no longer exists (撤销日期).', { nullable: true })
  endedOn?: string | null

  @Link(() => Unit, 'Unit that took over its work (承接单位).', { nullable: true })
  successor?: Unit | null

  @Text('Ids from the top of its line down to itself; kept by the database.', { hidden: true, default: '' })
  linePath!: string

  @Text('Path of its division: what begins with that of a division stands in it or below it (所在区划路径). Kept by the database.', { default: '' })
  divisionPath!: string

  isInForceOn(day: string): boolean {
    return this.foundedOn <= day && (!this.endedOn || day < this.endedOn)
  }
}

@Record('UnitName', 'uname', 'A name that a unit bore, with its dates (曾用名与现用名).')
export class UnitName extends RecordBase {
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Text('Name (名称).') name!: string
  @OnDay('First day (启用日期).') validFrom!: string
  @OnDay('First day on which it is no longer used (停用日期).', { nullable: true }) validTo?: string | null
}
