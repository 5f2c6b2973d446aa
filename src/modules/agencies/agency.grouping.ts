import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division, DivisionLevel } from '../divisions/index.js'
import { Unit } from '../units/index.js'
import { AgencyRating, SupportKind } from './agency.entity.js'

export const profileGrouping: Grouping = {
  keys: {
    registrationLevel: () => DivisionLevel, rating: () => AgencyRating, hasPartyOrganisation: () => Boolean, unit: () => Unit,
    unitDivision: { of: () => Division, path: 'unit.division' },
  },
  numbers: ['fullTimeStaff', 'partyMembers', 'contractGapDays'],
}

export const supportGrouping: Grouping = {
  keys: {
    kind: () => SupportKind, agency: () => Unit, agencyDivision: { of: () => Division, path: 'agency.division' }, provider: () => Unit, startsOn: () => Day,
    endsOn: () => Day,
  },
  numbers: ['amount'],
}
