import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { LightLevel } from '../supervision/index.js'
import { Division } from '../divisions/index.js'
import { Unit, UnitKind } from '../units/index.js'

export const reminderGrouping: Grouping = {
  keys: {
    level: () => LightLevel, unit: () => Unit, toUnit: () => Unit, toUnitKind: { of: () => UnitKind, path: 'toUnit.kind' },
    toUnitDivision: { of: () => Division, path: 'toUnit.division' }, isAutomatic: () => Boolean, sentOn: () => Day,
  },
}
