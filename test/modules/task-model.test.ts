/** Random steps by random hands, legal and illegal, against a small model written from the rules' text: states, due days, gates and derived lateness never differ. */
import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const isFull = process.env['HELI_FULL'] === '1'
const runs = Number(process.env['HELI_RUNS'] ?? (isFull ? 2_000 : 25))
const seed = Number(process.env['HELI_SEED'] ?? 5)

const oneDay = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const isWorking = (day: string) => ![0, 6].includes(new Date(at(day)).getUTCDay())
const shift = (day: string, days: number) => new Date(at(day) + days * oneDay).toISOString().slice(0, 10)
/** The nth working day after; the calendar of this test has plain weeks. */
function after(day: string, n: number): string {
  let found = day
  for (let left = n; left > 0; ) if (isWorking((found = shift(found, 1)))) left--
  return found
}
function between(from: string, to: string): number {
  let days = 0
  for (let day = from; day < to; ) if (isWorking((day = shift(day, 1)))) days++
  return days
}

type Hand = 'coordinator' | 'first' | 'second' | 'third' | 'outsider'
interface Track { id: string; unit: 'first' | 'second' | 'third'; isLead: boolean; status: string; due: string | null; isRedone: boolean; pending: { id: string; due: string } | null }
interface Model { day: string; id: string; status: string; due: string | null; suspended: { on: string; from: string } | null; tracks: Track[] }

const open = ['ISSUED', 'REFUSED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED']
const underWay = ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED']
const inHand = ['ACCEPTED', 'IN_PROGRESS', 'RETURNED']
const done = ['COMPLETED', 'EXCUSED', 'TERMINATED']

interface Step { act: string; by: Hand; track: number; n: number; names: number[] }
/** As it was drawn: `right` is whoever may, `onward` whatever leads on from where things stand. */
type Drawn = Omit<Step, 'by'> & { by: Hand | 'right' }
const acts = ['advance', 'taskPropose', 'taskIssue', 'taskWithdraw', 'taskReturn', 'taskComplete', 'taskClose', 'taskSuspend', 'taskResume', 'taskTerminate', 'assignmentAccept', 'assignmentRefuse', 'assignmentStart', 'interim', 'result', 'assignmentComplete', 'assignmentExcuse', 'assignmentHandOver', 'extensionRequest', 'extensionDecide']
// Illegal steps are common anyway; half of the steps lead onward, so that runs get to the end of the file.
const step: fc.Arbitrary<Drawn> = fc.record({
  act: fc.constantFrom(...acts, ...acts.map(() => 'onward')),
  by: fc.constantFrom<Hand | 'right'>('coordinator', 'first', 'second', 'third', 'outsider', ...Array.from({ length: 10 }, () => 'right' as const)),
  track: fc.nat(1),
  n: fc.integer({ min: 1, max: 8 }),
  names: fc.uniqueArray(fc.nat(1), { minLength: 1, maxLength: 2 }),
})

const nextOf: Record<string, string> = { DRAFT: 'taskPropose', PENDING_ISSUE: 'taskIssue', SUSPENDED: 'taskResume' }
const nextOfTrack: Record<string, string> = { ISSUED: 'assignmentAccept', REFUSED: 'assignmentHandOver', ACCEPTED: 'assignmentStart', RETURNED: 'assignmentStart', IN_PROGRESS: 'result' }

/** A drawn step, now that it is known where things stand. */
function settled(model: Model, drawn: Drawn): Step {
  let { act, track } = drawn
  if (act === 'onward') {
    const waiting = model.tracks.findIndex(({ status }) => nextOfTrack[status])
    const lead = model.tracks.find(({ isLead }) => isLead)!
    if (nextOf[model.status]) act = nextOf[model.status]!
    else if (waiting >= 0) [act, track] = [nextOfTrack[model.tracks[waiting]!.status]!, waiting]
    else if (lead.status === 'REPORTED') act = 'taskComplete'
    else if (model.tracks.some(({ status }) => status === 'REPORTED')) [act, track] = ['assignmentComplete', model.tracks.findIndex(({ status }) => status === 'REPORTED')]
    else act = 'taskClose'
  }
  const ofUnit = ['assignmentAccept', 'assignmentRefuse', 'assignmentStart', 'interim', 'result', 'extensionRequest'].includes(act)
  return { ...drawn, act, track, by: drawn.by === 'right' ? (ofUnit ? model.tracks[track]!.unit : 'coordinator') : drawn.by }
}

