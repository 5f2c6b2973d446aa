import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Initiative } from '../initiatives/index.js'
import { CredentialLevel, QualificationKind, SocialWorker } from '../posts/index.js'
import { Unit, UnitKind } from '../units/index.js'
import { MicroPaymentKind, MicroProject, MicroProjectKind, MicroProjectStatus, MicroVerdict } from './micro-project.entity.js'
import { Supervision, SupervisorRung } from './supervision.entity.js'
import { Training } from './training.entity.js'

export const trainingGrouping: Grouping = {
  keys: {
    isContinuingEducation: () => Boolean, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' }, initiative: () => Initiative, startsOn: () => Day, endsOn: () => Day,
  },
  numbers: ['hours', 'otherAttendances', 'attendanceCount'],
}

export const attendanceGrouping: Grouping = {
  keys: {
    isPassed: () => Boolean, training: () => Training, socialWorker: () => SocialWorker,
  },
  numbers: ['hours'],
}

export const supervisorGrouping: Grouping = {
  keys: {
    rung: () => SupervisorRung, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' }, unitDivision: { of: () => Division, path: 'unit.division' },
    socialWorker: () => SocialWorker, validFrom: () => Day, validTo: () => Day,
  },
}

export const supervisionGrouping: Grouping = {
  keys: {
    supervisor: () => SocialWorker, supervisee: () => SocialWorker, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' }, isSessionLate: () => Boolean, validFrom: () => Day, validTo: () => Day,
  },
}

export const sessionGrouping: Grouping = {
  keys: {
    supervision: () => Supervision, unit: { of: () => Unit, path: 'supervision.unit' }, unitKind: { of: () => UnitKind, path: 'supervision.unit.kind' },
    unitDivision: { of: () => Division, path: 'supervision.unit.division' }, isInTime: () => Boolean, heldOn: () => Day,
  },
  numbers: ['hours'],
}

export const microProjectGrouping: Grouping = {
  keys: {
    kind: () => MicroProjectKind, status: () => MicroProjectStatus, verdict: () => MicroVerdict, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' },
    unitDivision: { of: () => Division, path: 'unit.division' }, carrier: () => Unit, initiative: () => Initiative, calledOn: () => Day, contractedOn: () => Day,
    evaluatedOn: () => Day, endedOn: () => Day,
  },
  numbers: ['amount'],
}

export const microPaymentGrouping: Grouping = {
  keys: {
    kind: () => MicroPaymentKind, microProject: () => MicroProject, unit: () => Unit, paidOn: () => Day,
  },
  numbers: ['amount'],
}

/** Here and not with the module of qualifications, since the hours of continuing education are this one's. */
export const qualificationGrouping: Grouping = {
  keys: {
    kind: () => QualificationKind, level: () => CredentialLevel, isRegistered: () => Boolean, socialWorker: () => SocialWorker,
    personUnit: { of: () => Unit, path: 'socialWorker.person.unit' }, personUnitKind: { of: () => UnitKind, path: 'socialWorker.person.unit.kind' },
    personUnitDivision: { of: () => Division, path: 'socialWorker.person.unit.division' }, issuedOn: () => Day, registeredOn: () => Day, registeredUntil: () => Day,
  },
  numbers: ['educationHoursDone', 'educationHoursRequired'],
}
