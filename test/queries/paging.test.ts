import { beforeEach, describe, expect, it } from '@jest/globals'
import { getNamedType, isEnumType, isInputObjectType, isObjectType } from 'graphql'
import { useWorld } from '../support/world.js'

const world = useWorld()
type Node = { id: string; [field: string]: unknown }
interface Page {
  nodes: Node[]
  edges: { cursor: string; node: Node }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string }
  totalCount: number
}

let seed = 7
const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647
const shuffled = <T>(items: readonly T[]): T[] => items.map((item) => [random(), item] as const).sort(([a], [b]) => a - b).map(([, item]) => item)
/** A value of few, so that there are ties, or none. */
const some = <T>(values: readonly T[], empty = true): T | null => (empty && random() < 0.25 ? null : values[Math.floor(random() * values.length)]!)
const days = ['2026-01-05', '2026-01-04', '2025-12-31', '2027-02-28']

const rows = 13

beforeEach(async () => {
  const { build } = world
  seed = 7
  const { province, office } = await build.network()
  await build.person({ login: 'security', unit: office.id, role: 'SECURITY_ADMIN' })
  const self = await build.person({ unit: office.id, login: 'appointed' })
  const paper = await build.document()
  const initiative = await build.initiative({ leadUnitId: office.id })
  const parent = await build.task({ issuingUnitId: office.id, initiativeId: initiative.id, dueOn: null })
  for (const at of shuffled([...Array(rows).keys()])) {
    const createdAt = `2026-01-0${1 + (at % 3)}T00:00:00Z`
    const division = await build.division({ parentId: province.id, name: some(['乙', '甲', '丙'], false), createdAt })
    const unit = await build.unit({ divisionId: division.id, name: some(['乙', '甲', 'b', 'B'], false), foundedOn: some(days.map((day) => day.replace('202', '200')), false), createdAt })
    await build.mandate({ unitId: unit.id, mechanism: 'FUNDING', basisId: paper.id, validFrom: some(['2008-03-01', '2009-03-01'], false), validTo: some(['2030-01-01', '2031-01-01']), createdAt })
    await build.document({ issuedOn: some(days, false), createdAt })
    await build.person({ unit: unit.id, name: some(['乙', '甲'], false), mobile: some(['13800000001', '13800000002', '13800000003']), createdAt })
    await build.appointment({ personId: self.id, unitId: unit.id, validFrom: some(days, false), validTo: some(['2030-01-01', '2031-01-01']), createdAt })
    await build.initiative({ leadUnitId: unit.id, title: some(['乙', '甲'], false), status: some(['ACTIVE', 'DRAFT', 'CLOSED'], false), startsOn: some(days), endsOn: some(['2028-01-01', '2028-02-01']), createdAt })
    await build.row('initiative_update', 'upd', { initiativeId: initiative.id, reportedOn: some(days, false), health: 'AT_RISK', text: '说明', createdAt })
    const task = await build.task({ issuingUnitId: office.id, initiativeId: initiative.id, parentId: parent.id, title: some(['乙', '甲'], false), dueOn: some(days), issuedOn: some(days), status: some(['ISSUED', 'COMPLETED'], false), urgency: some(['NORMAL', 'MAJOR'], false), createdAt })
    await build.assignment({ taskId: task.id, unitId: some([unit.id, office.id], false), dueOn: some(days), progress: some([0, 50, 100], false), status: some(['ISSUED', 'COMPLETED'], false), internalNote: some(['内', '部']), createdAt })
  }
})

const property = (value: string) => value.toLowerCase().replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase())

/** Every list of the schema that can be ordered, with the values of its order enum. */
function ordered(): { type: string; on: string; list: string; fields: string[] }[] {
  const { schema } = world.backbone
  return Object.values(schema.getTypeMap()).flatMap((on) =>
    !isObjectType(on) ? [] : Object.values(on.getFields()).flatMap((list) => {
      const term = list.args.find(({ name }) => name === 'orderBy') && getNamedType(list.args.find(({ name }) => name === 'orderBy')!.type)
      // Groups are ordered by their keys and measures: groups.test.ts.
      const values = isInputObjectType(term) && term.getFields()['field'] && getNamedType(term.getFields()['field']!.type)
      if (!isEnumType(values)) return []
      return [{ type: getNamedType(list.type).name.replace(/Connection$/, ''), on: on.name, list: list.name, fields: values.getValues().map(({ name }) => name) }]
    }),
  )
}

