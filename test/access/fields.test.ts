import { describe, expect, it } from '@jest/globals'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const build = () => world.build
const ask = async (login: string, document: string, variables: Record<string, unknown> = {}) => {
  const { data, errors } = await world.as(login).run(document, variables)
  expect(errors).toEqual([])
  return data
}
let seats = 0
async function seat(unit: Built, role: string): Promise<string> {
  const login = `seat ${++seats}`
  await build().person({ login, unit: unit.id, role, code: login })
  return login
}

const value = '13800000005'
const roles = ['COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']

/**
 * `person` works in `bureau` (county C of province P), signed in as `self` with a role elsewhere only, so that `self` is not `ownUnit`.
 * A closed task that everybody sees names the person, so that a nested reading exists for every viewer. Two others have numbers around the person's.
 */
async function network() {
  const province = await build().division({ code: '330000' })
  const county = await build().division({ code: '330102', parentId: province.id })
  const apart = await build().division({ code: '340000' })
  const unit = (division: Built, more: object = {}) => build().unit({ divisionId: division.id, ...more })
  const above = await unit(province)
  const bureau = await unit(county, { lineParentId: above.id })
  const units = { above, bureau, below: await unit(county, { lineParentId: bureau.id }), office: await unit(province), countyOffice: await unit(county), apartOffice: await unit(apart), committee: await unit(province), school: await unit(province) }
  for (const { id } of [units.office, units.countyOffice, units.apartOffice]) await build().mandate({ unitId: id, role: 'OVERALL_COORDINATION' })
  await build().mandate({ unitId: units.committee.id, role: 'LEADERSHIP' })
  const person = await build().person({ code: 'THE', name: '示甲', login: 'self', unit: bureau.id, mobile: value, nationalId: '110101199003070038', birthDate: '1990-03-07', partyMember: true })
  await build().appointment({ personId: person.id, unitId: units.school.id, role: 'CLERK' })
  for (const mobile of ['13800000002', '13800000008']) await build().person({ code: `near ${mobile}`, unit: units.school.id, mobile })
  const initiative = await build().initiative({ leadUnitId: above.id, divisionId: apart.id })
  const closed = await build().task({ initiativeId: initiative.id, issuingUnitId: above.id, status: 'CLOSED' })
  await build().assignment({ taskId: closed.id, unitId: bureau.id, personId: person.id, role: 'LEAD' })
  return { province, county, apart, units, person, initiative }
}
type Made = Awaited<ReturnType<typeof network>>

const page = 'totalCount nodes { code } pageInfo { startCursor endCursor hasNextPage }'
const doors = `query ($id: ID!, $value: String!, $cursor: String) {
  one: person(id: $id) { mobile }
  node(id: $id) { ... on Person { mobile } }
  list: people(filter: { id: { eq: $id } }) { nodes { mobile } edges { node { mobile } } }
  nested: tasks { nodes { assignments { person { id mobile } } } }
  eq: people(filter: { id: { eq: $id }, mobile: { eq: $value } }) { totalCount }
  in: people(filter: { id: { eq: $id }, mobile: { in: [$value] } }) { totalCount }
  starts: people(filter: { id: { eq: $id }, mobile: { startsWith: "138" } }) { totalCount }
  above: people(filter: { id: { eq: $id }, mobile: { gt: "13800000004" } }) { totalCount }
  notNe: people(filter: { id: { eq: $id }, not: { mobile: { ne: $value } } }) { totalCount }
  notOther: people(filter: { id: { eq: $id }, not: { mobile: { eq: "13999999999" } } }) { totalCount }
  notIn: people(filter: { id: { eq: $id }, mobile: { notIn: ["13999999999"] } }) { totalCount }
  isNull: people(filter: { id: { eq: $id }, mobile: { isNull: true } }) { totalCount }
  isNotNull: people(filter: { id: { eq: $id }, mobile: { isNull: false } }) { totalCount }
  notIsNull: people(filter: { id: { eq: $id }, not: { mobile: { isNull: true } } }) { totalCount }
  or: people(filter: { id: { eq: $id }, or: [{ mobile: { eq: $value } }, { not: { mobile: { eq: $value } } }] }) { totalCount }
  some: tasks(filter: { assignments: { some: { person: { mobile: { eq: $value } } } } }) { totalCount }
  none: tasks(filter: { assignments: { none: { person: { mobile: { eq: $value } } } } }) { totalCount }
  notSome: tasks(filter: { not: { assignments: { some: { person: { mobile: { eq: $value } } } } } }) { totalCount }
  ascending: people(orderBy: [{ field: MOBILE, direction: ASC }]) { ${page} }
  descending: people(orderBy: [{ field: MOBILE, direction: DESC }]) { ${page} }
  after: people(orderBy: [{ field: MOBILE }], after: $cursor) { ${page} }
  before: people(orderBy: [{ field: MOBILE }], last: 50, before: $cursor) { ${page} }
}`

