import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division, DivisionLevel } from '../divisions/index.js'
import { SocialWorker } from '../posts/index.js'
import { Unit, UnitKind } from '../units/index.js'
import { ComplaintStatus, OrganiserType } from './service.entity.js'
import { TeamKind, Volunteer, VolunteerOrigin, VolunteerStatus, VolunteerTeam } from './volunteer.entity.js'

export const teamGrouping: Grouping = {
  keys: {
    kind: () => TeamKind, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' }, unitDivision: { of: () => Division, path: 'unit.division' },
    leader: () => SocialWorker, foundedOn: () => Day, endedOn: () => Day,
  },
}

export const volunteerGrouping: Grouping = {
  keys: {
    status: () => VolunteerStatus, origin: () => VolunteerOrigin, team: () => VolunteerTeam, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' }, registeredOn: () => Day, registeredNationallyOn: () => Day, endedOn: () => Day,
  },
  numbers: ['hours'],
}

export const serviceGrouping: Grouping = {
  keys: {
    volunteer: () => Volunteer, team: () => VolunteerTeam, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' }, servedOn: () => Day,
  },
  numbers: ['hours'],
}

export const trainingGrouping: Grouping = {
  keys: {
    organiserType: () => OrganiserType, division: () => Division, unit: () => Unit, heldOn: () => Day,
  },
  numbers: ['persons'],
}

export const commendationGrouping: Grouping = {
  keys: {
    level: () => DivisionLevel, team: () => VolunteerTeam, awardedOn: () => Day,
  },
}

export const complaintGrouping: Grouping = {
  keys: {
    status: () => ComplaintStatus, team: () => VolunteerTeam, receivedOn: () => Day,
  },
}
