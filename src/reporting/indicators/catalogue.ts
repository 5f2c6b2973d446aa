import { enumeration } from '../../kernel/index.js'
import { agencyIndicators } from './definitions/agencies.js'
import { capabilityIndicators } from './definitions/capability.js'
import { moneyIndicators } from './definitions/money.js'
import { ownershipIndicators } from './definitions/ownership.js'
import { payIndicators } from './definitions/pay.js'
import { volunteerIndicators } from './definitions/volunteers.js'
import { workIndicators } from './definitions/work.js'
import type { Definition } from './definition.js'

const all = { ...workIndicators, ...volunteerIndicators, ...moneyIndicators, ...payIndicators, ...agencyIndicators, ...capabilityIndicators, ...ownershipIndicators }
export type IndicatorKey = keyof typeof all

export const catalogue: Readonly<Record<IndicatorKey, Definition>> = all
export const indicatorKeys = Object.keys(all) as IndicatorKey[]

export const IndicatorKey = enumeration('IndicatorKey', 'What is measured (指标).', Object.fromEntries(indicatorKeys.map((key) => [key, `${all[key].name} (${all[key].nameZh})`])) as Record<IndicatorKey, string>)
