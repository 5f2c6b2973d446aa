import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Kind, parse, print, separateOperations, visit, type DocumentNode } from 'graphql'
import { createCost } from '../../../src/server/cost.js'
import { createDocumentCheck, measure } from '../../../src/server/document-limits.js'
import { LimitExceeded, limits } from '../../../src/server/limits.js'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'

const isFull = process.env['HELI_FULL'] === '1'
const world = useWorld()
// A thousand honest queries in a minute would meet the budget before the measuring is done; H9 is about that.
const door = useDoor(world, { BUDGET_PER_MINUTE: '999999999' })

const times = (count: number, of: (at: number) => string) => Array.from({ length: count }, (_, at) => of(at)).join(' ')
const nested = (depth: number) => `{ tasks { nodes { ${'parent { '.repeat(depth)} id ${'} '.repeat(depth)} } } }`
const doubling = (levels: number) =>
  `{ viewer { id ...F0 } } ${times(levels, (at) => `fragment F${at} on Viewer { ...F${at + 1} ...F${at + 1} }`)} fragment F${levels} on Viewer { id }`
/** Without a field anywhere. */
const hollow = (levels: number) => `{ viewer { id ...F0 } } ${times(levels, (at) => `fragment F${at} on Viewer { ...F${(at + 1) % levels} ...F${(at + 1) % levels} }`)}`

const bombs: [name: string, limit: string, query: string, variables?: Record<string, unknown>][] = [
  ...[100, 600].map((count): [string, string, string] => [`${count} aliases`, 'aliases', `{ tasks { nodes { ${times(count, (at) => `a${at}: title`)} } } }`]),
  ['10,000 aliases', 'tokens', `{ tasks { nodes { ${times(10_000, (at) => `a${at}: title`)} } } }`],
  ['100 aliases of __typename', 'aliases', `{ tasks { nodes { ${times(100, (at) => `a${at}: __typename`)} } } }`],
  ['60 aliases in a fragment used twice', 'aliases', `{ tasks { nodes { ...F } } more: tasks { nodes { ...F } } } fragment F on Task { ${times(30, (at) => `a${at}: title`)} }`],
  ...[20, 100, 450].map((depth): [string, string, string] => [`depth ${depth}`, 'depth', nested(depth)]),
  ['depth 5,000', 'tokens', nested(5_000)],
  ['depth by fragments', 'depth', `{ tasks { nodes { ...F0 } } } ${times(15, (at) => `fragment F${at} on Task { parent { ...F${at + 1} } }`)} fragment F15 on Task { id }`],
  ['a fragment that spreads itself', 'repeats', '{ viewer { ...F } } fragment F on Viewer { id ...F }'],
  ['fragments in a circle', 'fields', '{ tasks { nodes { ...A } } } fragment A on Task { parent { ...B } } fragment B on Task { children { nodes { ...A } } }'],
  ['fragments that double 10 times', 'repeats', doubling(10)],
  ['fragments that double 15 times', 'repeats', doubling(15)],
  ['fragments of nothing but fragments', 'fields', hollow(50)],
  ['500 equal fields', 'repeats', `{ tasks { nodes { ${'title '.repeat(500)} } } }`],
  ['3,000 equal fields', 'tokens', `{ tasks { nodes { ${'title '.repeat(3_000)} } } }`],
  ['equal fields whose selections merge', 'repeats', `{ tasks { ${'nodes { id } '.repeat(60)} } }`],
  ['equal fields by fragments', 'repeats', `{ tasks { nodes { ${times(60, (at) => `...F${at}`)} } } } ${times(60, (at) => `fragment F${at} on Task { title }`)}`],
  ['100 directives', 'directives', `{ tasks { nodes { title ${'@include(if: true) '.repeat(100)} } } }`],
  ['10,000 directives', 'tokens', `{ __typename ${'@a '.repeat(10_000)} }`],
  ['30 root fields', 'rootFields', `{ ${times(30, (at) => `a${at}: viewer { id }`)} }`],
  ['30 mutations at once', 'rootFields', `mutation { ${times(30, (at) => `a${at}: initiativeActivate(input: {}) { __typename }`)} }`],
  ['500 operations', 'operations', times(250, (at) => `query Q${at} { __typename }`)],
  ['a name of 100,000 letters', 'nameLength', `query ${'a'.repeat(100_000)} { __typename }`],
  ['an alias of 70 letters, which the database would cut', 'keyLength', `{ ${'a'.repeat(70)}: viewer { id } }`],
  ['an alias of 70 letters deep inside', 'keyLength', `{ people { nodes { ${'a'.repeat(69)}1: name ${'a'.repeat(69)}2: code } } }`],
  ['an alias that passes for introspection', 'reservedNames', '{ __schema: viewer { id } }'],
  ['a list of 100,000 ids', 'listLength', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(100_000).fill('t_1') }],
  ['a list of 100,000 in a filter', 'listLength', 'query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }', { f: { code: { in: Array(100_000).fill('x') } } }],
  ['lists of lists', 'values', 'query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }', { f: { or: Array.from({ length: 200 }, () => ({ or: Array(200).fill({}) })) } }],
  ['a filter 1,000 deep', 'valueDepth', 'query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }', { f: Array.from({ length: 1_000 }).reduce<object>((not) => ({ not }), {}) }],
  ['a filter 30 deep, written out', 'valueDepth', `{ tasks(filter: ${'{ not: '.repeat(30)} {} ${'}'.repeat(30)}) { totalCount } }`],
  ['a filter of 300 conditions', 'cost', 'query ($f: TaskFilter) { tasks(filter: $f) { totalCount } }', { f: { or: Array.from({ length: 300 }, () => ({ title: { contains: 'a' } })) } }],
  ['a filter of 300 conditions, within one that is written out', 'cost', 'query ($f: [TaskFilter!]) { tasks(filter: { not: { or: $f } }) { totalCount } }', { f: Array.from({ length: 300 }, () => ({ title: { contains: 'a' } })) }],
  ['pages within pages', 'cost', '{ initiatives(first: 200) { nodes { tasks(first: 200) { nodes { assignments { unit { name } } } } } } }'],
  ['pages within pages, by variables', 'cost', 'query ($n: Int = 1) { initiatives(first: $n) { nodes { tasks(first: $n) { nodes { assignments { unit { name } } } } } } }', { n: 200 }],
]