const follows = (model: Model, track: Track) => {
  if (track.isLead) {
    if (['ACCEPTED', 'IN_PROGRESS', 'REPORTED'].includes(track.status)) model.status = track.status
  } else if (model.status === 'RETURNED' && model.tracks.every(({ isRedone }) => !isRedone) && model.tracks.some(({ isLead, status }) => isLead && status === 'REPORTED')) model.status = 'REPORTED'
}

/** What the rules say of a step: the code of the refusal, or `ok` with the model moved on. `hands` plays for whoever acts on a track. */
function expected(model: Model, { act, by, track: number, n, names }: Step): string {
  const track = model.tracks[number]!
  const lead = model.tracks.find(({ isLead }) => isLead)!
  const isFrozen = model.status === 'SUSPENDED'
  if (act === 'advance') {
    model.day = after(model.day, n)
    return 'ok'
  }
  if (act === 'extensionDecide' && !track.pending) return 'none'
  const assigned = model.tracks.some(({ unit }) => unit === by)
  // A draft is for the issuer, its coordinator and assigned units.
  if (by !== 'coordinator' && !assigned && model.status === 'DRAFT') return 'NOT_FOUND'
  if (act.startsWith('task')) {
    if (by !== 'coordinator') return 'FORBIDDEN'
    const from: Record<string, string[]> = { taskPropose: ['DRAFT'], taskIssue: ['PENDING_ISSUE'], taskWithdraw: ['ISSUED'], taskReturn: ['REPORTED'], taskComplete: ['REPORTED'], taskClose: ['COMPLETED'], taskSuspend: underWay, taskResume: ['SUSPENDED'], taskTerminate: ['DRAFT', 'PENDING_ISSUE', ...underWay, 'SUSPENDED'] }
    if (!from[act]!.includes(model.status)) return 'ILLEGAL_TRANSITION'
    switch (act) {
      case 'taskPropose':
        model.status = 'PENDING_ISSUE'
        return 'ok'
      case 'taskIssue': {
        const due = after(model.day, n)
        // A unit that was due with the task stays due with it; a day of its own stays, and is no later than the task's.
        const own = (one: Track) => (one.due !== null && one.due !== model.due && one.due < due ? one.due : due)
        if (model.tracks.some((one) => own(one) < model.day)) return 'OUT_OF_RANGE'
        for (const one of model.tracks) Object.assign(one, { status: 'ISSUED', due: own(one) })
        Object.assign(model, { status: 'ISSUED', due })
        return 'ok'
      }
      case 'taskWithdraw':
        if (model.tracks.some(({ status }) => !['ISSUED', 'REFUSED'].includes(status))) return 'ACCEPTED_ALREADY'
        model.status = 'PENDING_ISSUE'
        for (const one of model.tracks) one.status = 'PROPOSED'
        return 'ok'
      case 'taskReturn': {
        const due = after(model.day, n)
        if (names.some((name) => model.tracks[name]!.status !== 'REPORTED')) return 'ILLEGAL_TRANSITION'
        for (const name of names) Object.assign(model.tracks[name]!, { status: 'RETURNED', due, isRedone: true })
        if (model.due! < due) model.due = due
        model.status = 'RETURNED'
        return 'ok'
      }
      case 'taskComplete':
        model.status = 'COMPLETED'
        Object.assign(lead, { status: 'COMPLETED', isRedone: false })
        return 'ok'
      case 'taskClose':
        if (model.tracks.some(({ status }) => !done.includes(status))) return 'UNITS_OPEN'
        model.status = 'CLOSED'
        return 'ok'
      case 'taskSuspend':
        model.suspended = { on: model.day, from: model.status }
        model.status = 'SUSPENDED'
        return 'ok'
      case 'taskResume': {
        const lost = between(model.suspended!.on, model.day)
        model.status = model.suspended!.from
        model.suspended = null
        model.due = model.due && after(model.due, lost)
        for (const one of model.tracks) if (!done.includes(one.status)) one.due = one.due && after(one.due, lost)
        return 'ok'
      }
      default:
        model.status = 'TERMINATED'
        model.suspended = null
        for (const one of model.tracks) if (!done.includes(one.status)) Object.assign(one, { status: 'TERMINATED', isRedone: false })
        return 'ok'
    }
  }
  if (act === 'extensionDecide') {
    if (by !== 'coordinator') return 'FORBIDDEN'
    if (!underWay.includes(track.status)) return 'ILLEGAL_TRANSITION'
    if (isFrozen) return 'SUSPENDED'
    const { due } = track.pending!
    if ((track.due && due <= track.due) || due < model.day || (!track.isLead && model.due && due > model.due)) return 'OUT_OF_RANGE'
    Object.assign(track, { due, pending: null })
    if (track.isLead && model.due! < due) model.due = due
    return 'ok'
  }
  if (['assignmentComplete', 'assignmentExcuse', 'assignmentHandOver'].includes(act)) {
    if (by !== 'coordinator') return 'FORBIDDEN'
    if (!(act === 'assignmentComplete' ? ['REPORTED'] : open).includes(track.status)) return 'ILLEGAL_TRANSITION'
    if (isFrozen) return 'SUSPENDED'
    if (act === 'assignmentHandOver') {
      const to = (['first', 'second', 'third'] as const)[n % 3]!
      if (to === track.unit ? track.status !== 'REFUSED' : model.tracks.some(({ unit }) => unit === to)) return 'TAKEN'
      Object.assign(track, { unit: to, status: 'ISSUED', isRedone: false })
      if (track.isLead) model.status = 'ISSUED'
      return 'ok'
    }
    if (track.isLead) return 'LEAD_STAYS'
    Object.assign(track, { status: act === 'assignmentComplete' ? 'COMPLETED' : 'EXCUSED', isRedone: false })
    follows(model, track)
    return 'ok'
  }
  if (by !== track.unit) return 'FORBIDDEN'
  const from: Record<string, string[]> = { assignmentAccept: ['ISSUED'], assignmentRefuse: ['ISSUED'], assignmentStart: ['ACCEPTED', 'RETURNED'], interim: inHand, result: ['IN_PROGRESS'], extensionRequest: inHand }
  // A result is a report: the suspension is told to whoever has the matter in hand, then the state that a result needs.
  if (!(act === 'result' ? inHand : from[act]!).includes(track.status)) return 'ILLEGAL_TRANSITION'
  if (isFrozen) return 'SUSPENDED'
  if (!from[act]!.includes(track.status)) return 'ILLEGAL_TRANSITION'
  switch (act) {
    case 'assignmentAccept':
      track.status = 'ACCEPTED'
      break
    case 'assignmentRefuse':
      track.status = 'REFUSED'
      break
    case 'assignmentStart':
      track.status = 'IN_PROGRESS'
      break
    case 'result':
      Object.assign(track, { status: 'REPORTED', isRedone: false })
      break
    case 'extensionRequest': {
      if (track.due! < model.day) return 'TOO_LATE'
      if (track.pending) return 'TAKEN'
      const due = after(track.due!, n)
      if (!track.isLead && due > model.due!) return 'OUT_OF_RANGE'
      track.pending = { id: '', due }
      return 'ok'
    }
  }
  if (act !== 'interim' && act !== 'assignmentRefuse') follows(model, track)
  return 'ok'
}

