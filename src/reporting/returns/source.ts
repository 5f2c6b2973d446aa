import type { FundingSource } from '../../modules/funding/index.js'
import { allOf, during, holdsOn, standsIn, within } from '../figures/index.js'

/** What a return is asked of: a division, a year, and the day on which stocks are counted. */
export interface Asked {
  division: { id: string; path: string; level: string; name: string }
  year: number
  /** First day of the year, and the first day after it. */
  from: string
  to: string
  /** The last day of the year, or today where it has not ended. */
  day: string
  today: string
}

type Filter = Readonly<Record<string, unknown>>
/** Comparison that a row of the form makes: one of its values, or none of those of the other rows. */
export type Is = { in: readonly string[] } | { notIn: readonly string[] }

/** Kinds of rows that a form can print; a list has a row for each thing that it lists. */
export const rowKinds = [
  'ONE', 'YEAR', 'REGION', 'INSTITUTION_KIND', 'POST_UNIT_TYPE', 'SYSTEM', 'REGISTRATION_LEVEL', 'FUNDING_SOURCE', 'FUNDING_LEVEL', 'LEGAL_FORM', 'ORGANISER_TYPE', 'SOCIAL_WORK_DOCUMENT', 'VOLUNTEERING_DOCUMENT', 'PILOT', 'COURSE',
] as const
export type RowKind = (typeof rowKinds)[number]

/** Rows of one type of which a number is made: counted, or with `sum` a number of each added up; `latest`, the one of the latest year alone. */
export interface Part {
  list: string
  sum?: string
  latest?: true
  /** What stands today is all that is known: there is no such number of the year before. */
  isOfToday?: true
  filter(asked: Asked): Filter
  /** How a row of the form narrows them. */
  by?: { readonly [kind in RowKind]?: (is: Is, asked: Asked) => Filter }
}

/** Rows whose texts make one, in their order. */
export interface Texts {
  list: string
  filter(asked: Asked): Filter
  orderBy: readonly object[]
  fields: readonly string[]
  by?: Part['by']
}

const place = ({ division }: Asked): Filter => within(division.path)
const ofPlace = ({ division }: Asked): Filter => standsIn(division.path)
const inPlace = (asked: Asked): Filter => ({ unit: ofPlace(asked) })
const ofDivision = ({ division }: Asked): Filter => ({ division: { id: { eq: division.id } } })
const open = ({ day }: Asked, first = 'openedOn', end = 'closedOn'): Filter => holdsOn(day, first, end)
const inYear = ({ from, to }: Asked) => during({ from, to })

// Units as the return tells posts apart. Institutions of civil affairs are those that have a kind of institution.
const organisations = ['SERVICE_AGENCY', 'VOLUNTEER_ORGANISATION', 'ASSOCIATION']
const localUnits = ['SUBDISTRICT_TOWN', 'COMMUNITY']
const unitTypes: Readonly<Record<string, Filter>> = {
  CIVIL_AFFAIRS_INSTITUTION: { kind: { eq: 'PUBLIC_INSTITUTION' }, institutionKind: { isNull: false } },
  TOWNSHIP_COMMUNITY: { kind: { in: localUnits } },
  OTHER_INSTITUTION: { kind: { eq: 'PUBLIC_INSTITUTION' }, institutionKind: { isNull: true } },
  SOCIAL_ORGANISATION: { kind: { in: organisations } },
  OTHER: { kind: { notIn: [...localUnits, ...organisations, 'PUBLIC_INSTITUTION'] } },
}
const ofUnitTypes = (is: Is): Filter => ({ or: Object.entries(unitTypes).filter(([type]) => ('in' in is ? is.in.includes(type) : !is.notIn.includes(type))).map(([, filter]) => filter) })

const opening = (measure: string, year: (asked: Asked) => Filter, more: Pick<Part, 'latest'> = {}): Part =>
  ({ list: 'openingCounts', sum: 'count', ...more, filter: (asked) => ({ ...ofDivision(asked), measure: { eq: measure }, year: year(asked) }) })
