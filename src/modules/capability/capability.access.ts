/*
 * Everyone who takes part in the work reads courses, with their hours and how many attended; BI_READER and AUDITOR in the division. Rules (hours of continuing education, ratios of supervision) are a
 * dictionary: every signed-in viewer reads them, SYSTEM_ADMIN keeps them. DIRECTOR, CLERK and HR_OFFICER of the unit that holds a course keep it and its attendances.
 * Who attended is read by the social worker, by HR_OFFICER, DIRECTOR and AGENCY_MANAGER of that person's unit, and in the unit that held the course by those who keep it. Hours done and required are read with the
 * credential: by the person, and by HR_OFFICER, DIRECTOR and AGENCY_MANAGER of the person's unit.
 * That somebody stands on the ladder is a directory fact of the person. HR_OFFICER and DIRECTOR of the unit that appoints keep it.
 * A supervision and its sessions ("worklogs, plans, supervision: self and ownUnit DIRECTOR") are read by supervisor and supervisee and by DIRECTOR of the supervisee's unit; what was worked on, by the two
 * alone. That somebody is accompanied by a supervision of the own unit today, by the person and DIRECTOR of that unit. DIRECTOR of that unit pairs; the supervisor, as PRACTITIONER, enters sessions.
 * A micro-project: its need and call are for everyone who takes part in the work, that carriers may propose; all of it, once called, likewise, except money and evaluation: these, with the payments, are
 * read by FINANCE_OFFICER and DIRECTOR of the unit that pays, by DIRECTOR, FINANCE_OFFICER and AGENCY_MANAGER of the unit that carries it out, and by COORDINATOR of the division (and a DIRECTOR of its
 * LEADERSHIP unit). BI_READER and AUDITOR read the row in the division.
 * DIRECTOR or CLERK of the unit that pays enters, calls, rejects, contracts and closes; its DIRECTOR evaluates and cancels; its FINANCE_OFFICER pays. DIRECTOR or AGENCY_MANAGER of a unit proposes in its
 * name and starts the work.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, scope, self, signedIn, visible } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const payer = { en: 'the unit that pays', zh: '出资单位' }
const carrier = { en: 'the unit that carries it out', zh: '实施单位' }
const keepsTraining = can('training:keep').ownUnit('unitId')
const keepsAttendance = can('training:keep').ownUnit('training.unitId', { en: 'the unit that holds the course', zh: '举办单位' })
const ofWorker = (worker: string) => [self(`${worker}.personId`), can('staff:read').ownUnit(`${worker}.person.unitId`, { en: "the person's unit", zh: '本人所在单位' })]
const education = any(...ofWorker('socialWorker'))
const pairs = can('supervision:pair').ownUnit('unitId')
const both = (path: string) => any(self(`${path}supervisor.personId`), self(`${path}supervisee.personId`))
const holdsSessions = all(can('supervision:hold'), self('supervision.supervisor.personId'))
const money = any(can('money:read').ownUnit('unitId', payer), can('project:carryMoney').ownUnit('carrierId', carrier), can('coordination:read').inDivisionOfUnit('unitId', payer))
const pays = can('activity:report').ownUnit('unitId', payer)
const directs = can('project:judge').ownUnit('unitId', payer)
const carries = can('project:carry').ownUnit('carrierId', carrier)
// Before the act nobody carries it out; after it the guard is asked again, and then it must be the viewer's unit.
const isCalled = condition({ sentence: { en: 'proposals are called for', zh: '正在公开征集' }, columns: ['status'], sql: (row) => sql`${row.column('status')} = 'CALLED'` })
const names = (plain: string, plural = `${plain}s`) => ({ [plain]: signedIn, [plural]: signedIn })

export const capabilityAccess = accessTable({
  Training: { ...record, code: open, title: open, unit: open, startsOn: open, endsOn: open, hours: open, isContinuingEducation: open, otherAttendances: open, attendanceCount: open, initiative: open, attendances: open },
  TrainingAttendance: { ...record, training: open, socialWorker: open, hours: open, isPassed: open },
  ContinuingEducationRule: { ...record, division: open, level: open, hours: open, validFrom: open, validTo: open, basis: open },
  Qualification: { educationHoursDone: open, educationHoursRequired: open },
  SocialWorker: { supervisions: open, isSupervised: any(self('personId'), can('supervision:pair').ownUnit('person.unitId', { en: "the person's unit", zh: '本人所在单位' })) },
  Supervisor: { ...record, socialWorker: open, unit: open, rung: open, validFrom: open, validTo: open, basis: open },
  SupervisionRatio: { ...record, division: open, rung: open, maxSupervisees: open, sessionEveryDays: open, validFrom: open, validTo: open, basis: open },
  Supervision: { ...record, supervisor: open, supervisee: open, unit: open, sessionEveryDays: open, validFrom: open, validTo: open, lastSessionOn: open, isSessionLate: open, sessions: open },
  SupervisionSession: { ...record, supervision: open, heldOn: open, hours: open, isInTime: open, text: both('supervision.') },
  MicroProject: {
    ...record,
    code: open, title: open, kind: open, status: open, unit: open, carrier: open, need: open, proposal: open, calledOn: open, callUntil: open, contractedOn: open, dueOn: open, evaluatedOn: open,
    endedOn: open, initiative: open, viewerCan: open, nextActions: open, amount: money, verdict: money, evaluation: money, evaluatedBy: money, payments: open,
  },
  MicroPayment: { ...record, microProject: open, unit: open, kind: open, amount: open, paidOn: open, paidBy: open },
  Query: {
    qualificationsAggregate: signedIn, trainingsAggregate: signedIn, trainingAttendancesAggregate: signedIn, supervisorsAggregate: signedIn, supervisionsAggregate: signedIn, supervisionSessionsAggregate: signedIn, microProjectsAggregate: signedIn, microPaymentsAggregate: signedIn,
    ...names('training'), ...names('trainingAttendance'), ...names('continuingEducationRule'), ...names('supervisor'), ...names('supervisionRatio'), ...names('supervision'), ...names('supervisionSession'),
    ...names('microProject'), ...names('microPayment'),
  },
  Mutation: {
    trainingCreate: act('Training', keepsTraining),
    trainingUpdate: act('Training', keepsTraining),
    trainingAttendanceCreate: act('TrainingAttendance', keepsAttendance),
    trainingAttendanceUpdate: act('TrainingAttendance', keepsAttendance),
    continuingEducationRuleCreate: act('ContinuingEducationRule', can('structure:keep')),
    continuingEducationRuleUpdate: act('ContinuingEducationRule', can('structure:keep')),
    supervisorCreate: act('Supervisor', can('supervisor:keep').ownUnit('unitId')),
    supervisorUpdate: act('Supervisor', can('supervisor:keep').ownUnit('unitId')),
    supervisionRatioCreate: act('SupervisionRatio', can('structure:keep')),
    supervisionRatioUpdate: act('SupervisionRatio', can('structure:keep')),
    supervisionCreate: act('Supervision', pairs),
    supervisionUpdate: act('Supervision', pairs),
    supervisionSessionCreate: act('SupervisionSession', holdsSessions),
    supervisionSessionUpdate: act('SupervisionSession', holdsSessions),
    microProjectCreate: act('MicroProject', pays),
    microProjectUpdate: act('MicroProject', pays),
    microProjectCall: act('MicroProject', pays),
    microProjectPropose: act('MicroProject', any(all(can('project:carry'), isCalled), carries)),
    microProjectReject: act('MicroProject', pays),
    microProjectContract: act('MicroProject', pays),
    microProjectStart: act('MicroProject', carries),
    microProjectEvaluate: act('MicroProject', directs),
    microProjectClose: act('MicroProject', pays),
    microProjectCancel: act('MicroProject', directs),
    microProjectPay: act('MicroProject', can('money:keep').ownUnit('unitId', payer)),
  },
})

const shared = any(can('work:takePart'), can('work:observe').inDivisionOfUnit('unitId'))
export const capabilityScopes = [
  scope('Training', shared),
  scope('TrainingAttendance', any(education, keepsAttendance)),
  scope('ContinuingEducationRule', signedIn),
  scope('Supervisor', visible('SocialWorker', 'socialWorkerId'), 'socialWorker'),
  scope('SupervisionRatio', signedIn),
  scope('Supervision', any(both(''), pairs)),
  scope('SupervisionSession', visible('Supervision', 'supervisionId'), 'supervision'),
  scope('MicroProject', shared),
  scope('MicroPayment', any(
    can('money:read').ownUnit('microProject.unitId', payer), can('project:carryMoney').ownUnit('microProject.carrierId', carrier), can('coordination:read').inDivisionOfUnit('microProject.unitId', payer),
  )),
]
