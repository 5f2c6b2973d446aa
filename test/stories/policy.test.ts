import { expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'
import { nothing } from './acts.js'
import { trackOf, useScene } from './scene.js'

const world = useWorld()
const scene = useScene(world, "The policy's own initiative")

it("goes from the joint conference to a closed file; at each step somebody without the right is refused", async () => {
  const { divisions, units, people, as } = scene
  const conference = await world.build.conference({ convenorId: units.office.id, name: '社会工作人才联席会议' })
  for (const member of [units.civil, units.education, units.union]) await world.build.row('conference_member', 'cmem', { conferenceId: conference.id, unitId: member.id, joinedOn: '2024-01-01' })
  const planned = await world.build.meeting({ conferenceId: conference.id, status: 'PLANNED', heldOn: '2026-11-23' })

  // The joint conference meets, and resolves to build the posts.
  expect(await as('civil').cannot.holdMeeting(planned)).toEqual(['FORBIDDEN'])
  expect(await as('neighbour').cannot.holdMeeting(planned)).toEqual(['NOT_FOUND'])
  const meeting = await as('office clerk').holdMeeting(planned, { minutes: '同意开发社会工作岗位' })
  expect(meeting).toMatchObject({ status: 'HELD', heldOn: '2026-11-23' })
  const resolved = { text: '年底前开发社区社会工作岗位三百个', responsibleId: units.civil.id, dueOn: '2026-12-31' }
  expect(await as('civil').cannot.resolve(meeting, resolved)).toEqual(['FORBIDDEN'])
  const resolution = await as('office').resolve(meeting, resolved)
  expect(resolution).toMatchObject({ number: 1, status: 'AGREED' })

  // The coordination office opens the initiative that carries it.
  const joined = [['personnel', 'RESPONSIBLE'], ['education', 'COOPERATING'], ['union', 'COOPERATING']] as const
  const plan = {
    code: 'XD-2026-1', title: '社区社会工作人才队伍建设', mechanisms: ['PROFESSIONAL_POSTS', 'FUNDING'], divisionId: divisions.province.id, visibility: 'NETWORK', leadUnitId: units.civil.id,
    participations: joined.map(([body, role]) => ({ unitId: units[body].id, role })),
  }
  expect(await as('civil').cannot.create(nothing, plan)).toEqual(['FORBIDDEN'])
  const initiative = await as('coordinator').create(nothing, plan)
  expect(initiative).toMatchObject({ status: 'DRAFT', leadUnit: { name: '省民政厅' } })
  expect(await as('union').cannot.plan(initiative)).toEqual(['FORBIDDEN'])
  expect(await as('coordinator').cannot.activate(initiative)).toEqual(['ILLEGAL_TRANSITION'])
  await as('coordinator').plan(initiative)
  expect(await as('civil').cannot.activate(initiative)).toEqual(['FORBIDDEN'])
  expect(await as('coordinator').activate(initiative)).toMatchObject({ status: 'ACTIVE' })

  // The resolution becomes a task: the responsible unit leads, two cooperate.
  const asked = {
    code: 'DC-2026-1', title: '开发社会工作岗位', initiativeId: initiative.id, issuingUnitId: units.office.id,
    assignments: [{ unitId: units.civil.id, role: 'LEAD' }, { unitId: units.education.id, role: 'COOPERATING', dueOn: '2026-12-18' }, { unitId: units.union.id, role: 'COOPERATING' }],
  }
  expect(await as('civil').cannot.makeTaskOf(resolution, asked)).toEqual(['FORBIDDEN'])
  const { task, resolution: tasked } = await as('coordinator').makeTaskOf(resolution, asked)
  expect(tasked.status).toBe('TASKED')
  expect(task).toMatchObject({ status: 'DRAFT', dueOn: '2026-12-31' })
  expect(await as('coordinator').cannot.issue(task)).toEqual(['ILLEGAL_TRANSITION'])
  await as('coordinator').propose(task)
  for (const login of ['civil', 'city coordinator', 'leader']) expect([login, await as(login).cannot.issue(task)]).toEqual([login, ['FORBIDDEN']])
  expect(await as('auditor').cannot.issue(task)).toEqual(['FORBIDDEN'])
  const issued = await as('coordinator').issue(task)
  expect(issued).toMatchObject({ status: 'ISSUED', issuedOn: '2026-11-23', dueOn: '2026-12-31' })
  const [lead, school, union] = [trackOf(issued, units.civil), trackOf(issued, units.education), trackOf(issued, units.union)]

  // Each unit accepts for itself, within its three working days.
  world.day = '2026-11-24'
  expect(await as('education').cannot.accept(lead)).toEqual(['FORBIDDEN'])
  expect(await as('coordinator').cannot.accept(lead)).toEqual(['FORBIDDEN'])
  expect(await as('civil').cannot.accept(lead, { personId: people['education clerk']!.id })).toEqual(['OUT_OF_RANGE'])
  expect(await as('civil').accept(lead, { personId: people['civil clerk']!.id })).toMatchObject({ status: 'ACCEPTED', reportBy: '2026-12-08', task: { status: 'ACCEPTED' } })
  expect(await as('coordinator').cannot.withdraw(task)).toEqual(['ILLEGAL_TRANSITION'])
  await as('education clerk').accept(school)
  expect(await as('union').accept(union)).toMatchObject({ status: 'ACCEPTED', acceptBy: '2026-11-26' })
  world.day = '2026-11-25'
  expect(await as('union').cannot.start(lead)).toEqual(['FORBIDDEN'])
  expect(await as('civil clerk').start(lead)).toMatchObject({ task: { status: 'IN_PROGRESS' } })
  for (const [login, track] of [['education', school], ['union', union]] as const) await as(login).start(track)

  // Interim reports change no state, and set the day of the next one.
  world.day = '2026-12-07'
  const half = { periodFrom: '2026-11-24', periodTo: '2026-12-04', percent: 45 }
  expect(await as('education').cannot.report(lead, half)).toEqual(['FORBIDDEN'])
  expect(await as('civil clerk').cannot.report(lead, { ...half, periodTo: '2026-12-08' })).toEqual(['OUT_OF_RANGE'])
  const interim = await as('civil clerk').report(lead, half)
  expect(interim).toMatchObject({ isResult: false, assignment: { status: 'IN_PROGRESS', progress: 45, reportBy: '2026-12-21', task: { status: 'IN_PROGRESS' } } })
  expect(await as('civil').cannot.review(lead, { reportId: interim.id })).toEqual(['FORBIDDEN'])
  await as('coordinator').review(lead, { reportId: interim.id, verdict: 'FAIR' })

  // Results, review, completion.
  world.day = '2026-12-17'
  const result = { isResult: true, periodFrom: '2026-12-07', periodTo: '2026-12-17' }
  for (const [login, track] of [['education clerk', school], ['union clerk', union]] as const) expect(await as(login).report(track, result)).toMatchObject({ assignment: { status: 'REPORTED', progress: 100 } })
  expect(await as('coordinator').cannot.complete(task)).toEqual(['ILLEGAL_TRANSITION'])
  expect(await as('civil clerk').report(lead, result)).toMatchObject({ assignment: { task: { status: 'REPORTED' } } })
  expect(await as('civil clerk').cannot.report(lead, result)).toEqual(['ILLEGAL_TRANSITION'])
  expect(await as('civil').cannot.complete(task)).toEqual(['FORBIDDEN'])
  expect(await as('coordinator').cannot.end(initiative)).toEqual(['IN_USE'])
  await as('coordinator').review(lead)
  await as('coordinator').finish(school)
  expect(await as('coordinator').complete(task)).toMatchObject({ status: 'COMPLETED', completedOn: '2026-12-17' })

  // The file closes when every unit is done, by somebody outside the lead unit.
  expect(await as('coordinator').cannot.close(task)).toEqual(['UNITS_OPEN'])
  expect(await as('education').cannot.finish(union)).toEqual(['FORBIDDEN'])
  await as('coordinator').finish(union)
  expect(await as('civil').cannot.close(task)).toEqual(['FORBIDDEN'])
  expect(await as('leader').cannot.close(task)).toEqual(['FORBIDDEN'])
  world.day = '2026-12-18'
  expect(await as('coordinator').close(task)).toMatchObject({ status: 'CLOSED', closedOn: '2026-12-18' })
  expect(await as('coordinator').cannot.terminate(task)).toEqual(['ILLEGAL_TRANSITION'])

  // The conference reads what became of its resolution.
  const asks = 'query WhatBecame($id: ID!) { resolution(id: $id) { status tasks { task { code status closedOn isOverdue leadUnit { name } } } } }'
  const became = { resolution: { status: 'TASKED', tasks: [{ task: { code: 'DC-2026-1', status: 'CLOSED', closedOn: '2026-12-18', isOverdue: false, leadUnit: { name: '省民政厅' } } }] } }
  for (const login of ['union', 'coordinator']) expect(await as(login).asks(asks, { id: resolution.id })).toEqual(became)
  expect(await as('neighbour').sees(resolution)).toBe(false)
  expect(await as('civil').cannot.end(initiative)).toEqual(['FORBIDDEN'])
  expect(await as('coordinator').end(initiative)).toMatchObject({ status: 'CLOSED' })
  expect(await as('coordinator').cannot.makeTaskOf(resolution, { ...asked, code: 'DC-2026-2' })).toEqual(['ILLEGAL_TRANSITION'])
})