const thisYear = ({ year }: Asked): Filter => ({ eq: year })
const untilYear = ({ year }: Asked): Filter => ({ lte: year })

/** Money for these purposes that arrived in the year, of lines of the place; and what was entered of years before. */
const money = (...purposes: string[]): Part[] => [
  {
    list: 'disbursements', sum: 'amount',
    filter: (asked) => ({ arrivedOn: inYear(asked), allocation: { line: { purpose: { in: purposes }, ...inPlace(asked) } } }),
    by: { FUNDING_SOURCE: (is) => ({ allocation: { line: { source: is } } }), FUNDING_LEVEL: (is, { division }) => ('in' in is && is.in.includes('OWN') ? { allocation: { line: { level: { eq: division.level } } } } : {}) },
  },
  {
    list: 'openingBalances', sum: 'amount', filter: (asked) => ({ ...ofDivision(asked), year: { eq: asked.year }, purpose: { in: purposes } }),
    // A total of before says nothing of levels.
    by: { FUNDING_SOURCE: (is) => ({ source: is }), FUNDING_LEVEL: (is) => ('in' in is && is.in.includes('OWN') ? { id: { in: [] } } : {}) },
  },
]

const posts = (kind: Filter, by: Part['by']): Part[] => [{ list: 'posts', filter: (asked) => allOf(inPlace(asked), kind, open(asked)), ...(by ? { by } : {}) }]
const units = (kind: string): Part[] => [
  { list: 'units', filter: (asked) => allOf({ ...ofPlace(asked), kind: { eq: kind } }, open(asked, 'foundedOn', 'endedOn')), by: { REGISTRATION_LEVEL: (is) => ({ registrationLevel: is }), LEGAL_FORM: (is) => ({ legalForm: is }) } },
]
const members = (more: { sum?: string; filter?: Filter }): Part[] => [
  { list: 'associationMemberships', ...(more.sum ? { sum: more.sum } : {}), filter: (asked) => ({ ...inPlace(asked), year: { eq: asked.year }, ...more.filter }), by: { REGISTRATION_LEVEL: (is) => ({ unit: { registrationLevel: is } }) } },
]
const agencies = (more: { sum?: string; filter?: Filter } = {}): Part[] => [
  {
    list: 'agencyProfiles', ...(more.sum || more.filter ? { isOfToday: true as const } : {}), ...(more.sum ? { sum: more.sum } : {}), by: { REGISTRATION_LEVEL: (is) => ({ registrationLevel: is }) },
    filter: (asked) => ({ unit: allOf(ofPlace(asked), open(asked, 'foundedOn', 'endedOn')), ...more.filter }),
  },
]
const teams = (kind: string): Part[] => [
  { list: 'volunteerTeams', filter: (asked) => allOf(inPlace(asked), { kind: { eq: kind } }, open(asked, 'foundedOn', 'endedOn')), by: { REGISTRATION_LEVEL: (is) => ({ unit: { division: { level: is } } }) } },
]
const volunteers = (registered: string, measure: string): Part[] => [
  { list: 'volunteers', filter: (asked) => allOf(inPlace(asked), open(asked, 'registeredOn', 'endedOn'), { [registered]: { lte: asked.day } }) },
  opening(measure, untilYear, { latest: true }),
]
const coverage = (more: Filter): Part[] => [
  { list: 'recordingCoverages', filter: (asked) => allOf({ division: place(asked) }, more, open(asked, 'validFrom', 'validTo')), by: { REGION: (is) => ({ division: { path: { startsWith: 'in' in is ? is.in[0] : '' } } }) } },
]

