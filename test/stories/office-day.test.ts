import { readFileSync } from 'node:fs'
import { beforeEach, expect, it } from '@jest/globals'
import { parse, print, separateOperations } from 'graphql'
import { useWorld } from '../support/world.js'
import { nothing, type Ref } from './acts.js'
import { trackOf, useScene } from './scene.js'

const world = useWorld()
const scene = useScene(world, "The coordination office's day")
const documents = separateOperations(parse(readFileSync('schema/operations/office.graphql', 'utf8')))

let survey: Ref, county: Ref, waiting: Ref

/** One document of the repository, answered with two statements: who asks, and the answer. */
async function ask(login: string, name: string, variables: object = {}): Promise<any> {
  world.statements()
  const answer = await scene.as(login).asks(print(documents[name]!), { ...variables })
  expect([name, world.statements().length]).toEqual([name, 2])
  return answer
}

beforeEach(async () => {
  const { units, people, as } = scene
  const given = (code: string, dueOn: string, ...assignments: object[]) => as('coordinator').draft(nothing, { code, title: `${code} 号督查`, source: 'LEADER_INSTRUCTION', issuingUnitId: units.office.id, dueOn, assignments })
  const drafts = [
    await given('S-1', '2026-12-04', { unitId: units.civil.id, role: 'LEAD' }, { unitId: units.education.id, role: 'COOPERATING' }),
    await given('S-2', '2026-12-02', { unitId: units.countyCivil.id, role: 'LEAD' }),
    await given('S-3', '2026-12-31', { unitId: units.union.id, role: 'LEAD' }),
  ] as const
  for (const one of drafts) await as('coordinator').propose(one)
  ;[survey, county] = [await as('coordinator').issue(drafts[0]), await as('coordinator').issue(drafts[1])]
  waiting = drafts[2]
  expect(await as('civil').cannot.issue(waiting)).toEqual(['NOT_FOUND'])
  world.day = '2026-11-25'
  await as('civil').accept(trackOf(survey, units.civil), { personId: people['civil clerk']!.id })
  await as('civil').start(trackOf(survey, units.civil))
  await as('countyCivil').accept(trackOf(county, units.countyCivil), { personId: people['countyCivil clerk']!.id })
  world.day = '2026-12-01'
  await as('civil clerk').report(trackOf(survey, units.civil), { periodFrom: '2026-11-25', periodTo: '2026-12-01', percent: 60 })
  await as('countyCivil').askForTime(trackOf(county, units.countyCivil), { newDueOn: '2026-12-11' })
  expect(await as('education').cannot.accept(trackOf(survey, units.civil))).toEqual(['FORBIDDEN'])
  world.day = '2026-12-08'
})

const tracks = ({ nodes }: { nodes: Ref[] }, ...fields: string[]) => nodes.map((one) => [one['task'].code, one['unit'].name, ...fields.map((field) => one[field])])
const everybody = ['coordinator', 'county coordinator', 'neighbour'] as const

it('asks who owns what, what is late and who did not accept; each sees its own part', async () => {
  const owns: Ref[] = [], late: Ref[] = [], idle: Ref[] = []
  for (const login of everybody) {
    const where = { divisionCode: '33' }
    owns.push((await ask(login, 'WhoOwnsWhat', where)).assignments)
    late.push((await ask(login, 'LateAssignments', where)).assignments)
    idle.push((await ask(login, 'NotAccepted', where)).assignments)
  }
  expect(tracks(owns[0] as never, 'status', 'progress')).toEqual([['S-2', '县民政局', 'ACCEPTED', 0], ['S-1', '省民政厅', 'IN_PROGRESS', 60], ['S-1', '省教育厅', 'ISSUED', 0]])
  expect(owns[0]!['nodes'].map(({ person }: Ref) => person?.['name'] ?? null)).toEqual([scene.people['countyCivil clerk']!['name'], scene.people['civil clerk']!['name'], null])
  expect(tracks(late[0] as never, 'daysLate')).toEqual([['S-2', '县民政局', 4], ['S-1', '省民政厅', 2], ['S-1', '省教育厅', 2]])
  expect(tracks(idle[0] as never, 'acceptBy')).toEqual([['S-1', '省教育厅', '2026-11-26']])
  expect([owns, late, idle].map((answers) => answers.map(({ totalCount }) => totalCount))).toEqual([[3, 1, 0], [3, 1, 0], [1, 0, 0]])
  expect(tracks(late[1] as never, 'daysLate')).toEqual([['S-2', '县民政局', 4]])
  expect((await ask('coordinator', 'LateAssignments', { divisionCode: '3301' })).assignments.totalCount).toBe(1)
  expect((await ask('coordinator', 'OwnedOn', { divisionCode: '33', asOf: '2026-11-24' })).assignmentsOpenOn.nodes.map(({ statusAsOf, unitAsOf, isOverdue }: Ref) => [unitAsOf.name, statusAsOf, isOverdue])).toEqual([
    ['县民政局', 'ISSUED', false], ['省民政厅', 'ISSUED', false], ['省教育厅', 'ISSUED', false],
  ])
})

