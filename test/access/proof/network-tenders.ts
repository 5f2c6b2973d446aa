/** Tenders, contracts and agencies of the random network: lots in every state, bids sealed, opened, withdrawn and spoilt, contracts of every kind. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import { today } from '../../support/world.js'
import type { Add } from './network.js'
import { employ, yuan } from './network-money.js'
import type { Random } from './random.js'

const dayFrom = (days: number): string => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const instant = (days: number) => `${dayFrom(days)}T02:00:00.000Z`
const fundings = ['ANNUAL_BUDGET', 'PROJECT_APPLICATION']

export function tender(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const someone = () => (chance.chance(0.2) ? null : chance.pick(tables.person).id)
  const living = units.filter(({ endedOn }) => !endedOn)
  const agencies = chance.some(living, 7)
  for (const [at, unit] of agencies.entries()) {
    for (const role of at < 2 ? ['AGENCY_MANAGER', 'DIRECTOR', 'FINANCE_OFFICER'] : []) employ(chance, add, tables, unit, role, true)
    if (at >= 2 && at < 6) employ(chance, add, tables, unit, 'AGENCY_MANAGER')
  }
  // Most of it is bought by a few units with people for each rule of theirs.
  const buyers = chance.some([...new Set(tables.budget_line.map(({ unitId }) => unitId))].filter((id) => living.some((unit) => unit.id === id)), 4)
  for (const id of buyers) for (const role of ['FINANCE_OFFICER', 'DIRECTOR']) employ(chance, add, tables, living.find((unit) => unit.id === id)!, role, true)
  const kept = tables.budget_line.filter(({ unitId }) => buyers.includes(unitId))
  const someLine = () => chance.pick(chance.chance(0.7) ? kept : tables.budget_line)
  const lotStatuses = ['PUBLISHED', 'PUBLISHED', 'OPENED', 'OPENED', 'AWARDED', 'CONTRACTED', 'FAILED'] as const
  for (let at = 0; at < 16; at++) {
    const line = someLine()
    const status = at % 4 === 0 ? 'DRAFT' : chance.pick(['PUBLISHED', 'PUBLISHED', 'CLOSED', 'CANCELLED'])
    const procurement = add('procurement', 'proc', { code: `PR-${String(at).padStart(3, '0')}`, title: `采购${at}`, purchaserId: line.unitId, lineId: line.id, funding: chance.pick(fundings), status, publishedOn: status === 'DRAFT' ? null : dayFrom(-30) })
    for (let number = 1; number <= 1 + chance.below(3); number++) {
      const state = status === 'DRAFT' || status === 'CANCELLED' ? status : chance.pick(lotStatuses)
      const wasOpened = ['OPENED', 'AWARDED', 'CONTRACTED', 'FAILED'].includes(state)
      const lot = add('lot', 'lot', {
        procurementId: procurement.id, number, title: `标段${at}-${number}`, requirement: chance.chance(0.5) ? '要求' : null, ceilingAmount: yuan(100 + chance.below(900)), opensAt: instant(chance.below(20) - 10), status: state,
        openedAt: wasOpened ? instant(-1) : null, openedById: wasOpened ? someone() : null, publicKey: state === 'DRAFT' ? null : 'x',
      })
      if (state === 'DRAFT') continue
      for (const bidder of new Set([chance.pick(agencies.slice(0, 2)), ...chance.some(agencies, chance.below(4))])) {
        const bidStatus = chance.chance(0.2) ? 'WITHDRAWN' : !wasOpened ? 'SEALED' : chance.chance(0.15) ? 'UNREADABLE' : 'OPENED'
        add('bid', 'bid', {
          lotId: lot.id, bidderId: bidder.id, submittedAt: instant(-12), status: bidStatus, amount: bidStatus === 'OPENED' ? yuan(50 + chance.below(50)) : null, proposal: bidStatus === 'OPENED' ? `方案${tables.bid.length}` : null, sealed: 'x',
        })
      }
      const [chosen, other] = chance.some(tables.bid.filter((one) => one.lotId === lot.id && one.status === 'OPENED'), 2)
      const choose = (bid: Tables['bid'][number], answer: string) =>
        add('award', 'awrd', {
          lotId: lot.id, bidId: bid.id, agencyId: bid.bidderId, status: answer, chosenOn: dayFrom(-5), chosenById: someone(), reason: '择优', answeredOn: answer === 'CHOSEN' ? null : dayFrom(-3), answeredById: answer === 'CHOSEN' ? null : someone(),
          answer: answer === 'DECLINED' ? '谢绝' : null,
        })
      if (other && chance.chance(0.5)) choose(other, 'DECLINED')
      if (chosen && ['AWARDED', 'CONTRACTED'].includes(state)) choose(chosen, state === 'CONTRACTED' ? 'ACCEPTED' : chance.pick(['CHOSEN', 'ACCEPTED']))
    }
  }
  for (const unit of [...new Set([...agencies, ...units.filter(({ kind }) => kind === 'SERVICE_AGENCY')])]) {
    const rating = chance.pick([null, 'A3', 'A5'])
    const staff = chance.chance(0.8) ? chance.below(40) : null
    add('agency_profile', 'agpr', {
      unitId: unit.id, registrationLevel: chance.pick(['PROVINCE', 'PREFECTURE', 'COUNTY']), rating, ratedOn: rating && '2025-06-01', ratingValidTo: rating && chance.chance(0.5) ? '2030-06-01' : null, hasPartyOrganisation: chance.chance(0.4),
      fullTimeStaff: staff, partyMembers: staff === null ? null : chance.below(staff + 1), reportedOn: staff === null ? null : dayFrom(-20),
    })
    for (let more = chance.below(3); more > 0; more--) {
      const kind = chance.pick(['START_UP', 'SUPERVISION', 'COMMUNITY_PARTNERSHIP'])
      add('agency_support', 'agsu', { agencyId: unit.id, providerId: someLine().unitId, kind, amount: kind === 'START_UP' ? yuan(1 + chance.below(90_000)) : null, startsOn: '2025-03-01', endsOn: chance.chance(0.4) ? '2026-03-01' : null, note: chance.chance(0.3) ? '扶持' : null })
    }
  }
  const loose = tables.award.filter(({ status }) => status === 'ACCEPTED')
  for (let at = 0; at < 26; at++) {
    const award = chance.chance(0.4) ? loose.pop() : undefined
    const line = award ? tables.budget_line.find(({ id }) => id === tables.procurement.find((one) => one.id === tables.lot.find((lot) => lot.id === award.lotId)!.procurementId)!.lineId)! : someLine()
    perform(chance, add, tables, line, award?.agencyId ?? chance.pick(chance.chance(0.6) ? agencies.slice(0, 2) : agencies).id, award?.id ?? null, at, someone)
  }
}

function perform(chance: Random, add: Add, tables: Tables, line: Tables['budget_line'][number], agencyId: string, awardId: string | null, at: number, someone: () => string | null): void {
  const status = chance.pick(['ACTIVE', 'ACTIVE', 'COMPLETED', 'TERMINATED'])
  const amount = 20 + chance.below(30)
  const made = add('contract', 'ctrt', {
    code: `CT-${String(at).padStart(3, '0')}`, title: `合同${at}`, awardId, lineId: line.id, year: line.year, purchaserId: line.unitId, agencyId, funding: chance.pick(fundings), amount: yuan(amount), signedOn: `${line.year}-01-1${chance.below(10)}`,
    startsOn: `${line.year}-0${1 + chance.below(5)}-05`, endsOn: `${line.year}-0${6 + chance.below(4)}-15`, status, closedOn: status === 'ACTIVE' ? null : dayFrom(-2), reason: status === 'TERMINATED' ? '终止' : null, paidAmount: yuan(0), committedAmount: yuan(0),
  })
  for (let number = 1; number <= chance.below(3); number++) {
    const state = chance.pick(['PLANNED', 'REPORTED', 'RETURNED', 'ACCEPTED'])
    add('contract_milestone', 'cmil', {
      contractId: made.id, number, title: `节点${at}-${number}`, dueOn: made.endsOn, status: state, reportedOn: state === 'PLANNED' ? null : dayFrom(-9), report: state === 'PLANNED' ? null : '已完成', acceptedOn: state === 'ACCEPTED' ? dayFrom(-8) : null,
      returnReason: state === 'RETURNED' ? '不全' : null,
    })
  }
  for (let more = chance.below(4); more > 0; more--) {
    add('evaluation', 'eval', { contractId: made.id, stage: chance.pick(['MID_TERM', 'MID_TERM', 'FINAL']), side: chance.pick(['PURCHASER', 'PURCHASER', 'AGENCY']), result: chance.pick(['PASSED', 'FAILED']), text: `评估${tables.evaluation.length}`, evaluatedOn: dayFrom(-chance.below(60)), evaluatedById: someone() })
  }
  let paid = 0
  for (let more = chance.below(4); more > 0; more--) {
    const part = 1 + chance.below(5)
    const [milestone] = tables.contract_milestone.filter(({ contractId }) => contractId === made.id)
    const payment = add('payment', 'paym', { contractId: made.id, unitId: made.purchaserId, milestoneId: milestone && chance.chance(0.5) ? milestone.id : null, voucher: chance.chance(0.5) ? `付${tables.payment.length}` : null, amount: yuan(part), paidOn: dayFrom(-chance.below(90)), correctsId: null, reason: null })
    paid += part
    if (chance.chance(0.3)) {
      add('payment', 'paym', { contractId: made.id, unitId: made.purchaserId, milestoneId: null, voucher: null, amount: yuan(-1), paidOn: today, correctsId: payment.id, reason: '更正' })
      paid -= 1
    }
  }
  made.paidAmount = yuan(paid)
  made.committedAmount = status === 'TERMINATED' ? made.paidAmount : made.amount
  line.contractedAmount = yuan(Number(line.contractedAmount) + Number(made.committedAmount))
}