const ask = async (login: string, list: string, inside: string, args: Record<string, unknown>): Promise<Page> => {
  const text = Object.entries(args).filter(([, value]) => value !== undefined).map(([key, value]) => `${key}: ${key === 'orderBy' ? value : JSON.stringify(value)}`).join(', ')
  const { data, errors } = await world.as(login).run(`{ ${list}${text ? `(${text})` : ''} { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } nodes { id ${inside} } } }`)
  expect(errors).toEqual([])
  return data[list] as Page
}

/** Ascending, no value after all values, by code point as the database's byte order; ids settle ties in the direction of the last key. */
const compare = (keys: readonly { field: string; descending: boolean }[]) => (a: Node, b: Node): number => {
  for (const { field, descending } of [...keys, { field: 'id', descending: keys.at(-1)?.descending ?? false }]) {
    const [left, right] = [a[field], b[field]] as (string | number | null)[]
    if (left === right) continue
    const ascending = left === null ? 1 : right === null ? -1 : left! < right! ? -1 : 1
    return descending ? -ascending : ascending
  }
  return 0
}
const ids = (nodes: readonly Node[]) => nodes.map(({ id }) => id)

async function pagesOf(login: string, list: string, orderBy: string | undefined, direction: 'forwards' | 'backwards', size: number): Promise<string[]> {
  const found: string[][] = []
  let at = ''
  for (let turn = 0; turn < 60; turn++) {
    const page = await ask(login, list, '', direction === 'forwards' ? { orderBy, first: size, after: at } : { orderBy, last: size, before: at })
    expect(ids(page.edges.map(({ node }) => node))).toEqual(ids(page.nodes))
    found.push(ids(page.nodes))
    const more = direction === 'forwards' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage
    expect(page.nodes.length === size || !more).toBe(true)
    if (!more) break
    at = direction === 'forwards' ? page.pageInfo.endCursor : page.pageInfo.startCursor!
  }
  return direction === 'forwards' ? found.flat() : found.reverse().flat()
}

describe('order', () => {
  const viewers: Record<string, string> = { Appointment: 'appointed' }

  it('of every field of every type is that of a sort, both directions, and pages put together are the whole', async () => {
    // Each type's own list, which stands first; the questions over it hold only some of its rows.
    const lists = ordered().filter(({ on }) => on === 'Query').filter(({ type }, at, all) => all.findIndex((other) => other.type === type) === at)
    const types: string[] = []
    for (const { type, list, fields } of lists) {
      const login = viewers[type] ?? 'coordinator'
      const { nodes, totalCount } = await ask(login, list, fields.map(property).join(' '), { first: 200 })
      // A list of a module that this file builds nothing for.
      if (totalCount === 0) continue
      types.push(type)
      expect(ids(nodes)).toEqual([...ids(nodes)].sort())
      for (const field of fields) {
        expect([type, field, new Set(nodes.map((node) => node[property(field)])).size]).not.toEqual([type, field, 1])
        for (const direction of ['ASC', 'DESC']) {
          const orderBy = `[{ field: ${field}, direction: ${direction} }]`
          const expected = [...nodes].sort(compare([{ field: property(field), descending: direction === 'DESC' }])).map(({ id }) => id)
          const label = `${type} ${field} ${direction}`
          expect([label, ids((await ask(login, list, '', { orderBy, first: 200 })).nodes)]).toEqual([label, expected])
          expect([label, await pagesOf(login, list, orderBy, 'forwards', 4)]).toEqual([label, expected])
          expect([label, await pagesOf(login, list, orderBy, 'backwards', 5)]).toEqual([label, expected])
        }
      }
    }
    expect(types).toEqual(expect.arrayContaining(['Appointment', 'Assignment', 'Division', 'Initiative', 'Mandate', 'Person', 'PolicyDocument', 'Task', 'Unit']))
  }, 120_000)

  it('by several keys, some of them empty, is that of a sort', async () => {
    const keys = [{ field: 'dueOn', descending: true }, { field: 'issuedOn', descending: false }, { field: 'title', descending: true }]
    const orderBy = '[{ field: DUE_ON, direction: DESC }, { field: ISSUED_ON }, { field: TITLE, direction: DESC }]'
    const { nodes } = await ask('coordinator', 'tasks', 'dueOn issuedOn title', { first: 200 })
    const expected = [...nodes].sort(compare(keys)).map(({ id }) => id)
    for (const size of [1, 3, 5]) {
      expect(await pagesOf('coordinator', 'tasks', orderBy, 'forwards', size)).toEqual(expected)
      expect(await pagesOf('coordinator', 'tasks', orderBy, 'backwards', size)).toEqual(expected)
    }
  })

  it('of a nested list is its own', async () => {
    const { data } = await world.as('coordinator').run(`{ initiatives(first: 200) { nodes {
      whole: tasks(first: 200) { nodes { id dueOn } }
      first: tasks(first: 4, orderBy: [{ field: DUE_ON, direction: DESC }]) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
      last: tasks(last: 3, orderBy: [{ field: DUE_ON, direction: DESC }]) { nodes { id } pageInfo { hasPreviousPage startCursor } }
    } } }`)
    const one = data.initiatives.nodes.find((node: { whole: { nodes: Node[] } }) => node.whole.nodes.length > 1)
    const expected = [...(one.whole.nodes as Node[])].sort(compare([{ field: 'dueOn', descending: true }])).map(({ id }) => id)
    expect(one.first.totalCount).toBe(rows + 1)
    expect(ids(one.first.nodes)).toEqual(expected.slice(0, 4))
    expect(one.first.pageInfo.hasNextPage).toBe(true)
    expect(ids(one.last.nodes)).toEqual(expected.slice(-3))
    expect(one.last.pageInfo.hasPreviousPage).toBe(true)
    const empty = data.initiatives.nodes.find((node: { whole: { nodes: Node[] } }) => node.whole.nodes.length === 0)
    expect(empty.first).toEqual({ totalCount: 0, nodes: [], pageInfo: { hasNextPage: false, endCursor: '' } })
  })
})