/** Whether the viewer reads the number. Where not, no door may answer otherwise than it would for another number, or none. */
async function readsMobile(login: string, { person }: Made): Promise<boolean> {
  // A cursor taken by somebody who reads the number, to be tried by those who do not.
  const cursor = (await ask('self', '{ people(orderBy: [{ field: MOBILE }], first: 1) { pageInfo { endCursor } } }')).people.pageInfo.endCursor
  const variables = { id: person.id, value, cursor }
  const answer = await ask(login, doors, variables)
  const isRead = answer.one.mobile === value
  const count = (n: number) => ({ totalCount: n })
  const shown = isRead ? value : null
  const hits = isRead ? 1 : 0
  const named = answer.nested.nodes.filter(({ assignments }: { assignments: { person: { mobile: string | null } | null }[] }) => assignments.some((each) => each.person?.mobile === value)).length
  if (!isRead) expect(named).toBe(0)
  expect({ ...answer, ascending: 0, descending: 0, after: 0, before: 0 }).toEqual({
    one: { mobile: shown }, node: { mobile: shown }, list: { nodes: [{ mobile: shown }], edges: [{ node: { mobile: shown } }] }, nested: answer.nested,
    eq: count(hits), in: count(hits), starts: count(hits), above: count(hits), notNe: count(hits), notOther: count(hits), notIn: count(hits), isNull: count(0), isNotNull: count(hits), notIsNull: count(hits), or: count(hits),
    some: count(named), none: count(answer.nested.nodes.length - named), notSome: count(answer.nested.nodes.length - named),
    ascending: 0, descending: 0, after: 0, before: 0,
  })
  for (const { assignments } of answer.nested.nodes) for (const each of assignments) if (each.person?.id === person.id) expect(each.person.mobile).toBe(shown)
  const texts = new Set([JSON.stringify(answer)])
  for (const other of ['13800000009', null]) {
    await world.sql('update person_contact set mobile = $1 where person_id = $2', [other, person.id])
    texts.add(JSON.stringify(await ask(login, doors, variables)))
  }
  await world.sql('update person_contact set mobile = $1 where person_id = $2', [value, person.id])
  expect(texts.size).toBe(isRead ? 3 : 1)
  return isRead
}

/** The same by three doors only, for the many viewers of one kind. */
async function glimpsesMobile(login: string, { person }: Made): Promise<boolean> {
  const { one, eq, notNe } = await ask(login, 'query ($id: ID!, $value: String!) { one: person(id: $id) { mobile } eq: people(filter: { mobile: { eq: $value } }) { totalCount } notNe: people(filter: { not: { mobile: { ne: $value } } }) { totalCount } }', { id: person.id, value })
  const isRead = one.mobile === value
  expect([one.mobile, eq.totalCount, notNe.totalCount]).toEqual(isRead ? [value, 1, 1] : [null, 0, 0])
  return isRead
}

