import type { Key } from '../figures/index.js'
import type { Definition, IndicatorDimension } from './definition.js'

type Keys = Readonly<Partial<Record<IndicatorDimension, Key>>>

const camel = (field: string) => field.toLowerCase().replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())
const key = (field: string, of?: string): Key => ({ field, key: camel(field), ...(of ? { of } : {}) })
const units = (prefix: string): Keys => ({ DIVISION: key(`${prefix}_DIVISION`, 'id path'), UNIT: key(prefix, 'id name'), UNIT_KIND: key(`${prefix}_KIND`) })
const times = (field: string): Keys => ({ MONTH: { ...key(field), bucket: 'MONTH' }, QUARTER: { ...key(field), bucket: 'QUARTER' }, YEAR: { ...key(field), bucket: 'YEAR' } })
const without = (keys: Keys, ...names: IndicatorDimension[]): Keys => Object.fromEntries(Object.entries(keys).filter(([name]) => !names.includes(name as IndicatorDimension)))
const grade: Keys = { GRADE: key('GRADE') }

/** By what the rows of a list are told apart. Spans of time only where rows fall into the period by that day. */
const keysOf: Readonly<Record<string, Keys>> = {
  workLogs: { ...units('UNIT'), ...grade, ...times('WORKED_ON') },
  servicePlans: { ...units('UNIT'), ...grade, ...times('APPROVED_ON') },
  socialWorkers: { ...units('PERSON_UNIT'), ...grade },
  posts: { ...units('UNIT'), ...grade },
  employments: { ...units('UNIT'), ...grade },
  volunteers: units('UNIT'),
  volunteerServices: units('UNIT'),
  units: { DIVISION: key('DIVISION', 'id path') },
  disbursements: { ...units('UNIT'), ...times('ARRIVED_ON') },
  lots: { ...without(units('PURCHASER'), 'UNIT_KIND'), ...times('OPENED_AT') },
  allocations: { ...without(units('TO_UNIT'), 'UNIT_KIND'), ...times('PROMISED_ON') },
  contracts: without(units('PURCHASER'), 'UNIT_KIND'),
  payFigures: { GRADE: key('LEVEL') },
  supervisions: units('UNIT'),
  supervisors: units('UNIT'),
  supervisionSessions: { ...units('UNIT'), ...times('HELD_ON') },
  qualifications: { ...units('PERSON_UNIT'), GRADE: key('LEVEL') },
  microProjects: { ...units('UNIT'), ...times('CONTRACTED_ON') },
  unitScores: { ...units('UNIT'), MONTH: key('MONTH') },
  assignments: { ...units('UNIT'), ...times('ACCEPT_BY') },
  divisionStatistics: { DIVISION: key('DIVISION', 'id path') },
  openingCounts: { DIVISION: key('DIVISION', 'id path') },
  openingBalances: {},
}

/** The key of a list by a dimension. */
export const keyOf = (list: string, dimension: IndicatorDimension): Key | undefined => keysOf[list]?.[dimension]

const isTime = (dimension: IndicatorDimension) => dimension === 'MONTH' || dimension === 'QUARTER' || dimension === 'YEAR'

/** By what an indicator can be told apart: by what all of its rows can. */
export function dimensionsOf({ numerator, denominator = [], timing, measure, isNotAdditive }: Definition): IndicatorDimension[] {
  const lists = [...numerator, ...denominator].map(({ list }) => list)
  // Growth is told against another span of time, so that it has none of its own.
  const [first] = lists
  return (Object.keys(keysOf[first!]!) as IndicatorDimension[]).filter((dimension) => lists.every((list) => keyOf(list, dimension)) && !(isTime(dimension) && (timing !== 'PERIOD' || measure === 'GROWTH')) && !(isNotAdditive && dimension === 'DIVISION'))
}
