import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { runImport } from '../../src/importing/command.js'
import { importFile, type ImportOptions, type ImportReport, type ImportType } from '../../src/importing/import.js'
import { temporaryFolder, today, useWorld } from '../support/world.js'

const world = useWorld()
const folder = temporaryFolder()

const bring = (type: ImportType, text: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> =>
  importFile({ database: world.backbone.database, type, source: { name: `${type}.csv`, bytes: Buffer.from(text) }, today, accountIssuer: 'test', ...more })
const good = async (type: ImportType, text: string) => expect((await bring(type, text)).faults).toEqual([])
const faultsOf = ({ faults }: ImportReport) => faults.map(({ line, column, reason }) => [line, column, reason.en])
const journal = async () => (await world.sql<{ audits: number; events: number }>('select (select count(*)::int from audit_entry) as audits, (select count(*)::int from event) as events'))[0]!

const divisions = 'code,name,level,parent\n330000,浙江省,PROVINCE,\n330100,杭州市,PREFECTURE,330000\n330106,西湖区,COUNTY,330100\n'
const unitHeader = 'code,name,kind,division,lineParent,system,foundedOn,endedOn,successor,formerNames\n'
const units = `${unitHeader}ORG,省委组织部,组织部,330000,,,2004-01-01,,,\nPSW,省委社会工作部,PARTY_SOCIAL_WORK,330000,,,2023-07-01,,,\nCIV,省民政厅,民政,330000,,民政,2004-01-01,,,省民政局@2004-01-01..2010-01-01\nCIV-1,市民政局,CIVIL_AFFAIRS,330100,CIV,民政,2004-01-01,,,\n`
const documents = 'number,title,kind,issuers,issuedOn\n浙组〔2008〕15号,分工,社会工作,ORG;CIV,2008-02-20\n'
const people = 'code,name,mobile,nationalId,login,unit,roles,from,otherAppointments\nP1,赵一,15400000001,999999199008062185,zhao,ORG,COORDINATOR;CLERK,2022-01-01,\nP2,钱二,15400000002,,,CIV,负责人,2020-01-01,CIV-1 CLERK 2021-01-01..\n'
const mandates = 'unit,mechanism,role,from,to,basis\nORG,,OVERALL_COORDINATION,2008-03-01,,浙组〔2008〕15号\nCIV,专业岗位,具体负责,2008-03-01,,浙组〔2008〕15号\n'
const initiatives = 'code,title,mechanisms,division,visibility,status,leadUnit,participations,milestones,updates\nI1,合力,FUNDING;薪酬,330000,NETWORK,ACTIVE,ORG OVERALL_COORDINATION,CIV RESPONSIBLE,2026-12-01 完成摸排,2026-09-10 ON_TRACK 顺利\n'
const tasks = 'code,title,source,initiative,issuingUnit,issuedOn,dueOn,status,parent\nT2,分解,INITIATIVE,I1,CIV,2026-09-01,2026-12-01,ISSUED,T1\nT1,总任务,INITIATIVE,I1,ORG,2026-08-01,2026-12-31,IN_PROGRESS,\n'
const assignments = 'task,unit,role,person,status,progress\nT1,CIV,LEAD,P2,IN_PROGRESS,30\nT2,CIV-1,牵头,P2,已交办,\n'
const network: [ImportType, string][] = [['divisions', divisions], ['units', units], ['documents', documents], ['people', people], ['mandates', mandates], ['initiatives', initiatives], ['tasks', tasks], ['assignments', assignments]]

describe('an import into an empty database', () => {
  it('creates every row with its parts, paths, audit entry and events', async () => {
    for (const [type, text] of network) expect(await bring(type, text)).toMatchObject({ faults: [], created: text.trim().split('\n').length - 1, updated: 0, unchanged: 0, refused: 0 })
    expect(await world.sql(`select code, path from division order by code`)).toContainEqual({ code: '330106', path: '/330000/330100/330106/' })
    expect(await world.sql(`select n.name, n.valid_from, n.valid_to from unit_name n join unit u on u.id = n.unit_id where u.code = 'CIV' order by 2`)).toEqual([
      { name: '省民政局', valid_from: '2004-01-01', valid_to: '2010-01-01' },
      { name: '省民政厅', valid_from: '2010-01-01', valid_to: null },
    ])
    expect(await world.sql(`select p.code, a.role, a.is_main from appointment a join person p on p.id = a.person_id order by 1, 3 desc`)).toEqual([
      { code: 'P1', role: 'COORDINATOR', is_main: true },
      { code: 'P1', role: 'CLERK', is_main: false },
      { code: 'P2', role: 'DIRECTOR', is_main: true },
      { code: 'P2', role: 'CLERK', is_main: false },
    ])
    expect(await world.sql(`select issuer, subject from account`)).toEqual([{ issuer: 'test', subject: 'zhao' }])
    expect(await world.sql(`select cardinality(ancestor_ids) as depth from task order by code`)).toEqual([{ depth: 0 }, { depth: 1 }])
    const [entry] = await world.sql<{ body: Record<string, any> }>(`select body from audit_entry where verb = 'import.people'`)
    expect(entry!.body['source']).toEqual({ file: 'people.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), rows: 2 })
    expect(JSON.stringify(entry!.body)).not.toMatch(/15400000001|999999199008062185|赵一/)
    expect(await world.sql(`select distinct fields from event where type = 'PersonContact'`)).toEqual([{ fields: ['mobile', 'person'] }])
  })

  it('changes nothing the second time', async () => {
    for (const [type, text] of network) await good(type, text)
    const versions = () => world.sql(`select id, version, updated_at from unit union all select id, version, updated_at from person union all select id, version, updated_at from assignment order by 1`)
    const [before, kept] = [await versions(), await journal()]
    for (const [type, text] of network) expect(await bring(type, text)).toMatchObject({ faults: [], created: 0, updated: 0, unchanged: text.trim().split('\n').length - 1, refused: 0 })
    expect(await versions()).toEqual(before)
    expect(await journal()).toEqual(kept)
  })

  it('takes all back in a dry run', async () => {
    expect(await bring('divisions', divisions, { dryRun: true })).toMatchObject({ created: 3, refused: 0, dryRun: true })
    expect(await world.sql('select 1 from division')).toEqual([])
    expect(await journal()).toEqual({ audits: 0, events: 0 })
  })

  it('refuses all rows for one, or keeps the good ones when asked to', async () => {
    const text = divisions.replace('330100,杭州市,PREFECTURE', '330100,杭州市,HOUSE')
    const report = await bring('divisions', text)
    expect(report).toMatchObject({ rows: 3, created: 0, refused: 3 })
    expect(faultsOf(report)).toEqual([[3, 'level', 'This is none of the known values.'], [4, 'parent', 'It depends on line 3, which is refused.']])
    expect(await world.sql('select 1 from division')).toEqual([])
    expect(await bring('divisions', text, { partial: true })).toMatchObject({ created: 1, refused: 2 })
    expect(await world.sql('select code from division')).toEqual([{ code: '330000' }])
    expect(await journal()).toEqual({ audits: 1, events: 1 })
  })
})

describe('an import into a network', () => {
  beforeEach(async () => {
    for (const [type, text] of network) await good(type, text)
  })

  it('changes what differs, keeps columns that the file lacks, and removes nothing', async () => {
    expect(await bring('people', '人员编号,姓名,手机号\nP1,赵一,15400000009\nP2,钱二,15400000002\n')).toMatchObject({ updated: 1, unchanged: 1 })
    expect(await world.sql(`select p.version, c.mobile, i.national_id from person p join person_contact c on c.person_id = p.id join person_private i on i.person_id = p.id where p.code = 'P1'`)).toEqual([
      { version: 2, mobile: '15400000009', national_id: '999999199008062185' },
    ])
    expect(await world.sql('select 1 from appointment')).toHaveLength(4)
  })

  it('names no personal value', async () => {
    const report = await bring('people', 'code,name,mobile,nationalId\nP1,赵一,25400000001,999999199008062186\n')
    expect(report.faults.map(({ column, value }) => [column, value])).toEqual([['mobile', '***']])
    expect(JSON.stringify(await bring('people', 'code,name,nationalId\nP1,赵一,999999199008062186\n'))).not.toContain('999999199008062186')
  })

  it('moves a name without its neighbours meeting on the way', async () => {
    const renamed = (day: string) => `${unitHeader}CIV,省民政厅,民政,330000,,民政,2004-01-01,,,省民政局@2004-01-01..${day}\n`
    for (const day of ['2012-01-01', '2006-01-01']) {
      expect(await bring('units', renamed(day))).toMatchObject({ faults: [], updated: 1 })
      expect(await world.sql(`select n.valid_from, n.valid_to from unit_name n join unit u on u.id = n.unit_id where u.code = 'CIV' order by 1`)).toEqual([{ valid_from: '2004-01-01', valid_to: day }, { valid_from: day, valid_to: null }])
    }
  })

  it('lets two units change places as lead, and never leaves two or none', async () => {
    const swap = 'task,unit,role,status\nT1,CIV,COOPERATING,IN_PROGRESS\nT1,PSW,LEAD,ACCEPTED\n'
    expect(await bring('assignments', swap)).toMatchObject({ faults: [], created: 1, updated: 1 })
    expect(await bring('assignments', assignments.split('\n').slice(0, 2).join('\n'))).toMatchObject({ refused: 1 })
    expect(faultsOf(await bring('assignments', 'task,unit,role,status\nT1,PSW,COOPERATING,ACCEPTED\n'))).toEqual([[2, 'role', 'The task would have no lead unit.']])
    expect(await bring('assignments', 'task,unit,role,status\nT1,CIV,LEAD,IN_PROGRESS\nT1,PSW,COOPERATING,ACCEPTED\n')).toMatchObject({ faults: [], updated: 2 })
  })

  it('hands coordination over without gap or overlap', async () => {
    const [header, own] = ['unit,mechanism,role,from,to,basis', 'ORG,,OVERALL_COORDINATION,2008-03-01']
    const basis = '浙组〔2008〕15号'
    expect(faultsOf(await bring('mandates', `${header}\n${own},2026-01-01,${basis}\n`))).toEqual([[2, 'to', 'Nobody coordinates the division from 2026-01-01 on.']])
    expect(faultsOf(await bring('mandates', `${header}\nPSW,,OVERALL_COORDINATION,2026-01-01,,${basis}\n`))).toEqual([[2, 'from', 'Another unit coordinates the division: 2008-03-01...']])
    expect(faultsOf(await bring('mandates', `${header}\n${own},2025-12-01,${basis}\nPSW,,OVERALL_COORDINATION,2026-01-01,,${basis}\n`))[0]).toEqual([3, 'from', 'Nobody coordinates the division from 2025-12-01 to 2026-01-01.'])
    expect(await bring('mandates', `${header}\n${own},2026-01-01,${basis}\nPSW,,OVERALL_COORDINATION,2026-01-01,,${basis}\n`)).toMatchObject({ faults: [], created: 1, updated: 1 })
  })

  it('keeps the rules of the modules', async () => {
    const faults = async (type: ImportType, text: string) => faultsOf(await bring(type, text))
    expect(await faults('units', `${unitHeader}CIV,省民政厅,民政,330000,CIV-1,,2004-01-01,,,省民政局@2004-01-01..2010-01-01\n`)).toEqual([[2, 'lineParent', 'Going up from here leads back to this row.']])
    expect(await faults('units', `${unitHeader}CIV,省民政厅,民政,330000,,,2004-01-01,2026-01-01,,省民政局@2004-01-01..2010-01-01\n`)).toEqual([[2, 'endedOn', 'The unit has 1 open assignments.'], [2, 'endedOn', 'The unit holds mandates on that day.']])
    expect(await faults('units', `${unitHeader}CIV,省民政厅,民政,330000,,,2004-01-01,,,\n`)).toEqual([[2, 'formerNames', 'The names 省民政厅@2004-01-01.. and 省民政厅@2010-01-01.. hold on one day.']])
    expect(await faults('documents', documents.replace('2008-02-20', '2009-02-20'))).toEqual([[2, 'number', '浙组〔2008〕15号 names the year 2008, but the document was issued in 2009.']])
    expect(await faults('people', 'code,name,login\nP2,钱二,zhao\n')).toEqual([[2, 'login', 'The login belongs to another person.']])
    expect(await faults('people', 'code,name,otherAppointments\nP1,赵一,ORG AUDITOR 2024-01-01..\n')).toEqual([[2, 'otherAppointments', 'AUDITOR excludes every other role.']])
    expect(await faults('initiatives', initiatives.replace('ACTIVE', '办结'))).toEqual([[2, 'status', 'The initiative has 2 open tasks.']])
    expect(await faults('tasks', tasks.replace('2026-12-01,ISSUED', '2027-01-04,ISSUED'))).toEqual([[2, 'dueOn', 'A child task is due on 2026-12-31 at the latest, the due day of its parent.']])
    expect(await faults('assignments', 'task,unit,role,person,status\nT2,ORG,COOPERATING,P2,ISSUED\n')).toEqual([
      [2, 'person', 'The person has no appointment in that unit today.'],
      [2, 'unit', 'CIV cannot give work to it: it stands neither below by line nor, where that counts, in the division.'],
    ])
  })
})

describe('heli import', () => {
  const lines: string[] = []
  const run = async (request: { type: string; file: string; report?: string }) => {
    lines.length = 0
    return runImport({ dryRun: false, partial: false, ...request }, { database: world.backbone.database, out: { write: (line: string) => (lines.push(line.trimEnd()), true) }, isTerminal: false, language: 'zh', today })
  }

  it('says what came of it and how it ended', async () => {
    const [file, bad, report] = ['good.csv', 'bad.csv', 'faults.csv'].map(async (name) => join(await folder, name))
    await writeFile(await file!, divisions)
    await writeFile(await bad!, divisions.replaceAll('PROVINCE', 'HOUSE'))
    expect(await run({ type: 'divisions', file: await file! })).toBe(0)
    expect(lines).toEqual(['divisions：共 3 行，新增 3，更新 0，未变 0，拒绝 0。'])
    expect(await run({ type: 'divisions', file: await bad!, report: await report! })).toBe(1)
    expect(lines.slice(1, 3)).toEqual(['未写入任何数据。', '  第 2 行，level，“HOUSE”：不是可用的取值。可用取值：省级、地市级、县区级、乡镇街道级、社区。'])
    expect((await readFile(await report!, 'utf8')).split('\r\n')).toHaveLength(5)
    expect(await run({ type: 'houses', file: await file! })).toBe(2)
    expect(await run({ type: 'units', file: 'nowhere.csv' })).toBe(2)
    expect(lines).toEqual(['文件 nowhere.csv 不存在。'])
  })
})