describe('Person.mobile', () => {
  it('is read by the person', async () => {
    const made = await network()
    expect(await readsMobile('self', made)).toBe(true)
  })

  it.each(roles)('is read by %s of the very unit of the main appointment, and by none of another', async (role) => {
    const made = await network()
    for (const [name, expected] of [['bureau', true], ['above', false], ['below', false], ['school', false]] as const) expect([name, await glimpsesMobile(await seat(made.units[name], role), made)]).toEqual([name, expected])
  })

  it('is read by the unit, and by no other, through every door', async () => {
    const made = await network()
    for (const [name, expected] of [['bureau', true], ['above', false]] as const) expect([name, await readsMobile(await seat(made.units[name], 'CLERK'), made)]).toEqual([name, expected])
  })

  it('is hidden from BI_READER of the unit, with the whole person', async () => {
    const made = await network()
    const login = await seat(made.units.bureau, 'BI_READER')
    const { data, codes } = await world.as(login).run(doors, { id: made.person.id, value })
    expect(codes).toEqual(['NOT_FOUND', 'NOT_FOUND'])
    expect([data.one, data.list.nodes, data.eq.totalCount, data.notNe.totalCount, data.some.totalCount, data.ascending.nodes]).toEqual([null, [], 0, 0, 0, []])
  })

  it.each([
    ['office', 'COORDINATOR', true], ['countyOffice', 'COORDINATOR', true], ['apartOffice', 'COORDINATOR', false], ['school', 'COORDINATOR', false],
    ['committee', 'DIRECTOR', true], ['committee', 'CLERK', false], ['committee', 'COORDINATOR', false], ['office', 'DIRECTOR', false],
  ] as const)('by coordination: %s %s %s', async (name, role, expected) => {
    const made = await network()
    expect(await (name === 'committee' ? glimpsesMobile : readsMobile)(await seat(made.units[name], role), made)).toBe(expected)
  })

  it('is hidden from a COORDINATOR whose unit lost the mandate', async () => {
    const made = await network()
    await world.sql('update mandate set valid_to = $1 where unit_id = $2', [today, made.units.office.id])
    expect(await glimpsesMobile(await seat(made.units.office, 'COORDINATOR'), made)).toBe(false)
  })

  it('is hidden where the person has left the unit, even from the unit', async () => {
    const made = await network()
    await world.sql('update appointment set valid_to = $1 where person_id = $2 and is_main', [today, made.person.id])
    for (const [name, role] of [['bureau', 'CLERK'], ['office', 'COORDINATOR'], ['committee', 'DIRECTOR'], ['school', 'CLERK']] as const) expect([name, await glimpsesMobile(await seat(made.units[name], role), made)]).toEqual([name, false])
    expect(await readsMobile('self', made)).toBe(true)
  })

  describe('people on the same task', () => {
    /** The viewer, from the school, and the person on one task in the given parts. */
    async function together(mine: string, theirs: string, status = 'IN_PROGRESS') {
      const made = await network()
      const login = await seat(made.units.above, 'CLERK')
      const [viewer] = await world.sql<{ id: string }>('select id from person where code = $1', [login])
      const task = await build().task({ initiativeId: made.initiative.id, issuingUnitId: made.units.above.id, status })
      await build().assignment({ taskId: task.id, unitId: made.units.above.id, role: 'LEAD', [mine]: viewer!.id })
      const assignment = await build().assignment({ taskId: task.id, unitId: made.units.bureau.id, [theirs]: made.person.id })
      return { made, login, task, assignment }
    }
    it.each([['personId', 'personId'], ['personId', 'liaisonId'], ['liaisonId', 'personId'], ['liaisonId', 'liaisonId']])('read each other: %s and %s', async (mine, theirs) => {
      const { made, login, assignment } = await together(mine, theirs)
      expect(await (mine === theirs ? readsMobile : glimpsesMobile)(login, made)).toBe(true)
      await world.sql('update assignment set person_id = null, liaison_id = null where id = $1', [assignment.id])
      expect(await glimpsesMobile(login, made)).toBe(false)
    })
    it.each([['DRAFT', true], ['ISSUED', true], ['COMPLETED', true], ['SUSPENDED', true], ['CLOSED', false], ['TERMINATED', false]])('while it is %s: %s', async (status, expected) => {
      const { made, login } = await together('personId', 'personId', status)
      expect(await glimpsesMobile(login, made)).toBe(expected)
    })
    it('lend it to nobody else of their units', async () => {
      const { made } = await together('personId', 'personId')
      expect(await glimpsesMobile(await seat(made.units.above, 'CLERK'), made)).toBe(false)
    })
    it('not on two tasks', async () => {
      const { made, login, assignment } = await together('personId', 'personId')
      const other = await build().task({ initiativeId: made.initiative.id, issuingUnitId: made.units.above.id })
      await world.sql('update assignment set task_id = $1 where id = $2', [other.id, assignment.id])
      expect(await glimpsesMobile(login, made)).toBe(false)
    })
    it('not where the person has no main appointment', async () => {
      const { made, login } = await together('personId', 'personId')
      await world.sql('update appointment set is_main = false where person_id = $1', [made.person.id])
      expect([await readsMobile(login, made), await glimpsesMobile('self', made)]).toEqual([false, true])
    })
  })

  it('a service token is nobody, so never the person', async () => {
    const made = await network()
    await build().row('service_token', 'stok', { name: 'portal', tokenHash: 'portal', role: 'CLERK', unitId: made.units.school.id, expiresAt: '2099-01-01T00:00:00Z' })
    expect(await readsMobile('service:portal', made)).toBe(false)
  })

  it('is said once where it is hidden, and explained', async () => {
    const made = await network()
    const login = await seat(made.units.school, 'CLERK')
    const { data, masked } = await world.as(login).run('query ($id: ID!) { person(id: $id) { mobile nationalId } explainAccess(type: "Person", field: "mobile", id: $id) { allowed decidedBy needed } }', { id: made.person.id })
    expect(masked).toEqual({ 'Person.mobile': 1, 'Person.nationalId': 1 })
    expect(data.explainAccess).toMatchObject({ allowed: false, decidedBy: null })
    expect(data.explainAccess.needed).toHaveLength(4)
  })
})

