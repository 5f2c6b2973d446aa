import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { Unit, UnitKind, UnitSystem } from '../units/index.js'
import { Employment, EmploymentKind, Post, PostKind, PostUnitType } from './post.entity.js'
import { CredentialLevel, SocialWorker } from './social-worker.entity.js'
import { StationKind } from './station.entity.js'
import { WorkCategory, WorkOrigin } from './worklog.entity.js'

export const socialWorkerGrouping: Grouping = {
  keys: {
    grade: () => CredentialLevel, isIdle: () => Boolean, personUnit: { of: () => Unit, path: 'person.unit' },
    personUnitKind: { of: () => UnitKind, path: 'person.unit.kind' }, personUnitDivision: { of: () => Division, path: 'person.unit.division' },
    personUnitSystem: { of: () => UnitSystem, path: 'person.unit.system' }, createdAt: () => Day,
  },
}

export const postGrouping: Grouping = {
  keys: {
    kind: () => PostKind, unitType: () => PostUnitType, grade: () => CredentialLevel, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' }, unitInstitutionKind: { of: () => String, path: 'unit.institutionKind' }, initiative: () => Initiative,
    openedOn: () => Day, closedOn: () => Day,
  },
}

export const employmentGrouping: Grouping = {
  keys: {
    kind: () => EmploymentKind, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' }, unitDivision: { of: () => Division, path: 'unit.division' },
    unitSystem: { of: () => UnitSystem, path: 'unit.system' }, socialWorker: () => SocialWorker, grade: { of: () => CredentialLevel, path: 'socialWorker.grade' },
    post: () => Post, validFrom: () => Day, validTo: () => Day,
  },
}

export const stationGrouping: Grouping = {
  keys: {
    kind: () => StationKind, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' }, unitDivision: { of: () => Division, path: 'unit.division' },
    division: () => Division, openedOn: () => Day, closedOn: () => Day,
  },
}

export const workLogGrouping: Grouping = {
  keys: {
    category: () => WorkCategory, origin: () => WorkOrigin, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' }, socialWorker: () => SocialWorker, grade: { of: () => CredentialLevel, path: 'socialWorker.grade' },
    employment: () => Employment, workedOn: () => Day, bookedOn: () => Day,
  },
  numbers: ['hours'],
}
