import { expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'
import { nothing, type Ref } from './acts.js'
import { trackOf, useScene } from './scene.js'

const world = useWorld()
const scene = useScene(world, 'A reorganised unit')

it('hands its work over to its successor before it ends; who owned it when remains known', async () => {
  const { divisions, units, people, as } = scene
  const successor = await world.build.unit({ name: '省委社会工作部', kind: 'PARTY_SOCIAL_WORK', divisionId: divisions.province.id, foundedOn: '2026-11-30' })
  await world.build.person({ login: 'successor', unit: successor.id, role: 'DIRECTOR', from: '2026-11-30' })
  const initiative = await as('coordinator').create(nothing, {
    code: 'XD-4', title: '志愿服务体系', mechanisms: ['CAPABILITY'], divisionId: divisions.province.id, visibility: 'PARTICIPANTS', leadUnitId: units.civil.id, participations: [{ unitId: units.union.id, role: 'COOPERATING' }],
  })
  await as('coordinator').plan(initiative)
  await as('coordinator').activate(initiative)
  const draft = await as('coordinator').draft(nothing, {
    code: 'DC-4', title: '登记志愿者', source: 'INITIATIVE', initiativeId: initiative.id, issuingUnitId: units.office.id, confidential: true, dueOn: '2026-12-18',
    assignments: [{ unitId: units.civil.id, role: 'LEAD' }, { unitId: units.union.id, role: 'COOPERATING' }],
  })
  await as('coordinator').propose(draft)
  const task = await as('coordinator').issue(draft)
  const lead = trackOf(task, units.civil)
  await as('civil').accept(lead, { personId: people['civil clerk']!.id })
  await as('civil').start(lead)
  world.day = '2026-11-27'
  await as('civil').report(lead, { periodFrom: '2026-11-23', periodTo: '2026-11-27', percent: 30 })

  // The unit is to end on 1 December; its open work stands in the way.
  world.day = '2026-11-30'
  expect(await as('coordinator').cannot.endUnit(units.civil, { endedOn: '2026-12-01', successorId: successor.id })).toEqual(['FORBIDDEN'])
  expect(await as('system administrator').cannot.endUnit(units.civil, { endedOn: '2026-12-01', successorId: successor.id })).toEqual(['IN_USE'])
  const sees = (login: string) => as(login).sees(task)
  expect([await sees('civil'), await sees('successor')]).toEqual([true, false])
  expect(await as('civil').cannot.handOver(lead, { unitId: successor.id })).toEqual(['FORBIDDEN'])
  expect(await as('coordinator').cannot.handOver(lead, { unitId: units.union.id })).toEqual(['TAKEN'])
  const given = await as('coordinator').handOver(lead, { unitId: successor.id, reason: '机构改革，职责划入省委社会工作部' })
  expect(given).toMatchObject({ status: 'ISSUED', unit: { name: '省委社会工作部' }, person: null, progress: 0, acceptBy: '2026-12-03', dueOn: '2026-12-18', task: { status: 'ISSUED' } })

  // The old unit still leads the initiative, and so still sees its confidential task, until the lead is given too.
  expect(await sees('civil')).toBe(true)
  expect(await as('civil').cannot.giveLead(initiative, { leadUnitId: successor.id })).toEqual(['FORBIDDEN'])
  const led = await as('coordinator').giveLead(initiative, { leadUnitId: successor.id })
  expect(led['participations'].map(({ unit, role }: Ref) => [unit.name, role]).sort()).toEqual([['省委社会工作部', 'RESPONSIBLE'], ['省总工会', 'COOPERATING'], ['省民政厅', 'RESPONSIBLE']])
  await as('coordinator').leave(led['participations'].find(({ unit }: Ref) => unit.name === '省民政厅'))
  expect([await sees('civil'), await sees('civil clerk'), await sees('successor'), await sees('union')]).toEqual([false, false, true, true])
  expect(await as('civil').cannot.accept(lead)).toEqual(['NOT_FOUND'])
  expect(await as('civil').sees(initiative)).toBe(false)

  // Now it ends, and gets no work any more; its people lose what they could do.
  expect(await as('system administrator').endUnit(units.civil, { endedOn: '2026-12-01', successorId: successor.id })).toMatchObject({ endedOn: '2026-12-01', successor: { name: '省委社会工作部' } })
  world.day = '2026-12-01'
  expect(await as('successor').accept(lead)).toMatchObject({ task: { status: 'ACCEPTED' } })
  const late = await as('coordinator').draft(nothing, { code: 'DC-5', title: '宣传', source: 'INITIATIVE', initiativeId: initiative.id, issuingUnitId: units.office.id })
  expect(await as('coordinator').cannot.draft(nothing, { code: 'DC-6', title: '宣传', source: 'INITIATIVE', initiativeId: initiative.id, issuingUnitId: units.office.id, assignments: [{ unitId: units.civil.id, role: 'LEAD' }] })).toEqual(['ENDED'])
  expect(await as('civil').cannot.accept(lead)).toEqual(['FORBIDDEN'])
  await as('coordinator').terminate(late)

  // Who owned it when.
  const owned = `query OwnedOn($id: ID!, $asOf: Day!) { assignment(id: $id) { unitAsOf(asOf: $asOf) { name } statusAsOf(asOf: $asOf) } assignmentsOpenOn(asOf: $asOf) { nodes { unitAsOf(asOf: $asOf) { name } } }
    steps: taskSteps(filter: { assignment: { id: { eq: $id } }, act: { eq: "assignmentHandOver" } }) { nodes { onDay note unitFrom { name } unitTo { name } } } }`
  const on = (asOf: string) => as('successor').asks(owned, { id: lead.id, asOf })
  const steps = { nodes: [{ onDay: '2026-11-30', note: '机构改革，职责划入省委社会工作部', unitFrom: { name: '省民政厅' }, unitTo: { name: '省委社会工作部' } }] }
  const union = { unitAsOf: { name: '省总工会' } }
  expect(await on('2026-11-27')).toEqual({ assignment: { unitAsOf: { name: '省民政厅' }, statusAsOf: 'IN_PROGRESS' }, assignmentsOpenOn: { nodes: [{ unitAsOf: { name: '省民政厅' } }, union] }, steps })
  expect(await on('2026-11-30')).toEqual({ assignment: { unitAsOf: { name: '省委社会工作部' }, statusAsOf: 'ISSUED' }, assignmentsOpenOn: { nodes: [{ unitAsOf: { name: '省委社会工作部' } }, union] }, steps })
})
