import { afterAll, expect } from '@jest/globals'
import { actsOn } from '../support/acts.js'
import type { World } from '../support/world.js'

/** A row as the API answered it; an id is enough to act on it again. */
export interface Ref {
  id: string
  [field: string]: any
}

const task = 'id code status issuedOn dueOn completedOn closedOn assignments { id role status dueOn unit { name } }'
const track = 'id status dueOn acceptBy reportBy progress unit { name } person { name } task { status dueOn }'
const initiative = 'id code status leadUnit { name } participations { id version role unit { name } }'
const resolution = 'id number status'
const request = 'id status oldDueOn newDueOn decidedDueOn assignment { dueOn } task { dueOn }'
const onTask = ['taskId', 'task', task] as const
const onTrack = ['assignmentId', 'assignment', track] as const
const onInitiative = ['initiativeId', 'initiative', initiative] as const
const onRequest = ['requestId', 'extension', request] as const

/** The domain's verbs: mutation, its input, the key of the row that it is about, and what it answers. */
const verbs = {
  holdMeeting: ['meetingHold', 'MeetingHoldInput', 'meetingId', 'meeting', 'id number status heldOn'],
  resolve: ['resolutionAdd', 'ResolutionAddInput', 'meetingId', 'resolution', resolution],
  makeTaskOf: ['resolutionToTask', 'ResolutionToTaskInput', 'resolutionId', 'resolutionTask', `resolution { ${resolution} } task { ${task} }`],
  create: ['initiativeCreate', 'InitiativeCreateInput', null, 'initiative', initiative],
  plan: ['initiativePlan', 'InitiativeStepInput', ...onInitiative],
  activate: ['initiativeActivate', 'InitiativeStepInput', ...onInitiative],
  pause: ['initiativeSuspend', 'InitiativeStepInput', ...onInitiative],
  cancel: ['initiativeCancel', 'InitiativeStepInput', ...onInitiative],
  end: ['initiativeClose', 'InitiativeStepInput', ...onInitiative],
  giveLead: ['initiativeUpdate', 'InitiativeUpdateInput', ...onInitiative],
  leave: ['participationRemove', 'ParticipationRemoveInput', 'participationId', 'initiative', initiative],
  draft: ['taskCreate', 'TaskCreateInput', null, 'task', task],
  decompose: ['taskCreate', 'TaskCreateInput', 'parentId', 'task', task],
  change: ['taskUpdate', 'TaskUpdateInput', ...onTask],
  propose: ['taskPropose', 'TaskStepInput', ...onTask],
  issue: ['taskIssue', 'TaskIssueInput', ...onTask],
  withdraw: ['taskWithdraw', 'TaskStepInput', ...onTask],
  sendBack: ['taskReturn', 'TaskReturnInput', ...onTask],
  complete: ['taskComplete', 'TaskStepInput', ...onTask],
  close: ['taskClose', 'TaskStepInput', ...onTask],
  suspend: ['taskSuspend', 'TaskReasonInput', ...onTask],
  resume: ['taskResume', 'TaskStepInput', ...onTask],
  terminate: ['taskTerminate', 'TaskReasonInput', ...onTask],
  accept: ['assignmentAccept', 'AssignmentAcceptInput', ...onTrack],
  refuse: ['assignmentRefuse', 'AssignmentReasonInput', ...onTrack],
  start: ['assignmentStart', 'AssignmentStepInput', ...onTrack],
  finish: ['assignmentComplete', 'AssignmentStepInput', ...onTrack],
  excuse: ['assignmentExcuse', 'AssignmentReasonInput', ...onTrack],
  handOver: ['assignmentHandOver', 'AssignmentHandOverInput', ...onTrack],
  report: ['progressReport', 'ProgressReportInput', 'assignmentId', 'report', 'id percent isResult reportedOn assignment { status progress reportBy task { status } }'],
  review: ['reviewAdd', 'ReviewAddInput', 'assignmentId', 'review', 'id verdict'],
  askForTime: ['extensionRequest', 'ExtensionRequestInput', 'assignmentId', 'extension', request],
  decide: ['extensionDecide', 'ExtensionDecideInput', ...onRequest],
  endUnit: ['unitEnd', 'UnitEndInput', 'unitId', 'unit', 'id name endedOn successor { name }'],
} as const satisfies Record<string, readonly [mutation: string, input: string, key: string | null, answer: string, fields: string]>
type Verb = keyof typeof verbs

