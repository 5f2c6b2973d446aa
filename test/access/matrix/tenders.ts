import type { World } from '../../support/world.js'
import { moneyBuilder } from '../../support/build-money.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

/** What the bureau tenders and buys, with the school for an agency; each has one who keeps its money. */
async function staged(world: World, { bureau, school }: Base) {
  const { build, sql } = world
  const money = moneyBuilder(world)
  for (const [at, unit] of [['bureau', bureau], ['school', school]] as const) await build.person({ login: `${at} treasurer`, unit: unit.id, role: 'FINANCE_OFFICER' })
  await build.person({ login: 'school AGENCY_MANAGER', unit: school.id, role: 'AGENCY_MANAGER' })
  await sql(`update unit set kind = 'SERVICE_AGENCY' where id = $1`, [school.id])
  const line = await money.line({ unitId: bureau.id })
  const procurement = await money.procurement({ lineId: line.id, purchaserId: bureau.id })
  const draft = await money.procurement({ lineId: line.id, purchaserId: bureau.id, status: 'DRAFT', publishedOn: null })
  await money.lot({ procurementId: draft.id, status: 'DRAFT', publicKey: null })
  const lot = await money.lot({ procurementId: procurement.id, status: 'OPENED', openedAt: '2026-11-22T02:00:00Z' })
  const taking = await money.lot({ procurementId: procurement.id })
  const sealed = await money.bid({ lotId: taking.id, bidderId: school.id })
  const bid = await money.bid({ lotId: lot.id, bidderId: school.id, status: 'OPENED', amount: '4000', proposal: '方案' })
  const rival = await money.bid({ lotId: lot.id, status: 'OPENED', amount: '4100', proposal: '方案' })
  const award = await money.award({ bidId: bid.id, lotId: lot.id, agencyId: school.id })
  const contract = await money.contract({ lineId: line.id, purchaserId: bureau.id, agencyId: school.id })
  const step = await money.milestone({ contractId: contract.id, status: 'REPORTED' })
  const evaluation = await money.evaluation({ contractId: contract.id })
  const payment = await money.payment({ contractId: contract.id })
  const profile = await money.profile({ unitId: school.id })
  const support = await money.support({ agencyId: school.id, providerId: bureau.id })
  return { tender: { line, procurement, draft, lot, taking, sealed, bid, rival, award, contract, step, evaluation, payment, profile, support } }
}
type Stage = Awaited<ReturnType<typeof staged>> & Base

const [keeper, receiver, manager, system] = ['bureau treasurer', 'school treasurer', 'school AGENCY_MANAGER', 'bureau SYSTEM_ADMIN']

