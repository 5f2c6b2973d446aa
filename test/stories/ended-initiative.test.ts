import { beforeEach, expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'
import { nothing, type Ref } from './acts.js'
import { trackOf, useScene } from './scene.js'

const world = useWorld()
const scene = useScene(world, 'An initiative that stops')

let initiative: Ref, task: Ref, child: Ref, waiting: Ref
const all = `query All($id: ID!) { initiative(id: $id) { status tasks(orderBy: [{ field: CODE }]) { nodes { code status dueOn isOverdue daysLate assignments { status dueOn acceptBy reportBy isOverdue unit { name } } } } } }`
const stands = async () => (await scene.as('coordinator').asks(all, { id: initiative.id })).initiative.tasks.nodes as Ref[]

beforeEach(async () => {
  const { divisions, units, as } = scene
  initiative = await as('coordinator').create(nothing, { code: 'XD-5', title: '社工站全覆盖', mechanisms: ['SERVICE_AGENCIES'], divisionId: divisions.province.id, visibility: 'NETWORK', leadUnitId: units.civil.id })
  await as('coordinator').plan(initiative)
  await as('coordinator').activate(initiative)
  const shared = { source: 'INITIATIVE', initiativeId: initiative.id }
  const draft = await as('coordinator').draft(nothing, {
    ...shared, code: 'A', title: '建站', issuingUnitId: units.office.id, dueOn: '2026-12-31', assignments: [{ unitId: units.civil.id, role: 'LEAD' }, { unitId: units.education.id, role: 'COOPERATING', dueOn: '2026-12-10' }],
  })
  waiting = await as('coordinator').draft(nothing, { ...shared, code: 'B', title: '挂牌', issuingUnitId: units.office.id, dueOn: '2026-12-31', assignments: [{ unitId: units.civil.id, role: 'LEAD' }] })
  for (const one of [draft, waiting]) await as('coordinator').propose(one)
  task = await as('coordinator').issue(draft)
  await as('civil').accept(trackOf(task, units.civil))
  const part = await as('civil').decompose(task, { ...shared, code: 'A-1', title: '市里建站', issuingUnitId: units.civil.id, dueOn: '2026-12-15', assignments: [{ unitId: units.cityCivil.id, role: 'LEAD' }] })
  await as('civil').propose(part)
  child = await as('civil').issue(part)
})

it('cancelled takes its tasks, their children and all tracks with it; what was late stays in the history', async () => {
  const { units, as } = scene
  world.day = '2026-12-14'
  expect(await as('civil').cannot.cancel(initiative)).toEqual(['FORBIDDEN'])
  expect(await as('city coordinator').cannot.cancel(initiative)).toEqual(['FORBIDDEN'])
  expect(await as('coordinator').cannot.end(initiative)).toEqual(['IN_USE'])
  expect(await as('coordinator').cancel(initiative)).toMatchObject({ status: 'CANCELLED' })
  expect((await stands()).map(({ code, status, isOverdue, assignments }) => [code, status, isOverdue, assignments.map((one: Ref) => one['status'])])).toEqual([
    ['A', 'TERMINATED', false, ['TERMINATED', 'TERMINATED']], ['A-1', 'TERMINATED', false, ['TERMINATED']], ['B', 'TERMINATED', false, ['TERMINATED']],
  ])
  const school = trackOf(task, units.education)
  expect(await as('education').asks('query Then($id: ID!) { assignment(id: $id) { isOverdue then: isOverdue(asOf: "2026-12-11") days: daysLate(asOf: "2026-12-11") steps(orderBy: [{ field: AT, direction: DESC }], first: 1) { nodes { act trackTo } } } }', { id: school.id })).toEqual({
    assignment: { isOverdue: false, then: true, days: 1, steps: { nodes: [{ act: 'initiativeCancel', trackTo: 'TERMINATED' }] } },
  })
  expect(await as('education').cannot.accept(school)).toEqual(['ILLEGAL_TRANSITION'])
  expect(await as('coordinator').cannot.issue(waiting)).toEqual(['ILLEGAL_TRANSITION'])
  expect(await as('coordinator').cannot.draft(nothing, { code: 'C', title: '再来', source: 'INITIATIVE', initiativeId: initiative.id, issuingUnitId: units.office.id })).toEqual(['ILLEGAL_TRANSITION'])
  expect(await as('coordinator').cannot.activate(initiative)).toEqual(['ILLEGAL_TRANSITION'])
})

it('suspended for two weeks stops every clock below it, and moves the due days by the working days lost', async () => {
  const { units, as } = scene
  const school = trackOf(task, units.education)
  world.day = '2026-12-25'
  expect(await as('civil').cannot.pause(initiative)).toEqual(['FORBIDDEN'])
  expect((await stands())[0]).toMatchObject({ isOverdue: false, assignments: [{ isOverdue: false }, { isOverdue: true }] })
  await as('civil').suspend(child)
  expect(await as('coordinator').pause(initiative)).toMatchObject({ status: 'SUSPENDED' })
  world.day = '2027-01-08'
  expect((await stands()).map(({ code, status, isOverdue, assignments }) => [code, status, isOverdue, assignments.map((one: Ref) => one['isOverdue'])])).toEqual([
    ['A', 'SUSPENDED', false, [false, false]], ['A-1', 'SUSPENDED', false, [false]], ['B', 'PENDING_ISSUE', false, [false]],
  ])
  expect(await as('education').cannot.accept(school)).toEqual(['SUSPENDED'])
  expect(await as('coordinator').cannot.resume(task)).toEqual(['SUSPENDED_ABOVE'])
  expect(await as('civil').cannot.resume(child)).toEqual(['SUSPENDED_ABOVE'])
  expect(await as('coordinator').cannot.issue(waiting, { dueOn: '2027-01-29' })).toEqual(['SUSPENDED'])
  expect(await as('civil').cannot.activate(initiative)).toEqual(['FORBIDDEN'])
  // From Friday the 25th to Friday the 8th: nine working days, as New Year's Day is off.
  expect(await as('coordinator').activate(initiative)).toMatchObject({ status: 'ACTIVE' })
  expect((await stands()).map(({ code, status, dueOn, assignments }) => [code, status, dueOn, assignments.map((one: Ref) => [one['unit'].name, one['dueOn'], one['acceptBy'], one['reportBy']])])).toEqual([
    ['A', 'ACCEPTED', '2027-01-14', [['省民政厅', '2027-01-14', '2026-12-09', '2026-12-18'], ['省教育厅', '2026-12-23', '2026-12-09', null]]],
    ['A-1', 'SUSPENDED', '2026-12-15', [['市民政局', '2026-12-15', '2026-11-26', null]]],
    ['B', 'PENDING_ISSUE', '2026-12-31', [['省民政厅', '2026-12-31', null, null]]],
  ])
  // What was suspended on its own stands still until somebody resumes it.
  expect(await as('civil').resume(child)).toMatchObject({ status: 'ISSUED', dueOn: '2026-12-28' })
  expect(await as('coordinator').issue(waiting, { dueOn: '2027-01-29' })).toMatchObject({ status: 'ISSUED' })
})
