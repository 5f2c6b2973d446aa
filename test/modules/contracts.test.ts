import { describe, expect, it } from '@jest/globals'
import { absent, actsOn, errorFields, fault } from '../support/acts.js'
import { moneyBuilder } from '../support/build-money.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const { done, faults, refusals, replays } = actsOn(world)
const key = { idempotencyKey: 'a' }
const act = (name: string, answer: string, fields: string, input = `${name[0]!.toUpperCase()}${name.slice(1)}Input`) => `mutation ($input: ${input}!) { ${name}(input: $input) { ${answer} { ${fields} } ${errorFields} } }`

const createProcurement = act('procurementCreate', 'procurement', 'id version code purchaser { id } line { id } funding status')
const addLot = act('lotAdd', 'lot', 'id number status opensAt ceilingAmount')
const step = (name: string) => act(name, 'procurement', 'id version status publishedOn lots { status }', 'ProcurementStepInput')
const fail = act('lotFail', 'lot', 'id status', 'LotStepInput')
const choose = act('awardMake', 'award', 'id version status agency { id } bid { id } chosenOn reason lot { status }')
const answer = (name: string) => act(name, 'award', 'id version status answeredOn answer lot { status version }', 'AwardAnswerInput')
const contractFields = 'id version code award { id } line { id contractedAmount restAmount } year purchaser { id } agency { id } funding amount signedOn startsOn endsOn status closedOn reason paidAmount restAmount isPaymentStopped'
const sign = act('contractSign', 'contract', contractFields)
const complete = act('contractComplete', 'contract', 'status closedOn', 'ContractStepInput')
const terminate = act('contractTerminate', 'contract', 'status closedOn reason line { contractedAmount restAmount }')
const addMilestone = act('contractMilestoneAdd', 'contractMilestone', 'id version number status dueOn')
const report = act('contractMilestoneReport', 'contractMilestone', 'version status reportedOn report')
const accept = act('contractMilestoneAccept', 'contractMilestone', 'version status acceptedOn', 'ContractMilestoneStepInput')
const sendBack = act('contractMilestoneReturn', 'contractMilestone', 'version status returnReason')
const evaluation = 'stage side result evaluatedOn contract { isPaymentStopped }'
const evaluate = act('contractEvaluate', 'evaluation', evaluation)
const evaluateByAgency = act('contractEvaluateByAgency', 'evaluation', evaluation, 'ContractEvaluateInput')
const pay = act('paymentMake', 'payment', 'id amount paidOn voucher milestone { id } contract { paidAmount restAmount }')
const correct = act('paymentCorrect', 'payment', 'amount paidOn corrects { id } reason contract { paidAmount restAmount }')

const [officer, manager] = ['bureau FINANCE_OFFICER', 'agency AGENCY_MANAGER']
const everybody = ['bureau', 'agency', 'apart'].flatMap((unit) => ['FINANCE_OFFICER', 'DIRECTOR', 'CLERK', 'AGENCY_MANAGER', 'AUDITOR'].map((role) => `${unit} ${role}`))

/** A bureau with a line of 10,000.00 for 2026, an agency, a third unit, and a contract of 1,000.00 from March to October. */
async function staged() {
  const { build } = world
  const money = moneyBuilder(world)
  const { province } = await build.network()
  const [bureau, agency, apart] = [await build.unit({ divisionId: province.id }), await build.unit({ divisionId: province.id, kind: 'SERVICE_AGENCY' }), await build.unit()]
  for (const [name, unit] of Object.entries({ bureau, agency, apart })) for (const role of ['FINANCE_OFFICER', 'DIRECTOR', 'CLERK', 'AGENCY_MANAGER', 'AUDITOR']) await build.person({ login: `${name} ${role}`, unit: unit.id, role })
  const line = await money.line({ unitId: bureau.id })
  const contract = await money.contract({ lineId: line.id, purchaserId: bureau.id, agencyId: agency.id })
  return { money, bureau, agency, apart, line, contract }
}
type Stage = Awaited<ReturnType<typeof staged>>
const terms = ({ agency, line }: Stage) => ({ ...key, code: 'CT-X', title: '合同', agencyId: agency.id, lineId: line.id, funding: 'PROJECT_APPLICATION', amount: '500', startsOn: '2026-12-01', endsOn: '2026-12-31' })