export function tendersPart(world: World): Part {
  const { reads, exists, acts } = casesOn<Stage>(world)
  const sql = (text: string, values: unknown[] = []) => world.sql(text, values)
  return {
    stage: (base) => staged(world, base),
    ids: ({ tender }: Stage) => ({
      Procurement: tender.procurement.id, Lot: tender.lot.id, Award: tender.award.id, Contract: tender.contract.id, ContractMilestone: tender.step.id, Evaluation: tender.evaluation.id, Payment: tender.payment.id,
      AgencyProfile: tender.profile.id, AgencySupport: tender.support.id,
    }),
    registry: {
      ...exists('Procurement', ({ tender }) => tender.draft.id, 'bureau DIRECTOR', manager),
      ...exists('Lot', ({ tender }) => tender.lot.id, manager, 'bureau CLERK'),
      ...exists('Bid', ({ tender }) => tender.rival.id, keeper, 'coordinator'),
      ...exists('Award', ({ tender }) => tender.award.id, 'coordinator', receiver),
      ...exists('Contract', ({ tender }) => tender.contract.id, receiver, 'apart COORDINATOR'),
      ...exists('ContractMilestone', ({ tender }) => tender.step.id, manager, 'bureau CLERK'),
      ...exists('Evaluation', ({ tender }) => tender.evaluation.id, 'school DIRECTOR', 'bureau HR_OFFICER'),
      ...exists('Payment', ({ tender }) => tender.payment.id, 'coordinator', 'bureau AUDITOR'),
      ...exists('AgencySupport', ({ tender }) => tender.support.id, manager, receiver),
      ...reads('Lot', 'bidderCount', ({ tender }) => tender.lot.id, manager, 'coordinator'),
      ...reads('Unit', 'budgetedShare', ({ bureau }) => bureau.id, 'coordinator', receiver),
      ...reads('AgencyProfile', 'budgetedShare', ({ tender }) => tender.profile.id, receiver, 'coordinator'),
      ...reads('AgencyProfile', 'contractGapDays', ({ tender }) => tender.profile.id, manager, keeper),
      ...Object.assign({}, ...['fullTimeStaff', 'partyMembers', 'reportedOn'].map((field) => reads('AgencyProfile', field, ({ tender }) => tender.profile.id, 'coordinator', receiver))),
      ...acts('procurementCreate', ({ tender }) => ({ code: 'NEW', title: '新', lineId: tender.line.id, funding: 'ANNUAL_BUDGET' }), keeper, 'bureau DIRECTOR'),
      ...acts('lotAdd', ({ tender }) => ({ procurementId: tender.draft.id, title: '新', ceilingAmount: '1', opensAt: '2026-12-01T00:00:00Z' }), keeper, 'bureau DIRECTOR'),
      ...acts('procurementPublish', ({ tender }) => versioned('procurementId', tender.draft), keeper, 'bureau DIRECTOR'),
      ...acts('procurementClose', ({ tender }) => versioned('procurementId', tender.procurement), keeper, 'coordinator', () => sql(`update lot set status = 'FAILED', opened_at = '2026-11-22T02:00:00Z'`)),
      ...acts('procurementCancel', ({ tender }) => versioned('procurementId', tender.draft), keeper, 'bureau DIRECTOR'),
      ...acts('lotOpen', ({ tender }) => versioned('lotId', tender.taking), keeper, 'bureau DIRECTOR', async ({ tender }) =>
        sql(`update lot set opens_at = '2026-11-22T00:00:00Z', public_key = $2 where id = $1`, [tender.taking.id, await world.backbone.lotKeys!.publicKey(tender.taking.id)])),
      ...acts('lotFail', ({ tender }) => versioned('lotId', tender.lot), keeper, 'bureau DIRECTOR'),
      ...acts('awardMake', ({ tender }) => versioned('lotId', tender.lot, { bidId: tender.rival.id, reason: '择优' }), keeper, manager, () => sql(`update award set status = 'DECLINED'`)),
      ...acts('bidSubmit', ({ tender, school }) => ({ lotId: tender.taking.id, bidderId: school.id, amount: '1', proposal: '方案' }), manager, keeper, async ({ tender }) => {
        await sql(`update bid set status = 'WITHDRAWN' where status = 'SEALED'`)
        await sql('update lot set public_key = $2 where id = $1', [tender.taking.id, await world.backbone.lotKeys!.publicKey(tender.taking.id)])
      }),
      // Whoever sees a sealed bid may withdraw it, so the one kept out tries an opened one: the right is asked before the state.
      'Mutation.bidWithdraw': {
        allowed: manager, denied: keeper,
        async passes(login, { tender }) {
          const { codes } = await world.as(login).run('mutation ($input: BidWithdrawInput!) { bidWithdraw(input: $input) { userErrors { code } } }', { input: { idempotencyKey: 'a', ...versioned('bidId', login === manager ? tender.sealed : tender.bid) } })
          return codes.length === 0
        },
      },
      ...acts('awardAccept', ({ tender }) => versioned('awardId', tender.award), manager, keeper),
      ...acts('awardDecline', ({ tender }) => versioned('awardId', tender.award), manager, 'coordinator', () => sql(`update lot set status = 'AWARDED' where status = 'OPENED'`)),
      ...acts('contractSign', ({ tender, school }) => ({ code: 'NEW', title: '新', lineId: tender.line.id, agencyId: school.id, funding: 'ANNUAL_BUDGET', amount: '1', startsOn: '2026-12-01', endsOn: '2026-12-02' }), keeper, 'bureau DIRECTOR'),
      ...acts('contractMilestoneAdd', ({ tender }) => ({ contractId: tender.contract.id, title: '新', dueOn: '2026-06-01' }), keeper, manager),
      ...acts('contractComplete', ({ tender }) => versioned('contractId', tender.contract), keeper, manager, async ({ tender }) => {
        await sql(`update contract_milestone set status = 'ACCEPTED'`)
        for (const side of ['PURCHASER', 'AGENCY']) await sql(`insert into evaluation (id, contract_id, stage, side, result, text, evaluated_on) values ($1, $2, 'FINAL', $1, 'PASSED', '合格', '2026-11-01') on conflict do nothing`, [side, tender.contract.id])
      }),
      ...acts('contractTerminate', ({ tender }) => versioned('contractId', tender.contract, { reason: '终止' }), keeper, receiver),
      ...acts('paymentMake', ({ tender }) => ({ contractId: tender.contract.id, amount: '1' }), keeper, receiver),
      ...acts('paymentCorrect', ({ tender }) => ({ paymentId: tender.payment.id, amount: '-1', reason: '更正' }), keeper, manager),
      ...acts('contractEvaluate', ({ tender }) => ({ contractId: tender.contract.id, stage: 'FINAL', result: 'PASSED', text: '好' }), keeper, manager),
      ...acts('contractEvaluateByAgency', ({ tender }) => ({ contractId: tender.contract.id, stage: 'FINAL', result: 'PASSED', text: '好' }), manager, keeper),
      ...acts('contractMilestoneReport', ({ tender }) => versioned('milestoneId', tender.step, { report: '已完成' }), manager, keeper, () => sql(`update contract_milestone set status = 'PLANNED'`)),
      ...acts('contractMilestoneAccept', ({ tender }) => versioned('milestoneId', tender.step), keeper, manager),
      ...acts('contractMilestoneReturn', ({ tender }) => versioned('milestoneId', tender.step, { reason: '不全' }), keeper, manager),
      ...acts('agencyProfileCreate', ({ school }) => ({ unitId: school.id, registrationLevel: 'COUNTY' }), system, manager, () => sql('delete from agency_profile')),
      ...acts('agencyProfileUpdate', ({ tender }) => versioned('agencyProfileId', tender.profile, { hasPartyOrganisation: true }), system, manager),
      ...acts('agencyStaffReport', ({ tender }) => versioned('agencyProfileId', tender.profile, { fullTimeStaff: 2, partyMembers: 1 }), manager, system),
      ...acts('agencySupportGive', ({ bureau, school }) => ({ agencyId: school.id, providerId: bureau.id, kind: 'SUPERVISION', startsOn: '2026-01-01' }), keeper, manager),
      ...acts('agencySupportEnd', ({ tender }) => versioned('supportId', tender.support, { endsOn: '2026-12-01' }), keeper, 'school DIRECTOR'),
    },
  }
}
