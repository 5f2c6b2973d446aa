import { InputType } from 'type-graphql'
import { compare, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { Given, IdempotentInput, VersionedInput } from '../../kernel/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { PersonFilter } from '../people/index.js'
import { PolicyDocumentFilter, UnitFilter } from '../units/index.js'

export const ConferenceMemberFilter: Function = filterOf('ConferenceMember', {
  id: compare.id,
  joinedOn: compare.day,
  leftOn: compare.day,
  unit: () => UnitFilter,
  liaison: () => PersonFilter,
})
export const JointConferenceFilter: Function = filterOf('JointConference', {
  id: compare.id,
  code: compare.text,
  name: compare.text,
  foundedOn: compare.day,
  endedOn: compare.day,
  createdAt: compare.instant,
  updatedAt: compare.instant,
  division: () => DivisionFilter,
  convenor: () => UnitFilter,
  document: () => PolicyDocumentFilter,
  members: many(() => ConferenceMemberFilter),
})
export const conferencePaging: Paging = { filter: JointConferenceFilter, ...orderOf('JointConference', ['code', 'name', 'foundedOn', 'endedOn', 'createdAt', 'updatedAt']) }

@InputType()
export class ConferenceMemberInput {
  @Given.id('The unit (成员单位).') unitId!: string
  @Given.id('Liaison officer, of that unit (联络员).', { clearable: true }) liaisonId?: string | null
}

@InputType()
export class ConferenceCreateInput extends IdempotentInput {
  @Given.text('Code (编号).', { max: 40 }) code!: string
  @Given.text('Name (名称).') name!: string
  @Given.id('Division that it belongs to (所属区划).') divisionId!: string
  @Given.id('Unit that convenes it (召集单位).') convenorId!: string
  @Given.id('Document that it rests on (依据文件).', { clearable: true }) documentId?: string | null
  @Given.day('First day (成立日期).') foundedOn!: string
  @Given.parts(() => ConferenceMemberInput, 'Member units from the first day on; at most 100 (成员单位).', { optional: true }) members?: ConferenceMemberInput[]
}

@InputType()
export class ConferenceUpdateInput extends VersionedInput {
  @Given.id('The conference.') conferenceId!: string
  @Given.text('Name (名称).', { optional: true }) name?: string
  @Given.id('Unit that convenes it (召集单位).', { optional: true }) convenorId?: string
  @Given.id('Document that it rests on (依据文件).', { clearable: true }) documentId?: string | null
  @Given.day('First day on which it no longer exists (撤销日期).', { clearable: true }) endedOn?: string | null
}

@InputType()
export class ConferenceMemberAddInput extends IdempotentInput {
  @Given.id('The conference.') conferenceId!: string
  @Given.id('The unit (成员单位).') unitId!: string
  @Given.id('Liaison officer, of that unit (联络员).', { clearable: true }) liaisonId?: string | null
  @Given.day('First day of its membership; today where left out (加入日期).', { optional: true }) joinedOn?: string
}

@InputType()
export class ConferenceMemberUpdateInput extends VersionedInput {
  @Given.id('The membership.') conferenceMemberId!: string
  @Given.id('Liaison officer, of the member unit (联络员).', { clearable: true }) liaisonId?: string | null
  @Given.day('First day on which it is no longer a member (退出日期).', { clearable: true }) leftOn?: string | null
}