it('asks what waits: for the issuer, and for the unit', async () => {
  const waits = async (login: string) => {
    const { tasksWaitingForMe: tasks, extensionsWaitingForMe: extensions, assignmentsWaitingForMe: own } = await ask(login, 'WaitingForMe')
    return { issues: tasks.nodes.map(({ code }: Ref) => code), decides: extensions.nodes.map(({ task }: Ref) => task.code), does: own.nodes.map(({ task, nextActions }: Ref) => [task.code, nextActions.filter(({ allowed }: Ref) => allowed).map(({ action }: Ref) => action)]) }
  }
  expect(await waits('coordinator')).toEqual({ issues: ['S-3'], decides: ['S-2'], does: [] })
  expect(await waits('education clerk')).toEqual({ issues: [], decides: [], does: [['S-1', ['assignmentAccept', 'assignmentRefuse']]] })
  expect(await waits('county coordinator')).toEqual({ issues: [], decides: [], does: [] })
  expect(await waits('neighbour')).toEqual({ issues: [], decides: [], does: [] })
})

it('asks for the workload by unit and by person', async () => {
  const counts = (nodes: Ref[], ...fields: string[]) => Object.fromEntries(nodes.map((one) => [one['name'], fields.map((field) => one[field].totalCount)]).filter(([, of]) => (of as number[]).some((count) => count > 0)))
  const units = async (login: string) => counts((await ask(login, 'WorkloadByUnit', { divisionCode: '33', days: 3, first: 50 })).units.nodes, 'open', 'late', 'lateFor', 'notAccepted')
  expect(await units('coordinator')).toEqual({ 省民政厅: [1, 1, 0, 0], 省教育厅: [1, 1, 0, 1], 县民政局: [1, 1, 1, 0] })
  expect(await units('county coordinator')).toEqual({ 县民政局: [1, 1, 1, 0] })
  expect(await units('neighbour')).toEqual({})
  const { people } = scene
  const persons = async (login: string) => counts((await ask(login, 'WorkloadByPerson', { divisionCode: '33', first: 50 })).people.nodes, 'open', 'late')
  expect(await persons('coordinator')).toEqual({ [people['civil clerk']!['name']]: [1, 1], [people['countyCivil clerk']!['name']]: [1, 1] })
  expect(await persons('county coordinator')).toEqual({ [people['countyCivil clerk']!['name']]: [1, 1] })
  expect(await persons('neighbour')).toEqual({})
})

it('reads everything about one task as a timeline', async () => {
  const { task } = await ask('coordinator', 'TaskTimeline', { id: county.id })
  expect(task).toMatchObject({ code: 'S-2', status: 'ACCEPTED', isOverdue: true, daysLate: 4, leadUnit: { name: '县民政局' }, extensions: { nodes: [{ requestedOn: '2026-12-01', status: 'PENDING', newDueOn: '2026-12-11' }] } })
  expect(task.steps.nodes.map(({ onDay, act, person, taskTo, trackTo }: Ref) => [onDay, act, person.name, taskTo ?? trackTo])).toEqual([
    ['2026-11-23', 'taskPropose', 'coordinator', 'PENDING_ISSUE'], ['2026-11-23', 'taskIssue', 'coordinator', 'ISSUED'], ['2026-11-23', 'taskIssue', 'coordinator', 'ISSUED'],
    ['2026-11-25', 'assignmentAccept', 'countyCivil', 'ACCEPTED'], ['2026-11-25', 'assignmentAccept', 'countyCivil', 'ACCEPTED'],
  ].map(([day, act, login, to]) => [day, act, scene.people[login!]!['name'], to]))
  expect((await ask('county coordinator', 'TaskTimeline', { id: county.id })).task).toMatchObject({ code: 'S-2', closeOutCheck: null })
  const before = (await ask('coordinator', 'TaskTimeline', { id: survey.id })).task
  expect(before.reports.nodes).toMatchObject([{ percent: 60, isResult: false, unit: { name: '省民政厅' } }])
  expect(before.nextActions.filter(({ allowed }: Ref) => allowed).map(({ action }: Ref) => action)).toEqual(['taskSuspend', 'taskTerminate'])
  expect([await scene.as('neighbour').sees(county), await scene.as('county coordinator').sees(survey)]).toEqual([false, false])
})