describe('pages', () => {
  it('are 50 rows where nobody says', async () => {
    for (let at = 0; at < 45; at++) await world.build.division({ parentId: (await world.sql<{ id: string }>(`select id from division where code = '330000'`))[0]!.id })
    const { nodes, totalCount, pageInfo } = await ask('coordinator', 'divisions', '', {})
    expect({ nodes: nodes.length, totalCount, hasNextPage: pageInfo.hasNextPage }).toEqual({ nodes: 50, totalCount: rows + 46, hasNextPage: true })
  })

  it.each([[{ first: 0 }, 'first'], [{ first: 201 }, 'first'], [{ first: -1 }, 'first'], [{ last: 0 }, 'last'], [{ last: 201 }, 'last'], [{ first: 1, last: 1 }, 'last']])('%j is refused', async (args, field) => {
    const text = Object.entries(args).map(([key, value]) => `${key}: ${value}`).join(', ')
    const { errors, data } = await world.as('coordinator').run(`{ tasks(${text}) { nodes { id } } }`)
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    const cause = errors[0]! as { message: string; extensions: Record<string, unknown> }
    expect(cause.extensions['code']).toBe('BAD_USER_INPUT')
    expect(cause.message).toContain(`\`${field}\``)
  })

  it('of an empty list end at the start again', async () => {
    const { data } = await world.as('coordinator').run('{ tasks(filter: { code: { eq: "none" } }) { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }')
    expect(data.tasks).toEqual({ totalCount: 0, nodes: [], edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: '' } })
  })

  it('after "" are the first, and asking on at the end keeps the place', async () => {
    const whole = await ask('coordinator', 'tasks', '', { first: 200 })
    expect(await ask('coordinator', 'tasks', '', { first: 200, after: '' })).toEqual(whole)
    const beyond = await ask('coordinator', 'tasks', '', { first: 10, after: whole.pageInfo.endCursor })
    expect(beyond).toMatchObject({ nodes: [], totalCount: rows + 1, pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: whole.pageInfo.endCursor } })
    const late = await world.build.task({ issuingUnitId: (await world.sql<{ id: string }>(`select id from unit where name = '省委组织部'`))[0]!.id })
    expect(ids((await ask('coordinator', 'tasks', '', { first: 10, after: beyond.pageInfo.endCursor })).nodes)).toEqual([late.id])
  })

  it('lie between two cursors, and say where they begin and end', async () => {
    const whole = await ask('coordinator', 'tasks', '', { first: 200 })
    const cursors = whole.edges.map(({ cursor }) => cursor)
    const all = ids(whole.nodes)
    const between = await ask('coordinator', 'tasks', '', { first: 3, after: cursors[1], before: cursors[8] })
    expect(ids(between.nodes)).toEqual(all.slice(2, 5))
    expect(between.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: true, startCursor: cursors[2], endCursor: cursors[4] })
    const fromEnd = await ask('coordinator', 'tasks', '', { last: 3, after: cursors[1], before: cursors[8] })
    expect(ids(fromEnd.nodes)).toEqual(all.slice(5, 8))
    expect(fromEnd.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: true, startCursor: cursors[5], endCursor: cursors[7] })
    const last = await ask('coordinator', 'tasks', '', { last: 2 })
    expect(ids(last.nodes)).toEqual(all.slice(-2))
    expect(last.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true, startCursor: cursors.at(-2), endCursor: cursors.at(-1) })
  })

  it('keep their place when the row of their cursor is gone, and rows come before it', async () => {
    const orderBy = '[{ field: NUMBER }]'
    const whole = await ask('coordinator', 'policyDocuments', '', { orderBy, first: 200 })
    const used = new Set((await world.sql<{ basis_id: string }>('select basis_id from mandate')).map(({ basis_id }) => basis_id))
    const at = whole.nodes.findIndex(({ id }, index) => index > 1 && !used.has(id))
    await world.sql('delete from policy_document where id = $1', [whole.nodes[at]!.id])
    await world.build.document({ number: '!〔2008〕1号' })
    const rest = await ask('coordinator', 'policyDocuments', '', { orderBy, first: 200, after: whole.edges[at]!.cursor })
    expect(rest.totalCount).toBe(whole.totalCount)
    expect(ids(rest.nodes)).toEqual(ids(whole.nodes.slice(at + 1)))
  })
})

