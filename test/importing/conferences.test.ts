import { beforeEach, describe, expect, it } from '@jest/globals'
import { importFile, type ImportReport, type ImportType } from '../../src/importing/import.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()

const bring = (type: ImportType, text: string): Promise<ImportReport> => importFile({ database: world.backbone.database, type, source: { name: `${type}.csv`, bytes: Buffer.from(text) }, today })
const faults = async (type: ImportType, text: string) => (await bring(type, text)).faults.map(({ line, column, reason }) => [line, column, reason.en])

const conferenceHeader = 'code,name,division,convenor,document,foundedOn,endedOn,members\n'
const conferences = `${conferenceHeader}C1,联席会议,330000,PSW,示发〔2008〕1号,2024-01-01,,PSW 2024-01-01..;EDU 2024-01-01..2025-01-01;EDU 2026-01-01.. P1\n`
const meetings = 'conference,number,heldOn,title,minutes,status\nC1,1,2026-10-20,一,已议,已召开\nC1,2,2026-11-01,二,,CANCELLED\nC1,3,2026-12-20,三,,PLANNED\n'
const resolutionHeader = 'conference,meeting,number,text,responsible,dueOn,status,tasks\n'
const resolutions = `${resolutionHeader}C1,1,1,培训,EDU,2026-12-01,TASKED,T1;T2\nC1,1,2,通报,,,备案,\n`
const all: [ImportType, string][] = [['conferences', conferences], ['meetings', meetings], ['resolutions', resolutions]]

beforeEach(async () => {
  const { build } = world
  const province = await build.division({ code: '330000' })
  const [psw, edu] = [await build.unit({ code: 'PSW', divisionId: province.id }), await build.unit({ code: 'EDU', divisionId: province.id })]
  await build.unit({ code: 'NEW', divisionId: province.id, foundedOn: '2026-06-01' })
  await build.unit({ code: 'OLD', divisionId: province.id, endedOn: '2025-06-01' })
  await build.document({ number: '示发〔2008〕1号' })
  await build.person({ code: 'P1', unit: edu.id })
  for (const code of ['T1', 'T2', 'T3']) await build.task({ code, issuingUnitId: psw.id })
})