/** Numbers that a form can ask for. */
const numbers: Readonly<Record<string, readonly Part[]>> = {
  sections: [
    {
      list: 'socialWorkSections', filter: (asked) => allOf({ unit: { ...ofPlace(asked), institutionKind: { isNull: false } } }, open(asked, 'foundedOn', 'endedOn')), by: { INSTITUTION_KIND: (is) => ({ unit: { institutionKind: is } }) },
    },
  ],
  'posts.institution': posts({ unitType: { eq: 'CIVIL_AFFAIRS_INSTITUTION' } }, { INSTITUTION_KIND: (is) => ({ unit: { institutionKind: is } }) }),
  'posts.explicit': posts({ kind: { eq: 'EXPLICIT' } }, { POST_UNIT_TYPE: (is) => ({ unitType: is }) }),
  'posts.deFacto': posts({ kind: { eq: 'DE_FACTO' } }, { POST_UNIT_TYPE: (is) => ({ unitType: is }) }),
  'stations.socialWork': [{ list: 'stations', filter: (asked) => allOf(inPlace(asked), { kind: { eq: 'SOCIAL_WORK' } }, open(asked)), by: { POST_UNIT_TYPE: (is) => ({ unit: ofUnitTypes(is) }) } }],
  'stations.volunteering': [{ list: 'stations', filter: (asked) => allOf(inPlace(asked), { kind: { eq: 'VOLUNTEERING' } }, open(asked)), by: { REGISTRATION_LEVEL: (is) => ({ division: { level: is } }) } }],
  'workers.unused': [{ list: 'socialWorkers', isOfToday: true, filter: (asked) => ({ person: inPlace(asked), isUnused: { eq: true } }), by: { POST_UNIT_TYPE: (is) => ({ person: { unit: ofUnitTypes(is) } }) } }],
  workers: [{ list: 'socialWorkers', isOfToday: true, filter: (asked) => ({ person: inPlace(asked) }), by: { SYSTEM: (is) => ({ person: { unit: { system: { name: is } } } }) } }],
  'training.attendances': [{ list: 'trainings', sum: 'attendanceCount', filter: (asked) => ({ ...inPlace(asked), startsOn: inYear(asked) }) }, opening('TRAINING_ATTENDANCES', thisYear)],
  associations: units('ASSOCIATION'),
  'associations.party': members({ filter: { hasPartyOrganisation: { eq: true } } }),
  'associations.unitMembers': members({ sum: 'unitMembers' }),
  'associations.personalMembers': members({ sum: 'personalMembers' }),
  agencies: agencies(),
  'agencies.staff': agencies({ sum: 'fullTimeStaff' }),
  'agencies.party': agencies({ filter: { hasPartyOrganisation: { eq: true } } }),
  'agencies.partyMembers': agencies({ sum: 'partyMembers' }),
  'funds.socialWork': money('SOCIAL_WORK'),
  'funds.incentives': money('INCENTIVES'),
  'funds.volunteering': money('VOLUNTEERING', 'VOLUNTEER_OPERATIONS'),
  'funds.operations': money('VOLUNTEER_OPERATIONS'),
  organisations: units('VOLUNTEER_ORGANISATION'),
  'teams.organisation': teams('ORGANISATION'),
  'teams.community': teams('TEAM'),
  'volunteers.registered': volunteers('registeredOn', 'REGISTERED_VOLUNTEERS'),
  'volunteers.national': volunteers('registeredNationallyOn', 'NATIONALLY_REGISTERED_VOLUNTEERS'),
  'courses.persons': [{ list: 'volunteerTrainings', sum: 'persons', filter: (asked) => ({ division: place(asked), heldOn: inYear(asked) }), by: { ORGANISER_TYPE: (is) => ({ organiserType: is }) } }],
  'hours.all': [{ list: 'volunteerServices', sum: 'hours', filter: (asked) => ({ ...inPlace(asked), servedOn: { lte: asked.day } }) }, opening('VOLUNTEER_HOURS', untilYear)],
  'hours.year': [{ list: 'volunteerServices', sum: 'hours', filter: (asked) => ({ ...inPlace(asked), servedOn: inYear(asked) }) }, opening('VOLUNTEER_HOURS', thisYear)],
  'coverage.counties': coverage({ coversPlace: { eq: true }, division: { level: { eq: 'COUNTY' } } }),
  'coverage.townships': coverage({ coversPlace: { eq: true }, division: { level: { eq: 'TOWNSHIP' } } }),
  'coverage.communities': coverage({ coversPlace: { eq: true }, division: { level: { eq: 'COMMUNITY' } } }),
  'coverage.units': coverage({ coversPlace: { eq: false } }),
}

