import { Int } from 'type-graphql'
import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division, DivisionLevel } from '../divisions/index.js'
import { Unit } from '../units/index.js'
import { PilotKind, PlanKind } from './activity.entity.js'
import { OpeningMeasure } from './figure.entity.js'

export const planGrouping: Grouping = {
  keys: {
    kind: () => PlanKind, division: () => Division, unit: () => Unit, includedOn: () => Day,
  },
}

export const publicityGrouping: Grouping = {
  keys: {
    division: () => Division, unit: () => Unit, heldOn: () => Day,
  },
  numbers: ['attendances'],
}

export const sectionGrouping: Grouping = {
  keys: {
    unit: () => Unit, unitDivision: { of: () => Division, path: 'unit.division' }, unitInstitutionKind: { of: () => String, path: 'unit.institutionKind' },
    foundedOn: () => Day, endedOn: () => Day,
  },
}

export const coverageGrouping: Grouping = {
  keys: {
    division: () => Division, divisionLevel: { of: () => DivisionLevel, path: 'division.level' }, coveredUnit: () => Unit, validFrom: () => Day, validTo: () => Day,
  },
}

export const incentiveGrouping: Grouping = {
  keys: {
    division: () => Division, unit: () => Unit, year: () => Int,
  },
}

export const keyActivityGrouping: Grouping = {
  keys: {
    division: () => Division, unit: () => Unit, startsOn: () => Day,
  },
}

export const pilotGrouping: Grouping = {
  keys: {
    kind: () => PilotKind, division: () => Division, startsOn: () => Day,
  },
  numbers: ['poorCounties', 'poorVillages', 'funds'],
}

export const statisticGrouping: Grouping = {
  keys: {
    division: () => Division, divisionLevel: { of: () => DivisionLevel, path: 'division.level' }, year: () => Int,
  },
  numbers: ['residentPopulation'],
}

export const membershipGrouping: Grouping = {
  keys: {
    unit: () => Unit, unitRegistrationLevel: { of: () => DivisionLevel, path: 'unit.registrationLevel' }, hasPartyOrganisation: () => Boolean, year: () => Int,
  },
  numbers: ['unitMembers', 'personalMembers'],
}

export const openingGrouping: Grouping = {
  keys: {
    measure: () => OpeningMeasure, division: () => Division, year: () => Int,
  },
  numbers: ['count'],
}
