/**
 * "Person: the row and its directory fields (name, title, office phone, unit) likewise, except for BI_READER, who reads no field of Person."
 * "Person.mobile: self; ownUnit (any role but BI_READER); COORDINATOR inDivision of the person's unit; and people on the same task (both responsible person or
 * liaison on one task that is not CLOSED or TERMINATED). Person.nationalId, birthDate, partyMember: self and ownUnit HR_OFFICER; never filtered, ordered or grouped by.
 * Person.unit is the main appointment's unit; a person without one is read in contact and identity by self alone."
 */
import type { Person, Snapshot } from './snapshot.js'
import { coordinates, inDivision, leads, many, ofEveryRow, one, ownUnit, unitOfPerson, value, verdict, type FieldPage, type Page, type Verdict, type Viewer } from './words.js'

const isSelf = (viewer: Viewer, person: Person): boolean => viewer.personId !== null && viewer.personId === person.id

const openTasksOf = (snapshot: Snapshot, personId: string): Set<string> =>
  new Set(
    [...snapshot.where('assignment', 'personId', personId), ...snapshot.where('assignment', 'liaisonId', personId)]
      .map(({ taskId }) => taskId)
      .filter((taskId) => !['CLOSED', 'TERMINATED'].includes(snapshot.one('task', taskId)!.status)),
  )

function onSameTask({ snapshot, personId }: Viewer, person: Person): boolean {
  if (personId === null) return false
  const own = openTasksOf(snapshot, personId)
  return own.size > 0 && [...openTasksOf(snapshot, person.id)].some((taskId) => own.has(taskId))
}

function mobileReadable(viewer: Viewer, person: Person): Verdict {
  const { snapshot, places } = viewer
  const unit = unitOfPerson(snapshot, person.id)
  if (!unit) return verdict({ self: isSelf(viewer, person) }, { 'without a main appointment: self alone': isSelf(viewer, person) })
  return verdict({
    self: isSelf(viewer, person),
    'ownUnit, any role but BI_READER': places.some((place) => place.role !== 'BI_READER' && ownUnit(place, unit.id)),
    'COORDINATOR inDivision of the person\'s unit': places.some((place) => coordinates(snapshot, place) && inDivision(snapshot, place, unit.divisionId)),
    'DIRECTOR of the LEADERSHIP unit, as that coordinator': places.some((place) => leads(snapshot, place) && inDivision(snapshot, place, unit.divisionId)),
    'on the same open task': onSameTask(viewer, person),
  })
}

function identityReadable(viewer: Viewer, person: Person): Verdict {
  const { snapshot, places } = viewer
  const unit = unitOfPerson(snapshot, person.id)
  if (!unit) return verdict({ self: isSelf(viewer, person) }, { 'without a main appointment: self alone': isSelf(viewer, person) })
  return verdict({ self: isSelf(viewer, person), 'ownUnit HR_OFFICER': places.some((place) => place.role === 'HR_OFFICER' && ownUnit(place, unit.id)) })
}

const identity = (column: 'nationalId' | 'birthDate' | 'partyMember'): FieldPage<Person> => ({
  kind: 'value',
  of: (row, snapshot) => snapshot.where('person_private', 'personId', row.id)[0]?.[column] ?? null,
  readable: identityReadable,
  never: ['filter', 'order'],
})

export const person: Page<Person> = {
  type: 'Person',
  rows: ({ tables }) => tables.person,
  // One success suffices: an appointment other than BI_READER, or none at all, which still signs in.
  visible: ({ places }) => verdict({ 'every signed-in viewer but BI_READER': places.length === 0 || places.some(({ role }) => role !== 'BI_READER') }),
  fields: {
    ...ofEveryRow,
    code: value('code'), name: value('name'), title: value('title'), officePhone: value('officePhone'),
    unit: one('Unit', (row, snapshot) => unitOfPerson(snapshot, row.id)),
    mobile: { kind: 'value', of: (row, snapshot) => snapshot.where('person_contact', 'personId', row.id)[0]?.mobile ?? null, readable: mobileReadable },
    nationalId: identity('nationalId'), birthDate: identity('birthDate'), partyMember: identity('partyMember'),
    assignments: many('Assignment', (row, snapshot) => snapshot.where('assignment', 'personId', row.id)),
    socialWorker: one('SocialWorker', (row, snapshot) => snapshot.where('social_worker', 'personId', row.id)[0]),
    appointments: many('Appointment', (row, snapshot) => snapshot.where('appointment', 'personId', row.id)),
  },
}
