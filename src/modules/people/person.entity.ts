import { Property } from '@mikro-orm/decorators/legacy'
import { Role } from '../../access/index.js'
import { AtInstant, Choice, Flag, Link, OnDay, Record, RecordBase, Stored, Text } from '../../kernel/index.js'
import { Unit } from '../units/index.js'

@Record('Person', 'pers', 'A person of the network (人员): directory, contact and identity parts, each with its own readers.')
export class Person extends RecordBase {
  @Text('Staff number inside the network (人员编号).', { unique: true }) code!: string
  @Text('Name (姓名).', { index: true }) name!: string
  @Text('Title (职务).', { nullable: true }) title?: string | null
  @Text('Office phone (办公电话).', { nullable: true }) officePhone?: string | null
}

@Record('Appointment', 'appt', "A person's place in a unit between two dates (任职). With a role it lends rights; without one it only says where the person belongs.")
export class Appointment extends RecordBase {
  @Link(() => Person, 'The person (人员).', { mayBeInvisible: true }) person!: Person
  @Link(() => Unit, 'The unit (单位).') unit!: Unit
  @Choice(() => Role, 'Role; none where the place lends no right (角色).', { nullable: true }) role?: Role | null
  @Flag("The person's main appointment: its unit is the person's unit (主要任职).") isMain!: boolean
  @OnDay('First day (起始日期).') validFrom!: string
  @OnDay('First day on which it no longer holds (终止日期).', { nullable: true }) validTo?: string | null
}

/** Contact data, apart so that the database can withhold the row. */
@Stored('pcon')
export class PersonContact extends RecordBase {
  @Link(() => Person, 'The person.', { hidden: true }) person!: Person
  @Text('Mobile phone.', { hidden: true, nullable: true, index: true }) mobile?: string | null
}

/** Identity data, apart so that the database can withhold the row. */
@Stored('ppri')
export class PersonPrivate extends RecordBase {
  @Link(() => Person, 'The person.', { hidden: true }) person!: Person
  @Text('Resident identity number.', { hidden: true, nullable: true }) nationalId?: string | null
  @OnDay('Birth date.', { hidden: true, nullable: true }) birthDate?: string | null
  @Property({ type: 'boolean', nullable: true }) partyMember?: boolean | null
}

/** Who signs in as which person. */
@Stored('acct')
export class Account extends RecordBase {
  @Text('Issuer of the token.', { hidden: true }) issuer!: string
  @Text('Subject of the token.', { hidden: true }) subject!: string
  @Link(() => Person, 'The person.', { hidden: true }) person!: Person
  @AtInstant('Blocked since.', { hidden: true, nullable: true }) blockedAt?: Date | null
}

/** A credential of a tool or gateway: one appointment without a person. */
@Stored('stok')
export class ServiceToken extends RecordBase {
  @Text('What it is for.', { hidden: true }) name!: string
  @Text('SHA-256 of the token, in hex; the token itself is shown once and kept nowhere.', { hidden: true, unique: true }) tokenHash!: string
  @Choice(() => Role, 'Role.', { hidden: true }) role!: Role
  @Link(() => Unit, 'Unit.', { hidden: true }) unit!: Unit
  @AtInstant('Valid until.', { hidden: true }) expiresAt!: Date
  @AtInstant('Revoked at.', { hidden: true, nullable: true }) revokedAt?: Date | null
}
