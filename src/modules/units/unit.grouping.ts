import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division, DivisionLevel } from '../divisions/index.js'
import { DocumentKind, MandateRole, Mechanism } from './mandate.entity.js'
import { LegalForm, Unit, UnitKind, UnitSystem } from './unit.entity.js'

export const unitGrouping: Grouping = {
  keys: {
    kind: () => UnitKind, division: () => Division, divisionLevel: { of: () => DivisionLevel, path: 'division.level' }, system: () => UnitSystem,
    institutionKind: () => String, legalForm: () => LegalForm, registrationLevel: () => DivisionLevel, lineParent: () => Unit, foundedOn: () => Day, endedOn: () => Day,
  },
}

export const mandateGrouping: Grouping = {
  keys: {
    role: () => MandateRole, mechanism: () => Mechanism, unit: () => Unit, unitKind: { of: () => UnitKind, path: 'unit.kind' }, division: () => Division,
    validFrom: () => Day, validTo: () => Day,
  },
}

export const documentGrouping: Grouping = {
  keys: {
    kind: () => DocumentKind, issuedOn: () => Day,
  },
}
