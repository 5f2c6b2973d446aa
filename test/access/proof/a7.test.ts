/** A7: an id that never was and an id that you may not see are answered in the same words, wherever an id can be given. */
import { expect, it } from '@jest/globals'
import { getNamedType, isEnumType, isInputObjectType, type GraphQLInputObjectType } from 'graphql'
import { pages } from '../oracle/pages.js'
import type { Viewer } from '../oracle/words.js'
import { useWorld } from '../../support/world.js'
import { load, makeNetwork, type Network } from './network.js'
import { random, say, seedOfRun } from './random.js'
import { nodeTypes, rootsOf } from './schema-paths.js'

const world = useWorld({ comparing: 4 })
const absent = (id: string) => `${id.split('_')[0]}_01k0zzzzzzzzzzzzzzzzzzzzzz`
let keys = 0

/** What is said of an id, without the id. */
async function said(viewer: Viewer, text: string, id: string, variables: (id: string) => Record<string, unknown>, more = {}) {
  const { data, errors } = await world.as(viewer.login).run(text, variables(id), more)
  return JSON.stringify({ data, errors }).replaceAll(id, '<id>')
}

function hiddenFrom(viewer: Viewer, network: Network, type: string): string | undefined {
  return pages[type]!.rows(network.snapshot).find((row) => !pages[type]!.visible(viewer, row).allowed)?.id
}

it('is said of every type, at every door that reads', async () => {
  const network = makeNetwork(seedOfRun)
  await load(world, network.tables)
  const types: string[] = []
  let compared = 0
  const onlyReader = network.viewers.filter(({ places }) => places.length === 1 && places[0]!.role === 'BI_READER').slice(0, 2)
  const chosen = [...random(seedOfRun).some(network.viewers, 8), ...onlyReader]
  for (const viewer of chosen) {
    for (const { name } of nodeTypes(world.backbone.schema)) {
      const id = hiddenFrom(viewer, network, name)
      if (!id) continue
      types.push(name)
      const { single } = rootsOf(world.backbone.schema, name)
      const doors = [
        ['query ($id: ID!) { node(id: $id) { id } }', (one: string) => ({ id: one })],
        ['query ($id: ID!) { nodes(ids: [$id]) { id } }', (one: string) => ({ id: one })],
        [`query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${name} { id } } }`, (one: string) => ({ r: [{ __typename: name, id: one }] })],
        [`query ($id: ID!) { explainAccess(type: "${name}", id: $id, field: "id") { allowed sentence needed decidedBy } }`, (one: string) => ({ id: one })],
        ...(single ? [[`query ($id: ID!) { ${single}(id: $id) { id } }`, (one: string) => ({ id: one })] as const] : []),
      ] as const
      for (const [text, variables] of doors) {
        const [forbidden, unknown] = [await said(viewer, text, id, variables, { isRouter: true }), await said(viewer, text, absent(id), variables, { isRouter: true })]
        expect([viewer.login, name, text, forbidden]).toEqual([viewer.login, name, text, unknown])
        compared++
      }
    }
  }
  say(`A7 seed ${seedOfRun}: ${compared} pairs at doors that read, of ${new Set(types).size} types`)
  expect([...new Set(types)]).toEqual(expect.arrayContaining([
    'Appointment',
    'Assignment',
    'AuditEntry',
    'Comment',
    'Deduction',
    'UnitScore',
    'ExtensionRequest',
    'ProgressReport',
    'Reminder',
    'Review',
    'ConferenceMember',
    'Initiative',
    'InitiativeUpdate',
    'JointConference',
    'Meeting',
    'Milestone',
    'InitiativeTarget',
    'Employment',
    'ExportJob',
    'Participation',
    'PeriodLock',
    'Qualification',
    'SocialWorker',
    'WorkLog',
    'NeedsSurvey',
    'Consultation',
    'ServicePlan',
    'ServiceRecord',
    'Resolution',
    'ResolutionTask',
    'Task',
    'Person',
    'Allocation',
    'BudgetLine',
    'Disbursement',
    'OpeningBalance',
    'AgencySupport',
    'Award',
    'Bid',
    'Contract',
    'ContractMilestone',
    'Evaluation',
    'Lot',
    'Payment',
    'Procurement',
  ]))
}, 300_000)

