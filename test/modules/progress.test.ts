import { PGlite } from '@electric-sql/pglite'
import { describe, expect, it, test } from '@jest/globals'
import { absent, actsOn, all, errorFields, fault, stale } from '../support/acts.js'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { faults, refusals, done, replays, trail } = actsOn(world)
const { build, sql } = { build: () => world.build, sql: <R = Record<string, unknown>>(text: string, values: unknown[] = []) => world.sql<R>(text, values) }

/**
 * A task of the province, led by the school and due on 2026-12-10, with the bureau beside it due on 2026-12-01; reports every five working days.
 * `branch` has a child task of the bureau's. `apart` has nothing to do with any of it, in a province of its own.
 */
async function staged(more: { task?: object; lead?: object; cooperating?: object } = {}) {
  const { province, office } = await build().network()
  await build().calendar(2026)
  const basis = await build().document()
  await build().row('supervision_policy', 'supo', { divisionId: province.id, name: '规则', validFrom: '2020-01-01', basisId: basis.id, acceptWithinDays: 2, reportEveryDays: 5 })
  const [school, bureau, apart] = [await build().unit({ divisionId: province.id }), await build().unit({ divisionId: province.id }), await build().unit()]
  const branch = await build().unit({ divisionId: province.id, lineParentId: bureau.id })
  await build().mandate({ unitId: apart.id, role: 'OVERALL_COORDINATION' })
  for (const [name, { id }] of Object.entries({ school, bureau, branch })) for (const role of ['DIRECTOR', 'CLERK', 'HR_OFFICER']) await build().person({ login: `${name} ${role}`, unit: id, role })
  for (const role of ['DIRECTOR', 'COORDINATOR']) await build().person({ login: `apart ${role}`, unit: apart.id, role })
  const task = await build().task({ issuingUnitId: office.id, issuedOn: '2026-11-02', status: 'IN_PROGRESS', dueOn: '2026-12-10', ...more.task })
  const lead = await build().assignment({ taskId: task.id, unitId: school.id, role: 'LEAD', dueOn: '2026-12-10', ...more.lead })
  const cooperating = await build().assignment({ taskId: task.id, unitId: bureau.id, dueOn: '2026-12-01', reportBy: '2026-11-24', ...more.cooperating })
  const child = await build().task({ issuingUnitId: bureau.id, parentId: task.id, issuedOn: '2026-11-02', status: 'IN_PROGRESS', dueOn: '2026-11-27' })
  const below = await build().assignment({ taskId: child.id, unitId: branch.id, role: 'LEAD', dueOn: '2026-11-27' })
  return { province, office, school, bureau, branch, apart, task, lead, cooperating, child, below }
}
type Staged = Awaited<ReturnType<typeof staged>>

