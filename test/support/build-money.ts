import type { Build, Built } from './build.js'

let counter = 0
const next = () => ++counter
type Row = Record<string, unknown>

/** Rows of money, each with all that it needs. Amounts are yuan. */
export function moneyBuilder(build: Build) {
  const made = {
    /** A line of 10,000.00 of the budget year 2026, approved; of a unit of its own where none is given. */
    async line(values: Row = {}): Promise<Built> {
      const unitId = values['unitId'] ?? (await build.unit()).id
      return build.row('budget_line', 'blin', {
        code: `B-${next()}`, title: `预算${counter}`, year: 2026, source: 'FISCAL', purpose: 'SOCIAL_WORK', level: 'COUNTY', plannedAmount: '10000', approvedOn: '2026-01-05', ...values, unitId,
      })
    },
    /** 1,000.00 of a line of its own, allocated on 1 March and promised for 1 April 2026. */
    async allocation(values: Row = {}): Promise<Built> {
      const line = values['lineId'] ? { id: values['lineId'] as string, unit_id: values['fromUnitId'] } : await made.line(values['fromUnitId'] ? { unitId: values['fromUnitId'] } : {})
      const toUnitId = values['toUnitId'] ?? (await build.unit()).id
      return build.row('allocation', 'allo', { amount: '1000', allocatedOn: '2026-03-01', promisedOn: '2026-04-01', ...values, lineId: line.id, fromUnitId: line.unit_id, toUnitId })
    },
    disbursement: (values: Row): Promise<Built> => build.row('disbursement', 'disb', { amount: '10', arrivedOn: '2026-04-11', ...values }),
    async openingBalance(values: Row = {}): Promise<Built> {
      const unit = values['unitId'] ? undefined : await build.unit()
      return build.row('opening_balance', 'opbl', { year: 2024, source: 'FISCAL', purpose: 'SOCIAL_WORK', amount: '500', ...(unit ? { unitId: unit.id, divisionId: unit['division_id'] } : {}), ...values })
    },
  }
  return made
}
