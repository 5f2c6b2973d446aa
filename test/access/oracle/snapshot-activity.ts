/** Rows of what units report, and of the figures of the national return. */
import type { Row } from './snapshot.js'

type Maybe<T> = T | null
interface Reported extends Row { divisionId: string; unitId: string }
export interface PlanInclusion extends Reported { kind: string; plan: string; text: string; includedOn: string; documentId: Maybe<string> }
export interface PublicityActivity extends Reported { title: string; summary: Maybe<string>; heldOn: string; attendances: number }
export interface SocialWorkSection extends Row { unitId: string; name: string; foundedOn: string; endedOn: Maybe<string> }
export interface RecordingCoverage extends Reported { coveredUnitId: Maybe<string>; validFrom: string; validTo: Maybe<string> }
export interface IncentiveMeasure extends Reported { year: number; title: string; text: string; documentId: Maybe<string> }
export interface KeyActivity extends Reported { name: string; summary: string; startsOn: string; endsOn: Maybe<string> }
export interface Pilot extends Reported { kind: string; name: string; summary: string; places: string; poorCounties: number; poorVillages: number; funds: string; startsOn: string; endsOn: Maybe<string> }
export interface DivisionStatistic extends Row { divisionId: string; year: number; residentPopulation: number; source: string }
export interface AssociationMembership extends Row { unitId: string; year: number; unitMembers: number; personalMembers: number; hasPartyOrganisation: boolean }
export interface OpeningCount extends Row { divisionId: string; year: number; measure: string; count: number; source: string }

export interface ActivityTables {
  plan_inclusion: PlanInclusion[]; publicity_activity: PublicityActivity[]; social_work_section: SocialWorkSection[]; recording_coverage: RecordingCoverage[]; incentive_measure: IncentiveMeasure[]
  key_activity: KeyActivity[]; pilot: Pilot[]; division_statistic: DivisionStatistic[]; association_membership: AssociationMembership[]; opening_count: OpeningCount[]
}
export const activityTableNames = [
  'plan_inclusion', 'publicity_activity', 'social_work_section', 'recording_coverage', 'incentive_measure', 'key_activity', 'pilot', 'division_statistic', 'association_membership', 'opening_count',
] as const satisfies readonly (keyof ActivityTables)[]
