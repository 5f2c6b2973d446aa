import { compare, compareEnum, extendFilter, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { InitiativeFilter } from '../initiatives/index.js'
import { CredentialLevel, QualificationFilter, SocialWorkerFilter } from '../posts/index.js'
import { UnitFilter } from '../units/index.js'
import { MicroPaymentKind, MicroProjectKind, MicroProjectStatus, MicroVerdict } from './micro-project.entity.js'
import { SupervisorRung } from './supervision.entity.js'

const paging = (type: string, filter: Function, order: readonly string[]): Paging => ({ filter, ...orderOf(type, [...order, 'createdAt']) })
const dated = { id: compare.id, validFrom: compare.day, validTo: compare.day }
const byRung = compareEnum('SupervisorRung', SupervisorRung)

const TrainingFilter: Function = filterOf('Training', {
  id: compare.id, code: compare.text, title: compare.text, startsOn: compare.day, endsOn: compare.day, hours: compare.decimal, isContinuingEducation: compare.flag, unit: () => UnitFilter, initiative: () => InitiativeFilter,
})
export const trainingPaging = paging('Training', TrainingFilter, ['code', 'startsOn', 'hours'])
const TrainingAttendanceFilter: Function = filterOf('TrainingAttendance', { id: compare.id, hours: compare.decimal, isPassed: compare.flag, training: () => TrainingFilter, socialWorker: () => SocialWorkerFilter })
export const attendancePaging = paging('TrainingAttendance', TrainingAttendanceFilter, ['hours'])
const ContinuingEducationRuleFilter: Function = filterOf('ContinuingEducationRule', { ...dated, level: compareEnum('CredentialLevel', CredentialLevel), hours: compare.decimal, division: () => DivisionFilter })
export const educationRulePaging = paging('ContinuingEducationRule', ContinuingEducationRuleFilter, ['validFrom', 'hours'])
const SupervisorFilter: Function = filterOf('Supervisor', { ...dated, rung: byRung, socialWorker: () => SocialWorkerFilter, unit: () => UnitFilter })
export const supervisorPaging = paging('Supervisor', SupervisorFilter, ['validFrom', 'validTo'])
const SupervisionRatioFilter: Function = filterOf('SupervisionRatio', { ...dated, rung: byRung, maxSupervisees: compare.whole, sessionEveryDays: compare.whole, division: () => DivisionFilter })
export const ratioPaging = paging('SupervisionRatio', SupervisionRatioFilter, ['validFrom', 'maxSupervisees'])
const SupervisionFilter: Function = filterOf('Supervision', { ...dated, isSessionLate: compare.flag, lastSessionOn: compare.day, supervisor: () => SocialWorkerFilter, supervisee: () => SocialWorkerFilter, unit: () => UnitFilter })
extendFilter(SocialWorkerFilter, { supervisions: many(() => SupervisionFilter), isSupervised: compare.flag })
extendFilter(QualificationFilter, { educationHoursDone: compare.decimal, educationHoursRequired: compare.decimal })
export const supervisionPaging = paging('Supervision', SupervisionFilter, ['validFrom', 'validTo'])
const SupervisionSessionFilter: Function = filterOf('SupervisionSession', { id: compare.id, heldOn: compare.day, hours: compare.decimal, isInTime: compare.flag, supervision: () => SupervisionFilter })
export const sessionPaging = paging('SupervisionSession', SupervisionSessionFilter, ['heldOn', 'hours'])
const MicroProjectFilter: Function = filterOf('MicroProject', {
  id: compare.id, code: compare.text, title: compare.text, kind: compareEnum('MicroProjectKind', MicroProjectKind), status: compareEnum('MicroProjectStatus', MicroProjectStatus), amount: compare.money,
  verdict: compareEnum('MicroVerdict', MicroVerdict), calledOn: compare.day, callUntil: compare.day, contractedOn: compare.day, dueOn: compare.day, evaluatedOn: compare.day, endedOn: compare.day,
  unit: () => UnitFilter, carrier: () => UnitFilter, initiative: () => InitiativeFilter,
})
export const microProjectPaging = paging('MicroProject', MicroProjectFilter, ['code', 'amount', 'callUntil', 'dueOn'])
const MicroPaymentFilter: Function = filterOf('MicroPayment', { id: compare.id, kind: compareEnum('MicroPaymentKind', MicroPaymentKind), amount: compare.money, paidOn: compare.day, microProject: () => MicroProjectFilter, unit: () => UnitFilter })
export const microPaymentPaging = paging('MicroPayment', MicroPaymentFilter, ['paidOn', 'amount'])