describe('a tender', () => {
  it('goes from a draft to a contract by choices of both sides', async () => {
    const { money, bureau, agency, apart, line } = await staged()
    const procurement = await done(officer, createProcurement, { ...key, code: 'PR-X', title: '采购', lineId: line.id, funding: 'ANNUAL_BUDGET' })
    expect(procurement).toMatchObject({ version: 1, code: 'PR-X', purchaser: { id: bureau.id }, line: { id: line.id }, status: 'DRAFT' })
    expect(await faults(officer, step('procurementPublish'), { ...key, procurementId: procurement.id, expectedVersion: 1 })).toEqual([fault('REQUIRED', 'input.procurementId')])
    expect(await faults(officer, addLot, { ...key, procurementId: procurement.id, title: '一', ceilingAmount: '5000', opensAt: '2026-11-23T10:00:00+08:00' })).toEqual([fault('OUT_OF_RANGE', 'input.opensAt')])
    const lot = await done(officer, addLot, { ...key, procurementId: procurement.id, title: '一', ceilingAmount: '5000', opensAt: '2026-11-24T10:00:00+08:00' })
    expect(lot).toMatchObject({ number: 1, status: 'DRAFT', ceilingAmount: '5000.00' })
    expect(await done(officer, step('procurementPublish'), { idempotencyKey: 'p', procurementId: procurement.id, expectedVersion: 1 })).toMatchObject({ status: 'PUBLISHED', publishedOn: '2026-11-23', lots: [{ status: 'PUBLISHED' }] })
    expect(await faults(officer, addLot, { idempotencyKey: 'l', procurementId: procurement.id, title: '二', ceilingAmount: '1', opensAt: '2026-11-25T10:00:00+08:00' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.procurementId')])
    await world.sql(`update lot set status = 'OPENED', opened_at = '2026-11-23T02:00:00Z', version = 3`)
    const [cheap, dear] = [await money.bid({ lotId: lot.id, bidderId: agency.id, status: 'OPENED', amount: '4000', proposal: '一' }), await money.bid({ lotId: lot.id, bidderId: apart.id, status: 'OPENED', amount: '4500', proposal: '二' })]

    const first = await done(officer, choose, { ...key, lotId: lot.id, bidId: dear.id, expectedVersion: 3, reason: '方案' })
    expect(first).toMatchObject({ status: 'CHOSEN', agency: { id: apart.id }, bid: { id: dear.id }, chosenOn: '2026-11-23', lot: { status: 'AWARDED' } })
    expect(await done('apart AGENCY_MANAGER', answer('awardDecline'), { ...key, awardId: first.id, expectedVersion: 1, answer: '人手不足' })).toMatchObject({ status: 'DECLINED', answeredOn: '2026-11-23', answer: '人手不足', lot: { status: 'OPENED', version: 5 } })
    expect(await faults(officer, choose, { idempotencyKey: 'b', lotId: lot.id, bidId: dear.id, expectedVersion: 5, reason: '再选' })).toEqual([fault('DECLINED', 'input.bidId')])
    const second = await done(officer, choose, { idempotencyKey: 'c', lotId: lot.id, bidId: cheap.id, expectedVersion: 5, reason: '价格' })
    const signing = { ...key, code: 'CT-Y', title: '合同', awardId: second.id, amount: '4000', startsOn: '2026-12-01', endsOn: '2026-12-31' }
    expect(await faults(officer, sign, signing)).toEqual([fault('ILLEGAL_TRANSITION', 'input.awardId')])
    expect(await done(manager, answer('awardAccept'), { ...key, awardId: second.id, expectedVersion: 1 })).toMatchObject({ status: 'ACCEPTED' })
    expect(await faults(officer, sign, { ...signing, amount: '4000.01' })).toEqual([fault('OUT_OF_RANGE', 'input.amount')])
    expect(await faults(officer, sign, { ...signing, lineId: line.id })).toEqual([fault('AMBIGUOUS', 'input.lineId')])
    expect(await done(officer, sign, signing)).toMatchObject({ award: { id: second.id }, line: { id: line.id, contractedAmount: '5000.00', restAmount: '5000.00' }, agency: { id: agency.id }, funding: 'ANNUAL_BUDGET', amount: '4000.00', status: 'ACTIVE', signedOn: '2026-11-23' })
    expect(await faults(officer, sign, { ...signing, idempotencyKey: 'd', code: 'CT-Z' })).toEqual([fault('TAKEN', 'input.awardId')])
    expect(await done(officer, step('procurementClose'), { idempotencyKey: 'e', procurementId: procurement.id, expectedVersion: 2 })).toMatchObject({ status: 'CLOSED', lots: [{ status: 'CONTRACTED' }] })
  })

  it('is seen by agencies from its publication on, and by nobody else who does not read its money', async () => {
    const { money, bureau } = await staged()
    const procurement = await money.procurement({ purchaserId: bureau.id, status: 'DRAFT', publishedOn: null })
    await money.lot({ procurementId: procurement.id, status: 'DRAFT' })
    const seeing = async () => {
      const found: string[] = []
      for (const login of [...everybody, 'coordinator']) if ((await world.as(login).run('{ procurements { totalCount } lots { totalCount } }')).data.lots.totalCount > 0) found.push(login)
      return found
    }
    expect(await seeing()).toEqual(['bureau FINANCE_OFFICER', 'bureau DIRECTOR', 'coordinator'])
    await world.sql(`update procurement set status = 'PUBLISHED', published_on = '2026-11-20'`)
    expect(await seeing()).toEqual(['bureau FINANCE_OFFICER', 'bureau DIRECTOR', 'bureau AGENCY_MANAGER', 'agency AGENCY_MANAGER', 'apart AGENCY_MANAGER', 'coordinator'])
    const { data } = await world.as(manager).run('{ procurements { nodes { line { id } } } }')
    expect(data.procurements.nodes).toEqual([{ line: null }])
  })

  it('is cancelled while nothing was opened, and a lot without a choice fails', async () => {
    const { money, bureau } = await staged()
    const procurement = await money.procurement({ purchaserId: bureau.id })
    const lot = await money.lot({ procurementId: procurement.id, status: 'OPENED', openedAt: '2026-11-23T00:00:00Z' })
    const input = { ...key, procurementId: procurement.id, expectedVersion: 1 }
    expect(await faults(officer, step('procurementCancel'), input)).toEqual([fault('LOTS_OPENED', 'input.procurementId')])
    expect(await faults(officer, step('procurementClose'), input)).toEqual([fault('LOTS_OPEN', 'input.procurementId')])
    expect(await done(officer, fail, { ...key, lotId: lot.id, expectedVersion: 1 })).toMatchObject({ status: 'FAILED' })
    expect(await done(officer, step('procurementClose'), { ...input, idempotencyKey: 'b' })).toMatchObject({ status: 'CLOSED' })
    const other = await money.procurement({ purchaserId: bureau.id })
    await money.lot({ procurementId: other.id })
    expect(await done(officer, step('procurementCancel'), { ...input, idempotencyKey: 'c', procurementId: other.id })).toMatchObject({ status: 'CANCELLED', lots: [{ status: 'CANCELLED' }] })
  })
})

describe('a contract', () => {
  it('takes its amount out of the line, within its budget year', async () => {
    const stage = await staged()
    const { line, bureau, agency } = stage
    const signed = await done(officer, sign, terms(stage))
    expect(signed).toEqual({
      id: expect.stringMatching(/^ctrt_/), version: 1, code: 'CT-X', award: null, line: { id: line.id, contractedAmount: '1500.00', restAmount: '8500.00' }, year: 2026, purchaser: { id: bureau.id }, agency: { id: agency.id }, funding: 'PROJECT_APPLICATION',
      amount: '500.00', signedOn: '2026-11-23', startsOn: '2026-12-01', endsOn: '2026-12-31', status: 'ACTIVE', closedOn: null, reason: null, paidAmount: '0.00', restAmount: '500.00', isPaymentStopped: false,
    })
    await replays(officer, sign, terms(stage), { title: '另一' })
  })

  it.each([
    ['a day after the budget year', { endsOn: '2027-01-01' }, 'OUTSIDE_BUDGET_YEAR', 'input.endsOn'],
    ['a day before the budget year', { startsOn: '2025-12-31' }, 'OUTSIDE_BUDGET_YEAR', 'input.startsOn'],
    ['an end before the start', { endsOn: '2026-11-30' }, 'OUT_OF_RANGE', 'input.endsOn'],
    ['more than is left of the line', { amount: '9000.01' }, 'INSUFFICIENT', 'input.amount'],
    ['a signature in the future', { signedOn: '2026-11-24' }, 'OUT_OF_RANGE', 'input.signedOn'],
    ['no agency', { agencyId: undefined }, 'REQUIRED', 'input.agencyId'],
    ['an agency that is not there', { agencyId: absent('unit') }, 'UNKNOWN', 'input.agencyId'],
    ['a code that is taken', { code: 'CT-TAKEN' }, 'TAKEN', 'input.code'],
  ])('is refused with %s, and nothing changes', async (_what, more, code, field) => {
    const stage = await staged()
    await world.sql(`update contract set code = 'CT-TAKEN'`)
    expect(await faults(officer, sign, { ...terms(stage), ...more })).toEqual([fault(code, field)])
  })

  it('is signed by FINANCE_OFFICER of the purchaser alone, and read by its parties', async () => {
    const stage = await staged()
    const others = everybody.filter((login) => login !== officer)
    expect(await refusals(sign, terms(stage), others)).toEqual(Object.fromEntries(others.map((login) => [login, login.endsWith('FINANCE_OFFICER') ? 'NOT_FOUND' : 'FORBIDDEN'])))
    const readers: string[] = []
    for (const login of [...everybody, 'coordinator']) if ((await world.as(login).run('{ contracts { totalCount } }')).data.contracts.totalCount > 0) readers.push(login)
    expect(readers).toEqual(['bureau FINANCE_OFFICER', 'bureau DIRECTOR', 'agency FINANCE_OFFICER', 'agency DIRECTOR', 'agency AGENCY_MANAGER', 'coordinator'])
  })

  it('is reported by the agency, accepted by the purchaser, evaluated by both, and then complete', async () => {
    const { contract } = await staged()
    const milestone = await done(officer, addMilestone, { ...key, contractId: contract.id, title: '中期', dueOn: '2026-06-30' })
    expect(milestone).toMatchObject({ number: 1, status: 'PLANNED' })
    expect(await faults(officer, addMilestone, { idempotencyKey: 'x', contractId: contract.id, title: '晚', dueOn: '2026-11-01' })).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    const at = (expectedVersion: number, more: object = {}) => ({ idempotencyKey: `m${expectedVersion}`, milestoneId: milestone.id, expectedVersion, ...more })
    expect(await faults(officer, accept, at(1))).toEqual([fault('ILLEGAL_TRANSITION', 'input.milestoneId')])
    expect(await refusals(report, at(1, { report: '一' }), [officer, 'agency DIRECTOR', 'bureau AGENCY_MANAGER'])).toEqual({ [officer]: 'FORBIDDEN', 'agency DIRECTOR': 'FORBIDDEN', 'bureau AGENCY_MANAGER': 'NOT_FOUND' })
    expect(await done(manager, report, at(1, { report: '完成一半' }))).toEqual({ version: 2, status: 'REPORTED', reportedOn: '2026-11-23', report: '完成一半' })
    expect(await refusals(accept, at(2), [manager, 'agency FINANCE_OFFICER'])).toEqual({ [manager]: 'FORBIDDEN', 'agency FINANCE_OFFICER': 'FORBIDDEN' })
    expect(await done(officer, sendBack, at(2, { reason: '缺附件' }))).toEqual({ version: 3, status: 'RETURNED', returnReason: '缺附件' })
    await done(manager, report, at(3, { report: '已补' }))
    expect(await done(officer, accept, at(4))).toEqual({ version: 5, status: 'ACCEPTED', acceptedOn: '2026-11-23' })

    const closing = { idempotencyKey: 'c', contractId: contract.id, expectedVersion: 1 }
    expect(await faults(officer, complete, closing)).toEqual([fault('NOT_EVALUATED', 'input.contractId'), fault('NOT_EVALUATED', 'input.contractId')])
    const judged = (result: string) => ({ idempotencyKey: 'j', contractId: contract.id, stage: 'FINAL', result, text: '意见' })
    expect(await refusals(evaluate, judged('PASSED'), [manager, 'agency FINANCE_OFFICER', 'bureau DIRECTOR'])).toEqual({ [manager]: 'FORBIDDEN', 'agency FINANCE_OFFICER': 'FORBIDDEN', 'bureau DIRECTOR': 'FORBIDDEN' })
    expect(await refusals(evaluateByAgency, judged('PASSED'), [officer, 'agency DIRECTOR', 'apart AGENCY_MANAGER'])).toEqual({ [officer]: 'FORBIDDEN', 'agency DIRECTOR': 'FORBIDDEN', 'apart AGENCY_MANAGER': 'NOT_FOUND' })
    expect(await done(officer, evaluate, judged('PASSED'))).toMatchObject({ stage: 'FINAL', side: 'PURCHASER', result: 'PASSED', evaluatedOn: '2026-11-23' })
    expect(await done(manager, evaluateByAgency, judged('FAILED'))).toMatchObject({ stage: 'FINAL', side: 'AGENCY', result: 'FAILED', evaluatedOn: '2026-11-23' })
    expect(await done(officer, complete, closing)).toEqual({ status: 'COMPLETED', closedOn: '2026-11-23' })
    expect(await faults(officer, terminate, { ...closing, idempotencyKey: 't', expectedVersion: 2, reason: '晚' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.contractId')])
  })

  it('that is terminated gives back what was not paid', async () => {
    const { contract, money } = await staged()
    await money.payment({ contractId: contract.id, amount: '300' })
    expect(await done(officer, terminate, { ...key, contractId: contract.id, expectedVersion: 1, reason: '机构撤销' })).toEqual({ status: 'TERMINATED', closedOn: '2026-11-23', reason: '机构撤销', line: { contractedAmount: '300.00', restAmount: '9700.00' } })
    expect(await faults(officer, pay, { ...key, contractId: contract.id, amount: '1' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.contractId')])
  })
})

describe('a payment', () => {
  it('is never more than is left of the contract', async () => {
    const { contract, money } = await staged()
    const milestone = await money.milestone({ contractId: contract.id })
    const input = { ...key, contractId: contract.id, amount: '600.5', paidOn: '2026-07-01', voucher: '付-1' }
    expect(await faults(officer, pay, { ...input, milestoneId: milestone.id })).toEqual([fault('OUT_OF_RANGE', 'input.milestoneId')])
    await world.sql(`update contract_milestone set status = 'ACCEPTED'`)
    expect(await done(officer, pay, { ...input, milestoneId: milestone.id })).toEqual({ id: expect.stringMatching(/^paym_/), amount: '600.50', paidOn: '2026-07-01', voucher: '付-1', milestone: { id: milestone.id }, contract: { paidAmount: '600.50', restAmount: '399.50' } })
    expect(await faults(officer, pay, { ...input, idempotencyKey: 'b', voucher: '付-2', amount: '399.51' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    for (const paidOn of ['2026-02-19', '2026-11-24']) expect(await faults(officer, pay, { ...input, idempotencyKey: paidOn, voucher: '付-2', amount: '1', paidOn })).toEqual([fault('OUT_OF_RANGE', 'input.paidOn')])
    expect(await done(officer, pay, { ...input, idempotencyKey: 'c', voucher: '付-2', amount: '399.50' })).toMatchObject({ contract: { restAmount: '0.00' } })
    expect(await faults(officer, pay, { ...input, idempotencyKey: 'd', voucher: '付-3', amount: '0.01' })).toEqual([fault('INSUFFICIENT', 'input.contractId')])
    expect(await refusals(pay, { ...input, idempotencyKey: 'e', amount: '1' }, [manager, 'agency FINANCE_OFFICER', 'bureau DIRECTOR', 'coordinator'])).toEqual({ [manager]: 'FORBIDDEN', 'agency FINANCE_OFFICER': 'FORBIDDEN', 'bureau DIRECTOR': 'FORBIDDEN', coordinator: 'FORBIDDEN' })
  })

  it('stops after a failed mid-term evaluation of the purchaser, until a later one passes', async () => {
    const { contract } = await staged()
    const judge = (login: string, side: string, result: string, idempotencyKey: string) => done(login, side === 'AGENCY' ? evaluateByAgency : evaluate, { idempotencyKey, contractId: contract.id, stage: 'MID_TERM', result, text: '意见' })
    expect(await judge(manager, 'AGENCY', 'FAILED', '1')).toMatchObject({ contract: { isPaymentStopped: false } })
    expect(await judge(officer, 'PURCHASER', 'FAILED', '2')).toMatchObject({ contract: { isPaymentStopped: true } })
    expect(await faults(officer, pay, { ...key, contractId: contract.id, amount: '1' })).toEqual([fault('PAYMENT_STOPPED', 'input.contractId')])
    const { data } = await world.as(officer).run('query ($id: ID!) { contract(id: $id) { viewerCan { paymentMake { allowed reasons { code } } } nextActions { action allowed missing { code } } } }', { id: contract.id })
    expect(data.contract.viewerCan.paymentMake).toEqual({ allowed: false, reasons: [{ code: 'PAYMENT_STOPPED' }] })
    expect(data.contract.nextActions).toContainEqual({ action: 'paymentMake', allowed: false, missing: [{ code: 'PAYMENT_STOPPED' }] })
    expect(await judge(officer, 'PURCHASER', 'PASSED', '3')).toMatchObject({ contract: { isPaymentStopped: false } })
    expect(await done(officer, pay, { ...key, contractId: contract.id, amount: '1' })).toMatchObject({ contract: { paidAmount: '1.00' } })
  })

  it('is corrected by an entry of its own, never below nothing', async () => {
    const { contract, money } = await staged()
    const payment = await money.payment({ contractId: contract.id, amount: '600' })
    expect(await faults(officer, correct, { ...key, paymentId: payment.id, amount: '-600.01', reason: '更正' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    expect(await faults(officer, correct, { ...key, paymentId: payment.id, amount: '400.01', reason: '更正' })).toEqual([fault('INSUFFICIENT', 'input.amount')])
    expect(await done(officer, correct, { ...key, paymentId: payment.id, amount: '-100', reason: '多付' })).toEqual({ amount: '-100.00', paidOn: '2026-11-23', corrects: { id: payment.id }, reason: '多付', contract: { paidAmount: '500.00', restAmount: '500.00' } })
  })
})

describe('the database', () => {
  it.each([
    ['a payment over the contract', `insert into payment (id, contract_id, unit_id, amount, paid_on) select 'paym_x', id, purchaser_id, 1000.01, '2026-05-01' from contract`, 'contract_covered'],
    ['a contract over the line', `update contract set amount = 10000.01`, 'budget_line_covered'],
    ['a contract outside its year', `update contract set ends_on = '2027-01-01'`, 'contract_in_year'],
    ['a contract of another year than its line', `update contract set year = 2025, starts_on = '2025-01-01', ends_on = '2025-12-31'`, 'contract_of_year'],
    ['a purchaser who has not the line', `update contract set purchaser_id = agency_id`, 'contract_of_line'],
    ['a price in a sealed bid', `update bid set amount = 1`, 'bid_sealed'],
  ])('refuses %s', async (_what, statement, rule) => {
    const { money } = await staged()
    await money.bid()
    await expect(world.sql(statement)).rejects.toMatchObject({ constraint: rule })
  })
})
