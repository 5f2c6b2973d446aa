import { describe, expect, it } from '@jest/globals'
import { importFile, type ImportReport, type ImportType } from '../../src/importing/import.js'
import { actsOn } from '../support/acts.js'
import { buildPosts } from '../support/build-posts.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { everything } = actsOn(world)

/** A worker of a unit since 2026, and another person of it who is none yet. */
async function staged() {
  const { build } = world
  const make = buildPosts(world)
  const [unit, other] = [await build.unit({ code: 'U-甲' }), await build.unit({ code: 'U-乙' })]
  const person = await build.person({ code: 'P-1', unit: unit.id })
  await build.person({ code: 'P-2', unit: unit.id })
  const worker = await make.worker({ personId: person.id })
  const employment = await make.employment({ socialWorkerId: worker.id, unitId: unit.id, validFrom: '2026-01-05' })
  return { unit, other, person, worker, employment, make }
}
const bring = (type: ImportType, text: string): Promise<ImportReport> => importFile({ database: world.backbone.database, type, source: { name: 'x.csv', bytes: Buffer.from(text) }, today })
const told = ({ faults }: ImportReport) => faults.map(({ line, column, reason }) => [line, column, reason.en])

/** The same file a second time changes nothing. */
async function twice(type: ImportType, text: string, rows: number): Promise<void> {
  expect(await bring(type, text)).toMatchObject({ created: rows, faults: [] })
  const before = await everything()
  expect(await bring(type, text)).toMatchObject({ created: 0, updated: 0, unchanged: rows, faults: [] })
  expect(await everything()).toEqual(before)
}

describe('heli import of who works', () => {
  it('enters social workers, qualifications, posts, employments and stations by their Chinese columns', async () => {
    const { unit } = await staged()
    await twice('social-workers', '人员编号\nP-2\n', 1)
    await twice('qualifications', '人员编号,资质类别,等级,资质名称,颁发日期,登记日期,登记有效期止,证书管理号\nP-2,职业资格,中级,社会工作师,2020年9月1日,2024-02-01,2027-02-01,20200533033000001\nP-2,学历,,社会工作硕士,2018-07-01,,,\n', 2)
    await twice('posts', `岗位编号,岗位名称,单位,单位类型,岗位性质,岗位等级,设置日期\nGW-1,社区社工,U-甲,乡镇、街道和社区,明确设置,助理,2024-01-01\n`, 1)
    await twice('employments', '人员编号,单位,岗位,从业方式,起始日期,终止日期\nP-2,U-甲,GW-1,专职,2024-03-01,2026-01-01\nP-2,U-乙,,专职,2026-01-01,\n', 2)
    await twice('stations', `站点编号,社会工作服务站（室、中心）,站点类别,单位,服务区划,设立日期\nZD-1,社工站,社工站,U-甲,${(await world.sql<{ code: string }>('select code from division where id = $1', [unit['division_id']]))[0]!.code},2024-01-01\n`, 1)
    expect(await world.sql(`select q.kind, q.level, n.certificate_number as number from qualification q left join qualification_number n on n.qualification_id = q.id order by 1`)).toEqual([{ kind: 'CREDENTIAL', level: 'SOCIAL_WORKER', number: '20200533033000001' }, { kind: 'DEGREE', level: null, number: null }])
  })

  it.each<[ImportType, string, unknown[]]>([
    ['qualifications', 'socialWorker,kind,level,title,issuedOn,certificateNumber\nP-1,CREDENTIAL,ASSISTANT,甲,2020-09-01,2020-05\n', [[2, 'certificateNumber', 'certificateNumber must be 15 to 20 digits that begin with the year of the examination. Compare it with the certificate.']]],
    ['qualifications', 'socialWorker,kind,level,title,issuedOn\nP-1,DEGREE,ASSISTANT,甲,2020-09-01\n', [[2, 'level', 'A CREDENTIAL has a level; other qualifications have none.']]],
    ['employments', 'socialWorker,unit,kind,validFrom\nP-1,U-乙,FULL_TIME,2026-06-01\n', [[2, 'from', 'The person has another employment of this kind: 2026-01-05...']]],
    ['employments', 'socialWorker,unit,kind,validFrom\nP-2,U-乙,FULL_TIME,2026-06-01\n', [[2, 'socialWorker', 'There is no social worker P-2.']]],
    ['employments', 'socialWorker,unit,post,kind,validFrom\nP-1,U-乙,GW-甲,UNPAID,2026-06-01\n', [[2, 'post', 'The post belongs to another unit.']]],
  ])('%s: refuses what breaks a rule', async (type, text, expected) => {
    const { unit, make } = await staged()
    await make.post({ unitId: unit.id, code: 'GW-甲' })
    const before = await everything()
    expect(told(await bring(type, text))).toEqual(expected)
    expect(await everything()).toEqual(before)
  })
})

