import { compare, compareEnum, extendFilter, filterOf, many, orderOf, type Paging } from '../../engine/index.js'
import { DivisionFilter } from '../divisions/index.js'
import { InitiativeFilter } from '../initiatives/index.js'
import { PersonFilter } from '../people/index.js'
import { UnitFilter } from '../units/index.js'
import { EmploymentKind, PostKind, PostUnitType } from './post.entity.js'
import { CredentialLevel, QualificationKind } from './social-worker.entity.js'
import { StationKind } from './station.entity.js'

const byLevel = compareEnum('CredentialLevel', CredentialLevel)

export const SocialWorkerFilter: Function = filterOf('SocialWorker', {
  id: compare.id,
  grade: byLevel,
  isIdle: compare.flag,
  isUnused: compare.flag,
  createdAt: compare.instant,
  person: () => PersonFilter,
  qualifications: many(() => QualificationFilter),
  employments: many(() => EmploymentFilter),
})
export const QualificationFilter: Function = filterOf('Qualification', {
  id: compare.id,
  kind: compareEnum('QualificationKind', QualificationKind),
  level: byLevel,
  title: compare.text,
  issuedOn: compare.day,
  withdrawnOn: compare.day,
  registeredOn: compare.day,
  registeredUntil: compare.day,
  isRegistered: compare.flag,
  socialWorker: () => SocialWorkerFilter,
})
export const PostFilter: Function = filterOf('Post', {
  id: compare.id,
  code: compare.text,
  title: compare.text,
  kind: compareEnum('PostKind', PostKind),
  unitType: compareEnum('PostUnitType', PostUnitType),
  grade: byLevel,
  openedOn: compare.day,
  closedOn: compare.day,
  unit: () => UnitFilter,
  initiative: () => InitiativeFilter,
})
export const EmploymentFilter: Function = filterOf('Employment', {
  id: compare.id,
  kind: compareEnum('EmploymentKind', EmploymentKind),
  validFrom: compare.day,
  validTo: compare.day,
  socialWorker: () => SocialWorkerFilter,
  unit: () => UnitFilter,
  post: () => PostFilter,
})
const StationFilter: Function = filterOf('Station', {
  id: compare.id,
  code: compare.text,
  name: compare.text,
  kind: compareEnum('StationKind', StationKind),
  openedOn: compare.day,
  closedOn: compare.day,
  unit: () => UnitFilter,
  division: () => DivisionFilter,
})
extendFilter(PersonFilter, { socialWorker: () => SocialWorkerFilter })

export const socialWorkerPaging: Paging = { filter: SocialWorkerFilter, ...orderOf('SocialWorker', ['createdAt']) }
export const qualificationPaging: Paging = { filter: QualificationFilter, ...orderOf('Qualification', ['issuedOn', 'registeredUntil', 'createdAt']) }
export const stationPaging: Paging = { filter: StationFilter, ...orderOf('Station', ['code', 'openedOn', 'closedOn', 'createdAt']) }
export const postPaging: Paging = { filter: PostFilter, ...orderOf('Post', ['code', 'openedOn', 'closedOn', 'createdAt']) }
export const employmentPaging: Paging = { filter: EmploymentFilter, ...orderOf('Employment', ['validFrom', 'validTo', 'createdAt']) }
