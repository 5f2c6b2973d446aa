/** One plain row of each type that is just entered and corrected: as columns, and in the same words as the input of its act. */
export interface Places {
  divisionId: string
  unitId: string
  /** A policy document. */
  basisId: string
}
export interface Sample {
  type: string
  table: string
  prefix: string
  /** Names the acts. */
  name: string
  /** The values of the nth row; no two of a place stand in each other's way. */
  values(places: Places, n: number): Record<string, unknown>
  /** A change that an update can make. */
  change: Record<string, unknown>
}

const named = (type: string) => `${type[0]!.toLowerCase()}${type.slice(1)}`
const tableOf = (type: string) => named(type).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
export const sample = (type: string, prefix: string, values: Sample['values'], change: Sample['change']): Sample => ({ type, prefix, name: named(type), table: tableOf(type), values, change })
const day = (n: number) => `2026-0${1 + (n % 9)}-1${n % 10}`

/** What a unit reports of a division; one of them of itself alone. */
export const reportedSamples: readonly Sample[] = [
  sample('PlanInclusion', 'plin', ({ divisionId, unitId, basisId }, n) => ({ divisionId, unitId, kind: n % 2 ? 'OTHER' : 'TALENT_PLAN', plan: `规划${n}`, text: `纳入社会工作${n}`, includedOn: day(n), documentId: n % 3 ? basisId : null }), { text: '改' }),
  sample('PublicityActivity', 'publ', ({ divisionId, unitId }, n) => ({ divisionId, unitId, title: `宣传${n}`, summary: n % 2 ? null : '宣讲', heldOn: day(n), attendances: n }), { attendances: 7 }),
  sample('SocialWorkSection', 'swse', ({ unitId }, n) => ({ unitId, name: `科室${n}`, foundedOn: '2020-01-01', endedOn: n % 3 ? null : '2025-01-01' }), { name: '改' }),
  sample('RecordingCoverage', 'rcov', ({ divisionId, unitId }, n) => ({ divisionId, unitId, coveredUnitId: n % 2 ? unitId : null, validFrom: `${1900 + n}-01-01`, validTo: `${1901 + n}-01-01` }), { validTo: '2000-01-01' }),
  sample('IncentiveMeasure', 'ince', ({ divisionId, unitId, basisId }, n) => ({ divisionId, unitId, year: 2000 + n, title: `措施${n}`, text: '优先', documentId: n % 2 ? basisId : null }), { title: '改' }),
  sample('KeyActivity', 'keya', ({ divisionId, unitId }, n) => ({ divisionId, unitId, name: `活动${n}`, summary: '简介', startsOn: day(n), endsOn: n % 2 ? null : '2026-12-01' }), { summary: '改' }),
  sample('Pilot', 'pilo', ({ divisionId, unitId }, n) => ({ divisionId, unitId, kind: n % 2 ? 'PILOT' : 'PROJECT', name: `试点${n}`, summary: '简介', places: '全省', poorCounties: n % 4, poorVillages: n % 5, funds: `${1000 + n}.50`, startsOn: day(n), endsOn: n % 2 ? null : '2026-12-01' }), { funds: '5.25' }),
]
/** Of an association itself. */
export const membershipSample = sample('AssociationMembership', 'asme', ({ unitId }, n) => ({ unitId, year: 2000 + n, unitMembers: n, personalMembers: 10 * n, hasPartyOrganisation: n % 2 === 0 }), { unitMembers: 5 })
/** Figures that SYSTEM_ADMIN keeps. */
export const figureSamples: readonly Sample[] = [
  sample('DivisionStatistic', 'dsta', ({ divisionId }, n) => ({ divisionId, year: 2000 + n, residentPopulation: 10_000 + n, source: '统计年鉴' }), { residentPopulation: 9 }),
  sample('OpeningCount', 'opct', ({ divisionId }, n) => ({ divisionId, year: 2000 + n, measure: n % 2 ? 'VOLUNTEER_HOURS' : 'TRAINING_ATTENDANCES', count: 100 + n, source: '上年报表' }), { count: 3 }),
]
export const activitySamples: readonly Sample[] = [...reportedSamples, membershipSample, ...figureSamples]
