import { expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'
import type { Ref } from './acts.js'
import { trackOf, useScene } from './scene.js'

const world = useWorld()
const scene = useScene(world, 'A return and redo')

const history = `query Timeline($id: ID!, $then: Day!) { task(id: $id) {
  createdAt updatedAt isOverdue then: isOverdue(asOf: $then) daysThen: daysLate(asOf: $then) statusThen: statusAsOf(asOf: $then) dueThen: dueOnAsOf(asOf: $then)
  steps(orderBy: [{ field: AT }]) { nodes { onDay act note taskFrom taskTo trackTo dueFrom dueTo assignment { unit { name } } } }
  assignments { isOverdue then: isOverdue(asOf: $then) daysThen: daysLate(asOf: $then) unit { name } } } }`

it('sends two of three units back; what was late before stays in the history', async () => {
  const { units, as } = scene
  const draft = await as('coordinator').draft({ id: '' }, {
    code: 'DC-2', title: '核查证书补贴发放', source: 'LEADER_INSTRUCTION', issuingUnitId: units.office.id, dueOn: '2026-12-04',
    assignments: [{ unitId: units.personnel.id, role: 'LEAD' }, { unitId: units.civil.id, role: 'COOPERATING' }, { unitId: units.justice.id, role: 'COOPERATING' }],
  })
  await as('coordinator').propose(draft)
  const task = await as('coordinator').issue(draft)
  const [lead, civil, justice] = [trackOf(task, units.personnel), trackOf(task, units.civil), trackOf(task, units.justice)]
  const all: [string, Ref][] = [['personnel', lead], ['civil', civil], ['justice', justice]]
  for (const [login, track] of all) await as(login).accept(track)
  world.day = '2026-11-25'
  for (const [login, track] of all) await as(login).start(track)

  // Due on Friday the 4th, and reported on Wednesday the 9th: three working days late.
  world.day = '2026-12-04'
  expect((await as('coordinator').asks(history, { id: task.id, then: '2026-12-04' })).task).toMatchObject({ isOverdue: false, then: false, daysThen: null })
  world.day = '2026-12-09'
  for (const [login, track] of all) await as(login).report(track, { isResult: true, periodFrom: '2026-11-25', periodTo: '2026-12-09' })
  await as('coordinator').review(lead, { verdict: 'POOR', text: '名单与台账不符' })
  const again = (...tracks: [Ref, string][]) => ({ reason: '名单与台账不符', assignments: tracks.map(([{ id }, dueOn]) => ({ assignmentId: id, dueOn })) })
  expect(await as('personnel').cannot.sendBack(task, again([lead, '2026-12-16']))).toEqual(['FORBIDDEN'])
  expect(await as('county coordinator').cannot.sendBack(task, again([lead, '2026-12-16']))).toEqual(['NOT_FOUND'])
  expect(await as('coordinator').cannot.sendBack(task, again([lead, '2026-12-08']))).toEqual(['OUT_OF_RANGE'])
  expect(await as('coordinator').cannot.sendBack(task, again([lead, '2026-12-12']))).toEqual(['NOT_A_WORKING_DAY'])
  expect(await as('coordinator').cannot.sendBack(task, again())).toEqual(['REQUIRED'])
  const returned = await as('coordinator').sendBack(task, again([lead, '2026-12-16'], [civil, '2026-12-14']))
  expect(returned).toMatchObject({ status: 'RETURNED', dueOn: '2026-12-16' })
  expect(returned['assignments'].map(({ status, dueOn, unit }: Ref) => [unit.name, status, dueOn]).sort()).toEqual([
    ['省人社厅', 'RETURNED', '2026-12-16'], ['省司法厅', 'REPORTED', '2026-12-04'], ['省民政厅', 'RETURNED', '2026-12-14'],
  ])

  // Done again in time. The lateness of then is no lateness of now.
  expect(await as('coordinator').cannot.complete(task)).toEqual(['ILLEGAL_TRANSITION'])
  expect(await as('personnel').cannot.report(lead, { isResult: true, periodFrom: '2026-12-09', periodTo: '2026-12-09' })).toEqual(['ILLEGAL_TRANSITION'])
  world.day = '2026-12-10'
  expect(await as('civil').start(civil)).toMatchObject({ task: { status: 'RETURNED' } })
  expect(await as('personnel').start(lead)).toMatchObject({ task: { status: 'IN_PROGRESS' } })
  world.day = '2026-12-14'
  const result = { isResult: true, periodFrom: '2026-12-10', periodTo: '2026-12-14' }
  await as('civil').report(civil, result)
  expect(await as('personnel').report(lead, result)).toMatchObject({ assignment: { task: { status: 'REPORTED' } } })
  for (const track of [civil, justice]) await as('coordinator').finish(track)
  await as('coordinator').complete(task)
  expect(await as('coordinator').cannot.sendBack(task, again([lead, '2026-12-16']))).toEqual(['ILLEGAL_TRANSITION'])
  await as('coordinator').close(task)

  const { task: told } = await as('coordinator').asks(history, { id: task.id, then: '2026-12-08' })
  expect(told).toMatchObject({ createdAt: '2026-11-23T02:00:00+00:00', updatedAt: '2026-12-14T02:00:00+00:00', isOverdue: false, then: true, daysThen: 2, statusThen: 'IN_PROGRESS', dueThen: '2026-12-04' })
  expect(told.assignments).toEqual(expect.arrayContaining(['省人社厅', '省民政厅', '省司法厅'].map((name) => ({ isOverdue: false, then: true, daysThen: 2, unit: { name } }))))
  const steps = told.steps.nodes as Ref[]
  expect(steps.filter(({ assignment }) => !assignment).map(({ onDay, taskTo, dueTo }) => [onDay, taskTo, dueTo])).toEqual([
    ['2026-11-23', 'PENDING_ISSUE', '2026-12-04'], ['2026-11-23', 'ISSUED', '2026-12-04'], ['2026-11-23', 'ACCEPTED', '2026-12-04'], ['2026-11-25', 'IN_PROGRESS', '2026-12-04'], ['2026-12-09', 'REPORTED', '2026-12-04'],
    ['2026-12-09', 'RETURNED', '2026-12-16'], ['2026-12-10', 'IN_PROGRESS', '2026-12-16'], ['2026-12-14', 'REPORTED', '2026-12-16'], ['2026-12-14', 'COMPLETED', '2026-12-16'], ['2026-12-14', 'CLOSED', '2026-12-16'],
  ])
  expect(steps.filter(({ trackTo }) => trackTo === 'RETURNED').map(({ act, note, dueFrom, dueTo, assignment }) => [act, note, assignment.unit.name, dueFrom, dueTo]).sort()).toEqual([
    ['taskReturn', '名单与台账不符', '省人社厅', '2026-12-04', '2026-12-16'], ['taskReturn', '名单与台账不符', '省民政厅', '2026-12-04', '2026-12-14'],
  ])
})