describe('H3 bombs', () => {
  // Every row is padded: jest would take a missing fourth for a callback to wait for.
  it.each(bombs.map(([name, limit, query, variables = {}]) => [name, limit, query, variables] as const))('refuses %s by the limit on %s before anything is read', async (_name, limit, query, variables) => {
    await world.build.network()
    // Signing in reads the viewer; nothing else may be read.
    await door.ask({ query: '{ __typename }' }, { as: 'coordinator' })
    const toSignIn = world.statements().length
    const answer = await door.ask({ query, variables }, { as: 'coordinator' })
    expect([answer.status, answer.codes, answer.json.errors[0].extensions.limit]).toEqual([400, ['LIMIT_EXCEEDED'], limit])
    expect(answer.json.data).toBeUndefined()
    expect(world.statements().length).toBeLessThanOrEqual(toSignIn)
  })

  it('says the limit, what was found, and the remedy, in both languages', async () => {
    await world.build.network()
    const query = nested(20)
    const error = async (language: string) => (await door.ask({ query }, { as: 'coordinator', headers: { 'accept-language': language } })).json.errors[0]
    expect(await error('en')).toMatchObject({ message: 'A request has at most 15 levels of nested fields; it has 23. Ask for the deeper objects by their ids in a second request.', extensions: { code: 'LIMIT_EXCEEDED', limit: 'depth', max: 15, found: 23 } })
    expect((await error('zh')).message).toBe('字段嵌套层数上限为 15，当前为 23。请用 id 另行查询更深层的对象。')
  })

  it('lets through what is just within, and refuses the next', () => {
    const check = createDocumentCheck(world.backbone.schema)
    const refusedBy = (query: string) => {
      try {
        check(query)
        return undefined
      } catch (error) {
        return (error as LimitExceeded).limit
      }
    }
    const pairs: [(count: number) => string, keyof typeof limits][] = [
      [(count) => `{ tasks { nodes { ${times(count, (at) => `a${at}: title`)} } } }`, 'aliases'],
      [(count) => `{ ${'parent { '.repeat(count - 1)} id ${'} '.repeat(count - 1)} }`, 'depth'],
      [(count) => `{ viewer { id ${'@include(if: true) '.repeat(count)} } }`, 'directives'],
      [(count) => `{ ${times(count, (at) => `f${at}`)} }`, 'rootFields'],
      [(count) => `{ viewer { ${'id '.repeat(count)} } }`, 'repeats'],
      [(count) => times(count, (at) => `query Q${at} { __typename }`), 'operations'],
      [(count) => `query ${'a'.repeat(count)} { __typename }`, 'nameLength'],
      [(count) => `{ ${'a'.repeat(count)}: viewer { id } }`, 'keyLength'],
      [(count) => `{ a { b { ${times(count - 2, (at) => `f${at}`)} } } }`, 'fields'],
      [(count) => `{ a(in: [${'1 '.repeat(count - 9)}]) }`, 'tokens'],
    ]
    for (const [build, limit] of pairs) {
      expect([limit, refusedBy(build(limits[limit])), refusedBy(build(limits[limit] + 1))]).toEqual([limit, undefined, limit])
    }
  })

  it('goes on answering others while bombs come in', async () => {
    const { office } = await world.build.network()
    for (let at = 0; at < 20; at++) {
      const initiative = await world.build.initiative({ leadUnitId: office.id })
      for (let each = 0; each < 5; each++) await world.build.task({ initiativeId: initiative.id, issuingUnitId: office.id, leadUnitId: office.id })
    }
    await world.build.person({ login: 'bomber', unit: office.id, role: 'CLERK' })
    const query = '{ initiatives(first: 20) { totalCount nodes { code title tasks(first: 10) { nodes { title assignments { role unit { name } } } } } } }'
    const took = async (count: number) => {
      const times: number[] = []
      for (let at = 0; at < count; at++) {
        const began = performance.now()
        expect((await door.ask({ query }, { as: 'coordinator' })).json.data.initiatives.totalCount).toBe(20)
        times.push(performance.now() - began)
      }
      return times
    }
    let [isBombing, sent, refused] = [false, 0, 0]
    const bomb = async () => {
      // One hostile client after another: what comes at once is for the proxy, and for H4.
      for (; isBombing; sent++) {
        const [, , hostile, variables = {}] = bombs[sent % bombs.length]!
        const { codes } = await door.ask({ query: hostile, variables }, { as: 'bomber' })
        if (codes[0] === 'LIMIT_EXCEEDED') refused++
      }
    }
    await took(20)
    const [alone, meanwhile]: [number[], number[]] = [[], []]
    for (let round = 0; round < (isFull ? 10 : 2); round++) {
      alone.push(...(await took(isFull ? 100 : 20)))
      isBombing = true
      const bombing = bomb()
      meanwhile.push(...(await took(isFull ? 100 : 20)))
      isBombing = false
      await bombing
    }
    const p99 = (times: number[]) => times.sort((a, b) => a - b)[Math.ceil(times.length * 0.99) - 1]!
    const ratio = p99(meanwhile) / p99(alone)
    console.log(`H3: ${sent} bombs, ${refused} refused; ${alone.length} queries alone p99 ${p99(alone).toFixed(1)} ms, ${meanwhile.length} among bombs ${p99(meanwhile).toFixed(1)} ms: ${ratio.toFixed(2)} x`)
    expect([sent > 10, refused]).toEqual([true, sent])
    // A time is judged where there are enough of them for a percentile.
    if (isFull) expect(ratio).toBeLessThan(2)
  }, 300_000)

  it('stops at five errors of validation', async () => {
    const answer = await door.ask({ query: `{ ${times(15, (at) => `nothing${at}`)} }` })
    expect(answer.json.errors).toHaveLength(6)
    expect(answer.json.errors[5].message).toContain('Too many validation errors')
  })

  it('prices a document anew with every set of variables', async () => {
    await world.build.network()
    const query = 'query ($n: Int) { tasks(first: $n) { nodes { id } } }'
    const costs: number[] = []
    for (const n of [1, 200, 100, null, 1]) costs.push((await door.ask({ query, variables: { n } }, { as: 'coordinator' })).json.extensions.cost.requested)
    expect(costs).toEqual([10, 201, 101, 51, 10])
  })
})