describe('heli import worklogs', () => {
  const header = 'person,unit,date,hours,category,origin,note\n'

  it('finds the employment by the day, and the place of each entry', async () => {
    const { unit, person, employment, worker, other, make } = await staged()
    await make.employment({ socialWorkerId: worker.id, unitId: other.id, kind: 'CONCURRENT', validFrom: '2026-07-10' })
    await twice('worklogs', '人员编号,单位,工作日期,小时,工作类别,工作来源,工作内容\nP-1,,2026-07-09,7.5,行政,上级交办,报表\nP-1,U-甲,2026-07-10,3,个案,社区需求,\n', 2)
    expect(await world.sql('select employment_id, unit_id, person_id, worked_on::text, booked_on::text, hours::text, note from work_log order by worked_on')).toEqual([
      { employment_id: employment.id, unit_id: unit.id, person_id: person.id, worked_on: '2026-07-09', booked_on: '2026-07-09', hours: '7.50', note: '报表' },
      { employment_id: employment.id, unit_id: unit.id, person_id: person.id, worked_on: '2026-07-10', booked_on: '2026-07-10', hours: '3.00', note: null },
    ])
    expect(await bring('worklogs', `${header}P-1,U-甲,2026-07-10,4,CASE,COMMUNITY_NEED,\n`)).toMatchObject({ updated: 1, faults: [] })
  })

  it.each([
    ['a day without employment', 'P-1,,2026-01-04,1,CASE,COMMUNITY_NEED,', [[2, 'person', 'The person has no such employment on that day.']]],
    ['somebody who is no social worker', 'P-2,,2026-07-01,1,CASE,COMMUNITY_NEED,', [[2, 'person', 'The person has no such employment on that day.']]],
    ['a unit that is not there', 'P-1,U-丙,2026-07-01,1,CASE,COMMUNITY_NEED,', [[2, 'unit', 'There is no unit U-丙.']]],
    ['a day to come', 'P-1,,2026-11-24,1,CASE,COMMUNITY_NEED,', [[2, 'date', 'The day has not come.']]],
    ['a day of two employments without the unit', 'P-1,,2026-11-02,1,CASE,COMMUNITY_NEED,', [[2, 'unit', 'The person has several employments on that day.']]],
    ['more than a day has', 'P-1,,2026-07-01,20,CASE,COMMUNITY_NEED,\nP-1,,2026-07-01,4.01,GROUP,COMMUNITY_NEED,', [[3, 'hours', 'The day would have 24.01 hours.']]],
    ['more than a day has left', 'P-1,,2026-09-01,22.01,GROUP,COMMUNITY_NEED,', [[2, 'hours', 'The day would have 24.01 hours.']]],
    ['no hours', 'P-1,,2026-07-01,0,CASE,COMMUNITY_NEED,', [[2, 'hours', 'Hours are 0.01 to 24, with two digits after the point at most.']]],
    ['a locked month', 'P-1,,2026-08-03,1,CASE,COMMUNITY_NEED,', [[2, 'date', 'The month is locked.']]],
  ])('refuses %s', async (_what, lines, expected) => {
    const { unit, worker, other, employment, make } = await staged()
    await make.employment({ socialWorkerId: worker.id, unitId: other.id, kind: 'CONCURRENT', validFrom: '2026-11-01' })
    await make.workLog({ employmentId: employment.id, workedOn: '2026-09-01' })
    await world.build.row('period_lock', 'plck', { unitId: unit.id, ledger: 'WORKLOGS', month: '2026-08', lockedOn: '2026-09-03' })
    const before = await everything()
    expect(told(await bring('worklogs', `${header}${lines}\n`))).toEqual(expected)
    expect(await everything()).toEqual(before)
  })
})

describe('heli import of services', () => {
  it('enters surveys, consultations, plans and records in their order', async () => {
    const { unit } = await staged()
    const [{ code }] = (await world.sql<{ code: string }>('select code from division where id = $1', [unit['division_id']])) as [{ code: string }]
    await twice('needs-surveys', `调研编号,单位,负责社工,调研区划,题目,状态,开始日期,完成日期,受访人数,调研结论\nDY-1,U-甲,P-1,${code},需求,已完成,2026-02-01,2026-03-01,80,助餐\n`, 1)
    await twice('consultations', '调研编号,拟召开日期,状态,召开日期,参加人数,协商结果\nDY-1,2026-03-05,已召开,2026-03-05,20,同意\n', 1)
    await twice('service-plans', '计划编号,单位,负责社工,计划名称,服务对象,计划服务人数,起始日期,结束日期,状态,需求调研,社区协商,提交日期,批准日期,审批人\nFW-1,U-甲,P-1,助餐,独居老人,40,2026-04-01,2026-12-31,已批准,DY-1,DY-1 2026-03-05,2026-03-10,2026-03-12,P-2\n', 1)
    await twice('service-records', '计划编号,序号,服务日期,服务方法,服务人次,小时\nFW-1,1,2026-04-02,小组,12,1.5\n', 1)
    expect(await world.sql('select status, approved_on::text from service_plan')).toEqual([{ status: 'APPROVED', approved_on: '2026-03-12' }])
    const faulty = 'code,unit,socialWorker,title,targetGroup,plannedBeneficiaries,startsOn,endsOn,status,submittedOn\nFW-2,U-乙,P-1,x,x,1,2026-04-02,2026-04-01,SUBMITTED,\n'
    expect(told(await bring('service-plans', faulty))).toEqual([[2, 'submittedOn', 'With the state SUBMITTED this day is needed.'], [2, 'endsOn', 'The end must be later than the start.']])
    expect(told(await bring('service-records', 'servicePlan,number,servedOn,method,beneficiaries,hours\nFW-1,2,2026-03-31,CASE,1,1\n'))).toEqual([[2, 'servedOn', 'The plan had not begun.']])
    expect(told(await bring('consultations', 'survey,plannedOn,status,heldOn,participants,outcome\nDY-1,2026-03-06,HELD,2026-02-28,9,好\n'))).toEqual([[2, 'heldOn', 'It was held before the survey was finished.']])
  })
})
