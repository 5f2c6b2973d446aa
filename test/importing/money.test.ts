import { describe, expect, it } from '@jest/globals'
import { importFile, type ImportReport, type ImportType } from '../../src/importing/import.js'
import { actsOn } from '../support/acts.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { everything } = actsOn(world)
const bring = (type: ImportType, text: string): Promise<ImportReport> => importFile({ database: world.backbone.database, type, source: { name: `${type}.csv`, bytes: Buffer.from(text) }, today })
const told = ({ faults }: ImportReport) => faults.map(({ line, column, reason }) => [line, column, reason.en])

async function network() {
  const { build } = world
  const province = await build.division({ code: '330000' })
  const unit = (code: string, kind = 'CIVIL_AFFAIRS') => build.unit({ code, divisionId: province.id, kind })
  await unit('CIV')
  await unit('CIV-1')
  await unit('AG', 'SERVICE_AGENCY')
}
// In the words of the national return, the amounts in 万元 where it has them so.
const files: [ImportType, string][] = [
  ['opening-balances', '区划,填报单位,年度,资金来源,用途,投入总量（万元）,备注\n330000,CIV,2024,财政性资金,社会工作,1234.567891,\n330000,CIV,2024,福利彩票公益金,志愿服务,12,期初\n'],
  ['budget-lines', '预算编号,项目名称,年度,预算单位,资金来源,用途,资金层级,投入总量（万元）,批复日期\nB1,购买社工服务,2026,CIV,财政性资金,社会工作,省级,1.5,2026-01-20\nB2,激励,2026,CIV,福彩金,激励保障,PROVINCE,0.01,\n'],
  ['allocations', '预算编号,凭证号,接收单位,下达日期,承诺到账日期,金额,更正凭证号,更正原因\nB1,拨2,CIV-1,2026-04-01,2026-05-01,-100,拨1,多拨\nB1,拨1,CIV-1,2026-03-01,2026-04-01,"5,000.50",,\n'],
  ['disbursements', '预算编号,下达凭证号,凭证号,到账日期,金额\nB1,拨1,到1,2026-04-11,4000\n'],
  ['lots', '采购编号,项目名称,预算编号,经费方式,公告日期,标段号,标段名称,最高限价,开标时间,状态\nP1,采购,B1,年度预算,2026-01-21,1,老年人,7000,2026-02-10 10:00,已签约\nP1,采购,B1,年度预算,2026-01-21,2,医务,5000,2026年2月10日 9：30,流标\n'],
  ['bids', '采购编号,标段号,投标方,投标时间,报价,服务方案,是否中标,定标日期,定标理由\nP1,1,AG,2026-02-09 17:00,6000,派驻两人,是,2026-02-12,择优\nP1,1,CIV-1,2026-02-09 18:00,6500,派驻一人,否,,\n'],
  ['contracts', '合同编号,合同名称,预算编号,承接方,经费方式,合同金额,签订日期,开始日期,结束日期,合同状态,终结日期,终止原因,采购编号,标段号\nC1,服务,B1,AG,年度预算,6000,2026-02-20,2026-03-01,2026-10-31,履行中,,,P1,1\nC2,服务,B1,AG,PROJECT_APPLICATION,90000,2026-02-20,2026-03-01,2026-10-31,已终止,2026-05-01,撤并,,\n'],
  ['contract-milestones', '合同编号,序号,内容,计划日期,状态,报告日期,报告内容,验收日期\nC1,1,中期,2026-06-30,已验收,2026-06-28,完成,2026-07-01\nC1,2,末期,2026-10-31,待完成,,,\n'],
  ['evaluations', '合同编号,评估阶段,评估方,评估日期,评估结果,评估意见\nC1,中期,购买方,2026-07-01,不合格,整改\n'],
  ['payments', '合同编号,凭证号,节点序号,支付日期,金额\nC1,付1,1,2026-07-10,2400\nC2,付1,,2026-04-10,1000\n'],
  ['agencies', '机构代码,登记层级,评估等级,评估日期,基层党组织,专职工作人员,专职工作人员中的党员,统计日期\nAG,县区级,3A,2025-06-01,是,12,3,2026-09-30\n'],
  ['agency-supports', '机构代码,扶持单位,扶持方式,开始日期,金额\nAG,CIV,起步资助,2026-03-01,50000\n'],
]
const rowsOf = (text: string) => text.trim().split('\n').length - 1

