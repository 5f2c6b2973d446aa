/** Every table of the network as plain rows in memory, with the few look-ups that the rules need. Nothing here comes from the code under test. */
import { serviceTableNames, type ServiceTables } from './snapshot-services.js'
import { activityTableNames, type ActivityTables } from './snapshot-activity.js'
import { indicatorTableNames, type IndicatorTables } from './snapshot-indicators.js'
import { exportTableNames, type ExportTables } from './snapshot-exports.js'
import { returnTableNames, type ReturnTables } from './snapshot-returns.js'
import { payTableNames, type PayTables } from './snapshot-pay.js'
import { capabilityTableNames, type CapabilityTables } from './snapshot-capability.js'
import { moneyTableNames, type MoneyTables } from './snapshot-money.js'
import { volunteerTableNames, type VolunteerTables } from './snapshot-volunteers.js'

export interface Row {
  id: string
  version: number
  createdAt: string
  updatedAt: string
}
type Maybe<T> = T | null

export interface Division extends Row { code: string; name: string; level: string; parentId: Maybe<string>; revision: Maybe<string>; endedOn: Maybe<string> }
export interface Unit extends Row {
  code: string; name: string; shortName: Maybe<string>; kind: string; divisionId: string; lineParentId: Maybe<string>; creditCode: Maybe<string>; systemId: Maybe<string>
  institutionKind: Maybe<string>; legalForm: Maybe<string>; registrationLevel: Maybe<string>; foundedOn: string; endedOn: Maybe<string>; successorId: Maybe<string>
}
export interface UnitName extends Row { unitId: string; name: string; validFrom: string; validTo: Maybe<string> }
export interface UnitSystem extends Row { name: string; validFrom: string; validTo: Maybe<string> }
export interface Mandate extends Row { unitId: string; divisionId: string; mechanism: Maybe<string>; role: string; validFrom: string; validTo: Maybe<string>; basisId: string }
export interface PolicyDocument extends Row { number: string; title: string; kind: string; issuedOn: string; supersedesId: Maybe<string> }
export interface DocumentIssuer extends Row { documentId: string; unitId: string }
export interface Person extends Row { code: string; name: string; title: Maybe<string>; officePhone: Maybe<string> }
export interface PersonContact extends Row { personId: string; mobile: Maybe<string> }
export interface PersonPrivate extends Row { personId: string; nationalId: Maybe<string>; birthDate: Maybe<string>; partyMember: Maybe<boolean> }
export interface Appointment extends Row { personId: string; unitId: string; role: Maybe<string>; isMain: boolean; validFrom: string; validTo: Maybe<string> }
export interface Account extends Row { issuer: string; subject: string; personId: string; blockedAt: Maybe<string> }
export interface ServiceToken extends Row { name: string; tokenHash: string; role: string; unitId: string; expiresAt: string; revokedAt: Maybe<string> }
export interface CalendarYear extends Row { year: number; basis: string }
export interface CalendarDay extends Row { yearId: string; on: string; kind: string; name: string }
export interface SupervisionPolicy extends Row { divisionId: string; name: string; validFrom: string; validTo: Maybe<string>; basisId: string; acceptWithinDays: number; reportEveryDays: number }
export interface LightRule extends Row { policyId: string; level: string; colour: string; trigger: Maybe<string>; threshold: Maybe<number>; sendsSlip: boolean }
export interface Initiative extends Row {
  code: string; title: string; summary: Maybe<string>; mechanisms: string[]; divisionId: string; visibility: string; startsOn: Maybe<string>; endsOn: Maybe<string>; status: string
  leadUnitId: string; parentId: Maybe<string>; documentId: Maybe<string>; updateEveryDays: number
}
export interface Participation extends Row { initiativeId: string; unitId: string; role: string }
export interface InitiativeTarget extends Row { initiativeId: string; measure: string; amount: string; dueOn: Maybe<string> }
export interface Milestone extends Row { initiativeId: string; title: string; dueOn: string; reachedOn: Maybe<string> }
export interface InitiativeUpdate extends Row { initiativeId: string; reportedOn: string; health: string; text: string; changes: Maybe<string>; authorId: Maybe<string> }
export interface Task extends Row {
  code: string; title: string; requirement: Maybe<string>; source: string; initiativeId: Maybe<string>; issuingUnitId: string; urgency: string; confidential: boolean
  issuedOn: Maybe<string>; dueOn: Maybe<string>; expectedResult: Maybe<string>; status: string; parentId: Maybe<string>
  completedOn: Maybe<string>; closedOn: Maybe<string>; suspendedOn: Maybe<string>; suspendedFrom: Maybe<string>; suspendedWith: Maybe<string>
}
export interface Assignment extends Row {
  taskId: string; unitId: string; role: string; personId: Maybe<string>; liaisonId: Maybe<string>; dueOn: Maybe<string>; status: string; progress: number; internalNote: Maybe<string>
  acceptBy: Maybe<string>; reportBy: Maybe<string>; acceptedOn: Maybe<string>; reportedOn: Maybe<string>; completedOn: Maybe<string>
}
/** A journal: added to and never changed, so it has no version. */
export interface TaskStep extends Row {
  seq: number; taskId: string; assignmentId: Maybe<string>; at: string; onDay: string; act: Maybe<string>; personId: Maybe<string>; note: Maybe<string>; taskFrom: Maybe<string>; taskTo: Maybe<string>
  trackFrom: Maybe<string>; trackTo: Maybe<string>; dueFrom: Maybe<string>; dueTo: Maybe<string>; unitFromId: Maybe<string>; unitToId: Maybe<string>
}
export interface JointConference extends Row { code: string; name: string; divisionId: string; convenorId: string; documentId: Maybe<string>; foundedOn: string; endedOn: Maybe<string> }
export interface ConferenceMember extends Row { conferenceId: string; unitId: string; liaisonId: Maybe<string>; joinedOn: string; leftOn: Maybe<string> }
export interface Meeting extends Row { conferenceId: string; number: number; heldOn: string; title: string; minutes: Maybe<string>; status: string }
export interface Resolution extends Row { meetingId: string; number: number; text: string; responsibleId: Maybe<string>; dueOn: Maybe<string>; status: string }
export interface ResolutionTask extends Row { resolutionId: string; taskId: string }
export interface Attachment extends Row {
  taskId: string; assignmentId: Maybe<string>; fileName: string; mediaType: string; size: number; sha256: string; uploadedById: Maybe<string>; unitId: string; note: Maybe<string>; withdrawnAt: Maybe<string>
}
export interface ProgressReport extends Row {
  assignmentId: string; taskId: string; unitId: string; periodFrom: string; periodTo: string; percent: number; text: string; isResult: boolean; reporterId: Maybe<string>; reportedOn: string
}
export interface Review extends Row { assignmentId: string; taskId: string; reportId: Maybe<string>; verdict: string; text: string; reviewerId: Maybe<string>; reviewedOn: string }
export interface ExtensionRequest extends Row {
  assignmentId: string; taskId: string; unitId: string; status: string; requestedOn: string; requestedById: Maybe<string>; oldDueOn: string; newDueOn: string; reason: string; progressSoFar: string
  decidedDueOn: Maybe<string>; decidedOn: Maybe<string>; decidedById: Maybe<string>; decisionNote: Maybe<string>
}
export interface Comment extends Row { taskId: string; unitId: string; authorId: Maybe<string>; visibility: string; text: Maybe<string>; withdrawnAt: Maybe<string> }
export interface DeductionRule extends Row { divisionId: string; reason: string; points: string; maxPerMonth: Maybe<string>; validFrom: string; validTo: Maybe<string>; basisId: string }
export interface ScorePeriod extends Row { divisionId: string; month: string; status: string; computedOn: string; submittedOn: Maybe<string>; submittedById: Maybe<string>; approvedOn: Maybe<string>; approvedById: Maybe<string>; returnedReason: Maybe<string>; publishedOn: Maybe<string>; publishedById: Maybe<string> }
export interface UnitScore extends Row {
  periodId: string; unitId: string; trackCount: number; dueCount: number; onTimeCount: number; lateCount: number; lateDays: number; reportedCount: number; returnedCount: number; acceptedCount: number
  acceptanceDays: number; extensionCount: number; pointsDeducted: string; score: string
}
export interface Deduction extends Row {
  unitScoreId: string; periodId: string; unitId: string; reason: string; points: string; occurredOn: string; daysLate: Maybe<number>; taskId: Maybe<string>; assignmentId: Maybe<string>; ruleId: Maybe<string>
  isAutomatic: boolean; text: Maybe<string>; addedById: Maybe<string>; appealStatus: string; appealText: Maybe<string>; appealedOn: Maybe<string>; appealedById: Maybe<string>; decidedOn: Maybe<string>
  decidedById: Maybe<string>; decisionNote: Maybe<string>; turn: number
}
export interface Reminder extends Row {
  assignmentId: string; taskId: string; unitId: string; toUnitId: string; level: string; text: string; sentOn: string; sentById: Maybe<string>; isAutomatic: boolean; ruleId: Maybe<string>
  slipYear: Maybe<number>; slipNumber: Maybe<number>; round: number
}
export interface PeriodLock extends Row { unitId: string; ledger: string; month: string; lockedOn: string; lockedById: Maybe<string> }
export interface SocialWorker extends Row { personId: string }
export interface Qualification extends Row {
  socialWorkerId: string; kind: string; level: Maybe<string>; title: string; issuer: Maybe<string>; issuedOn: string; withdrawnOn: Maybe<string>; registeredOn: Maybe<string>; registeredUntil: Maybe<string>
}
export interface QualificationNumber extends Row { qualificationId: string; certificateNumber: string }
export interface Post extends Row { code: string; title: string; unitId: string; unitType: string; kind: string; grade: Maybe<string>; openedOn: string; closedOn: Maybe<string>; initiativeId: Maybe<string> }
export interface Employment extends Row { socialWorkerId: string; unitId: string; postId: Maybe<string>; kind: string; validFrom: string; validTo: Maybe<string> }
export interface Station extends Row { code: string; name: string; kind: string; unitId: string; divisionId: string; openedOn: string; closedOn: Maybe<string> }
export interface WorkLog extends Row {
  employmentId: string; workedOn: string; bookedOn: string; hours: string; category: string; origin: string; note: Maybe<string>; correctsId: Maybe<string>; reason: Maybe<string>
}
export interface AuditEntry extends Row { seq: string; at: string; verb: string; subjectId: Maybe<string>; unitIds: string[]; personId: Maybe<string>; tokenId: Maybe<string>; requestId: string }