const lines = (asked: Asked): Filter => ({ ...inPlace(asked), level: { eq: asked.division.level }, year: { eq: asked.year }, purpose: { eq: 'SOCIAL_WORK' } })
const ofSource: Part['by'] = { FUNDING_SOURCE: (is: Is) => ({ source: is as { in: FundingSource[] } }) }
const by = (field: string) => [{ field, direction: 'ASC' }]

/** Texts that a form can ask for. */
const texts: Readonly<Record<string, Texts>> = {
  'plans.talent': { list: 'planInclusions', filter: (asked) => ({ ...ofDivision(asked), kind: { eq: 'TALENT_PLAN' }, includedOn: { lt: asked.to } }), orderBy: by('INCLUDED_ON'), fields: ['plan', 'text'] },
  'lines.remarks': { list: 'budgetLines', filter: lines, orderBy: by('CODE'), fields: ['remarks'], by: ofSource },
  'lines.use': { list: 'budgetLines', filter: lines, orderBy: by('CODE'), fields: ['title'], by: ofSource },
  'activities.key': { list: 'keyActivities', filter: (asked) => ({ ...ofDivision(asked), startsOn: inYear(asked) }), orderBy: by('STARTS_ON'), fields: ['name', 'summary'] },
  'measures.incentive': { list: 'incentiveMeasures', filter: (asked) => ({ ...ofDivision(asked), year: { eq: asked.year } }), orderBy: by('YEAR'), fields: ['title', 'text'] },
}

/** Residents of the division at the end of the year, by the last statistic there is. */
export const residents: Part = { list: 'divisionStatistics', sum: 'residentPopulation', latest: true, filter: (asked) => ({ ...ofDivision(asked), year: untilYear(asked) }) }

/** What a list has a row for, and how its fields are read. */
export interface Listing {
  list: string
  filter(asked: Asked): Filter
  orderBy: readonly object[]
  selection: string
}
const documents = (kind: string): Listing => ({
  list: 'policyDocuments', orderBy: [...by('ISSUED_ON'), ...by('NUMBER')], selection: 'id title number issuedOn issuers { unit { name } }',
  filter: (asked) => ({ kind: { eq: kind }, issuedOn: inYear(asked), issuers: { some: { unit: ofPlace(asked) } } }),
})
export const listings: { readonly [kind in RowKind]?: Listing } = {
  SOCIAL_WORK_DOCUMENT: documents('SOCIAL_WORK'),
  VOLUNTEERING_DOCUMENT: documents('VOLUNTEERING'),
  PILOT: {
    list: 'pilots', orderBy: by('STARTS_ON'), selection: 'id kind name summary places poorCounties poorVillages funds',
    filter: (asked) => ({ division: place(asked), startsOn: { lt: asked.to }, or: [{ endsOn: { isNull: true } }, { endsOn: { gte: asked.from } }] }),
  },
  COURSE: { list: 'volunteerTrainings', orderBy: by('HELD_ON'), selection: 'id organiser title content persons', filter: (asked) => ({ division: place(asked), heldOn: inYear(asked) }) },
}

const days: readonly string[] = ['asOf']
export const isSource = (name: string, kind: string): boolean => (kind === 'NUMBER' ? name in numbers : kind === 'TEXT' ? name in texts : days.includes(name))
export const partsOf = (name: string): readonly Part[] => numbers[name]!
export const textsOf = (name: string): Texts => texts[name]!