describe('identity fields', () => {
  const identity = 'query ($id: ID!) { one: person(id: $id) { nationalId birthDate partyMember } node(id: $id) { ... on Person { nationalId birthDate partyMember } } list: people(filter: { id: { eq: $id } }) { nodes { nationalId birthDate partyMember } } nested: tasks { nodes { assignments { person { nationalId birthDate partyMember } } } } }'
  const open = { nationalId: '110101199003070038', birthDate: '1990-03-07', partyMember: true }
  const hidden = { nationalId: null, birthDate: null, partyMember: null }
  async function readsIdentity(login: string, { person }: Made): Promise<boolean> {
    const { one, node, list, nested } = await ask(login, identity, { id: person.id })
    const isRead = one.nationalId !== null
    expect([one, node, list]).toEqual([isRead ? open : hidden, isRead ? open : hidden, { nodes: [isRead ? open : hidden] }])
    for (const { assignments } of nested.nodes) for (const each of assignments) if (each.person) expect(each.person).toEqual(isRead ? open : hidden)
    return isRead
  }

  it('are read by the person and by HR_OFFICER of the unit', async () => {
    const made = await network()
    expect([await readsIdentity('self', made), await readsIdentity(await seat(made.units.bureau, 'HR_OFFICER'), made)]).toEqual([true, true])
  })
  it.each(roles.filter((role) => role !== 'HR_OFFICER'))('are hidden from %s of the unit', async (role) => {
    const made = await network()
    expect(await readsIdentity(await seat(made.units.bureau, role), made)).toBe(false)
  })
  it.each([['above', 'HR_OFFICER'], ['below', 'HR_OFFICER'], ['school', 'HR_OFFICER'], ['office', 'COORDINATOR'], ['countyOffice', 'COORDINATOR'], ['committee', 'DIRECTOR']] as const)('are hidden from %s %s', async (name, role) => {
    const made = await network()
    expect(await readsIdentity(await seat(made.units[name], role), made)).toBe(false)
  })
  it('are read by self alone where there is no main appointment', async () => {
    const made = await network()
    await world.sql('update appointment set valid_to = $1 where person_id = $2 and is_main', [today, made.person.id])
    for (const name of ['bureau', 'school'] as const) expect(await readsIdentity(await seat(made.units[name], 'HR_OFFICER'), made)).toBe(false)
    expect(await readsIdentity('self', made)).toBe(true)
  })
  it('are no filter and no order for anybody', () => {
    const { schema, engine } = world.backbone
    for (const name of ['nationalId', 'birthDate', 'partyMember']) {
      const row = engine.policy.rows.get('Person')!.get(name)!.row
      expect([row.filter, row.order, row.group, row.aggregate]).toEqual(Array(4).fill({ kind: 'never' }))
      expect(Object.keys((schema.getType('PersonFilter') as unknown as { getFields(): object }).getFields())).not.toContain(name)
    }
    const orders = (schema.getType('PersonOrderField') as unknown as { getValues(): { name: string }[] }).getValues().map(({ name }) => name)
    for (const name of ['NATIONAL_ID', 'BIRTH_DATE', 'PARTY_MEMBER']) expect(orders).not.toContain(name)
  })
})