const capital = (name: string) => name[0]!.toUpperCase() + name.slice(1)
const documentOf = ([mutation, input, , answer, fields]: (typeof verbs)[Verb]) =>
  `mutation ${capital(mutation)}($input: ${input}!) { ${mutation}(input: $input) { ${answer} { ${fields} } userErrors { code field message } } }`

/** What is said with an act where the story does not say it otherwise. */
const saying: Partial<Record<Verb, object>> = {
  sendBack: { reason: '退回重办' }, suspend: { reason: '等待上级意见' }, terminate: { reason: '事项已取消' }, refuse: { reason: '不属本单位职责' }, excuse: { reason: '无须继续办理' },
  handOver: { reason: '职责调整' }, report: { text: '已完成走访与统计' }, review: { text: '现场核实无误', verdict: 'GOOD' }, askForTime: { reason: '需跨部门会商', progressSoFar: '已完成大半' },
}

export type Does = { [verb in Verb]: (about: Ref, more?: object) => Promise<Ref> }
export type Fails = { [verb in Verb]: (about: Ref, more?: object) => Promise<string[]> }

/** Somebody of the story. What they do succeeds; what they `cannot` do is refused, with the codes answered, and leaves every table as it was. */
export interface Actor extends Does {
  cannot: Fails
  sees(row: Ref): Promise<boolean>
  /** Asks a question that must be answered without an error. */
  asks<T = any>(document: string, variables?: Record<string, unknown>): Promise<T>
}

/** The acts of a story on this world; counts what was done and what was refused, and says so when the file ends. */
export function tell(world: World, title: string): (login: string) => Actor {
  const { everything } = actsOn(world)
  const count = { transitions: 0, refusals: 0 }
  let keys = 0
  afterAll(() => void process.stdout.write(`${title}: ${count.transitions} transitions, ${count.refusals} refusals\n`))

  /** The version that this person reads; whoever does not see the row can only guess. */
  async function versionFor(login: string, id: string): Promise<number> {
    const types = ['Task', 'Assignment', 'Initiative', 'Participation', 'Resolution', 'Meeting', 'ExtensionRequest', 'Unit']
    const { data } = await world.as(login).run(`query Version($id: ID!) { node(id: $id) { ${types.map((type) => `... on ${type} { version }`).join(' ')} } }`, { id })
    return data?.node?.version ?? 1
  }

  async function attempt(login: string, verb: Verb, about: Ref, more: object) {
    const [mutation, input, key] = verbs[verb]
    const versioned = key && key !== 'parentId' && !['ReviewAddInput', 'ResolutionAddInput'].includes(input)
    const { data, errors, codes } = await world.as(login).run(documentOf(verbs[verb]), {
      input: { idempotencyKey: `${title}-${++keys}`, ...(versioned ? { expectedVersion: await versionFor(login, about.id) } : {}), ...(key ? { [key]: about.id } : {}), ...saying[verb], ...more },
    })
    if (codes.includes('GRAPHQL')) throw new Error(`${mutation}: ${errors.map(({ message }) => message).join()}`)
    const { userErrors = [], ...answer } = data?.[mutation] ?? {}
    return { row: Object.values(answer)[0] as Ref, refused: [...codes, ...userErrors.map(({ code }: { code: string }) => code)] as string[] }
  }

  return (login) => {
    const does = (verb: Verb) => async (about: Ref, more: object = {}) => {
      const { row, refused } = await attempt(login, verb, about, more)
      expect({ login, verb, refused }).toEqual({ login, verb, refused: [] })
      count.transitions++
      return row
    }
    const fails = (verb: Verb) => async (about: Ref, more: object = {}) => {
      const before = await everything()
      const { refused } = await attempt(login, verb, about, more)
      expect({ login, verb, isRefused: refused.length > 0, after: await everything() }).toEqual({ login, verb, isRefused: true, after: before })
      count.refusals++
      return refused
    }
    const each = <T>(make: (verb: Verb) => T) => Object.fromEntries((Object.keys(verbs) as Verb[]).map((verb) => [verb, make(verb)])) as Record<Verb, T>
    return {
      ...(each(does) as Does),
      cannot: each(fails) as Fails,
      async sees({ id }) {
        const { data, codes } = await world.as(login).run('query Sees($id: ID!) { node(id: $id) { id } }', { id })
        expect([data?.node?.id, ...codes]).toEqual(data?.node ? [id] : [undefined, 'NOT_FOUND'])
        return codes.length === 0
      },
      async asks(document, variables = {}) {
        const { data, errors } = await world.as(login).run(document, variables)
        expect(errors).toEqual([])
        return data as never
      },
    }
  }
}

/** For an act that is about no row yet. */
export const nothing: Ref = { id: '' }