export interface Tables extends ServiceTables, ActivityTables, MoneyTables, VolunteerTables, CapabilityTables, PayTables, IndicatorTables, ReturnTables, ExportTables {
  division: Division[]; unit_system: UnitSystem[]; unit: Unit[]; unit_name: UnitName[]; policy_document: PolicyDocument[]; document_issuer: DocumentIssuer[]; mandate: Mandate[]
  person: Person[]; person_contact: PersonContact[]; person_private: PersonPrivate[]; appointment: Appointment[]; account: Account[]; service_token: ServiceToken[]
  progress_report: ProgressReport[]; review: Review[]; extension_request: ExtensionRequest[]; comment: Comment[]
  deduction_rule: DeductionRule[]; score_period: ScorePeriod[]; unit_score: UnitScore[]; deduction: Deduction[]
  reminder: Reminder[]
  period_lock: PeriodLock[]
  social_worker: SocialWorker[]; qualification: Qualification[]; qualification_number: QualificationNumber[]; post: Post[]; employment: Employment[]; station: Station[]; work_log: WorkLog[]
  calendar_year: CalendarYear[]; calendar_day: CalendarDay[]; supervision_policy: SupervisionPolicy[]; light_rule: LightRule[]
  initiative: Initiative[]
  participation: Participation[]
  milestone: Milestone[]
  initiative_target: InitiativeTarget[]
  initiative_update: InitiativeUpdate[]
  task: Task[]
  assignment: Assignment[]
  task_step: TaskStep[]
  joint_conference: JointConference[]
  conference_member: ConferenceMember[]
  meeting: Meeting[]
  resolution: Resolution[]
  resolution_task: ResolutionTask[]
  attachment: Attachment[]
  audit_entry: AuditEntry[]
}
export const tableNames = [
  'division',
  'unit_system',
  'unit',
  'unit_name',
  'policy_document',
  'document_issuer',
  'mandate',
  'person',
  'person_contact',
  'person_private',
  'appointment',
  'account',
  'service_token',
  'calendar_year',
  'calendar_day',
  'supervision_policy',
  'light_rule',
  'initiative',
  'participation',
  'milestone',
  'initiative_target',
  'initiative_update',
  'task',
  'assignment',
  'task_step',
  'joint_conference',
  'conference_member',
  'meeting',
  'resolution',
  'resolution_task',
  'attachment',
  'progress_report',
  'review',
  'extension_request',
  'comment',
  'deduction_rule',
  'score_period',
  'unit_score',
  'deduction',
  'reminder',
  'period_lock',
  'social_worker',
  'qualification',
  'qualification_number',
  'post',
  'employment',
  ...serviceTableNames,
  ...activityTableNames,
  ...payTableNames,
  ...indicatorTableNames,
  ...returnTableNames,
  ...capabilityTableNames,
  ...moneyTableNames,
  ...volunteerTableNames,
  'station',
  'work_log',
  ...exportTableNames,
  'audit_entry',
] as const satisfies readonly (keyof Tables)[]