describe('Assignment.internalNote', () => {
  const note = '内部意见'
  const doors = `query ($id: ID!, $note: String!, $task: ID!) {
    one: assignment(id: $id) { internalNote }
    node(id: $id) { ... on Assignment { internalNote } }
    list: assignments(filter: { id: { eq: $id } }) { nodes { internalNote } }
    nested: task(id: $task) { assignments { internalNote } }
    eq: assignments(filter: { internalNote: { eq: $note } }) { totalCount }
    contains: assignments(filter: { id: { eq: $id }, internalNote: { contains: "部" } }) { totalCount }
    notNe: assignments(filter: { id: { eq: $id }, not: { internalNote: { ne: $note } } }) { totalCount }
    notOther: assignments(filter: { id: { eq: $id }, not: { internalNote: { eq: "x" } } }) { totalCount }
    isNull: assignments(filter: { id: { eq: $id }, internalNote: { isNull: true } }) { totalCount }
    notIsNull: assignments(filter: { id: { eq: $id }, not: { internalNote: { isNull: true } } }) { totalCount }
    some: tasks(filter: { assignments: { some: { internalNote: { eq: $note } } } }) { totalCount }
    none: tasks(filter: { assignments: { none: { internalNote: { eq: $note } } } }) { totalCount }
    ordered: assignments(orderBy: [{ field: INTERNAL_NOTE }]) { totalCount nodes { id } edges { cursor } pageInfo { endCursor } }
    reversed: assignments(orderBy: [{ field: INTERNAL_NOTE, direction: DESC }], first: 1) { nodes { id } pageInfo { endCursor } }
  }`

  async function staged() {
    const made = await network()
    const task = await build().task({ initiativeId: made.initiative.id, issuingUnitId: made.units.school.id })
    const assignment = await build().assignment({ taskId: task.id, unitId: made.units.bureau.id, internalNote: note })
    return { ...made, task, assignment }
  }
  async function readsNote(login: string, { task, assignment }: Awaited<ReturnType<typeof staged>>): Promise<boolean> {
    const variables = { id: assignment.id, task: task.id, note }
    const { ordered, reversed, ...answer } = await ask(login, doors, variables)
    const isRead = answer.one.internalNote === note
    const [shown, hits] = isRead ? [note, 1] : [null, 0]
    const count = (totalCount: number) => ({ totalCount })
    expect(answer).toEqual({
      one: { internalNote: shown }, node: { internalNote: shown }, list: { nodes: [{ internalNote: shown }] }, nested: { assignments: [{ internalNote: shown }] },
      eq: count(hits), contains: count(hits), notNe: count(hits), notOther: count(hits), isNull: count(0), notIsNull: count(hits), some: count(hits), none: count(2 - hits),
    })
    expect([ordered.totalCount, reversed.nodes.length]).toEqual([2, 1])
    const texts = new Set<string>()
    for (const other of [note, '甲', null]) {
      await world.sql('update assignment set internal_note = $1 where id = $2', [other, assignment.id])
      texts.add(JSON.stringify(await ask(login, doors, variables)))
    }
    await world.sql('update assignment set internal_note = $1 where id = $2', [note, assignment.id])
    expect(texts.size).toBe(isRead ? 3 : 1)
    return isRead
  }

  it.each(['COORDINATOR', 'DIRECTOR', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER'])('is read by %s of the very unit, and by none of another', async (role) => {
    const made = await staged()
    for (const [name, expected] of [['bureau', note], ['above', null], ['below', null], ['school', null], ['office', null], ['countyOffice', null], ['committee', null]] as const) {
      const { data } = await world.as(await seat(made.units[name], role)).run('query ($id: ID!) { assignment(id: $id) { internalNote } }', { id: made.assignment.id })
      expect([name, data]).toEqual([name, { assignment: { internalNote: expected } }])
    }
  })
  it('is read by the unit, and by no other, through every door', async () => {
    const role = 'CLERK'
    const made = await staged()
    for (const [name, expected] of [['bureau', true], ['above', false], ['below', false], ['school', false], ['office', false], ['countyOffice', false], ['committee', false]] as const) expect([name, await readsNote(await seat(made.units[name], role), made)]).toEqual([name, expected])
  })
  it.each(['AUDITOR', 'BI_READER'])('is read by %s of the very unit, where it sees the task', async (role) => {
    const made = await staged()
    const document = 'query ($id: ID!) { assignment(id: $id) { internalNote } }'
    expect(await ask(await seat(made.units.bureau, role), document, { id: made.assignment.id })).toEqual({ assignment: { internalNote: note } })
    expect(await ask(await seat(made.units.school, role), document, { id: made.assignment.id })).toEqual({ assignment: { internalNote: null } })
  })
})