interface Scene { office: string; units: Record<'first' | 'second' | 'third', string>; initiative: string }
async function scene(): Promise<Scene> {
  const { build } = world
  const { province, office } = await build.network()
  await build.calendar(2026, 2027, 2028, 2029)
  const unit = async (login: Hand) => {
    const { id } = await build.unit({ divisionId: province.id })
    await build.person({ login, unit: id, role: 'DIRECTOR' })
    return id
  }
  const units = { first: await unit('first'), second: await unit('second'), third: await unit('third') }
  await unit('outsider')
  return { office: office.id, units, initiative: (await build.initiative({ leadUnitId: office.id, divisionId: province.id, visibility: 'NETWORK', status: 'ACTIVE' })).id }
}

let keys = 0
async function send(model: Model, { units }: Scene, { act, by, track: number, n, names }: Step): Promise<string> {
  const track = model.tracks[number]!
  const versions = await world.sql<{ id: string; version: number }>('select id, version from task where id = $1 union all select id, version from assignment where task_id = $1', [model.id])
  const versionOf = (id: string) => versions.find((one) => one.id === id)!.version
  const common = (id: string) => ({ idempotencyKey: `k${++keys}`, expectedVersion: versionOf(id) })
  const onTask = (more: object = {}) => ({ ...common(model.id), taskId: model.id, ...more })
  const onTrack = (more: object = {}) => ({ ...common(track.id), assignmentId: track.id, ...more })
  const why = { reason: '因故' }
  const report = { periodFrom: model.day, periodTo: model.day, text: '进展' }
  const inputs: Record<string, () => [string, string, object]> = {
    taskPropose: () => ['taskPropose', 'TaskStepInput', onTask()], taskIssue: () => ['taskIssue', 'TaskIssueInput', onTask({ dueInWorkingDays: n })], taskWithdraw: () => ['taskWithdraw', 'TaskStepInput', onTask()],
    taskReturn: () => ['taskReturn', 'TaskReturnInput', onTask({ ...why, assignments: names.map((name) => ({ assignmentId: model.tracks[name]!.id, dueOn: after(model.day, n) })) })],
    taskComplete: () => ['taskComplete', 'TaskStepInput', onTask()], taskClose: () => ['taskClose', 'TaskStepInput', onTask()], taskSuspend: () => ['taskSuspend', 'TaskReasonInput', onTask(why)], taskResume: () => ['taskResume', 'TaskStepInput', onTask()],
    taskTerminate: () => ['taskTerminate', 'TaskReasonInput', onTask(why)], assignmentAccept: () => ['assignmentAccept', 'AssignmentAcceptInput', onTrack()], assignmentRefuse: () => ['assignmentRefuse', 'AssignmentReasonInput', onTrack(why)],
    assignmentStart: () => ['assignmentStart', 'AssignmentStepInput', onTrack()], assignmentComplete: () => ['assignmentComplete', 'AssignmentStepInput', onTrack()], assignmentExcuse: () => ['assignmentExcuse', 'AssignmentReasonInput', onTrack(why)],
    assignmentHandOver: () => ['assignmentHandOver', 'AssignmentHandOverInput', onTrack({ ...why, unitId: units[(['first', 'second', 'third'] as const)[n % 3]!] })],
    interim: () => ['progressReport', 'ProgressReportInput', onTrack({ ...report, percent: n * 10 })], result: () => ['progressReport', 'ProgressReportInput', onTrack({ ...report, isResult: true })],
    extensionRequest: () => ['extensionRequest', 'ExtensionRequestInput', onTrack({ reason: '协调', progressSoFar: '过半', newDueOn: after(track.due ?? model.day, n) })],
    extensionDecide: () => ['extensionDecide', 'ExtensionDecideInput', { idempotencyKey: `k${++keys}`, expectedVersion: 1, requestId: track.pending!.id, approve: true }],
  }
  const [mutation, type, input] = inputs[act]!()
  const payload = mutation === 'extensionRequest' ? 'extension { id }' : ''
  const { data, codes } = await world.as(by).run(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} userErrors { code } } }`, { input })
  if (codes.length > 0) return codes[0]!
  const { userErrors, extension } = data[mutation]
  if (extension) track.pending = { id: extension.id, due: after(track.due!, n) }
  return userErrors[0]?.code ?? 'ok'
}

const question = `query ($id: ID!) { task(id: $id) { status dueOn isOverdue daysLate closeOutCheck { code } assignments { id status dueOn isOverdue daysLate unit { id } } } }`

async function compare(model: Model, { units }: Scene): Promise<void> {
  const { data, errors } = await world.as('coordinator').run(question, { id: model.id })
  expect(errors).toEqual([])
  const late = (status: string, due: string | null, isFrozen: boolean) => due !== null && due < model.day && underWay.includes(status) && !isFrozen
  const isFrozen = model.status === 'SUSPENDED'
  const judged = (status: string, due: string | null) => ({ status, dueOn: due, isOverdue: late(status, due, isFrozen), daysLate: late(status, due, isFrozen) ? between(due!, model.day) : null })
  const lead = model.tracks.find(({ isLead }) => isLead)!
  const gate = lead.status !== 'COMPLETED' ? ['LEAD_OPEN'] : model.tracks.some(({ status }) => !done.includes(status)) ? ['UNITS_OPEN'] : []
  expect(data.task).toEqual({
    ...judged(model.status, model.due),
    closeOutCheck: gate.map((code) => ({ code })),
    assignments: model.tracks.map((one) => ({ id: one.id, unit: { id: units[one.unit] }, ...judged(one.status, one.due) })),
  })
}

it('a task and its tracks do what the rules say, whatever is tried by whom', async () => {
  const stage = await scene()
  const counts = { legal: 0, refused: new Map<string, number>(), states: new Set<string>() }
  await fc.assert(
    fc.asyncProperty(fc.noBias(fc.array(step, { minLength: 20, maxLength: 45, size: 'max' })), async (steps) => {
      world.day = today
      const task = await world.build.task({ issuingUnitId: stage.office, initiativeId: stage.initiative, status: 'DRAFT', dueOn: null })
      const track = async (unit: 'first' | 'second', isLead: boolean): Promise<Track> => ({
        id: (await world.build.assignment({ taskId: task.id, unitId: stage.units[unit], role: isLead ? 'LEAD' : 'COOPERATING', status: 'PROPOSED', dueOn: null })).id,
        unit, isLead, status: 'PROPOSED', due: null, isRedone: false, pending: null,
      })
      let model: Model = { day: today, id: task.id, status: 'DRAFT', due: null, suspended: null, tracks: [await track('first', true), await track('second', false)] }
      for (const drawn of steps) {
        const one = settled(model, drawn)
        const next = structuredClone(model)
        const says = expected(next, one)
        if (says === 'none') continue
        if (one.act === 'advance') {
          world.day = next.day
          model = next
          continue
        }
        const got = await send(model, stage, one)
        expect({ step: one, from: model.status, got }).toEqual({ step: one, from: model.status, got: says })
        if (says === 'ok') {
          // The request's id is known only to the answer.
          next.tracks.forEach((each, place) => { if (each.pending && !each.pending.id) each.pending = model.tracks[place]!.pending })
          model = next
          counts.legal++
          counts.states.add(model.status)
          await compare(model, stage)
        } else counts.refused.set(says, (counts.refused.get(says) ?? 0) + 1)
      }
      // What was refused last must have changed nothing either.
      await compare(model, stage)
    }),
    { numRuns: runs, seed, endOnFailure: true },
  )
  const refused = [...counts.refused].map(([code, times]) => `${code} ${times}`).join(', ')
  process.stdout.write(`model seed ${seed}: ${runs} runs, ${counts.legal} legal steps, refused: ${refused}; states reached: ${[...counts.states].sort().join(' ')}\n`)
  expect(counts.legal).toBeGreaterThan(5 * runs)
  expect(counts.states.size).toBeGreaterThanOrEqual(isFull ? 10 : 8)
}, isFull ? 3_600_000 : 120_000)
