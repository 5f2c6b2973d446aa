import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Unit } from '../units/index.js'
import { checkNationalId } from './national-id.js'
import { Appointment, Person, PersonContact, PersonPrivate } from './person.entity.js'
import type { PersonCreateInput, PersonUpdateInput } from './person.input.js'

export async function createPerson(work: Work, input: PersonCreateInput): Promise<Person> {
  const unit = await work.reference(Unit, input.unitId, 'input.unitId')
  const validFrom = input.from ?? work.today
  if (!unit.isInForceOn(validFrom)) throw new Problem('OUT_OF_RANGE', 'input.from', { en: 'The unit does not exist on that day.', zh: '该单位在该日不存在。' })
  // The act is judged by the unit of today, so a later start would look like a person of nobody.
  if (validFrom > work.today) throw new Problem('OUT_OF_RANGE', 'input.from', { en: 'Enter a person on the first day in the unit, or later.', zh: '请在到岗当日或之后录入人员。' })
  const person = Object.assign(new Person(), { code: input.code.trim(), name: input.name.trim(), title: input.title ?? null, officePhone: input.officePhone ?? null })
  work.em.persist(Object.assign(new Appointment(), { person, unit, role: null, isMain: true, validFrom }))
  await keepApart(work, person, input)
  return work.makes(person)
}

export async function updatePerson(work: Work, input: PersonUpdateInput): Promise<Person> {
  const person = await work.target(Person, input.personId, 'input.personId', input.expectedVersion)
  for (const key of ['name', 'title', 'officePhone'] as const) if (input[key] !== undefined) Object.assign(person, { [key]: input[key] })
  if (await keepApart(work, person, input)) work.touch(person)
  return person
}

/** Writes contact and identity data to their own tables. True when something was sent. */
async function keepApart(work: Work, person: Person, input: PersonCreateInput | PersonUpdateInput): Promise<boolean> {
  if (input.nationalId) checkNationalId(input.nationalId, 'input.nationalId')
  const contact = sent({ mobile: input.mobile })
  const identity = sent({ nationalId: input.nationalId, birthDate: input.birthDate, partyMember: input.partyMember })
  if (contact) Object.assign(await partOf(work, PersonContact, person), contact)
  if (identity) Object.assign(await partOf(work, PersonPrivate, person), identity)
  return Boolean(contact ?? identity)
}

function sent<T extends object>(values: T): T | undefined {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return given.length > 0 ? (Object.fromEntries(given) as T) : undefined
}

async function partOf<T extends PersonContact | PersonPrivate>(work: Work, part: new () => T, person: Person): Promise<T> {
  const kept = person.version ? ((await work.em.findOne(part as never, { person: person.id } as never)) as T | null) : null
  if (kept) return kept
  const made = Object.assign(new part(), { person })
  work.em.persist(made)
  return made
}
