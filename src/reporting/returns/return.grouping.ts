import { Int } from 'type-graphql'
import type { Grouping } from '../../engine/index.js'
import { Division } from '../../modules/divisions/index.js'
import { Unit } from '../../modules/units/index.js'
import { ReturnSubmission, ReturnTextStatus } from './return.entity.js'

export const textGrouping: Grouping = { keys: { division: () => Division, year: () => Int, unit: () => Unit, status: () => ReturnTextStatus, tableNumber: () => Int } }

export const figureGrouping: Grouping = { keys: { submission: () => ReturnSubmission, edition: () => Int, tableNumber: () => Int, columnKey: () => String, isNumber: () => Boolean } }
