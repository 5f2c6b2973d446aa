/*
 * Posts are directory facts: every signed-in viewer reads every post. That somebody is a social worker, and the grade, are directory facts of a person: read like the person, so a BI_READER reads neither.
 * Qualifications are read by the person, and by HR_OFFICER, DIRECTOR and AGENCY_MANAGER of the person's unit. The number of a certificate is identity data: the person and HR_OFFICER of the
 * person's unit; never filtered, ordered, grouped or aggregated by.
 * Employments are read by the person, and by HR_OFFICER, DIRECTOR and AGENCY_MANAGER of the unit that employs.
 * That a credential, or any qualification, lies idle is read by the person, by HR_OFFICER, DIRECTOR and AGENCY_MANAGER of the person's unit, and by the coordinator, and a DIRECTOR of the LEADERSHIP unit, of the division
 * of that unit: it is what the office counts. Whoever employs the person is not told by it.
 * Stations are directory facts: every signed-in viewer reads every station.
 * Worklogs are read by the person and by DIRECTOR of the unit in which the work was done.
 * HR_OFFICER keeps people and employment of its own unit, and AGENCY_MANAGER the staff of its own: social workers and qualifications of persons of the unit, posts and employments in it.
 * DIRECTOR of the unit that runs a station keeps it. PRACTITIONER of the unit keeps the own worklogs, and nobody else does.
 */
import { accessTable, act, all, any, can, never, open, scope, self, signedIn, visible } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const ownPerson = can('staff:keep').ownUnit('socialWorker.person.unitId')
const idle = any(self('personId'), can('staff:read').ownUnit('person.unitId'), can('coordination:read').inDivisionOfUnit('person.unitId'))
const ownLogs = all(self('personId'), can('record:keepOwn').ownUnit('unitId'))
const ownEmployment = all(self('socialWorker.personId'), can('record:keepOwn').ownUnit('unitId'))
const because = 'the number of a certificate is identity data'

export const postsAccess = accessTable({
  SocialWorker: {
    ...record,
    person: open, grade: open, qualifications: open, employments: open,
    isIdle: idle, isUnused: idle,
  },
  Qualification: {
    ...record,
    socialWorker: open, kind: open, level: open, title: open, issuer: open, issuedOn: open, withdrawnOn: open, registeredOn: open, registeredUntil: open, isRegistered: open,
    certificateNumber: { read: any(self('socialWorker.personId'), can('person:readIdentity').ownUnit('socialWorker.person.unitId')), filter: never, order: never, group: never, aggregate: never, because },
  },
  Post: { ...record, code: open, title: open, unit: open, unitType: open, kind: open, grade: open, openedOn: open, closedOn: open, initiative: open, employments: open },
  Employment: { ...record, socialWorker: open, unit: open, post: open, kind: open, validFrom: open, validTo: open, workLogs: open },
  Station: { ...record, code: open, name: open, kind: open, unit: open, division: open, openedOn: open, closedOn: open },
  WorkLog: {
    ...record, employment: open, unit: open, socialWorker: open, workedOn: open, bookedOn: open, hours: open, category: open, origin: open, note: open, corrects: open, reason: open, corrections: open,
  },
  Person: { socialWorker: open },
  Unit: { posts: open, employments: open, stations: open },
  Initiative: { posts: open },
  Query: {
    socialWorkersAggregate: signedIn, postsAggregate: signedIn, employmentsAggregate: signedIn, stationsAggregate: signedIn, workLogsAggregate: signedIn,
    socialWorker: signedIn, socialWorkers: signedIn, qualification: signedIn, qualifications: signedIn, post: signedIn, posts: signedIn, employment: signedIn, employments: signedIn,
    station: signedIn, stations: signedIn, workLog: signedIn, workLogs: signedIn,
  },
  Mutation: {
    socialWorkerRegister: act('SocialWorker', can('staff:keep').ownUnit('person.unitId')),
    qualificationAdd: act('SocialWorker', can('staff:keep').ownUnit('person.unitId')),
    qualificationUpdate: act('Qualification', ownPerson),
    qualificationRegister: act('Qualification', ownPerson),
    qualificationWithdraw: act('Qualification', ownPerson),
    employmentBegin: act('Unit', can('staff:keep').ownUnit('id', { en: 'the unit', zh: '该单位' })),
    employmentUpdate: act('Employment', can('staff:keep').ownUnit('unitId')),
    employmentEnd: act('Employment', can('staff:keep').ownUnit('unitId')),
    postOpen: act('Post', can('staff:keep').ownUnit('unitId')),
    postUpdate: act('Post', can('staff:keep').ownUnit('unitId')),
    postClose: act('Post', can('staff:keep').ownUnit('unitId')),
    stationOpen: act('Station', can('station:keep').ownUnit('unitId')),
    stationUpdate: act('Station', can('station:keep').ownUnit('unitId')),
    stationClose: act('Station', can('station:keep').ownUnit('unitId')),
    workLogEnter: act('Employment', ownEmployment),
    workLogUpdate: act('WorkLog', ownLogs),
    workLogRemove: act('Employment', ownEmployment),
    workLogCorrect: act('WorkLog', ownLogs),
  },
})

export const postsScopes = [
  scope('SocialWorker', visible('Person', 'personId'), 'person'),
  scope('Qualification', any(self('socialWorker.personId'), can('staff:read').ownUnit('socialWorker.person.unitId'))),
  scope('Post', signedIn),
  scope('Station', signedIn),
  scope('WorkLog', any(self('personId'), can('record:readOfUnit').ownUnit('unitId'))),
  scope('Employment', any(self('socialWorker.personId'), can('staff:read').ownUnit('unitId'))),
]