describe('cursors', () => {
  it.each([
    ['of another type', 'units', ''],
    ['of another order', 'tasks', '[{ field: DUE_ON }]'],
    ['of another direction', 'tasks', '[{ field: CODE, direction: DESC }]'],
  ])('%s are refused', async (_name, list, orderBy) => {
    const { pageInfo } = await ask('coordinator', 'tasks', '', { first: 2, orderBy: '[{ field: CODE }]' })
    for (const argument of ['after', 'before']) {
      const { errors, codes, data } = await world.as('coordinator').run(`{ ${list}(${argument}: ${JSON.stringify(pageInfo.endCursor)}${orderBy ? `, orderBy: ${orderBy}` : ''}) { nodes { id } } }`)
      expect({ codes, data }).toEqual({ codes: ['BAD_USER_INPUT'], data: null })
      expect(errors[0]!.message).toContain(`\`${argument}\` is not a cursor of this list in this order`)
    }
  })

  it.each(['x', 'bnVsbA==', '{}', 'W10=', '💥', Buffer.from('["a",{"b":1}]').toString('base64')])('%s is refused', async (cursor) => {
    const { codes, data } = await world.as('coordinator').run('query ($after: String) { tasks(after: $after) { nodes { id } } }', { after: cursor })
    expect({ codes, data }).toEqual({ codes: ['BAD_USER_INPUT'], data: null })
  })

  it('hold nothing that is masked, though the list is ordered by it', async () => {
    const unit = await world.build.unit()
    await world.build.person({ login: 'clerk', unit: unit.id, role: 'CLERK', mobile: '13911111111' })
    const { edges, nodes } = await ask('clerk', 'people', 'mobile', { first: 200, orderBy: '[{ field: MOBILE, direction: DESC }]' })
    expect(nodes.filter(({ mobile }) => mobile !== null).map(({ mobile }) => mobile)).toEqual(['13911111111'])
    const held = edges.map(({ cursor }) => JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as unknown[])
    expect(held.map(([, mobile]) => mobile)).toEqual(nodes.map(({ mobile }) => mobile))
    expect(JSON.stringify(held)).not.toMatch(/1380000000/)
    // Where nothing is hidden the cursor does hold the key: the test could otherwise not fail.
    const open = await ask('coordinator', 'people', 'mobile', { first: 200, orderBy: '[{ field: MOBILE, direction: DESC }]' })
    expect(open.edges.some(({ cursor }) => Buffer.from(cursor, 'base64').toString('utf8').includes('1380000000'))).toBe(true)
  })

  it('page over a masked key without gap or double, and no rank shows a hidden value', async () => {
    const unit = await world.build.unit()
    await world.build.person({ login: 'clerk', unit: unit.id, role: 'CLERK', mobile: '13800000002' })
    const { nodes } = await ask('clerk', 'people', 'mobile', { first: 200 })
    for (const descending of [false, true]) {
      const expected = [...nodes].sort(compare([{ field: 'mobile', descending }])).map(({ id }) => id)
      expect(await pagesOf('clerk', 'people', `[{ field: MOBILE, direction: ${descending ? 'DESC' : 'ASC'} }]`, 'forwards', 4)).toEqual(expected)
      expect(await pagesOf('clerk', 'people', `[{ field: MOBILE, direction: ${descending ? 'DESC' : 'ASC'} }]`, 'backwards', 4)).toEqual(expected)
    }
  })
})
