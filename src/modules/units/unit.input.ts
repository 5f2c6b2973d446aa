import { ArgsType, Field, InputType } from 'type-graphql'
import { compare, compareEnum, comparePrefixed, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Day, Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter, DivisionLevel } from '../divisions/index.js'
import { DocumentKind, MandateRole, Mechanism } from './mandate.entity.js'
import { LegalForm, UnitKind } from './unit.entity.js'

export const MandateFilter: Function = filterOf('Mandate', {
  id: compare.id,
  role: compareEnum('MandateRole', MandateRole),
  mechanism: compareEnum('Mechanism', Mechanism),
  validFrom: compare.day,
  validTo: compare.day,
  unit: () => UnitFilter,
  division: () => DivisionFilter,
})
const UnitSystemFilter: Function = filterOf('UnitSystem', { id: compare.id, name: compare.text, validFrom: compare.day, validTo: compare.day })
export const UnitFilter: Function = filterOf('Unit', {
  id: compare.id,
  code: compare.text,
  name: compare.text,
  kind: compareEnum('UnitKind', UnitKind),
  creditCode: compare.text,
  institutionKind: compare.text,
  legalForm: compareEnum('LegalForm', LegalForm),
  registrationLevel: compareEnum('DivisionLevel', DivisionLevel),
  foundedOn: compare.day,
  endedOn: compare.day,
  division: () => DivisionFilter,
  divisionPath: comparePrefixed,
  system: () => UnitSystemFilter,
  lineParent: () => UnitFilter,
  successor: () => UnitFilter,
  mandates: many(() => MandateFilter),
})
export const PolicyDocumentFilter: Function = filterOf('PolicyDocument', {
  id: compare.id,
  number: compare.text,
  title: compare.text,
  kind: compareEnum('DocumentKind', DocumentKind),
  issuedOn: compare.day,
  issuers: many(() => DocumentIssuerFilter),
})
const DocumentIssuerFilter: Function = filterOf('DocumentIssuer', { id: compare.id, unit: () => UnitFilter })
export const unitPaging: Paging = { filter: UnitFilter, ...orderOf('Unit', ['code', 'name', 'foundedOn', 'createdAt']) }
export const mandatePaging: Paging = { filter: MandateFilter, ...orderOf('Mandate', ['validFrom', 'validTo', 'createdAt']) }
export const policyDocumentPaging: Paging = { filter: PolicyDocumentFilter, ...orderOf('PolicyDocument', ['issuedOn', 'number', 'createdAt']) }

@ArgsType()
export class CoordinatingArgs {
  @Field(() => String, { description: 'Code of the division (区划代码).' }) divisionCode!: string
  @Field(() => Day, { nullable: true, description: 'The day asked about; today where left out.' }) on?: string
}

@ArgsType()
export class ResponsibleArgs {
  @Field(() => Mechanism, { description: 'The mechanism (机制).' }) mechanism!: Mechanism
  @Field(() => Day, { nullable: true, description: 'The day asked about; today where left out.' }) on?: string
  @Field(() => MandateRole, { defaultValue: 'RESPONSIBLE', description: 'The role asked about.' }) role!: MandateRole
  @Field(() => String, { nullable: true, description: 'Code of a division: only units that stand there (区划代码).' }) divisionCode?: string
}

@InputType()
export class UnitCreateInput extends IdempotentInput {
  @Given.text('Code inside the network (单位代码).', { max: 60 }) code!: string
  @Given.text('Name (单位名称).') name!: string
  @Given.text('Short name (简称).', { clearable: true, max: 60 }) shortName?: string | null
  @Given.choice(() => UnitKind, 'Kind of body (单位类别).') kind!: UnitKind
  @Given.id('Division in which it stands (所在区划).') divisionId!: string
  @Given.id('Unit above it by line (条线上级).', { clearable: true }) lineParentId?: string | null
  @Given.text('Unified social credit code (统一社会信用代码).', { clearable: true, max: 18 }) creditCode?: string | null
  @Given.choice(() => LegalForm, 'Legal form (法人类型).', { clearable: true }) legalForm?: LegalForm | null
  @Given.choice(() => DivisionLevel, 'Level of registration (登记层级).', { clearable: true }) registrationLevel?: DivisionLevel | null
  @Given.text('Kind of institution (机构类别).', { clearable: true, max: 40 }) institutionKind?: string | null
  @Given.day('First day of the unit (成立日期).') foundedOn!: string
}

@InputType()
export class UnitUpdateInput extends VersionedInput {
  @Given.id('The unit.') unitId!: string
  @Given.text('Short name (简称).', { clearable: true, max: 60 }) shortName?: string | null
  @Given.id('Division in which it stands (所在区划).', { optional: true }) divisionId?: string
  @Given.id('Unit above it by line (条线上级).', { clearable: true }) lineParentId?: string | null
  @Given.text('Unified social credit code (统一社会信用代码).', { clearable: true, max: 18 }) creditCode?: string | null
  @Given.choice(() => LegalForm, 'Legal form (法人类型).', { clearable: true }) legalForm?: LegalForm | null
  @Given.choice(() => DivisionLevel, 'Level of registration (登记层级).', { clearable: true }) registrationLevel?: DivisionLevel | null
  @Given.text('Kind of institution (机构类别).', { clearable: true, max: 40 }) institutionKind?: string | null
}

@InputType()
export class UnitRenameInput extends VersionedInput {
  @Given.id('The unit.') unitId!: string
  @Given.text('The new name (新名称).') name!: string
  @Given.day('First day of the new name (启用日期).') validFrom!: string
}

@InputType()
export class UnitEndInput extends VersionedInput {
  @Given.id('The unit.') unitId!: string
  @Given.day('First day on which it no longer exists (撤销日期).') endedOn!: string
  @Given.id('Unit that takes over its work (承接单位).', { optional: true }) successorId?: string
}

@InputType()
export class MandateCreateInput extends IdempotentInput {
  @Given.id('The unit.') unitId!: string
  @Given.choice(() => MandateRole, 'Role (角色).') role!: MandateRole
  @Given.choice(() => Mechanism, 'Mechanism; left out for LEADERSHIP and OVERALL_COORDINATION (机制).', { optional: true }) mechanism?: Mechanism
  @Given.day('First day (起始日期).') validFrom!: string
  @Given.day('First day on which it no longer holds (终止日期).', { clearable: true }) validTo?: string | null
  @Given.id('Document that it rests on (依据文件).') basisId!: string
}

@InputType()
export class MandateUpdateInput extends VersionedInput {
  @Given.id('The mandate.') mandateId!: string
  @Given.day('First day on which it no longer holds (终止日期).', { clearable: true }) validTo?: string | null
  @Given.id('Document that it rests on (依据文件).', { optional: true }) basisId?: string
}

@InputType()
export class MandateTransferInput extends VersionedInput {
  @Given.id('The mandate that ends.') mandateId!: string
  @Given.id('Unit that takes it over (承接单位).') unitId!: string
  @Given.day('First day of the new unit, the day on which the old one stops (交接日期).') on!: string
  @Given.id('Document that it rests on (依据文件).') basisId!: string
}
