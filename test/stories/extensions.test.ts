import { beforeEach, expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'
import { nothing, type Ref } from './acts.js'
import { trackOf, useScene } from './scene.js'

const world = useWorld()
const scene = useScene(world, 'More time')

let task: Ref, lead: Ref, school: Ref, child: Ref
const dues = 'query Dues($id: ID!) { task(id: $id) { dueOn assignments { dueOn unit { name } } children { nodes { dueOn assignments { dueOn } } } } }'

beforeEach(async () => {
  const { units, as } = scene
  const draft = await as('coordinator').draft(nothing, {
    code: 'DC-3', title: '建立督导制度', source: 'DOCUMENT', issuingUnitId: units.office.id, dueOn: '2026-12-11',
    assignments: [{ unitId: units.civil.id, role: 'LEAD' }, { unitId: units.education.id, role: 'COOPERATING', dueOn: '2026-12-04' }],
  })
  await as('coordinator').propose(draft)
  task = await as('coordinator').issue(draft)
  ;[lead, school] = [trackOf(task, units.civil), trackOf(task, units.education)]
  for (const [login, track] of [['civil', lead], ['education', school]] as const) {
    await as(login).accept(track)
    await as(login).start(track)
  }
  const part = await as('civil').decompose(task, { code: 'DC-3-1', title: '市级督导', source: 'DOCUMENT', issuingUnitId: units.civil.id, dueOn: '2026-12-09', assignments: [{ unitId: units.cityCivil.id, role: 'LEAD' }] })
  await as('civil').propose(part)
  child = await as('civil').issue(part)
})

it('is not asked for after the due day, and may be rejected', async () => {
  const { as } = scene
  world.day = '2026-12-04'
  expect(await as('civil').cannot.askForTime(school, { newDueOn: '2026-12-10' })).toEqual(['FORBIDDEN'])
  expect(await as('education').cannot.askForTime(school, { newDueOn: '2026-12-05' })).toEqual(['NOT_A_WORKING_DAY'])
  expect(await as('education').cannot.askForTime(school, { newDueOn: '2026-12-14' })).toEqual(['OUT_OF_RANGE'])
  expect(await as('education').cannot.askForTime(school, { newDueOn: '2026-12-03' })).toEqual(['OUT_OF_RANGE'])
  const request = await as('education clerk').askForTime(school, { newDueOn: '2026-12-10' })
  expect(request).toMatchObject({ status: 'PENDING', oldDueOn: '2026-12-04' })
  expect(await as('education').cannot.askForTime(school, { newDueOn: '2026-12-11' })).toEqual(['TAKEN'])
  // A request stops no clock.
  world.day = '2026-12-07'
  expect(await as('coordinator').asks('query Late($id: ID!) { assignment(id: $id) { isOverdue daysLate pendingExtension { newDueOn } } }', { id: school.id })).toEqual({ assignment: { isOverdue: true, daysLate: 1, pendingExtension: { newDueOn: '2026-12-10' } } })
  expect(await as('coordinator').cannot.decide(request, { approve: false })).toEqual(['REQUIRED'])
  expect(await as('education').cannot.decide(request, { approve: true })).toEqual(['FORBIDDEN'])
  expect(await as('city coordinator').cannot.decide(request, { approve: true })).toEqual(['NOT_FOUND'])
  expect(await as('coordinator').decide(request, { approve: false, note: '理由不足' })).toMatchObject({ status: 'REJECTED', assignment: { dueOn: '2026-12-04' } })
  expect(await as('coordinator').cannot.decide(request, { approve: true })).toEqual(['ILLEGAL_TRANSITION'])
  expect(await as('education').cannot.askForTime(school, { newDueOn: '2026-12-10' })).toEqual(['TOO_LATE'])
})

it('is approved for the day that the approver fixes; the lead moves the task, a child stays', async () => {
  const { as } = scene
  world.day = '2026-12-02'
  const [forSchool, forLead] = [await as('education').askForTime(school, { newDueOn: '2026-12-10' }), await as('civil clerk').askForTime(lead, { newDueOn: '2026-12-25' })]
  expect((await as('coordinator').asks('query Waiting { extensionsWaitingForMe { nodes { id } } }')).extensionsWaitingForMe.nodes).toHaveLength(2)
  expect((await as('civil').asks('query Waiting { extensionsWaitingForMe { nodes { id } } }')).extensionsWaitingForMe.nodes).toEqual([])
  expect(await as('coordinator').decide(forSchool, { approve: true, dueOn: '2026-12-08' })).toMatchObject({ status: 'APPROVED', newDueOn: '2026-12-10', decidedDueOn: '2026-12-08', assignment: { dueOn: '2026-12-08' }, task: { dueOn: '2026-12-11' } })
  expect(await as('coordinator').cannot.decide(forLead, { approve: true, dueOn: '2026-12-19' })).toEqual(['NOT_A_WORKING_DAY'])
  expect(await as('coordinator').decide(forLead, { approve: true, dueOn: '2026-12-21' })).toMatchObject({ decidedDueOn: '2026-12-21', assignment: { dueOn: '2026-12-21' }, task: { dueOn: '2026-12-21' } })
  expect((await as('coordinator').asks(dues, { id: task.id })).task).toEqual({
    dueOn: '2026-12-21', assignments: [{ dueOn: '2026-12-21', unit: { name: '省民政厅' } }, { dueOn: '2026-12-08', unit: { name: '省教育厅' } }],
    children: { nodes: [{ dueOn: '2026-12-09', assignments: [{ dueOn: '2026-12-09' }] }] },
  })
})

it('of a child task is decided by the director of the unit that decomposed, not beyond the parent, and never by who asked', async () => {
  const { units, people, as } = scene
  const track = trackOf(child, units.cityCivil)
  await as('cityCivil').accept(track)
  expect(await as('cityCivil').cannot.askForTime(track, { newDueOn: '2026-12-14' })).toEqual(['OUT_OF_RANGE'])
  // Whoever asked holds a second post in the unit that decides.
  await world.build.appointment({ personId: people['cityCivil']!.id, unitId: units.civil.id, role: 'DIRECTOR' })
  const request = await as('cityCivil').askForTime(track, { newDueOn: '2026-12-11' })
  expect(await as('cityCivil').cannot.decide(request, { approve: true })).toEqual(['SEPARATION_OF_DUTIES'])
  expect(await as('civil clerk').cannot.decide(request, { approve: true })).toEqual(['FORBIDDEN'])
  expect(await as('civil').decide(request, { approve: true })).toMatchObject({ decidedDueOn: '2026-12-11', task: { dueOn: '2026-12-11' } })
})
