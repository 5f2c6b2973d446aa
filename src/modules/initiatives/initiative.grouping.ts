import type { Grouping } from '../../engine/index.js'
import { Day } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { Unit } from '../units/index.js'
import { InitiativeStatus, Visibility } from './initiative.entity.js'

export const initiativeGrouping: Grouping = {
  keys: {
    status: () => InitiativeStatus, visibility: () => Visibility, division: () => Division, leadUnit: () => Unit, startsOn: () => Day, endsOn: () => Day,
    createdAt: () => Day,
  },
}
