import { sql } from 'kysely'
import { action, type Facts } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Award, Bid, Lot, Procurement, type AwardStatus, type BidStatus, type LotStatus, type ProcurementStatus } from './procurement.entity.js'
import { awardVerbs, bidVerbs, lotVerbs, procurementVerbs } from './procurement.lifecycle.js'

const procurement = 'input.procurementId'
const facts = {
  status: (row) => row.column('status'),
  lots: (row) => sql`(select count(*)::integer from lot fl where fl.procurement_id = ${row.column('id')})`,
  unsettled: (row) => sql`(select count(*)::integer from lot fl where fl.procurement_id = ${row.column('id')} and fl.status not in ('CONTRACTED', 'FAILED', 'CANCELLED'))`,
  opened: (row) => sql`(select count(*)::integer from lot fl where fl.procurement_id = ${row.column('id')} and fl.opened_at is not null)`,
} satisfies Facts
interface Told {
  status: ProcurementStatus
  lots: number
  unsettled: number
  opened: number
}
const onProcurement = (mutation: 'procurementPublish' | 'procurementClose' | 'procurementCancel', more: (told: Told) => Problem[]) =>
  action<Told>(Procurement, {
    mutation,
    facts,
    missing: (told) => {
      const state = procurementVerbs.faults(mutation, told.status, procurement)
      return state.length > 0 ? state : more(told)
    },
  })
action<Told>(Procurement, {
  mutation: 'lotAdd',
  facts,
  missing: ({ status }) => (status === 'DRAFT' ? [] : [new Problem('ILLEGAL_TRANSITION', procurement, { en: `Lots are added while it is DRAFT; the state is ${status}.`, zh: `仅拟定状态可增加标段，当前为 ${status}。` })]),
})
onProcurement('procurementPublish', ({ lots }) => (lots > 0 ? [] : [new Problem('REQUIRED', procurement, { en: 'It has no lot. Add one first (lotAdd).', zh: '尚无标段，请先增加标段（lotAdd）。' })]))
onProcurement('procurementClose', ({ unsettled }) => (unsettled === 0 ? [] : [new Problem('LOTS_OPEN', procurement, { en: `${unsettled} lots are neither contracted nor failed.`, zh: `尚有 ${unsettled} 个标段未签约或流标。` })]))
onProcurement('procurementCancel', ({ opened }) => (opened === 0 ? [] : [new Problem('LOTS_OPENED', procurement, { en: 'A lot was opened; settle its lots and close it instead.', zh: '已有标段开标，请处理各标段后结束采购。' })]))

/** Only the state and the time are told of, never how many bids there are: whoever asks may not know that yet. */
const lotFacts = { status: (row) => row.column('status') } satisfies Facts
for (const verb of lotVerbs.names) action<{ status: LotStatus }>(Lot, { mutation: verb, facts: lotFacts, missing: ({ status }) => lotVerbs.faults(verb, status, 'input.lotId') })

action<{ status: BidStatus; lotStatus: LotStatus }>(Bid, {
  mutation: 'bidWithdraw',
  facts: { status: (row) => row.column('status'), lotStatus: (row) => row.column('lot.status') },
  missing: ({ status, lotStatus }) => (lotStatus === 'PUBLISHED' ? bidVerbs.faults('bidWithdraw', status, 'input.bidId') : [notTaking('input.bidId')]),
})
export const notTaking = (field: string) => new Problem('ILLEGAL_TRANSITION', field, { en: 'The lot takes no bids, and gives none back.', zh: '该标段不在投标阶段。' })

for (const verb of awardVerbs.names) action<{ status: AwardStatus }>(Award, { mutation: verb, facts: { status: (row) => row.column('status') }, missing: ({ status }) => awardVerbs.faults(verb, status, 'input.awardId') })
