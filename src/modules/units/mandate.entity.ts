import { Choice, enumeration, Link, OnDay, Record, RecordBase, Text } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Unit } from './unit.entity.js'

export const Mechanism = enumeration('Mechanism', "The policy's six mechanisms (六项机制).", {
  ORGANISATION_LEADERSHIP: 'Organisation and leadership (组织领导)',
  PROFESSIONAL_POSTS: 'Professional posts (专业岗位)',
  FUNDING: 'Funding (经费保障)',
  REMUNERATION: 'Pay (薪酬)',
  SERVICE_AGENCIES: 'Private agencies (民办机构)',
  CAPABILITY: 'Professional capability (专业能力)',
})
export type Mechanism = keyof typeof Mechanism

export const MandateRole = enumeration('MandateRole', 'Role in a mechanism or initiative (职责角色).', {
  LEADERSHIP: 'Leads (领导)',
  OVERALL_COORDINATION: 'Coordinates the whole (综合协调、牵头抓总)',
  RESPONSIBLE: 'Is responsible (具体负责)',
  COOPERATING: 'Cooperates (密切配合)',
})
export type MandateRole = keyof typeof MandateRole

export const DocumentKind = enumeration('DocumentKind', 'What a policy document is about (文件类别).', {
  SOCIAL_WORK: 'Social work (社会工作)',
  VOLUNTEERING: 'Volunteering (志愿服务)',
})
export type DocumentKind = keyof typeof DocumentKind

@Record('PolicyDocument', 'doc', 'A policy document (文件), by its number 发文文号.')
export class PolicyDocument extends RecordBase {
  @Text('Document number (发文文号), such as `民发〔2016〕186号`.', { unique: true }) number!: string
  @Text('Title (文件名称).') title!: string
  @Choice(() => DocumentKind, 'What it is about (类别).') kind!: DocumentKind
  @OnDay('Day of issue (发文时间).') issuedOn!: string
  @Link(() => PolicyDocument, 'Document that it replaces (替代文件).', { nullable: true }) supersedes?: PolicyDocument | null
}

@Record('DocumentIssuer', 'diss', 'A unit that issued a document, alone or jointly (发文单位).')
export class DocumentIssuer extends RecordBase {
  @Link(() => PolicyDocument, 'The document (文件).') document!: PolicyDocument
  @Link(() => Unit, 'The unit (发文单位).') unit!: Unit
}

@Record('Mandate', 'mand', 'What a unit is charged with in its division, between two dates, by a document (职责).')
export class Mandate extends RecordBase {
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Link(() => Division, 'The division that it covers: where the unit stands (区划).') division!: Division
  @Choice(() => Mechanism, 'The mechanism; none for LEADERSHIP and OVERALL_COORDINATION, which cover all six (机制).', { nullable: true }) mechanism?: Mechanism | null
  @Choice(() => MandateRole, 'Role (角色).') role!: MandateRole
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
  @Link(() => PolicyDocument, 'Document that it rests on (依据文件).') basis!: PolicyDocument
}

const numberShape = /^[^\s〔〕\d]{1,20}〔(\d{4})〕\d{1,5}号$/

/** What is wrong with a document number: its shape `机关代字〔年份〕序号号`, and a year that is not the year of issue. */
export function documentNumberFault(number: string, issuedOn: string): { en: string; zh: string } | undefined {
  const year = numberShape.exec(number)?.[1]
  if (!year) return { en: 'must be written like 民发〔2016〕186号, with 〔 〕 around the year.', zh: '格式应为“民发〔2016〕186号”，年份用六角括号。' }
  if (!issuedOn.startsWith(year)) return { en: `names the year ${year}, but the document was issued in ${issuedOn.slice(0, 4)}.`, zh: `中的年份为 ${year}，但发文时间为 ${issuedOn.slice(0, 4)} 年。` }
  return undefined
}
