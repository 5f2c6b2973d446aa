/** Money of the random network: budgets of units with people who keep them, what was allocated and what arrived. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import type { Add } from './network.js'
import { today } from '../../support/world.js'
import type { Random } from './random.js'

const dayFrom = (days: number): string => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
export const sources = ['FISCAL', 'WELFARE_LOTTERY', 'OTHER_LOTTERY', 'MINISTRY_LOTTERY', 'SOCIAL', 'EMPLOYER', 'INDIVIDUAL', 'OTHER']
export const purposes = ['SOCIAL_WORK', 'VOLUNTEERING', 'INCENTIVES', 'VOLUNTEER_OPERATIONS']
const levels = ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'COMMUNITY']
export const yuan = (amount: number): string => `${amount}.00`
const plus = (text: string, amount: number): string => yuan(Number(text) + amount)

/** Somebody of the unit with this role and no other: in force where it must be, else perhaps until tomorrow, or until today and so no more. */
export function employ(chance: Random, add: Add, tables: Tables, unit: Unit, role: string, isSure = false): void {
  const at = tables.person.length + 1
  const person = add('person', 'pers', { code: `P-${at}`, name: `示${at}`, title: null, officePhone: null })
  add('account', 'acct', { issuer: 'test', subject: person.code, personId: person.id, blockedAt: null })
  const [validFrom, validTo] = isSure ? (['2020-01-01', null] as const) : chance.pick([['2020-01-01', null], ['2020-01-01', null], ['2020-01-01', dayFrom(1)], ['2020-01-01', today]] as const)
  add('appointment', 'appt', { personId: person.id, unitId: unit.id, role, isMain: true, validFrom, validTo })
}

export function fund(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const someYear = () => chance.pick([2025, 2026])
  const living = units.filter(({ endedOn }) => !endedOn)
  const keepers = chance.some(living, 10)
  for (const [at, unit] of keepers.entries()) if (at < 7) employ(chance, add, tables, unit, at % 3 === 2 ? 'DIRECTOR' : 'FINANCE_OFFICER')
  for (let at = 0; at < 30; at++) {
    const unit = chance.pick(chance.chance(0.7) ? keepers : units)
    const line = add('budget_line', 'blin', {
      code: `B-${String(at).padStart(3, '0')}`, title: `预算${at}`, year: someYear(), unitId: unit.id, source: chance.pick(sources), purpose: chance.pick(purposes), level: chance.pick(levels), plannedAmount: yuan(5_000 + chance.below(100_000)),
      approvedOn: chance.chance(0.9) ? '2025-01-02' : null, remarks: chance.chance(0.4) ? `备注${at}` : null, initiativeId: chance.chance(0.5) ? chance.pick(tables.initiative).id : null, allocatedAmount: yuan(0), contractedAmount: yuan(0),
    })
    for (let more = chance.below(4); more > 0; more--) allocate(chance, add, tables, line, chance.pick(chance.chance(0.7) ? keepers : units))
  }
  for (let at = 0; at < 12; at++) {
    const unit = chance.pick(keepers)
    add('opening_balance', 'opbl', { divisionId: unit.divisionId, unitId: unit.id, year: 2000 + at, source: chance.pick(sources), purpose: chance.pick(purposes), amount: yuan(chance.below(1_000_000)), remarks: chance.chance(0.3) ? `期初${at}` : null })
  }
}

function allocate(chance: Random, add: Add, tables: Tables, line: Tables['budget_line'][number], toUnit: Unit): void {
  const amount = 10 + chance.below(200)
  const allocatedOn = `${line.year}-0${1 + chance.below(9)}-1${chance.below(10)}`
  const promisedOn = `${line.year}-1${chance.below(2)}-2${chance.below(8)}`
  const made = add('allocation', 'allo', {
    lineId: line.id, fromUnitId: line.unitId, toUnitId: toUnit.id, voucher: chance.chance(0.5) ? `拨${tables.allocation.length}` : null, amount: yuan(amount), netAmount: yuan(amount), arrivedAmount: yuan(0), allocatedOn, promisedOn, correctsId: null, reason: null,
  })
  line.allocatedAmount = plus(line.allocatedAmount, amount)
  if (chance.chance(0.3)) {
    const less = -(1 + chance.below(5))
    add('allocation', 'allo', { lineId: line.id, fromUnitId: line.unitId, toUnitId: toUnit.id, voucher: null, amount: yuan(less), netAmount: yuan(0), arrivedAmount: yuan(0), allocatedOn, promisedOn, correctsId: made.id, reason: '更正' })
    line.allocatedAmount = plus(line.allocatedAmount, less)
    made.netAmount = plus(made.netAmount, less)
  }
  for (let more = chance.below(3); more > 0; more--) {
    const part = more === 1 && chance.chance(0.4) ? Number(made.netAmount) - Number(made.arrivedAmount) : 1 + chance.below(2)
    if (part <= 0) continue
    const arrived = add('disbursement', 'disb', { allocationId: made.id, unitId: toUnit.id, voucher: chance.chance(0.5) ? `到${tables.disbursement.length}` : null, amount: yuan(part), arrivedOn: dayFrom(-chance.below(200)), correctsId: null, reason: null })
    made.arrivedAmount = plus(made.arrivedAmount, part)
    if (chance.chance(0.2)) {
      add('disbursement', 'disb', { allocationId: made.id, unitId: toUnit.id, voucher: null, amount: yuan(-1), arrivedOn: today, correctsId: arrived.id, reason: '更正' })
      made.arrivedAmount = plus(made.arrivedAmount, -1)
    }
  }
}
