/*
 * Posts are directory facts: every signed-in viewer reads every post. That somebody is a social worker, and the grade, are directory facts of a person: read like the person, so a BI_READER reads neither.
 * Qualifications are read by the person, and by HR_OFFICER, DIRECTOR and AGENCY_MANAGER of the person's unit. The number of a certificate is identity data: the person and HR_OFFICER of the
 * person's unit; never filtered, ordered, grouped or aggregated by.
 * Employments are read by the person, and by HR_OFFICER, DIRECTOR and AGENCY_MANAGER of the unit that employs.
 * That a credential lies idle is read by the person, by HR_OFFICER, DIRECTOR and AGENCY_MANAGER of the person's unit, and by the coordinator, and a DIRECTOR of the LEADERSHIP unit, of the division
 * of that unit: it is what the office counts. Whoever employs the person is not told by it.
 */
import { accessTable, any, can, never, open, scope, self, signedIn, visible } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const because = 'the number of a certificate is identity data'

export const postsAccess = accessTable({
  SocialWorker: {
    ...record,
    person: open, grade: open, qualifications: open, employments: open,
    isIdle: any(self('personId'), can('staff:read').ownUnit('person.unitId'), can('coordination:read').inDivisionOfUnit('person.unitId')),
  },
  Qualification: {
    ...record,
    socialWorker: open, kind: open, level: open, title: open, issuer: open, issuedOn: open, withdrawnOn: open, registeredOn: open, registeredUntil: open, isRegistered: open,
    certificateNumber: { read: any(self('socialWorker.personId'), can('person:readIdentity').ownUnit('socialWorker.person.unitId')), filter: never, order: never, group: never, aggregate: never, because },
  },
  Post: { ...record, code: open, title: open, unit: open, unitType: open, kind: open, grade: open, openedOn: open, closedOn: open, initiative: open, employments: open },
  Employment: { ...record, socialWorker: open, unit: open, post: open, kind: open, validFrom: open, validTo: open },
  Person: { socialWorker: open },
  Unit: { posts: open, employments: open },
  Initiative: { posts: open },
  Query: {
    socialWorker: signedIn, socialWorkers: signedIn, qualification: signedIn, qualifications: signedIn, post: signedIn, posts: signedIn, employment: signedIn, employments: signedIn,
  },
})

export const postsScopes = [
  scope('SocialWorker', visible('Person', 'personId'), 'person'),
  scope('Qualification', any(self('socialWorker.personId'), can('staff:read').ownUnit('socialWorker.person.unitId'))),
  scope('Post', signedIn),
  scope('Employment', any(self('socialWorker.personId'), can('staff:read').ownUnit('unitId'))),
]
