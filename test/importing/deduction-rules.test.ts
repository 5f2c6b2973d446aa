import { describe, expect, it } from '@jest/globals'
import { importFile, type ImportOptions, type ImportReport } from '../../src/importing/import.js'
import { actsOn } from '../support/acts.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { everything } = actsOn(world)

async function network() {
  const { build } = world
  const province = await build.division({ code: '330000' })
  const basis = await build.document({ number: '示发〔2024〕9号' })
  return { province, basis, city: await build.division({ code: '330100', parentId: province.id }) }
}
const rule = ({ province, basis }: Awaited<ReturnType<typeof network>>, more: object = {}) =>
  world.build.row('deduction_rule', 'drul', { divisionId: province.id, reason: 'RETURNED', points: '1', maxPerMonth: '4', validFrom: '2024-01-01', validTo: '2027-01-01', basisId: basis.id, ...more })
const bring = (text: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> =>
  importFile({ database: world.backbone.database, type: 'deduction-rules', source: { name: 'rules.csv', bytes: Buffer.from(text) }, today, ...more })
const header = 'division,reason,points,maxPerMonth,from,to,basis\n'
const kept = () => world.sql('select d.code, r.reason, r.points::text, r.max_per_month::text as "max", r.valid_from, r.valid_to, r.version from deduction_rule r join division d on d.id = r.division_id order by 1, 2, 5')
const told = ({ faults: all }: ImportReport) => all.map(({ line, column, reason }) => [line, column, reason.en])

describe('heli import deduction-rules', () => {
  it('enters rules in Chinese or English, and changes nothing the second time', async () => {
    await network()
    const text = '区划,扣分事由,每次扣分,每月上限,起始日期,终止日期,依据文件\n330000,逾期未反馈,2,20,2024-03-15,,示发〔2024〕9号\n330000,退回重办,1.5,,2024-03-15,2025-01-01,示发〔2024〕9号\n330100,LATE_ACCEPTANCE,０.25,5.00,2024-03-15,,示发〔2024〕9号\n'
    expect(await bring(text)).toMatchObject({ rows: 3, created: 3, faults: [] })
    expect(await kept()).toEqual([
      { code: '330000', reason: 'LATE_REPORT', points: '2.00', max: '20.00', valid_from: '2024-03-15', valid_to: null, version: 1 },
      { code: '330000', reason: 'RETURNED', points: '1.50', max: null, valid_from: '2024-03-15', valid_to: '2025-01-01', version: 1 },
      { code: '330100', reason: 'LATE_ACCEPTANCE', points: '0.25', max: '5.00', valid_from: '2024-03-15', valid_to: null, version: 1 },
    ])
    const before = await everything()
    expect(await bring(text)).toMatchObject({ unchanged: 3, created: 0, updated: 0 })
    expect(await everything()).toEqual(before)
  })

  it('lets one rule follow another, and keeps what the file has no column for', async () => {
    const made = await network()
    await rule(made, { validTo: null })
    expect(await bring(`${header}330000,RETURNED,2,,2026-01-01,,示发〔2024〕9号\n330000,RETURNED,1,4,2024-01-01,2026-01-01,示发〔2024〕9号\n`)).toMatchObject({ created: 1, updated: 1, faults: [] })
    expect(await bring('division,reason,points,from,basis\n330000,RETURNED,3,2024-01-01,示发〔2024〕9号\n')).toMatchObject({ updated: 1 })
    expect(await kept()).toMatchObject([{ points: '3.00', max: '4.00', valid_to: '2026-01-01', version: 3 }, { points: '2.00', max: null, valid_to: null, version: 1 }])
  })

  it.each([
    ['a division that is not there', '340000,RETURNED,1,,2027-03-15,,示发〔2024〕9号', [[2, 'division', 'There is no division 340000.']]],
    ['a basis that is not there', '330000,RETURNED,1,,2027-03-15,,示发〔2024〕8号', [[2, 'basis', 'There is no document 示发〔2024〕8号.']]],
    ['an end on the first day', '330000,RETURNED,1,,2027-03-15,2027-03-15,示发〔2024〕9号', [[2, 'to', 'The end must be later than the start.']]],
    ['a reason that has no rule', '330000,MANUAL,1,,2027-03-15,,示发〔2024〕9号', [[2, 'reason', 'This is none of the known values.']]],
    ['no points', '330000,RETURNED,0,,2027-03-15,,示发〔2024〕9号', [[2, 'points', 'Points are 0.01 to 100, with two digits after the point at most; got 0.']]],
    ['a third digit', '330000,RETURNED,1.255,,2027-03-15,,示发〔2024〕9号', [[2, 'points', 'Points are 0.01 to 100, with two digits after the point at most; got 1.255.']]],
    ['a limit below the points', '330000,RETURNED,2,1.99,2027-03-15,,示发〔2024〕9号', [[2, 'maxPerMonth', 'The limit of a month is not less than the points of one time.']]],
    ['a rule over a stored one', '330000,RETURNED,1,,2026-12-31,,示发〔2024〕9号', [[2, 'from', 'The division has another rule for this reason: 2024-01-01..2027-01-01.']]],
    ['two rules over each other', '330100,RETURNED,1,,2024-01-01,,示发〔2024〕9号\n330100,RETURNED,1,,2025-01-01,,示发〔2024〕9号', [[3, 'from', 'The division has another rule for this reason: 2024-01-01...']]],
  ])('refuses %s', async (_what, lines, expected) => {
    await rule(await network())
    const before = await everything()
    expect(told(await bring(`${header}${lines}\n`))).toEqual(expected)
    expect(await everything()).toEqual(before)
  })

  it('takes rules of other reasons and divisions on the same days', async () => {
    await rule(await network())
    expect(await bring(`${header}330100,RETURNED,1,,2024-01-01,,示发〔2024〕9号\n330000,LATE_REPORT,1,,2024-01-01,,示发〔2024〕9号\n`)).toMatchObject({ created: 2, faults: [] })
  })
})