type Name = keyof Tables
type RowOf<N extends Name> = Tables[N][number]

/** The tables at one moment, on one day. Look-ups are made on first use and kept, so a changed table needs a new snapshot. */
export class Snapshot {
  private readonly groups = new Map<string, Map<unknown, unknown[]>>()
  private readonly sets = new Map<string, ReadonlySet<string>>()

  constructor(readonly tables: Tables, readonly today: string) {}

  /** Rows of a table whose column holds a value. */
  where<N extends Name>(name: N, column: keyof RowOf<N> & string, value: unknown): RowOf<N>[] {
    const key = `${name}.${column}`
    let group = this.groups.get(key)
    if (!group) {
      this.groups.set(key, (group = new Map()))
      for (const row of this.tables[name] as RowOf<N>[]) {
        const at = row[column]
        const rows = group.get(at)
        if (rows) rows.push(row)
        else group.set(at, [row])
      }
    }
    return (group.get(value) ?? []) as RowOf<N>[]
  }

  one<N extends Name>(name: N, id: string | null | undefined): RowOf<N> | undefined {
    return id == null ? undefined : this.where(name, 'id', id)[0]
  }

  /** A row of a tree and all rows above it. */
  upwards(name: 'division' | 'unit' | 'task', id: string): ReadonlySet<string> {
    const key = `${name}/${id}`
    let set = this.sets.get(key)
    if (!set) {
      const made = new Set<string>()
      for (let at: string | null | undefined = id; at && !made.has(at); ) {
        made.add(at)
        const row: Unit | Division | Task | undefined = this.one(name, at)
        at = row && ('lineParentId' in row ? row.lineParentId : row.parentId)
      }
      this.sets.set(key, (set = made))
    }
    return set
  }
}