describe('an import of conferences', () => {
  it('creates them with members, meetings, resolutions and links, and changes nothing the second time', async () => {
    for (const [type, text] of all) expect(await bring(type, text)).toMatchObject({ faults: [], created: text.trim().split('\n').length - 1, updated: 0, refused: 0 })
    expect(await world.sql(`select u.code, m.joined_on, m.left_on, p.code as liaison from conference_member m join unit u on u.id = m.unit_id left join person p on p.id = m.liaison_id order by 1, 2`)).toEqual([
      { code: 'EDU', joined_on: '2024-01-01', left_on: '2025-01-01', liaison: null }, { code: 'EDU', joined_on: '2026-01-01', left_on: null, liaison: 'P1' }, { code: 'PSW', joined_on: '2024-01-01', left_on: null, liaison: null },
    ])
    expect(await world.sql('select number, held_on, minutes, status from meeting order by 1')).toEqual([
      { number: 1, held_on: '2026-10-20', minutes: '已议', status: 'HELD' }, { number: 2, held_on: '2026-11-01', minutes: null, status: 'CANCELLED' }, { number: 3, held_on: '2026-12-20', minutes: null, status: 'PLANNED' },
    ])
    expect(await world.sql(`select r.number, u.code as responsible, r.due_on, r.status, array(select t.code from resolution_task l join task t on t.id = l.task_id where l.resolution_id = r.id order by 1) as tasks from resolution r left join unit u on u.id = r.responsible_id order by 1`)).toEqual([
      { number: 1, responsible: 'EDU', due_on: '2026-12-01', status: 'TASKED', tasks: ['T1', 'T2'] }, { number: 2, responsible: null, due_on: null, status: 'NOTED', tasks: [] },
    ])
    for (const [type, text] of all) expect(await bring(type, text)).toMatchObject({ faults: [], created: 0, updated: 0, refused: 0 })
  })

  it('changes what differs and removes nothing', async () => {
    for (const [type, text] of all) await bring(type, text)
    expect(await bring('conferences', conferences.replace('EDU 2026-01-01.. P1', 'EDU 2026-01-01..2026-11-01').replace('PSW 2024-01-01..;', ''))).toMatchObject({ faults: [], updated: 1 })
    expect(await world.sql('select left_on, liaison_id from conference_member where joined_on > $1', ['2025-01-01'])).toEqual([{ left_on: '2026-11-01', liaison_id: null }])
    expect(await world.sql('select 1 from conference_member')).toHaveLength(3)
    expect(await bring('meetings', meetings.replace('2026-12-20,三,,PLANNED', '2026-11-10,三,纪要,HELD'))).toMatchObject({ faults: [], updated: 1, unchanged: 2 })
    expect(await bring('resolutions', resolutions.replace('T1;T2', 'T3'))).toMatchObject({ faults: [], updated: 1, unchanged: 1 })
    expect(await world.sql('select 1 from resolution_task')).toHaveLength(3)
  })

  it('keeps the rules of conferences and members', async () => {
    const line = (members: string, more = 'PSW,,2024-01-01,') => faults('conferences', `${conferenceHeader}C1,联席会议,330000,${more},${members}\n`)
    expect(await line('', 'OLD,,2024-01-01,')).toEqual([[2, 'convenor', 'OLD no longer exists.']])
    expect(await line('', 'PSW,,2024-01-01,2024-01-01')).toEqual([[2, 'endedOn', 'The conference was founded on 2024-01-01; it must end later.']])
    expect(await line('', 'PSW,示发〔2008〕9号,2024-01-01,')).toEqual([[2, 'document', 'There is no document 示发〔2008〕9号.']])
    expect(await line('EDU 2023-01-01..')).toEqual([[2, 'members', 'EDU joins on 2023-01-01, outside the life of the conference.']])
    expect(await line('EDU 2024-02-01..2024-02-01')).toEqual([[2, 'members', 'EDU leaves on 2024-02-01, not after it joined.']])
    expect(await line('NEW 2024-02-01..')).toEqual([[2, 'members', 'NEW does not exist on 2024-02-01.']])
    expect(await line('OLD 2024-02-01..')).toEqual([[2, 'members', 'OLD no longer exists.']])
    expect(await line('EDU 2024-02-01..;EDU 2025-02-01..')).toEqual([[2, 'members', 'EDU is a member twice on one day.']])
    expect(await line('PSW 2024-02-01.. P1')).toEqual([[2, 'members', 'P1 has no appointment in PSW today.']])
    expect(await line('EDU 2024')).toEqual([[2, 'members', '"2024" is no period.']])
  })

  it('keeps the rules of meetings and resolutions', async () => {
    for (const [type, text] of all) await bring(type, text)
    const meeting = (cells: string) => faults('meetings', `conference,number,heldOn,title,minutes,status\n${cells}\n`)
    expect(await meeting('C9,1,2026-10-20,一,,HELD')).toEqual([[2, 'conference', 'There is no joint conference C9.']])
    expect(await meeting('C1,4,2023-10-20,四,,HELD')).toEqual([[2, 'heldOn', 'The conference does not exist on that day.']])
    expect(await meeting('C1,4,2026-12-20,四,,HELD')).toEqual([[2, 'heldOn', 'A meeting that was held does not lie in the future.']])
    expect(await meeting('C1,4,2026-10-20,四,,PLANNED')).toEqual([[2, 'heldOn', 'A meeting cannot be planned for a past day.']])
    expect(await meeting('C1,3,2026-12-20,三,早,PLANNED')).toEqual([[2, 'minutes', 'Only a meeting that was held has minutes.']])
    expect(await meeting('C1,1,2026-10-20,一,,CANCELLED')).toEqual([[2, 'status', 'HELD cannot become CANCELLED. It may become: nothing, it is final.']])
    const resolution = (cells: string) => faults('resolutions', `${resolutionHeader}${cells}\n`)
    expect(await resolution('C1,9,1,无,,,NOTED,')).toEqual([[2, 'meeting', 'C1 has no meeting 9.']])
    expect(await resolution('C1,3,1,早,,,NOTED,')).toEqual([[2, 'meeting', 'The meeting is PLANNED; only one that was held has resolutions.']])
    expect(await resolution('C1,1,3,早,,2026-10-19,AGREED,')).toEqual([[2, 'dueOn', 'The meeting was held on 2026-10-20; what it resolved cannot be due earlier.']])
    expect(await resolution('C1,1,3,外,NEW,,AGREED,')).toEqual([[2, 'responsible', 'NEW is neither the convenor nor was it a member on the day of the meeting.']])
    expect(await resolution('C1,1,3,又,,,TASKED,T1')).toEqual([[2, 'tasks', 'T1 carries out another resolution already.']])
    expect(await resolution('C1,1,3,无,,,TASKED,')).toEqual([[2, 'status', 'TASKED stands for resolutions with a task, and for these alone.']])
    expect(await resolution('C1,1,2,通报,,,DROPPED,')).toEqual([[2, 'status', 'NOTED cannot become DROPPED. It may become: nothing, it is final.']])
  })

  it('lets no unit end that convenes a living conference or belongs to one', async () => {
    for (const [type, text] of all) await bring(type, text)
    const end = (code: string) => faults('units', `code,name,kind,division,foundedOn,endedOn\n${code},单位,CIVIL_AFFAIRS,330000,2004-01-01,2026-11-01\n`)
    expect(await end('PSW')).toEqual([[2, 'endedOn', 'The unit convenes joint conferences: 1.'], [2, 'endedOn', 'The unit is a member of joint conferences: 1.']])
    expect(await end('EDU')).toEqual([[2, 'endedOn', 'The unit is a member of joint conferences: 1.']])
    await world.sql(`update joint_conference set ended_on = '2026-11-01'`)
    expect(await end('PSW')).toEqual([])
  })
})
