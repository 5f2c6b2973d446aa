import type { Run } from '../database.js'
import { find, type Codes } from './references.js'

export interface LineFound {
  key: string
  id: string
  unitId: string
  year: number
  isApproved: boolean
  /** What is neither allocated nor contracted, in yuan. */
  rest: string
}

export const linesByCode = (run: Run, codes: Codes): Promise<Map<string, LineFound>> =>
  find(run, `select id, code as key, unit_id as "unitId", year, approved_on is not null as "isApproved", (planned_amount - allocated_amount - contracted_amount)::text as rest from budget_line where code = any($1::text[])`, codes)

export interface AllocationFound {
  key: string
  id: string
  toUnitId: string
  allocatedOn: string
  /** What has yet to arrive, in yuan. */
  rest: string
}

/** Allocations of lines, by code of the line and voucher. */
export const allocationsByVoucher = (run: Run, lines: Codes): Promise<Map<string, AllocationFound>> =>
  find(
    run,
    `select a.id, l.code || ' ' || a.voucher as key, a.to_unit_id as "toUnitId", a.allocated_on as "allocatedOn", (a.net_amount - a.arrived_amount)::text as rest
     from allocation a join budget_line l on l.id = a.line_id where l.code = any($1::text[]) and a.voucher is not null`,
    lines,
  )

export interface ContractFound {
  key: string
  id: string
  purchaserId: string
  signedOn: string
  startsOn: string
  endsOn: string
  /** What has yet to be paid, in yuan. */
  rest: string
}

export const contractsByCode = (run: Run, codes: Codes): Promise<Map<string, ContractFound>> =>
  find(run, `select id, code as key, purchaser_id as "purchaserId", signed_on as "signedOn", starts_on as "startsOn", ends_on as "endsOn", (amount - paid_amount)::text as rest from contract where code = any($1::text[])`, codes)

export interface LotFound {
  key: string
  id: string
  purchaserId: string
  status: string
  ceiling: string
  /** Award that the bidder accepted. */
  awardId: string | null
  agencyId: string | null
}

/** Lots by code of the procurement and number, with the award that was accepted. */
export const lotsByKey = (run: Run, procurements: Codes): Promise<Map<string, LotFound>> =>
  find(
    run,
    `select o.id, p.code || ' ' || o.number as key, p.purchaser_id as "purchaserId", o.status, o.ceiling_amount::text as ceiling, a.id as "awardId", a.agency_id as "agencyId"
     from lot o join procurement p on p.id = o.procurement_id left join award a on a.lot_id = o.id and a.status = 'ACCEPTED' where p.code = any($1::text[])`,
    procurements,
  )
