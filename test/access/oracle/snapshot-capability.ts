/** Rows of courses, supervision and micro-projects. */
import type { Row } from './snapshot.js'

type Maybe<T> = T | null
export interface Training extends Row { code: string; title: string; unitId: string; startsOn: string; endsOn: string; hours: string; isContinuingEducation: boolean; otherAttendances: number; initiativeId: Maybe<string> }
export interface TrainingAttendance extends Row { trainingId: string; socialWorkerId: string; hours: string; isPassed: boolean }
export interface ContinuingEducationRule extends Row { divisionId: string; level: string; hours: string; validFrom: string; validTo: Maybe<string>; basisId: string }
export interface Supervisor extends Row { socialWorkerId: string; unitId: string; rung: string; validFrom: string; validTo: Maybe<string>; basisId: string }
export interface SupervisionRatio extends Row { divisionId: string; rung: string; maxSupervisees: number; sessionEveryDays: number; validFrom: string; validTo: Maybe<string>; basisId: string }
export interface Supervision extends Row { supervisorId: string; superviseeId: string; unitId: string; sessionEveryDays: Maybe<number>; validFrom: string; validTo: Maybe<string> }
export interface SupervisionSession extends Row { supervisionId: string; heldOn: string; hours: string; text: string }
export interface MicroProject extends Row {
  code: string; title: string; kind: string; status: string; unitId: string; carrierId: Maybe<string>; need: string; proposal: Maybe<string>; amount: Maybe<string>; calledOn: Maybe<string>; callUntil: Maybe<string>
  contractedOn: Maybe<string>; dueOn: Maybe<string>; evaluatedOn: Maybe<string>; verdict: Maybe<string>; evaluation: Maybe<string>; evaluatedById: Maybe<string>; endedOn: Maybe<string>; initiativeId: Maybe<string>
}
export interface MicroPayment extends Row { microProjectId: string; unitId: string; kind: string; amount: string; paidOn: string; paidById: Maybe<string> }

export interface CapabilityTables {
  training: Training[]; training_attendance: TrainingAttendance[]; continuing_education_rule: ContinuingEducationRule[]; supervisor: Supervisor[]; supervision_ratio: SupervisionRatio[]; supervision: Supervision[]
  supervision_session: SupervisionSession[]; micro_project: MicroProject[]; micro_payment: MicroPayment[]
}
export const capabilityTableNames = [
  'training', 'training_attendance', 'continuing_education_rule', 'supervisor', 'supervision_ratio', 'supervision', 'supervision_session', 'micro_project', 'micro_payment',
] as const satisfies readonly (keyof CapabilityTables)[]
