import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { keyFault } from '../../src/doctor.js'
import { openLotKeys } from '../../src/lot-keys.js'
import { rawOf } from '../../src/lot-keys/seal.js'
import { actsOn, errorFields, fault } from '../support/acts.js'
import { moneyBuilder } from '../support/build-money.js'
import { temporaryFolder, useWorld } from '../support/world.js'

const world = useWorld()
const { done, faults, refusals } = actsOn(world)
const keysIn = (folder: string) => openLotKeys({ BID_KEY_DIR: folder, DATA_DIR: 'memory://', isProduction: true })!

const submit = `mutation ($input: BidSubmitInput!) { bidSubmit(input: $input) { bid { id status amount proposal submittedAt bidder { id } lot { id } viewerCan { bidWithdraw { allowed } } } ${errorFields} } }`
const withdraw = `mutation ($input: BidWithdrawInput!) { bidWithdraw(input: $input) { bid { id status amount } ${errorFields} } }`
const openLot = `mutation ($input: LotStepInput!) { lotOpen(input: $input) { lot { id status openedAt openedBy { id } bidderCount bids { totalCount nodes { id status amount proposal bidder { id } } } } ${errorFields} } }`
const publish = `mutation ($input: ProcurementStepInput!) { procurementPublish(input: $input) { procurement { status publishedOn lots { id version status } } ${errorFields} } }`
const secret = '4321.99'

/** A bureau that tenders one lot until tomorrow at ten, and two agencies that bid. */
async function staged() {
  const { build } = world
  const money = moneyBuilder(world)
  const { province, office } = await build.network()
  const unit = (more: object = {}) => build.unit({ divisionId: province.id, ...more })
  const [bureau, one, two, three] = [await unit(), await unit({ kind: 'SERVICE_AGENCY' }), await unit({ kind: 'SERVICE_AGENCY' }), await unit({ kind: 'SERVICE_AGENCY' })]
  for (const role of ['FINANCE_OFFICER', 'DIRECTOR', 'AUDITOR', 'BI_READER']) await build.person({ login: `bureau ${role}`, unit: bureau.id, role })
  for (const [name, { id }] of Object.entries({ one, two, three })) for (const role of ['AGENCY_MANAGER', 'DIRECTOR', 'FINANCE_OFFICER']) await build.person({ login: `${name} ${role}`, unit: id, role })
  await build.person({ login: 'auditor', unit: office.id, role: 'AUDITOR' })
  const procurement = await money.procurement({ purchaserId: bureau.id, status: 'DRAFT', publishedOn: null })
  const lot = await money.lot({ procurementId: procurement.id, status: 'DRAFT', publicKey: null })
  await done('bureau FINANCE_OFFICER', publish, { idempotencyKey: 'p', procurementId: procurement.id, expectedVersion: 1 })
  return { bureau, one, two, three, procurement, lot }
}
type Stage = Awaited<ReturnType<typeof staged>>
const offer = ({ lot, one, two }: Stage, name: 'one' | 'two', amount = secret, key = 'b') => ({ idempotencyKey: `${key}-${name}`, lotId: lot.id, bidderId: { one, two }[name].id, amount, proposal: `方案-${name}-机密` })
const bid = async (stage: Stage, name: 'one' | 'two', amount?: string) => done(`${name} AGENCY_MANAGER`, submit, offer(stage, name, amount))
const open = { idempotencyKey: 'o', expectedVersion: 2 }
/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  return (await Promise.all(tables.map(({ name }) => world.sql<{ text: string }>(`select coalesce(string_agg(t::text, E'\\n'), '') as text from "${name}" t`)))).map(([{ text }]: any) => text).join('\n')
}