/** The type that an id of an input refers to. */
function typeOfId(mutation: string, field: string): string | undefined {
  const known = /^(appointment|assignment|attachment|calendarYear|comment|conference|deductionRule|deduction|scorePeriod|extension|initiative|mandate|meeting|milestone|participation|period|person|progress|reminder|resolution|review|supervisionPolicy|task|unit|division)/.exec(mutation)?.[1]
  // The longest name of a type that the act begins with.
  const own = Object.keys(pages).map((name) => `${name[0]!.toLowerCase()}${name.slice(1)}`).filter((name) => mutation.startsWith(name)).sort((a, b) => b.length - a.length)[0] ?? known!
  const named = field.replace(/Id$/, '')
  const type = {
    parent: own,
    survey: 'needsSurvey',
    leadUnit: 'unit',
    issuingUnit: 'unit',
    lineParent: 'unit',
    successor: 'unit',
    liaison: 'person',
    basis: 'policyDocument',
    document: 'policyDocument',
    policy: 'supervisionPolicy',
    conference: 'jointConference',
    convenor: 'unit',
    responsible: 'unit',
    coveredUnit: 'unit',
    report: 'progressReport',
    request: 'extensionRequest',
    rule: 'deductionRule',
    period: 'scorePeriod',
    line: 'budgetLine',
    target: 'initiativeTarget',
    toUnit: 'unit',
    leader: 'socialWorker',
    team: 'volunteerTeam',
    bidder: 'unit',
    agency: 'unit',
    provider: 'unit',
    support: 'agencySupport',
    ...(/^(contract|payment)/.test(mutation) ? { milestone: 'contractMilestone' } : {}),
    supervisor: 'socialWorker',
    supervisee: 'socialWorker',
    carrier: 'unit',
    form: 'returnForm',
    figure: 'returnFigure',
    ...(mutation.startsWith('return') ? { submission: 'returnSubmission', correction: 'returnCorrection' } : {}),
  }[named] ?? named
  const found = `${type[0]!.toUpperCase()}${type.slice(1)}`
  return pages[found] ? found : undefined
}

it('is said by every act, of its target and of what it refers to', async () => {
  const network = makeNetwork(seedOfRun + 1)
  await load(world, network.tables)
  const chance = random(seedOfRun + 1)
  const { schema } = world.backbone
  const compared: string[] = []
  const telling = new Set<string>()
  const of = (role: string) => chance.some(network.viewers.filter(({ places }) => places.some((place) => place.role === role)), 2)
  const viewers = ['CLERK', 'DIRECTOR', 'COORDINATOR', 'HR_OFFICER', 'FINANCE_OFFICER', 'AGENCY_MANAGER', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'].flatMap(of)
  for (const viewer of viewers) {
    /** A value for each part that an input asks for; ids are of visible rows where there are some. */
    const filled = (input: GraphQLInputObjectType, mutation: string): Record<string, unknown> =>
      Object.fromEntries(Object.values(input.getFields()).flatMap(({ name, type }): [string, unknown][] => {
        const isNeeded = type.toString().endsWith('!')
        const named = getNamedType(type)
        if (!isNeeded) return []
        if (isEnumType(named)) return [[name, type.toString().startsWith('[') ? [named.getValues()[0]!.name] : named.getValues()[0]!.name]]
        if (isInputObjectType(named)) return [[name, []]]
        if (named.name === 'ID') {
          const target = typeOfId(mutation, name)!
          const row = pages[target]!.rows(network.snapshot).find((one) => pages[target]!.visible(viewer, one).allowed)
          return [[name, row?.id ?? 'none_01k0zzzzzzzzzzzzzzzzzzzzzz']]
        }
        return [[name, { Int: 1, Day: '2026-12-01', Boolean: true, Decimal: '1.5', Money: '1.50', DateTime: '2026-12-01T00:00:00Z' }[named.name] ?? `x${++keys}`]]
      }))
    for (const act of Object.values(schema.getMutationType()!.getFields())) {
      const input = getNamedType(act.args[0]!.type) as GraphQLInputObjectType
      for (const { name, type } of Object.values(input.getFields())) {
        if (getNamedType(type).name !== 'ID') continue
        const target = typeOfId(act.name, name)
        if (!target) throw new Error(`say what ${act.name} means by ${name}`)
        const id = hiddenFrom(viewer, network, target)
        if (!id) continue
        const text = `mutation ($input: ${input.name}!) { answer: ${act.name}(input: $input) { userErrors { code field message currentVersion changedFields } } }`
        const values = filled(input, act.name)
        const variables = (one: string) => ({ input: { ...values, idempotencyKey: `k${++keys}`, [name]: one } })
        const [forbidden, unknown] = [await said(viewer, text, id, variables), await said(viewer, text, absent(id), variables)]
        expect([viewer.login, act.name, name, forbidden]).toEqual([viewer.login, act.name, name, unknown])
        compared.push(`${act.name}.${name}`)
        if (!unknown.includes('"FORBIDDEN"')) telling.add(`${act.name}.${name}`)
      }
    }
  }
  say(`A7 seed ${seedOfRun + 1}: ${compared.length} pairs in ${new Set(compared).size} places of acts, ${telling.size} where the act was open to the asker: ${[...telling].join(' ')}`)
  expect(new Set(compared).size).toBeGreaterThanOrEqual(18)
  // Places where the act itself was open to the asker, so that the id alone was refused.
  expect(telling.size).toBeGreaterThanOrEqual(6)
}, 300_000)
