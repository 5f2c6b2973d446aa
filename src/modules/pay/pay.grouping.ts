import type { Grouping } from '../../engine/index.js'
import { Division } from '../divisions/index.js'
import { CredentialLevel } from '../posts/index.js'
import { PayPublication } from './pay.entity.js'

export const figureGrouping: Grouping = {
  keys: {
    level: () => CredentialLevel, division: () => Division, isTotal: () => Boolean, isSuppressed: () => Boolean, publication: () => PayPublication,
  },
  numbers: ['persons', 'medianPay', 'comparableMedian', 'parityIndex', 'belowFloorPersons'],
}