describe('the documents of this repository', () => {
  const kept = ['portal', 'office', 'bi'].flatMap((name) => Object.entries(separateOperations(parse(readFileSync(`schema/operations/${name}.graphql`, 'utf8')))))
  const worst: Record<string, Record<string, unknown>> = { JointInitiatives: { first: 20 }, AssignmentRows: { first: 200 }, LateAssignments: { divisionCode: '33', first: 200 } }
  const others = { id: 'task_01h455vb4pex5vsknk084sn02q', divisionCode: '33', mechanism: 'FUNDING', input: {} }

  it.each(kept)('%s stays far below every limit', (name, document) => {
    const found = { ...measure(document), tokens: tokensOf(document), depth: depthOf(document), aliases: count(document, Kind.FIELD, (node) => 'alias' in node && node.alias !== undefined), directives: count(document, Kind.DIRECTIVE) }
    const share = Object.fromEntries(Object.entries(found).map(([limit, value]) => [limit, value / limits[limit as keyof typeof limits]]))
    // Depth is the exception: what goes into 15 levels is bounded by the other limits.
    for (const [limit, of] of Object.entries(share)) expect([limit, of < (limit === 'depth' ? 0.6 : 0.2)]).toEqual([limit, true])
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!
    const { cost } = createCost(world.backbone.schema)(document, operation, worst[name] ?? others)
    expect(cost / 50_000).toBeLessThan(0.1)
    console.log(`${name}: cost ${cost} of 50,000; ${Object.entries(share).map(([limit, of]) => `${limit} ${Math.round(of * 100)} %`).join(', ')}`)
  })

  it('prices the front page by its pages and bounded lists', () => {
    const document = Object.fromEntries(kept)['JointInitiatives']!
    const operation = document.definitions[0] as never
    const price = createCost(world.backbone.schema)
    expect([20, 1, 200].map((first) => price(document, operation, { first }).cost)).toEqual([3_731, 235, 36_851])
    expect(price(document, operation, {}).cost).toBe(3_731)
  })
})

function tokensOf(document: DocumentNode): number {
  let token = parse(print(document)).loc!.startToken
  let found = 0
  for (; token.next; token = token.next) found++
  return found - 1
}

function depthOf(document: DocumentNode): number {
  let [depth, deepest] = [0, 0]
  visit(document, { Field: { enter: () => void (deepest = Math.max(deepest, ++depth)), leave: () => void depth-- } })
  return deepest
}

function count(document: DocumentNode, kind: Kind, which: (node: object) => boolean = () => true): number {
  let found = 0
  visit(document, { enter: (node) => void (node.kind === kind && which(node) && found++) })
  return found
}