describe('heli import, money', () => {
  it('enters every type in the words of the national return, keeps the totals, and changes nothing the second time', async () => {
    await network()
    for (const [type, text] of files) expect([type, await bring(type, text)]).toMatchObject([type, { created: rowsOf(text), faults: [] }])
    expect(await world.sql('select code, planned_amount::text as planned, allocated_amount::text as allocated, contracted_amount::text as contracted from budget_line order by 1')).toEqual([
      { code: 'B1', planned: '15000.00', allocated: '4900.50', contracted: '7000.00' },
      { code: 'B2', planned: '100.00', allocated: '0.00', contracted: '0.00' },
    ])
    expect(await world.sql('select voucher, net_amount::text as net, arrived_amount::text as arrived from allocation order by 1')).toEqual([{ voucher: '拨1', net: '4900.50', arrived: '4000.00' }, { voucher: '拨2', net: '0.00', arrived: '0.00' }])
    expect(await world.sql('select code, paid_amount::text as paid, status, year from contract order by 1')).toEqual([{ code: 'C1', paid: '2400.00', status: 'ACTIVE', year: 2026 }, { code: 'C2', paid: '1000.00', status: 'TERMINATED', year: 2026 }])
    expect(await world.sql(`select p.status, l.number, l.opens_at::text as opens, l.status as lot, (select count(*)::int from bid b where b.lot_id = l.id) as bids, a.status as award, c.code from procurement p join lot l on l.procurement_id = p.id left join award a on a.lot_id = l.id left join contract c on c.award_id = a.id order by 2`)).toEqual([
      { status: 'CLOSED', number: 1, opens: '2026-02-10 02:00:00+00', lot: 'CONTRACTED', bids: 2, award: 'ACCEPTED', code: 'C1' },
      { status: 'CLOSED', number: 2, opens: '2026-02-10 01:30:00+00', lot: 'FAILED', bids: 0, award: null, code: null },
    ])
    expect(await world.sql('select amount::text as amount from opening_balance order by 1')).toEqual([{ amount: '120000.00' }, { amount: '12345678.91' }])
    expect(await world.sql('select rating, has_party_organisation as party, full_time_staff as staff from agency_profile')).toEqual([{ rating: 'A3', party: true, staff: 12 }])
    const before = await everything()
    for (const [type, text] of files) expect([type, await bring(type, text)]).toMatchObject([type, { created: 0, updated: 0, unchanged: rowsOf(text), faults: [] }])
    expect(await everything()).toEqual(before)
  })

  it.each<[ImportType, string, unknown[]]>([
    ['allocations', '预算编号,凭证号,接收单位,下达日期,承诺到账日期,金额\nB1,拨3,CIV-1,2026-03-01,2026-04-01,3000\nB1,拨4,CIV-1,2026-03-01,2026-04-01,99.51\nB1,拨5,CIV-1,2025-12-31,2026-04-01,1\nB2,拨1,CIV-1,2026-03-01,2026-02-01,1\n', [
      [3, '金额', '99.51 yuan is more than the 99.50 yuan that are left.'], [4, '下达日期', 'The line is of the budget year 2026.'], [5, '承诺到账日期', 'It cannot be promised before it is allocated.'], [5, '预算编号', 'The budget line is not approved yet.'],
    ]],
    ['disbursements', '预算编号,下达凭证号,凭证号,到账日期,金额\nB1,拨1,到2,2026-04-11,900.51\nB1,拨9,到1,2026-04-11,1\nB1,拨1,到3,2026-02-28,1\nB1,拨1,到4,2026-04-11,-1\n', [
      [2, '金额', '900.51 yuan is more than the 900.50 yuan that are left.'], [3, '下达凭证号', 'The line has no allocation with the voucher 拨9.'], [4, '到账日期', 'It cannot arrive before it is allocated.'], [5, '金额', 'An entry is more than 0; a correction is not 0.'],
    ]],
    ['contracts', '合同编号,合同名称,预算编号,承接方,经费方式,合同金额,签订日期,开始日期,结束日期,合同状态\nC3,服务,B1,AG,年度预算,3099.51,2026-02-20,2026-03-01,2026-10-31,履行中\nC4,服务,B1,AG,年度预算,1,2026-02-20,2026-03-01,2027-01-01,履行中\n', [
      [2, '合同金额', '3099.51 yuan is more than the 3099.50 yuan that are left.'], [3, '结束日期', 'The line is of the budget year 2026.'],
    ]],
    ['bids', '采购编号,标段号,投标方,投标时间,报价,服务方案,是否中标,定标日期,定标理由\nP1,2,AG,2026-02-09 17:00,5000.01,一,否,,\nP1,3,AG,2026-02-09 17:00,1,一,否,,\nP1,1,CIV,2026-02-09 17:00,1,一,是,2026-02-12,择优\nP1,2,CIV,2026-02-09,1,一,否,,\n', [
      [2, '报价', 'A bid is more than 0 and at most the ceiling.'], [3, '标段号', 'The procurement has no lot of this number.'], [4, '是否中标', 'Another bid of the lot was chosen.'], [5, '投标时间', 'This is no time of a day.'],
    ]],
    ['payments', '合同编号,凭证号,节点序号,支付日期,金额\nC1,付2,2,2026-07-10,1\nC1,付3,,2026-07-10,3600.01\nC1,付4,,2026-02-19,1\n', [
      [2, '节点序号', 'The contract has no accepted milestone of this number.'], [3, '金额', '3600.01 yuan is more than the 3600.00 yuan that are left.'], [4, '支付日期', 'Nothing is paid before the signature.'],
    ]],
    ['budget-lines', '预算编号,项目名称,年度,预算单位,资金来源,用途,资金层级,预算金额,投入总量（万元）\nB3,一,2026,CIV,财政性资金,社会工作,省级,1,1\nB4,一,2026,CIV,财政性资金,社会工作,省级,1.005,\n', [
      [2, '预算金额', 'The amount is given in yuan or in ten thousand yuan, in one of the two.'], [3, '预算金额', 'This is no amount of money to the fen.'],
    ]],
    ['agencies', '机构代码,登记层级,评估等级,基层党组织,专职工作人员\nCIV,县区级,,否,\nAG,县区级,5A,否,3\n', [
      [2, '机构代码', 'The unit is no private social-work agency.'], [3, 'ratedOn', 'A grade comes with its day.'], [3, 'reportedOn', 'Staff, party members among them and the day are told together.'],
    ]],
  ])('%s: refuses each bad row with its line and reason, and writes none', async (type, text, faults) => {
    await network()
    for (const [of, good] of files) await bring(of, good)
    const before = await everything()
    expect(told(await bring(type, text))).toEqual(faults)
    expect(await everything()).toEqual(before)
  })
})
