import type { Built } from './build.js'
import type { World } from './world.js'

let counter = 0
const next = () => ++counter
type Row = Record<string, unknown>

/** Rows of money, each with all that it needs. Amounts are yuan. */
export function moneyBuilder({ build, sql }: Pick<World, 'build' | 'sql'>) {
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
    async disbursement(values: Row): Promise<Built> {
      const [{ unitId }] = (await sql<{ unitId: string }>('select to_unit_id as "unitId" from allocation where id = $1', [values['allocationId']])) as [{ unitId: string }]
      return build.row('disbursement', 'disb', { unitId, amount: '10', arrivedOn: '2026-04-11', ...values })
    },
    async openingBalance(values: Row = {}): Promise<Built> {
      const unit = values['unitId'] ? undefined : await build.unit()
      return build.row('opening_balance', 'opbl', { year: 2024, source: 'FISCAL', purpose: 'SOCIAL_WORK', amount: '500', ...(unit ? { unitId: unit.id, divisionId: unit['division_id'] } : {}), ...values })
    },
    /** Published, with one lot that takes bids until tomorrow; out of a line of its own where none is given. */
    async procurement(values: Row = {}): Promise<Built> {
      const line = values['lineId'] ? { id: values['lineId'] as string, unit_id: values['purchaserId'] } : await made.line(values['purchaserId'] ? { unitId: values['purchaserId'] } : {})
      return build.row('procurement', 'proc', { code: `PR-${next()}`, title: `采购${counter}`, funding: 'ANNUAL_BUDGET', status: 'PUBLISHED', publishedOn: '2026-11-01', ...values, lineId: line.id, purchaserId: line.unit_id })
    },
    async lot(values: Row = {}): Promise<Built> {
      const procurementId = values['procurementId'] ?? (await made.procurement()).id
      return build.row('lot', 'lot', { number: next(), title: `标段${counter}`, ceilingAmount: '5000', opensAt: '2026-11-24T02:00:00Z', status: 'PUBLISHED', publicKey: 'x', ...values, procurementId })
    },
    /** Sealed with nothing that could be opened. */
    async bid(values: Row = {}): Promise<Built> {
      const [lotId, bidderId] = [values['lotId'] ?? (await made.lot()).id, values['bidderId'] ?? (await build.unit({ kind: 'SERVICE_AGENCY' })).id]
      return build.row('bid', 'bid', { submittedAt: '2026-11-20T02:00:00Z', sealed: 'x', ...values, lotId, bidderId })
    },
    /** Of an opened bid of the lot. */
    async award(values: Row = {}): Promise<Built> {
      const bid = values['bidId'] ? { id: values['bidId'] as string, lot_id: values['lotId'], bidder_id: values['agencyId'] } : await made.bid({ ...(values['lotId'] ? { lotId: values['lotId'] } : {}), ...(values['agencyId'] ? { bidderId: values['agencyId'] } : {}), status: 'OPENED', amount: '4000', proposal: '方案' })
      return build.row('award', 'awrd', { chosenOn: '2026-11-20', reason: '服务方案最优', ...values, bidId: bid.id, lotId: bid.lot_id, agencyId: bid.bidder_id })
    },
    /** 1,000.00 of the year 2026, from March to October; without a tender. */
    async contract(values: Row = {}): Promise<Built> {
      const line = values['lineId'] ? { id: values['lineId'] as string, unit_id: values['purchaserId'] } : await made.line(values['purchaserId'] ? { unitId: values['purchaserId'] } : {})
      const agencyId = values['agencyId'] ?? (await build.unit({ kind: 'SERVICE_AGENCY' })).id
      return build.row('contract', 'ctrt', {
        code: `CT-${next()}`, title: `合同${counter}`, year: 2026, funding: 'ANNUAL_BUDGET', amount: '1000', signedOn: '2026-02-20', startsOn: '2026-03-01', endsOn: '2026-10-31', ...values, lineId: line.id, purchaserId: line.unit_id, agencyId,
      })
    },
    async profile(values: Row = {}): Promise<Built> {
      const unitId = values['unitId'] ?? (await build.unit({ kind: 'SERVICE_AGENCY' })).id
      return build.row('agency_profile', 'agpr', { registrationLevel: 'COUNTY', rating: 'A3', ratedOn: '2025-06-01', fullTimeStaff: 12, partyMembers: 3, reportedOn: '2026-10-31', ...values, unitId })
    },
    support: (values: Row): Promise<Built> => build.row('agency_support', 'agsu', { kind: 'SUPERVISION', startsOn: '2026-01-01', ...values }),
    milestone: (values: Row): Promise<Built> => build.row('contract_milestone', 'cmil', { number: next(), title: `节点${counter}`, dueOn: '2026-06-30', ...values }),
    evaluation: (values: Row): Promise<Built> => build.row('evaluation', 'eval', { stage: 'MID_TERM', side: 'PURCHASER', result: 'PASSED', text: '合格', evaluatedOn: '2026-07-01', ...values }),
    async payment(values: Row): Promise<Built> {
      const [{ unitId }] = (await sql<{ unitId: string }>('select purchaser_id as "unitId" from contract where id = $1', [values['contractId']])) as [{ unitId: string }]
      return build.row('payment', 'paym', { unitId, amount: '10', paidOn: '2026-05-01', ...values })
    },
  }
  return made
}