const states = ['PROPOSED', 'ISSUED', 'ACCEPTED', 'REFUSED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'EXCUSED', 'TERMINATED'] as const
const but = (...left: readonly string[]) => states.filter((state) => !left.includes(state))
const inHand = ['ACCEPTED', 'IN_PROGRESS', 'RETURNED'] as const
const setStatus = ({ id }: Built, status: string) => sql('update assignment set status = $1 where id = $2', [status, id])
const suspend = ({ id }: Built) => sql(`update task set status = 'SUSPENDED', suspended_from = 'IN_PROGRESS', suspended_with = id, suspended_on = '2026-11-20' where id = $1`, [id])
/** The row itself, its days as days. */
const stored = async (table: string, { id }: { id: string }) => (await sql(`select to_jsonb(t) - 'created_at' - 'updated_at' as row from "${table}" t where id = $1`, [id]))[0]!['row'] as Record<string, unknown>
const key = { idempotencyKey: 'a' }

const reportDocument = `mutation ($input: ProgressReportInput!) { progressReport(input: $input) { report {
  id version periodFrom periodTo percent text isResult reportedOn reporter { id } unit { id } task { id status } assignment { id version status progress reportBy reportedOn } } ${errorFields} } }`
const interim = ({ id }: Built, more: object = {}) => ({ ...key, assignmentId: id, expectedVersion: 1, periodFrom: '2026-11-16', periodTo: '2026-11-22', percent: 60, text: ' 已完成摸底 ', ...more })
const result = ({ id }: Built, more: object = {}) => ({ ...key, assignmentId: id, expectedVersion: 1, periodFrom: '2026-11-16', periodTo: today, text: '已办结', isResult: true, ...more })

describe('progressReport: an interim report', () => {
  it('notes how far it is and when the next one is due, and changes no state', async () => {
    const { cooperating, task, bureau } = await staged()
    const report = await done('bureau CLERK', reportDocument, interim(cooperating))
    const [clerk] = await sql(`select person_id from account where subject = 'bureau CLERK'`)
    expect(report).toEqual({
      id: expect.stringMatching(/^prog_/), version: 1, periodFrom: '2026-11-16', periodTo: '2026-11-22', percent: 60, text: '已完成摸底', isResult: false, reportedOn: today, reporter: { id: clerk!['person_id'] }, unit: { id: bureau.id },
      task: { id: task.id, status: 'IN_PROGRESS' },
      assignment: { id: cooperating.id, version: 2, status: 'IN_PROGRESS', progress: 60, reportBy: '2026-11-30', reportedOn: null },
    })
    const [[verb, subject, changes]] = (await trail()) as [Awaited<ReturnType<typeof trail>>[number]]
    expect([verb, subject]).toEqual(['progressReport', report.id])
    expect(changes.find(([type]) => type === 'Assignment')).toEqual(['Assignment', 'UPDATED', { progress: [0, 60], reportBy: ['2026-11-24', '2026-11-30'] }])
    expect(await sql('select type, kind, version from event order by type')).toEqual([{ type: 'Assignment', kind: 'UPDATED', version: 2 }, { type: 'ProgressReport', kind: 'CREATED', version: 1 }])
    expect(await sql('select id from task_step')).toEqual([])
  })

  it.each(inHand)('is for a track that is %s', async (status) => {
    const { cooperating } = await staged({ cooperating: { status } })
    expect((await done('bureau DIRECTOR', reportDocument, interim(cooperating))).assignment).toMatchObject({ status, progress: 60 })
  })

  it('is refused in every other state', async () => {
    const { cooperating } = await staged()
    for (const status of but(...inHand)) {
      await setStatus(cooperating, status)
      expect([status, await faults('bureau CLERK', reportDocument, interim(cooperating))]).toEqual([status, [fault('ILLEGAL_TRANSITION', 'input.assignmentId')]])
    }
  })

  it('of the lead unit leaves the task where it stands', async () => {
    const { lead } = await staged({ task: { status: 'RETURNED' }, lead: { status: 'RETURNED', isRedone: true } })
    expect(await done('school CLERK', reportDocument, interim(lead))).toMatchObject({ task: { status: 'RETURNED' }, assignment: { status: 'RETURNED', progress: 60 } })
  })

  it('may tell of less than the one before', async () => {
    const { cooperating } = await staged({ cooperating: { progress: 80 } })
    expect((await done('bureau CLERK', reportDocument, interim(cooperating, { percent: 0 }))).assignment.progress).toBe(0)
  })

  it('needs no next day where no policy sets a rhythm', async () => {
    const { cooperating } = await staged()
    await sql('update task set policy_id = null')
    expect((await done('bureau CLERK', reportDocument, interim(cooperating))).assignment.reportBy).toBeNull()
  })

  it('tells that a year has no calendar', async () => {
    const { cooperating } = await staged()
    await sql('update supervision_policy set report_every_days = 60')
    expect(await faults('bureau CLERK', reportDocument, interim(cooperating))).toEqual([fault('CALENDAR_MISSING', 'input.assignmentId')])
  })

  it.each([
    ['a period that ends before it begins', { periodFrom: '2026-11-22', periodTo: '2026-11-21' }, 'OUT_OF_RANGE', 'input.periodTo'],
    ['a period that ends after today', { periodTo: '2026-11-24' }, 'OUT_OF_RANGE', 'input.periodTo'],
    ['no percentage', { percent: undefined }, 'REQUIRED', 'input.percent'],
    ['less than nothing', { percent: -1 }, 'OUT_OF_RANGE', 'input.percent'],
    ['more than everything', { percent: 101 }, 'OUT_OF_RANGE', 'input.percent'],
    ['no words', { text: '  ' }, 'OUT_OF_RANGE', 'input.text'],
  ])('refuses %s', async (_what, more, code, field) => {
    const { cooperating } = await staged()
    expect(await faults('bureau CLERK', reportDocument, interim(cooperating, more))).toEqual([fault(code, field)])
  })
})

describe('progressReport: a result', () => {
  it('of the lead unit makes its track REPORTED, and the task', async () => {
    const { lead, task } = await staged({ lead: { reportBy: '2026-11-25' } })
    expect(await done('school DIRECTOR', reportDocument, result(lead))).toMatchObject({
      percent: 100, isResult: true, task: { id: task.id, status: 'REPORTED' }, assignment: { version: 2, status: 'REPORTED', progress: 100, reportBy: null, reportedOn: today },
    })
    expect(await sql('select act, task_from, task_to, track_from, track_to from task_step order by track_to')).toEqual([
      { act: 'progressReport', task_from: null, task_to: null, track_from: 'IN_PROGRESS', track_to: 'REPORTED' },
      { act: 'progressReport', task_from: 'IN_PROGRESS', task_to: 'REPORTED', track_from: null, track_to: null },
    ])
  })

  it('of a cooperating unit leaves the task where it stands', async () => {
    const { cooperating } = await staged()
    expect(await done('bureau CLERK', reportDocument, result(cooperating, { percent: 100 }))).toMatchObject({ task: { status: 'IN_PROGRESS' }, assignment: { status: 'REPORTED' } })
  })

  it('of the last unit that was to redo its part makes the task REPORTED again', async () => {
    const { cooperating } = await staged({ task: { status: 'RETURNED' }, lead: { status: 'REPORTED' }, cooperating: { isRedone: true } })
    expect(await done('bureau CLERK', reportDocument, result(cooperating))).toMatchObject({ task: { status: 'REPORTED' } })
    expect(await stored('assignment', cooperating)).toMatchObject({ is_redone: false })
  })

  it('is refused in every state but IN_PROGRESS', async () => {
    const { cooperating } = await staged()
    for (const status of but('IN_PROGRESS')) {
      await setStatus(cooperating, status)
      expect([status, await faults('bureau CLERK', reportDocument, result(cooperating))]).toEqual([status, [fault('ILLEGAL_TRANSITION', 'input.assignmentId')]])
    }
  })

  it('is 100 per cent', async () => {
    const { cooperating } = await staged()
    expect(await faults('bureau CLERK', reportDocument, result(cooperating, { percent: 99 }))).toEqual([fault('OUT_OF_RANGE', 'input.percent')])
  })
})

describe.each([['interim', interim], ['result', result]] as const)('progressReport: %s', (_form, input) => {
  it('is an act of the unit that has the track', async () => {
    const { cooperating } = await staged()
    const others = ['bureau HR_OFFICER', 'school DIRECTOR', 'school CLERK', 'coordinator']
    expect(await refusals(reportDocument, input(cooperating), [...others, 'branch DIRECTOR', 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), 'branch DIRECTOR': 'NOT_FOUND', nobody: 'UNAUTHENTICATED' })
  })

  it('is refused while the task is suspended', async () => {
    const { cooperating, task } = await staged()
    await suspend(task)
    expect(await faults('bureau CLERK', reportDocument, input(cooperating))).toEqual([fault('SUSPENDED', 'input.assignmentId')])
  })

  it('from a stale version is a conflict, and the same key again answers the same', async () => {
    const { cooperating } = await staged()
    await replays('bureau CLERK', reportDocument, input(cooperating), { text: '别' })
    expect(await faults('bureau CLERK', reportDocument, input(cooperating, { idempotencyKey: 'b' }))).toEqual([stale(2, _form === 'interim' ? ['progress', 'reportBy'] : ['progress', 'reportBy', 'reportedOn', 'status'])])
  })
})

test('progressReport costs few statements, however long the history of the track', async () => {
  const { cooperating, lead } = await staged()
  const written: string[] = []
  const engine = Object.getPrototypeOf(PGlite.prototype) as Record<'query' | 'exec', (text: string, ...rest: unknown[]) => unknown>
  const { query, exec } = engine
  // MikroORM's own go by `exec`, the house's by `query`.
  const noting = (run: typeof query) =>
    function (this: object, text: string, ...rest: unknown[]) {
      written.push(text)
      return run.call(this, text, ...rest)
    }
  /** From the beginning of the transaction to its end. */
  const counted = async (login: string, input: object) => {
    written.length = 0
    await done(login, reportDocument, input)
    return written.slice(written.indexOf('begin'), written.indexOf('commit') + 1)
  }
  Object.assign(engine, { query: noting(query), exec: noting(exec) })
  try {
    const first = await counted('bureau CLERK', interim(cooperating))
    const last = await counted('school CLERK', result(lead))
    for (let at = 0; at < 20; at++) await build().progressReport({ assignmentId: cooperating.id })
    const again = await counted('bureau CLERK', interim(cooperating, { expectedVersion: 2, idempotencyKey: 'b', percent: 70 }))
    expect([first.length, again.length, last.length]).toEqual([9, 9, 9])
  } finally {
    Object.assign(engine, { query, exec })
  }
})

const reviewDocument = `mutation ($input: ReviewAddInput!) { reviewAdd(input: $input) { review { id verdict text reviewedOn report { id } reviewer { id } task { id } assignment { id version latestReview { id } } } ${errorFields} } }`
const review = ({ id }: Built, more: object = {}) => ({ ...key, assignmentId: id, verdict: 'POOR', text: ' 未见台账 ', ...more })

describe('reviewAdd', () => {
  it('notes a check of one report and changes nothing else', async () => {
    const { lead, task } = await staged()
    const report = await build().progressReport({ assignmentId: lead.id })
    const [me] = await sql(`select person_id from account where subject = 'coordinator'`)
    const made = await done('coordinator', reviewDocument, review(lead, { reportId: report.id }))
    expect(made).toEqual({
      id: expect.stringMatching(/^revw_/), verdict: 'POOR', text: '未见台账', reviewedOn: today, report: { id: report.id }, reviewer: { id: me!['person_id'] }, task: { id: task.id },
      assignment: { id: lead.id, version: 1, latestReview: { id: made.id } },
    })
    expect((await trail()).map(([verb, subject, changes]) => [verb, subject, changes.map(([type]) => type)])).toEqual([['reviewAdd', made.id, ['Review']]])
  })

  it('is for a track that was accepted, and no other', async () => {
    const { cooperating } = await staged()
    const accepted = [...inHand, 'REPORTED', 'COMPLETED']
    for (const status of but(...accepted)) {
      await setStatus(cooperating, status)
      expect([status, await faults('coordinator', reviewDocument, review(cooperating))]).toEqual([status, [fault('ILLEGAL_TRANSITION', 'input.assignmentId')]])
    }
    for (const status of accepted) {
      await setStatus(cooperating, status)
      expect(await done('coordinator', reviewDocument, review(cooperating, { idempotencyKey: status }))).toMatchObject({ verdict: 'POOR', report: null })
    }
  })

  it('is an act of whoever writes the task', async () => {
    const { lead, below } = await staged()
    const others = ['school DIRECTOR', 'bureau DIRECTOR']
    expect(await refusals(reviewDocument, review(lead), [...others, 'apart COORDINATOR'])).toEqual({ ...all(others, 'FORBIDDEN'), 'apart COORDINATOR': 'NOT_FOUND' })
    expect(await refusals(reviewDocument, review(below), ['bureau CLERK', 'branch DIRECTOR'])).toEqual(all(['bureau CLERK', 'branch DIRECTOR'], 'FORBIDDEN'))
    expect(await done('bureau DIRECTOR', reviewDocument, review(below))).toMatchObject({ verdict: 'POOR' })
  })

  it('is not for the person who reported', async () => {
    const { lead, school } = await staged()
    const [me] = await sql<{ person_id: string }>(`select person_id from account where subject = 'coordinator'`)
    await build().appointment({ personId: me!.person_id, unitId: school.id, role: 'CLERK' })
    await done('coordinator', reportDocument, interim(lead))
    expect(await faults('coordinator', reviewDocument, review(lead, { idempotencyKey: 'b' }))).toEqual([fault('SEPARATION_OF_DUTIES', 'input.assignmentId')])
  })

  it('takes only a report of the assignment, is refused while suspended, and answers the same again', async () => {
    const { lead, cooperating, task } = await staged()
    const other = await build().progressReport({ assignmentId: cooperating.id })
    for (const reportId of [other.id, absent('prog')]) expect(await faults('coordinator', reviewDocument, review(lead, { reportId }))).toEqual([fault('UNKNOWN', 'input.reportId')])
    await replays('coordinator', reviewDocument, review(lead), { verdict: 'GOOD' })
    await suspend(task)
    expect(await faults('coordinator', reviewDocument, review(lead, { idempotencyKey: 'b' }))).toEqual([fault('SUSPENDED', 'input.assignmentId')])
  })
})

const extensionFields = `extension { id version status requestedOn oldDueOn newDueOn reason progressSoFar decidedDueOn decidedOn decisionNote requestedBy { id } decidedBy { id } unit { id }
  assignment { id version dueOn status pendingExtension { id } task { id version dueOn } } } ${errorFields}`
const requestDocument = `mutation ($input: ExtensionRequestInput!) { extensionRequest(input: $input) { ${extensionFields} } }`
const withdrawDocument = `mutation ($input: ExtensionWithdrawInput!) { extensionWithdraw(input: $input) { ${extensionFields} } }`
const decideDocument = `mutation ($input: ExtensionDecideInput!) { extensionDecide(input: $input) { ${extensionFields} } }`
const ask = ({ id }: Built, more: object = {}) => ({ ...key, assignmentId: id, expectedVersion: 1, newDueOn: '2026-12-08', reason: ' 部门会签未完 ', progressSoFar: ' 已完成初稿 ', ...more })
const withdraw = ({ id }: Built, more: object = {}) => ({ ...key, requestId: id, expectedVersion: 1, ...more })
const decide = ({ id }: Built, more: object = {}) => ({ ...key, requestId: id, expectedVersion: 1, approve: true, ...more })

describe('extensionRequest', () => {
  it('waits for a decision and stops no clock', async () => {
    const { cooperating, task, bureau } = await staged()
    const made = await done('bureau CLERK', requestDocument, ask(cooperating))
    const [clerk] = await sql(`select person_id from account where subject = 'bureau CLERK'`)
    expect(made).toEqual({
      id: expect.stringMatching(/^extr_/), version: 1, status: 'PENDING', requestedOn: today, oldDueOn: '2026-12-01', newDueOn: '2026-12-08', reason: '部门会签未完', progressSoFar: '已完成初稿', decidedDueOn: null, decidedOn: null,
      decisionNote: null, requestedBy: { id: clerk!['person_id'] }, decidedBy: null, unit: { id: bureau.id },
      assignment: { id: cooperating.id, version: 1, dueOn: '2026-12-01', status: 'IN_PROGRESS', pendingExtension: { id: made.id }, task: { id: task.id, version: 1, dueOn: '2026-12-10' } },
    })
  })

  it('is for a track in hand, and no other', async () => {
    const { cooperating } = await staged()
    for (const status of but(...inHand)) {
      await setStatus(cooperating, status)
      expect([status, await faults('bureau CLERK', requestDocument, ask(cooperating))]).toEqual([status, [fault('ILLEGAL_TRANSITION', 'input.assignmentId')]])
    }
    for (const status of inHand) {
      await setStatus(cooperating, status)
      const made = await done('bureau CLERK', requestDocument, ask(cooperating, { idempotencyKey: status }))
      await done('bureau CLERK', withdrawDocument, withdraw(made, { idempotencyKey: status }))
    }
  })

  it('may be asked until the due day ends', async () => {
    const { cooperating } = await staged({ cooperating: { dueOn: '2026-11-20' } })
    expect(await faults('bureau CLERK', requestDocument, ask(cooperating))).toEqual([fault('TOO_LATE', 'input.assignmentId')])
    await sql('update assignment set due_on = $1 where id = $2', [today, cooperating.id])
    expect(await done('bureau CLERK', requestDocument, ask(cooperating))).toMatchObject({ status: 'PENDING', oldDueOn: today })
  })

  it('has one waiting at a time', async () => {
    const { cooperating } = await staged()
    const first = await done('bureau CLERK', requestDocument, ask(cooperating))
    expect(await faults('bureau DIRECTOR', requestDocument, ask(cooperating, { idempotencyKey: 'b' }))).toEqual([fault('TAKEN', 'input.assignmentId')])
    await done('bureau CLERK', withdrawDocument, withdraw(first))
    expect(await done('bureau DIRECTOR', requestDocument, ask(cooperating, { idempotencyKey: 'b' }))).toMatchObject({ status: 'PENDING' })
  })

  it('has one waiting at a time by the database too', async () => {
    const { cooperating } = await staged()
    await build().extensionRequest({ assignmentId: cooperating.id })
    await expect(build().extensionRequest({ assignmentId: cooperating.id })).rejects.toMatchObject({ constraint: 'extension_request_one_pending' })
  })

  it('needs a due day to move', async () => {
    const { cooperating } = await staged({ cooperating: { dueOn: null } })
    expect(await faults('bureau CLERK', requestDocument, ask(cooperating))).toEqual([fault('NO_DUE_DAY', 'input.assignmentId')])
  })

  it.each([
    ['the same day', '2026-12-01', 'OUT_OF_RANGE'],
    ['an earlier day', '2026-11-30', 'OUT_OF_RANGE'],
    ['a Saturday', '2026-12-05', 'NOT_A_WORKING_DAY'],
    ['a day after the task is due', '2026-12-11', 'OUT_OF_RANGE'],
    ['a day in a year without a calendar', '2027-01-04', 'CALENDAR_MISSING'],
  ])('refuses %s', async (_what, newDueOn, code) => {
    const { cooperating } = await staged()
    expect(await faults('bureau CLERK', requestDocument, ask(cooperating, { newDueOn }))).toEqual([fault(code, 'input.newDueOn')])
  })

  it('of a child task stays within its parent', async () => {
    const { below } = await staged()
    expect(await faults('branch CLERK', requestDocument, ask(below, { newDueOn: '2026-12-11' }))).toEqual([fault('OUT_OF_RANGE', 'input.newDueOn')])
    expect(await done('branch CLERK', requestDocument, ask(below, { newDueOn: '2026-12-10' }))).toMatchObject({ newDueOn: '2026-12-10' })
  })

  it('is an act of the unit that has the track', async () => {
    const { cooperating } = await staged()
    const others = ['bureau HR_OFFICER', 'school DIRECTOR', 'coordinator']
    expect(await refusals(requestDocument, ask(cooperating), [...others, 'apart DIRECTOR', 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), 'apart DIRECTOR': 'NOT_FOUND', nobody: 'UNAUTHENTICATED' })
  })

  it('is refused while suspended and from a stale version, and answers the same again', async () => {
    const { cooperating, task } = await staged()
    expect(await faults('bureau CLERK', requestDocument, ask(cooperating, { expectedVersion: 7 }))).toEqual([stale(1, [])])
    await suspend(task)
    expect(await faults('bureau CLERK', requestDocument, ask(cooperating))).toEqual([fault('SUSPENDED', 'input.assignmentId')])
    await sql(`update task set status = 'IN_PROGRESS'`)
    await replays('bureau CLERK', requestDocument, ask(cooperating), { reason: '别' })
  })
})

/** A waiting request of the track, asked by nobody in particular. */
const waiting = ({ id }: Built, more: object = {}) => build().extensionRequest({ assignmentId: id, oldDueOn: '2026-12-01', newDueOn: '2026-12-08', ...more })

describe('extensionWithdraw', () => {
  it('frees the track for another request', async () => {
    const { cooperating } = await staged()
    expect(await done('bureau DIRECTOR', withdrawDocument, withdraw(await waiting(cooperating)))).toMatchObject({ version: 2, status: 'WITHDRAWN', decidedOn: null, assignment: { version: 1, pendingExtension: null } })
  })

  it('is for one that waits', async () => {
    const { cooperating } = await staged()
    const decided = { decidedOn: today }
    for (const more of [{ status: 'APPROVED', decidedDueOn: '2026-12-08', ...decided }, { status: 'REJECTED', ...decided }, { status: 'WITHDRAWN' }]) {
      expect(await faults('bureau CLERK', withdrawDocument, withdraw(await waiting(cooperating, more)))).toEqual([fault('ILLEGAL_TRANSITION', 'input.requestId')])
    }
  })

  it('is an act of the unit that has the track, refused while suspended and from a stale version, and answers the same again', async () => {
    const { cooperating, task } = await staged()
    const request = await waiting(cooperating)
    const others = ['bureau HR_OFFICER', 'school DIRECTOR', 'coordinator']
    expect(await refusals(withdrawDocument, withdraw(request), [...others, 'apart DIRECTOR'])).toEqual({ ...all(others, 'FORBIDDEN'), 'apart DIRECTOR': 'NOT_FOUND' })
    expect(await faults('bureau CLERK', withdrawDocument, withdraw(request, { expectedVersion: 3 }))).toEqual([stale(1, [])])
    await suspend(task)
    expect(await faults('bureau CLERK', withdrawDocument, withdraw(request))).toEqual([fault('SUSPENDED', 'input.requestId')])
    await sql(`update task set status = 'IN_PROGRESS'`)
    await replays('bureau CLERK', withdrawDocument, withdraw(request), { expectedVersion: 2 })
  })
})

describe('extensionDecide', () => {
  it('moves a cooperating unit alone, to the day that the approver fixes', async () => {
    const { cooperating, lead, task } = await staged()
    const [me] = await sql(`select person_id from account where subject = 'coordinator'`)
    expect(await done('coordinator', decideDocument, decide(await waiting(cooperating), { dueOn: '2026-12-04', note: ' 仅此一次 ' }))).toMatchObject({
      version: 2, status: 'APPROVED', newDueOn: '2026-12-08', decidedDueOn: '2026-12-04', decidedOn: today, decisionNote: '仅此一次', decidedBy: { id: me!['person_id'] },
      assignment: { version: 2, dueOn: '2026-12-04', pendingExtension: null, task: { version: 1, dueOn: '2026-12-10' } },
    })
    expect(await stored('assignment', lead)).toMatchObject({ version: 1, due_on: '2026-12-10' })
    expect(await sql('select act, assignment_id, due_from::text, due_to::text from task_step')).toEqual([{ act: 'extensionDecide', assignment_id: cooperating.id, due_from: '2026-12-01', due_to: '2026-12-04' }])
    expect(await stored('task', task)).toMatchObject({ version: 1 })
  })

  it('moves the task with its lead unit, and nobody else', async () => {
    const { lead, cooperating, child } = await staged()
    const request = await waiting(lead, { oldDueOn: '2026-12-10', newDueOn: '2026-12-18' })
    expect(await done('coordinator', decideDocument, decide(request))).toMatchObject({ decidedDueOn: '2026-12-18', assignment: { dueOn: '2026-12-18', task: { version: 2, dueOn: '2026-12-18' } } })
    expect([await stored('assignment', cooperating), await stored('task', child)]).toMatchObject([{ version: 1, due_on: '2026-12-01' }, { version: 1, due_on: '2026-11-27' }])
  })

  it('does not bring the task forward where its lead unit was due before it', async () => {
    const { lead } = await staged({ lead: { dueOn: '2026-12-02' } })
    expect(await done('coordinator', decideDocument, decide(await waiting(lead, { oldDueOn: '2026-12-02' })))).toMatchObject({ assignment: { dueOn: '2026-12-08', task: { version: 1, dueOn: '2026-12-10' } } })
  })

  it('may come after the due day has ended', async () => {
    const { cooperating } = await staged({ cooperating: { dueOn: '2026-11-20' } })
    expect(await done('coordinator', decideDocument, decide(await waiting(cooperating, { oldDueOn: '2026-11-20' })))).toMatchObject({ assignment: { dueOn: '2026-12-08' } })
  })

  it('that rejects says why and moves nothing', async () => {
    const { cooperating } = await staged()
    const request = await waiting(cooperating)
    expect(await faults('coordinator', decideDocument, decide(request, { approve: false }))).toEqual([fault('REQUIRED', 'input.note')])
    expect(await faults('coordinator', decideDocument, decide(request, { approve: false, note: '不同意', dueOn: '2026-12-08' }))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    expect(await done('coordinator', decideDocument, decide(request, { approve: false, note: '理由不足' }))).toMatchObject({
      status: 'REJECTED', decidedDueOn: null, decidedOn: today, decisionNote: '理由不足', assignment: { version: 1, dueOn: '2026-12-01', pendingExtension: null },
    })
  })

  it.each([
    ['the same day', {}, '2026-12-01', 'OUT_OF_RANGE'],
    ['a day before today', { cooperating: { dueOn: '2026-11-16' } }, '2026-11-20', 'OUT_OF_RANGE'],
    ['a Sunday', {}, '2026-12-06', 'NOT_A_WORKING_DAY'],
    ['a day after the task is due', {}, '2026-12-11', 'OUT_OF_RANGE'],
    ['a day in a year without a calendar', {}, '2027-01-04', 'CALENDAR_MISSING'],
  ])('refuses %s', async (_what, more, dueOn, code) => {
    const { cooperating } = await staged(more)
    expect(await faults('coordinator', decideDocument, decide(await waiting(cooperating), { dueOn }))).toEqual([fault(code, 'input.dueOn')])
  })

  it('refuses the day that was asked for where the task has since become due earlier', async () => {
    const { cooperating, task } = await staged()
    const request = await waiting(cooperating)
    await sql('update task set due_on = $1 where id = $2', ['2026-12-04', task.id])
    expect(await faults('coordinator', decideDocument, decide(request))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
  })

  it('for a child task is an act of the decomposing unit within the parent', async () => {
    const { below, child } = await staged()
    const request = await waiting(below, { oldDueOn: '2026-11-27', newDueOn: '2026-12-04' })
    expect(await refusals(decideDocument, decide(request), ['bureau CLERK', 'branch DIRECTOR', 'school DIRECTOR'])).toEqual({ ...all(['bureau CLERK', 'branch DIRECTOR'], 'FORBIDDEN'), 'school DIRECTOR': 'NOT_FOUND' })
    expect(await faults('bureau DIRECTOR', decideDocument, decide(request, { dueOn: '2026-12-11' }))).toEqual([fault('OUT_OF_RANGE', 'input.dueOn')])
    expect(await done('bureau DIRECTOR', decideDocument, decide(request))).toMatchObject({ assignment: { dueOn: '2026-12-04', task: { id: child.id, dueOn: '2026-12-04' } } })
  })

  it('is an act of whoever writes the task', async () => {
    const { cooperating } = await staged()
    const request = await waiting(cooperating)
    const others = ['school DIRECTOR', 'bureau DIRECTOR', 'bureau CLERK']
    expect(await refusals(decideDocument, decide(request), [...others, 'apart COORDINATOR', 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), 'apart COORDINATOR': 'NOT_FOUND', nobody: 'UNAUTHENTICATED' })
  })

  it('is not for the person who asked', async () => {
    const { cooperating, bureau } = await staged()
    const [me] = await sql<{ person_id: string }>(`select person_id from account where subject = 'coordinator'`)
    await build().appointment({ personId: me!.person_id, unitId: bureau.id, role: 'DIRECTOR' })
    const request = await done('coordinator', requestDocument, ask(cooperating))
    for (const more of [{ approve: true }, { approve: false, note: '不同意' }]) expect(await faults('coordinator', decideDocument, decide(request, { idempotencyKey: 'b', ...more }))).toEqual([fault('SEPARATION_OF_DUTIES', 'input.requestId')])
  })

  it('is for one that waits', async () => {
    const { cooperating } = await staged()
    const decided = { decidedOn: today }
    for (const more of [{ status: 'APPROVED', decidedDueOn: '2026-12-08', ...decided }, { status: 'REJECTED', ...decided }, { status: 'WITHDRAWN' }]) {
      const request = await waiting(cooperating, more)
      for (const answer of [{ approve: true }, { approve: false, note: '不同意' }]) expect(await faults('coordinator', decideDocument, decide(request, answer))).toEqual([fault('ILLEGAL_TRANSITION', 'input.requestId')])
    }
  })

  it('is for a track whose due day still counts', async () => {
    const { cooperating } = await staged()
    const request = await waiting(cooperating)
    const counting = ['ISSUED', ...inHand, 'REPORTED']
    for (const status of but(...counting)) {
      await setStatus(cooperating, status)
      for (const answer of [{ approve: true }, { approve: false, note: '不同意' }]) expect([status, await faults('coordinator', decideDocument, decide(request, answer))]).toEqual([status, [fault('ILLEGAL_TRANSITION', 'input.requestId')]])
    }
  })

  it('is refused while suspended and from a stale version, and answers the same again', async () => {
    const { cooperating, task } = await staged()
    const request = await waiting(cooperating)
    expect(await faults('coordinator', decideDocument, decide(request, { expectedVersion: 2 }))).toEqual([stale(1, [])])
    await suspend(task)
    expect(await faults('coordinator', decideDocument, decide(request))).toEqual([fault('SUSPENDED', 'input.requestId')])
    await sql(`update task set status = 'IN_PROGRESS'`)
    await replays('coordinator', decideDocument, decide(request), { dueOn: '2026-12-07' })
  })
})

describe('extensionsWaitingForMe', () => {
  const waitingFor = async (login: string) => (await world.as(login).run('{ extensionsWaitingForMe { totalCount nodes { id } } }')).data.extensionsWaitingForMe.nodes.map(({ id }: { id: string }) => id)

  it('are those that the viewer may decide now', async () => {
    const { lead, cooperating, below, bureau, task } = await staged()
    const [first, second, third] = [await waiting(lead, { oldDueOn: '2026-12-10', newDueOn: '2026-12-18' }), await waiting(cooperating), await waiting(below, { oldDueOn: '2026-11-27' })]
    await waiting(lead, { status: 'WITHDRAWN' })
    expect(await waitingFor('coordinator')).toEqual([first.id, second.id, third.id])
    expect(await waitingFor('bureau DIRECTOR')).toEqual([third.id])
    for (const login of ['bureau CLERK', 'school DIRECTOR', 'branch DIRECTOR', 'apart COORDINATOR']) expect([login, await waitingFor(login)]).toEqual([login, []])
    // Not what one asked for oneself, nor what is held or over.
    const [me] = await sql<{ person_id: string }>(`select person_id from account where subject = 'coordinator'`)
    await build().appointment({ personId: me!.person_id, unitId: bureau.id, role: 'DIRECTOR' })
    await sql('update extension_request set requested_by_id = $1 where id = $2', [me!.person_id, second.id])
    await setStatus(lead, 'COMPLETED')
    expect(await waitingFor('coordinator')).toEqual([third.id])
    await setStatus(lead, 'IN_PROGRESS')
    await suspend(task)
    expect(await waitingFor('coordinator')).toEqual([third.id])
  })
})

const commentDocument = `mutation ($input: CommentAddInput!) { commentAdd(input: $input) { comment { id version visibility text withdrawnAt author { id } unit { id } task { id version } } ${errorFields} } }`
const commentWithdraw = `mutation ($input: CommentWithdrawInput!) { commentWithdraw(input: $input) { comment { id version visibility text withdrawnAt author { id } } ${errorFields} } }`
const remark = ({ id }: Built, unit: Built, more: object = {}) => ({ ...key, taskId: id, unitId: unit.id, visibility: 'ALL', text: ' 请抓紧 ', ...more })
const takeBack = ({ id }: { id: string }, more: object = {}) => ({ ...key, commentId: id, expectedVersion: 1, ...more })

describe('commentAdd', () => {
  it.each([
    ['coordinator', 'office'],
    ['school DIRECTOR', 'school'],
    ['bureau CLERK', 'bureau'],
  ] as const)('is an act of %s in the name of the %s', async (login, place) => {
    const made: Staged = await staged()
    const [me] = await sql('select person_id from account where subject = $1', [login])
    expect(await done(login, commentDocument, remark(made.task, made[place]))).toEqual({
      id: expect.stringMatching(/^cmnt_/), version: 1, visibility: 'ALL', text: '请抓紧', withdrawnAt: null, author: { id: me!['person_id'] }, unit: { id: made[place].id }, task: { id: made.task.id, version: 1 },
    })
  })

  it('is no act of those who take no part, and does not tell of a task that they do not see', async () => {
    const { task, child, school, apart } = await staged()
    expect(await refusals(commentDocument, remark(task, school), ['school HR_OFFICER', 'nobody'])).toEqual({ 'school HR_OFFICER': 'FORBIDDEN', nobody: 'UNAUTHENTICATED' })
    for (const one of [task, child, { id: absent('task') }]) expect(await faults('apart COORDINATOR', commentDocument, remark(one, apart))).toEqual([fault('UNKNOWN', 'input.taskId')])
  })

  it('is made only in the name of a unit for which the author takes part', async () => {
    const { task, school, bureau, apart } = await staged()
    const both = await build().person({ login: 'both', unit: school.id, role: 'CLERK' })
    await build().appointment({ personId: both.id, unitId: apart.id, role: 'CLERK' })
    await build().appointment({ personId: both.id, unitId: bureau.id, role: 'HR_OFFICER' })
    // A seat elsewhere, a seat here without the right, no seat at all.
    for (const [login, unit] of [['both', apart], ['both', bureau], ['coordinator', school]] as const) expect(await refusals(commentDocument, remark(task, unit), [login])).toEqual({ [login]: 'FORBIDDEN' })
    expect(await faults('both', commentDocument, remark(task, { id: absent('unit') }))).toEqual([fault('UNKNOWN', 'input.unitId')])
    expect(await done('both', commentDocument, remark(task, school))).toMatchObject({ unit: { id: school.id } })
  })

  it('is made in any state, suspended and closed too, and answers the same again', async () => {
    const { task, school } = await staged()
    await suspend(task)
    await replays('school CLERK', commentDocument, remark(task, school), { text: '别' })
    await sql(`update task set status = 'CLOSED' where id = $1`, [task.id])
    expect(await done('school CLERK', commentDocument, remark(task, school, { idempotencyKey: 'b' }))).toMatchObject({ text: '请抓紧' })
  })

  it('of a unit for itself is read there alone, by every way', async () => {
    const { task, school } = await staged()
    const inside = await done('school CLERK', commentDocument, remark(task, school, { visibility: 'INTERNAL' }))
    const outside = await done('school CLERK', commentDocument, remark(task, school, { idempotencyKey: 'b' }))
    const read = async (login: string) => {
      const { data } = await world.as(login).run('query ($task: ID!) { comments { totalCount nodes { id } } task(id: $task) { comments { totalCount nodes { id } } } }', { task: task.id })
      expect(data.task.comments).toEqual(data.comments)
      return data.comments.nodes.map(({ id }: { id: string }) => id)
    }
    for (const login of ['school CLERK', 'school DIRECTOR', 'school HR_OFFICER']) expect([login, await read(login)]).toEqual([login, [inside.id, outside.id]])
    for (const login of ['coordinator', 'bureau DIRECTOR']) expect([login, await read(login)]).toEqual([login, [outside.id]])
    expect((await world.as('bureau DIRECTOR').run('query ($id: ID!) { comment(id: $id) { text } }', { id: inside.id })).codes).toEqual(['NOT_FOUND'])
  })
})

describe('commentWithdraw', () => {
  it('takes the words away and leaves them in the audit trail', async () => {
    const { task, school } = await staged()
    const made = await done('school CLERK', commentDocument, remark(task, school))
    expect(await done('school CLERK', commentWithdraw, takeBack(made))).toEqual({ id: made.id, version: 2, visibility: 'ALL', text: null, withdrawnAt: '2026-11-23T02:00:00+00:00', author: made.author })
    expect((await trail())[1]![2]).toEqual([['Comment', 'UPDATED', { text: ['请抓紧', null], withdrawnAt: [null, expect.anything()] }]])
  })

  it('is an act of its author alone, once', async () => {
    const { task, school } = await staged()
    const made = await done('school CLERK', commentDocument, remark(task, school))
    expect(await refusals(commentWithdraw, takeBack(made), ['school DIRECTOR', 'coordinator', 'apart DIRECTOR'])).toEqual({ 'school DIRECTOR': 'FORBIDDEN', coordinator: 'FORBIDDEN', 'apart DIRECTOR': 'NOT_FOUND' })
    expect(await faults('school CLERK', commentWithdraw, takeBack(made, { expectedVersion: 2, idempotencyKey: 'b' }))).toEqual([stale(1, [])])
    await replays('school CLERK', commentWithdraw, takeBack(made), { expectedVersion: 2 })
    expect(await faults('school CLERK', commentWithdraw, takeBack(made, { expectedVersion: 2, idempotencyKey: 'b' }))).toEqual([fault('ILLEGAL_TRANSITION', 'input.commentId')])
  })
})

describe('what a portal draws its buttons from', () => {
  const acts = ['progressReport', 'reviewAdd', 'extensionRequest'] as const
  const asked = `query ($id: ID!) { assignment(id: $id) { viewerCan { ${acts.map((act) => `${act} { allowed reasons { code } }`).join(' ')} } nextActions { action allowed missing { code } } } }`
  const told = async (login: string, { id }: Built) => (await world.as(login).run(asked, { id })).data.assignment

  it('agrees with what the mutations do, in every state', async () => {
    const { cooperating } = await staged()
    for (const status of states) {
      await setStatus(cooperating, status)
      const { viewerCan, nextActions } = await told('bureau CLERK', cooperating)
      const isInHand = (inHand as readonly string[]).includes(status)
      const wanted = isInHand ? { allowed: true, reasons: [] } : { allowed: false, reasons: [{ code: 'ILLEGAL_TRANSITION' }] }
      expect([status, viewerCan]).toEqual([status, { progressReport: wanted, extensionRequest: wanted, reviewAdd: { allowed: false, reasons: [{ code: 'FORBIDDEN' }] } }])
      const named = nextActions.filter(({ action, allowed }: { action: string; allowed: boolean }) => allowed && acts.includes(action as never)).map(({ action }: { action: string }) => action)
      expect([status, named.sort()]).toEqual([status, isInHand ? ['extensionRequest', 'progressReport'] : []])
    }
  })

  it('tells what is missing for a legal step', async () => {
    const { cooperating, task } = await staged({ cooperating: { dueOn: '2026-11-20' } })
    await waiting(cooperating, { oldDueOn: '2026-11-20' })
    expect((await told('bureau CLERK', cooperating)).nextActions).toContainEqual({ action: 'extensionRequest', allowed: false, missing: [{ code: 'TOO_LATE' }, { code: 'TAKEN' }] })
    await suspend(task)
    expect((await told('bureau CLERK', cooperating)).viewerCan.progressReport).toEqual({ allowed: false, reasons: [{ code: 'SUSPENDED' }] })
  })

  it('is told of a request and of a comment too', async () => {
    const { cooperating, task, school } = await staged()
    const request = await waiting(cooperating)
    const comment = await done('school CLERK', commentDocument, remark(task, school))
    const document = 'query ($request: ID!, $comment: ID!) { extensionRequest(id: $request) { nextActions { action allowed } } comment(id: $comment) { nextActions { action allowed } } }'
    const read = async (login: string) => (await world.as(login).run(document, { request: request.id, comment: comment.id })).data
    const both = (withdraw: boolean, decide: boolean) => ({ nextActions: [{ action: 'extensionWithdraw', allowed: withdraw }, { action: 'extensionDecide', allowed: decide }] })
    expect(await read('bureau CLERK')).toEqual({ extensionRequest: both(true, false), comment: { nextActions: [{ action: 'commentWithdraw', allowed: false }] } })
    expect(await read('coordinator')).toMatchObject({ extensionRequest: both(false, true) })
    await done('school CLERK', commentWithdraw, takeBack(comment))
    expect(await read('school CLERK')).toEqual({ extensionRequest: both(false, false), comment: { nextActions: [] } })
  })
})

test('the latest and the waiting are told of a track, and lists are narrowed and ordered', async () => {
  const { lead, cooperating, task } = await staged()
  const older = await build().progressReport({ assignmentId: lead.id, reportedOn: '2026-11-20', percent: 30 })
  const newer = await build().progressReport({ assignmentId: lead.id, reportedOn: '2026-11-21', percent: 50 })
  await build().progressReport({ assignmentId: cooperating.id })
  await build().review({ assignmentId: lead.id, reviewedOn: '2026-11-22' })
  const judged = await build().review({ assignmentId: lead.id, reviewedOn: today, reportId: newer.id, verdict: 'FAIR' })
  const pending = await waiting(lead, { oldDueOn: '2026-12-10', newDueOn: '2026-12-18' })
  const document = `query ($lead: ID!, $task: ID!) {
    assignment(id: $lead) { latestReport { id } latestReview { id verdict report { id } } pendingExtension { id } reviews { totalCount } extensions { totalCount }
      reports(orderBy: [{ field: REPORTED_ON, direction: DESC }]) { nodes { id } } }
    task(id: $task) { reports { totalCount } extensions(filter: { status: { eq: PENDING } }) { totalCount } }
    progressReports(filter: { percent: { gt: 40 }, assignment: { role: { eq: LEAD } } }) { nodes { id } }
    reviews(filter: { verdict: { eq: FAIR } }) { nodes { id } }
    extensionRequests(filter: { status: { eq: APPROVED } }) { totalCount }
  }`
  const { data, errors } = await world.as('coordinator').run(document, { lead: lead.id, task: task.id })
  expect(errors).toEqual([])
  expect(data).toEqual({
    assignment: {
      latestReport: { id: newer.id }, latestReview: { id: judged.id, verdict: 'FAIR', report: { id: newer.id } }, pendingExtension: { id: pending.id }, reviews: { totalCount: 2 }, extensions: { totalCount: 1 },
      reports: { nodes: [{ id: newer.id }, { id: older.id }] },
    },
    task: { reports: { totalCount: 3 }, extensions: { totalCount: 1 } },
    progressReports: { nodes: [{ id: newer.id }] },
    reviews: { nodes: [{ id: judged.id }] },
    extensionRequests: { totalCount: 0 },
  })
})