describe('before the lot is opened', () => {
  it('a bid, its number and its bidder exist for the bidder alone, by every door', async () => {
    const stage = await staged()
    const { id } = await bid(stage, 'one')
    expect(await done('two AGENCY_MANAGER', submit, offer(stage, 'two', '4000'))).toMatchObject({ status: 'SEALED', amount: null, proposal: null, bidder: { id: stage.two.id }, lot: { id: stage.lot.id }, viewerCan: { bidWithdraw: { allowed: true } } })
    const document = 'query ($id: ID!, $unit: ID!) { bids { totalCount } lots { nodes { bidderCount bids { totalCount } } } some: lots(filter: { bids: { some: { bidder: { id: { eq: $unit } } } } }) { totalCount } counted: lots(filter: { bidderCount: { gte: 0 } }) { totalCount } node: nodes(ids: [$id]) { id } }'
    const seen = async (login: string) => {
      const { data } = await world.as(login).run(document, { id, unit: stage.one.id })
      return { bids: data.bids.totalCount, lots: data.lots.nodes.map((lot: any) => [lot.bidderCount, lot.bids.totalCount]), some: data.some.totalCount, counted: data.counted.totalCount, node: data.node[0] !== null }
    }
    expect(await seen('one AGENCY_MANAGER')).toEqual({ bids: 1, lots: [[null, 1]], some: 1, counted: 0, node: true })
    const none = { bids: 0, lots: [[null, 0]], some: 0, counted: 0, node: false }
    for (const login of ['bureau FINANCE_OFFICER', 'bureau DIRECTOR', 'coordinator', 'three AGENCY_MANAGER']) expect([login, await seen(login)]).toEqual([login, none])
    expect(await seen('two AGENCY_MANAGER')).toEqual({ ...none, bids: 1, lots: [[null, 1]] })
    for (const login of ['one DIRECTOR', 'one FINANCE_OFFICER', 'bureau AUDITOR', 'bureau BI_READER', 'auditor']) expect([login, await seen(login)]).toEqual([login, { ...none, lots: [] }])
  })

  it('the trail of acts does not tell an auditor of it either; once it is opened it does, without values', async () => {
    const stage = await staged()
    await bid(stage, 'one')
    const told = async () => (await world.as('auditor').run('{ auditEntries { nodes { verb changes { type fields { name before after } } } } }')).data.auditEntries.nodes
    expect((await told()).map(({ verb }: { verb: string }) => verb)).toEqual(['procurementPublish'])
    world.day = '2026-11-24'
    await done('bureau FINANCE_OFFICER', openLot, { ...open, lotId: stage.lot.id })
    const entries = await told()
    expect(entries.map(({ verb }: { verb: string }) => verb).sort()).toEqual(['bidSubmit', 'lotOpen', 'procurementPublish'])
    const values = entries.flatMap(({ changes }: any) => changes).filter(({ type }: any) => type === 'Bid').flatMap(({ fields }: any) => fields)
    expect(values.length).toBeGreaterThan(4)
    expect(values.every(({ before, after }: any) => before === null && after === null)).toBe(true)
  })

  it('a copy of the whole database holds neither price nor words, and no digest of which they could be tried', async () => {
    const stage = await staged()
    await bid(stage, 'one')
    const before = await dump()
    for (const text of [secret, '432199', '4321.9', '方案-one', '机密', Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) expect([text, before.includes(text)]).toEqual([text, false])
    const [{ hash, key }] = (await world.sql<{ hash: string; key: string }>(`select input_hash as hash, key from idempotency where mutation = 'bidSubmit'`)) as [{ hash: string; key: string }]
    const { createHash } = await import('node:crypto')
    const { lot, one } = stage
    const guess = { amount: secret, bidderId: one.id, idempotencyKey: key, lotId: lot.id, proposal: '方案-one-机密' }
    expect(hash).not.toBe(createHash('sha256').update(JSON.stringify(guess)).digest('hex'))
    world.day = '2026-11-24'
    await done('bureau FINANCE_OFFICER', openLot, { ...open, lotId: lot.id })
    // So the look would have found them.
    expect([(await dump()).includes(secret), (await dump()).includes('方案-one-机密')]).toEqual([true, true])
  })

  it('is opened by no other hour and nobody else', async () => {
    const stage = await staged()
    await bid(stage, 'one')
    const input = { ...open, lotId: stage.lot.id }
    expect(await faults('bureau FINANCE_OFFICER', openLot, input)).toEqual([fault('TOO_EARLY', 'input.lotId')])
    world.day = '2026-11-24'
    expect(await refusals(openLot, input, ['coordinator', 'bureau DIRECTOR', 'one AGENCY_MANAGER', 'one FINANCE_OFFICER', 'auditor'])).toEqual({ coordinator: 'FORBIDDEN', 'bureau DIRECTOR': 'FORBIDDEN', 'one AGENCY_MANAGER': 'FORBIDDEN', 'one FINANCE_OFFICER': 'NOT_FOUND', auditor: 'FORBIDDEN' })
    // Time alone opens nothing.
    world.day = '2026-12-24'
    const { data } = await world.as('bureau FINANCE_OFFICER').run('{ bids { totalCount } lots { nodes { bidderCount } } }')
    expect(data).toEqual({ bids: { totalCount: 0 }, lots: { nodes: [{ bidderCount: null }] } })
  })
})

describe('a bid', () => {
  it('is taken until the hour, and not after', async () => {
    const stage = await staged()
    world.day = '2026-11-24'
    await bid(stage, 'one')
    world.day = '2026-11-25'
    expect(await faults('two AGENCY_MANAGER', submit, offer(stage, 'two'))).toEqual([fault('TOO_LATE', 'input.lotId')])
    const [{ id }] = (await world.sql<{ id: string }>('select id from bid')) as [{ id: string }]
    expect(await faults('one AGENCY_MANAGER', withdraw, { idempotencyKey: 'w', bidId: id, expectedVersion: 1 })).toEqual([fault('TOO_LATE', 'input.bidId')])
  })

  it('is sent again with its key for nothing, and with another price for a conflict', async () => {
    const stage = await staged()
    const first = await bid(stage, 'one')
    expect((await bid(stage, 'one')).id).toBe(first.id)
    expect(await faults('one AGENCY_MANAGER', submit, offer(stage, 'one', '4321.98'))).toEqual([fault('CONFLICT', 'input.idempotencyKey')])
    expect(await faults('one AGENCY_MANAGER', submit, offer(stage, 'one', secret, 'again'))).toEqual([fault('TAKEN', 'input.lotId')])
  })

  it('is withdrawn and replaced before the hour; what was withdrawn is never opened', async () => {
    const stage = await staged()
    const first = await bid(stage, 'one')
    expect(await done('one AGENCY_MANAGER', withdraw, { idempotencyKey: 'w', bidId: first.id, expectedVersion: 1 })).toEqual({ id: first.id, status: 'WITHDRAWN', amount: null })
    const second = await done('one AGENCY_MANAGER', submit, offer(stage, 'one', '4100', 'again'))
    world.day = '2026-11-24'
    const lot = await done('bureau FINANCE_OFFICER', openLot, { ...open, lotId: stage.lot.id })
    expect(lot.bids.nodes).toEqual([{ id: second.id, status: 'OPENED', amount: '4100.00', proposal: '方案-one-机密', bidder: { id: stage.one.id } }])
    expect(await world.sql('select status, amount from bid where id = $1', [first.id])).toEqual([{ status: 'WITHDRAWN', amount: null }])
    expect((await world.as('one AGENCY_MANAGER').run('{ bids { totalCount } }')).data.bids.totalCount).toBe(2)
  })

  it('is for one\'s own unit; a refusal does not tell whether that unit has bid', async () => {
    const stage = await staged()
    const before = await refusals(submit, { ...offer(stage, 'one'), idempotencyKey: 'x' }, ['two AGENCY_MANAGER', 'bureau FINANCE_OFFICER', 'coordinator', 'one DIRECTOR'])
    await bid(stage, 'one')
    expect(await refusals(submit, { ...offer(stage, 'one'), idempotencyKey: 'x' }, ['two AGENCY_MANAGER', 'bureau FINANCE_OFFICER', 'coordinator', 'one DIRECTOR'])).toEqual(before)
    expect(before).toEqual({ 'two AGENCY_MANAGER': 'FORBIDDEN', 'bureau FINANCE_OFFICER': 'FORBIDDEN', coordinator: 'FORBIDDEN', 'one DIRECTOR': 'FORBIDDEN' })
  })

  it.each([['above the ceiling', { amount: '5000.01' }, 'OUT_OF_RANGE', 'input.amount'], ['of nothing', { amount: '0' }, 'OUT_OF_RANGE', 'input.amount'], ['without words', { proposal: ' ' }, 'OUT_OF_RANGE', 'input.proposal']])('%s is refused', async (_what, more, code, field) => {
    const stage = await staged()
    expect(await faults('one AGENCY_MANAGER', submit, { ...offer(stage, 'one'), ...more })).toEqual([fault(code, field)])
  })
})

describe('the opening', () => {
  it('shows every bid to the bidders and to FINANCE_OFFICER of the purchaser, and to nobody else', async () => {
    const stage = await staged()
    const [first, second] = [await bid(stage, 'one'), await bid(stage, 'two', '4000')]
    world.day = '2026-11-24'
    const opened = [
      { id: first.id, status: 'OPENED', amount: '4321.99', proposal: '方案-one-机密', bidder: { id: stage.one.id } },
      { id: second.id, status: 'OPENED', amount: '4000.00', proposal: '方案-two-机密', bidder: { id: stage.two.id } },
    ]
    const officer = (await world.sql<{ id: string }>(`select person_id as id from account where subject = 'bureau FINANCE_OFFICER'`))[0]!
    expect(await done('bureau FINANCE_OFFICER', openLot, { ...open, lotId: stage.lot.id })).toEqual({ id: stage.lot.id, status: 'OPENED', openedAt: '2026-11-24T02:00:00+00:00', openedBy: officer, bidderCount: 2, bids: { totalCount: 2, nodes: opened } })
    const seen = async (login: string) => {
      const { data, masked } = await world.as(login).run('{ bids(orderBy: [{ field: AMOUNT }]) { nodes { amount } } lots { nodes { bidderCount } } }')
      return [data.bids.nodes.map(({ amount }: { amount: string }) => amount), data.lots.nodes.map((lot: any) => lot.bidderCount), masked]
    }
    for (const login of ['bureau FINANCE_OFFICER', 'one AGENCY_MANAGER', 'two AGENCY_MANAGER']) expect([login, await seen(login)]).toEqual([login, [['4000.00', '4321.99'], [2], {}]])
    for (const login of ['coordinator', 'bureau DIRECTOR', 'three AGENCY_MANAGER']) expect([login, await seen(login)]).toEqual([login, [[], [null], { 'Lot.bidderCount': 1 }]])
    for (const login of ['one DIRECTOR', 'bureau AUDITOR', 'bureau BI_READER']) expect([login, await seen(login)]).toEqual([login, [[], [], {}]])
    expect(await faults('bureau FINANCE_OFFICER', openLot, { idempotencyKey: 'p', lotId: stage.lot.id, expectedVersion: 3 })).toEqual([fault('ILLEGAL_TRANSITION', 'input.lotId')])
    expect(await faults('two AGENCY_MANAGER', submit, { ...offer(stage, 'two'), idempotencyKey: 'late' })).toEqual([fault('ILLEGAL_TRANSITION', 'input.lotId')])
  })

  it('says which bid is not what was sealed, and opens the others', async () => {
    const stage = await staged()
    const [first, second] = [await bid(stage, 'one'), await bid(stage, 'two', '4000')]
    // The dearer one's envelope put into the cheaper one's row.
    await world.sql('update bid set sealed = (select sealed from bid where id = $1) where id = $2', [first.id, second.id])
    world.day = '2026-11-24'
    const lot = await done('bureau FINANCE_OFFICER', openLot, { ...open, lotId: stage.lot.id })
    expect(lot.bids.nodes.map(({ id, status, amount }: any) => [id, status, amount])).toEqual([[first.id, 'OPENED', '4321.99'], [second.id, 'UNREADABLE', null]])
  })

  it('by a server with other keys is refused in clear words, and so are bids', async () => {
    const stage = await staged()
    await bid(stage, 'one')
    await world.sql('update lot set public_key = $1', [rawOf(generateKeyPairSync('x25519').publicKey).toString('base64url')])
    expect(await faults('two AGENCY_MANAGER', submit, offer(stage, 'two'))).toEqual([fault('KEY_LOST', 'input.lotId')])
    world.day = '2026-11-24'
    expect(await faults('bureau FINANCE_OFFICER', openLot, { ...open, lotId: stage.lot.id })).toEqual([fault('KEY_LOST', 'input.lotId')])
    const { data } = await world.as('bureau FINANCE_OFFICER').run(`mutation ($input: LotStepInput!) { lotOpen(input: $input) { userErrors { message } } }`, { input: { ...open, lotId: stage.lot.id } })
    expect(data.lotOpen.userErrors[0].message).toContain('must restore the key folder (BID_KEY_DIR)')
  })
})

describe('the doctor', () => {
  it('tells of lots that could not be opened here, before their hour comes', async () => {
    const { lot } = await staged()
    const { database, lotKeys } = world.backbone
    expect(await keyFault({ database, lotKeys })).toBeUndefined()
    for (const other of [undefined, keysIn(join(await temporaryFolder(), 'keys'))]) expect(await keyFault({ database, lotKeys: other })).toBe('1 lots take bids that could not be opened here; restore the folder that BID_KEY_DIR names from where it was kept')
    await world.sql(`update lot set status = 'CANCELLED' where id = $1`, [lot.id])
    expect(await keyFault({ database, lotKeys: undefined })).toBeUndefined()
  })
})

describe('keys of lots', () => {
  const [lot, other, bidId] = ['lot_a', 'lot_b', 'bid_a']

  it('open what another instance with the same folder sealed, and nothing with another folder', async () => {
    const [folder, elsewhere] = [join(await temporaryFolder(), 'keys'), join(await temporaryFolder(), 'keys')]
    const [here, there, apart] = [keysIn(folder), keysIn(folder), keysIn(elsewhere)]
    // Both begin at once, on a folder that does not exist yet.
    const [mine, theirs] = await Promise.all([here.publicKey(lot), there.publicKey(lot)])
    expect(theirs).toBe(mine)
    const sealed = here.seal({ amount: secret, proposal: '方案' }, mine, lot, bidId)
    expect((await there.opener(lot, mine))!(sealed, bidId)).toEqual({ amount: secret, proposal: '方案' })
    expect(await apart.opener(lot, mine)).toBeUndefined()
    expect([await here.blind('x'), await apart.blind('x') === await here.blind('x')]).toEqual([await there.blind('x'), false])
    await rm(folder, { recursive: true })
    expect(await there.opener(lot, mine)).toBeUndefined()
  })

  it('are not made up where the file is there and says nothing', async () => {
    const folder = await temporaryFolder()
    await mkdir(folder, { recursive: true })
    await (await import('node:fs/promises')).writeFile(join(folder, 'lots.key'), 'abc')
    await expect(keysIn(folder).publicKey(lot)).rejects.toThrow(/does not hold the 64 hexadecimal digits/)
  })

  it('are kept by no server in production that was not told where', () => {
    expect(openLotKeys({ DATA_DIR: '.heli', isProduction: true })).toBeUndefined()
  })

  it('open nothing under another lot or for another bid, nor after any bit is changed; the length tells nothing of the price', async () => {
    const keys = keysIn(join(await temporaryFolder(), 'keys'))
    const [key, otherKey] = [await keys.publicKey(lot), await keys.publicKey(other)]
    const sealed = keys.seal({ amount: secret, proposal: '方案' }, key, lot, bidId)
    const [opens, opensOther] = [(await keys.opener(lot, key))!, (await keys.opener(other, otherKey))!]
    expect(opens(sealed, bidId)).toEqual({ amount: secret, proposal: '方案' })
    expect([opens(sealed, 'bid_b'), opensOther(sealed, bidId), opens('', bidId), opens('x', bidId)]).toEqual([undefined, undefined, undefined, undefined])
    // Sealed with the right key, but said to be of another lot.
    expect(opens(keys.seal({ amount: secret, proposal: '方案' }, key, other, bidId), bidId)).toBeUndefined()
    expect(keys.seal({ amount: '1.00', proposal: '短' }, key, lot, bidId)).toHaveLength(sealed.length)
    fc.assert(fc.property(fc.nat(Buffer.from(sealed, 'base64').length * 8 - 1), (bit) => {
      const changed = Buffer.from(sealed, 'base64')
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(opens(changed.toString('base64'), bidId)).toBeUndefined()
    }), { numRuns: 200 })
  })
})
