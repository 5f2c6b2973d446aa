import { describe, expect, it } from '@jest/globals'
import type { Built } from '../support/build.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const build = () => world.build

type Kind = 'person' | 'initiative' | 'task' | 'assignment' | 'appointment' | 'division' | 'unit' | 'mandate' | 'policyDocument'
const plural = (kind: Kind) => (kind === 'person' ? 'people' : `${kind}s`)

/** Whether a row exists for a viewer: by its own query, by `node`, in the list and in its count, which must all agree. */
async function sees(login: string, kind: Kind, id: string): Promise<boolean> {
  const type = kind[0]!.toUpperCase() + kind.slice(1)
  const document = `query ($id: ID!) { one: ${kind}(id: $id) { id } node(id: $id) { id } list: ${plural(kind)}(first: 200) { totalCount nodes { id } } same: ${plural(kind)}(filter: { id: { eq: $id } }) { totalCount nodes { id } } none: ${plural(kind)}(filter: { not: { id: { ne: $id } } }) { totalCount } }`
  const { data, codes } = await world.as(login).run(document, { id })
  const isSeen = data.one !== null
  expect([type, codes, data.node, data.same, data.none]).toEqual([type, isSeen ? [] : ['NOT_FOUND', 'NOT_FOUND'], isSeen ? { id } : null, { totalCount: isSeen ? 1 : 0, nodes: isSeen ? [{ id }] : [] }, { totalCount: isSeen ? 1 : 0 }])
  expect(data.list.nodes.some((row: { id: string }) => row.id === id)).toBe(isSeen)
  expect(data.list.totalCount).toBe(data.list.nodes.length)
  return isSeen
}

let seats = 0
/** A signed-in person with one role in a unit. */
async function seat(unit: Built, role: string | null): Promise<string> {
  const login = `seat ${++seats}`
  await build().person({ login, unit: unit.id, role })
  return login
}
async function token(unit: Built, role: string): Promise<string> {
  const name = `token ${++seats}`
  await build().row('service_token', 'stok', { name, tokenHash: name, role, unitId: unit.id, expiresAt: '2099-01-01T00:00:00Z' })
  return `service:${name}`
}

const everyone = ['COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']
const ordinary = everyone.slice(0, 7)

/**
 * Province P with county C; province A apart. By line: `head` (P) above `member` (C) above `under` (A), and `sibling` (A) below head as well.
 * `office`, `countyOffice` and `apartOffice` coordinate P, C and A; `committee` leads P. `lead` (P) and `outsider` (A) stand alone.
 */
async function places() {
  const province = await build().division({ code: '330000' })
  const county = await build().division({ code: '330102', parentId: province.id })
  const apart = await build().division({ code: '340000' })
  const unit = (division: Built, more: object = {}) => build().unit({ divisionId: division.id, ...more })
  const head = await unit(province)
  const member = await unit(county, { lineParentId: head.id })
  const units = {
    head, member, under: await unit(apart, { lineParentId: member.id }), sibling: await unit(apart, { lineParentId: head.id }), lead: await unit(province), outsider: await unit(apart),
    office: await unit(province), countyOffice: await unit(county), apartOffice: await unit(apart), committee: await unit(province), apartCommittee: await unit(apart),
  }
  for (const { id } of [units.office, units.countyOffice, units.apartOffice]) await build().mandate({ unitId: id, role: 'OVERALL_COORDINATION' })
  for (const { id } of [units.committee, units.apartCommittee]) await build().mandate({ unitId: id, role: 'LEADERSHIP' })
  return { province, county, apart, units }
}
type Places = Awaited<ReturnType<typeof places>>
type UnitName = keyof Places['units']

describe('Division, Unit, Mandate, PolicyDocument', () => {
  it('are read by every signed-in viewer', async () => {
    const { province, units } = await places()
    const [mandate] = await world.sql<Built>('select id, basis_id from mandate limit 1')
    for (const login of [...(await Promise.all(everyone.map((role) => seat(units.outsider, role)))), await seat(units.outsider, null), await token(units.outsider, 'BI_READER')]) {
      expect(await sees(login, 'division', province.id)).toBe(true)
      expect(await sees(login, 'unit', units.lead.id)).toBe(true)
      expect(await sees(login, 'mandate', mandate!.id)).toBe(true)
      expect(await sees(login, 'policyDocument', mandate!['basis_id'])).toBe(true)
    }
  })
  it('are read by nobody who is not signed in', async () => {
    const { codes, data } = await world.as('nobody').run('{ divisions { totalCount } units { totalCount } mandates { totalCount } policyDocuments { totalCount } people { totalCount } initiatives { totalCount } tasks { totalCount } }')
    expect(new Set(codes)).toEqual(new Set(['UNAUTHENTICATED']))
    expect(data).toBeNull()
  })
})

describe('Person', () => {
  it.each(everyone.filter((role) => role !== 'BI_READER'))('is read in its directory fields by %s', async (role) => {
    const { units } = await places()
    const person = await build().person({ name: '示甲', title: '科员', officePhone: '0571-1', unit: units.lead.id })
    const login = await seat(units.outsider, role)
    expect(await sees(login, 'person', person.id)).toBe(true)
    const { data, masked } = await world.as(login).run('query ($id: ID!) { person(id: $id) { name title officePhone unit { id } } }', { id: person.id })
    expect([data, masked]).toEqual([{ person: { name: '示甲', title: '科员', officePhone: '0571-1', unit: { id: units.lead.id } } }, {}])
  })

  it.each(['person', 'token'])('is not there for BI_READER, a %s', async (what) => {
    const { units } = await places()
    const person = await build().person({ name: '示甲', unit: units.outsider.id })
    const login = what === 'person' ? await seat(units.outsider, 'BI_READER') : await token(units.outsider, 'BI_READER')
    expect(await sees(login, 'person', person.id)).toBe(false)
    const initiative = await build().initiative({ leadUnitId: units.outsider.id })
    const task = await build().task({ initiativeId: initiative.id, leadUnitId: units.outsider.id })
    await world.sql('update assignment set person_id = $1', [person.id])
    const { data } = await world.as(login).run(`{ tasks { nodes { id assignments { person { name } liaison { name } } } } named: tasks(filter: { assignments: { some: { person: { name: { eq: "示甲" } } } } }) { totalCount } unnamed: tasks(filter: { assignments: { none: { person: { name: { eq: "示甲" } } } } }) { totalCount } }`)
    expect(data).toEqual({ tasks: { nodes: [{ id: task.id, assignments: [{ person: null, liaison: null }] }] }, named: { totalCount: 0 }, unnamed: { totalCount: 1 } })
  })

  it('is the person itself too, without a main appointment', async () => {
    const { units } = await places()
    const person = await build().person({ login: 'self', mobile: '13800000001' })
    await build().appointment({ personId: person.id, unitId: units.lead.id, role: 'CLERK' })
    expect(await sees('self', 'person', person.id)).toBe(true)
  })
})

describe('Appointment', () => {
  it.each([['SECURITY_ADMIN', true], ...everyone.filter((role) => role !== 'SECURITY_ADMIN').map((role) => [role, false] as const)])('of another person, by %s: %s', async (role, expected) => {
    const { units } = await places()
    const person = await build().person({})
    const appointment = await build().appointment({ personId: person.id, unitId: units.outsider.id, role: 'CLERK' })
    expect(await sees(await seat(units.outsider, role), 'appointment', appointment.id)).toBe(expected)
  })
  it('of oneself', async () => {
    const { units } = await places()
    const person = await build().person({ login: 'self', unit: units.lead.id, role: 'CLERK' })
    const [own] = await world.sql<Built>('select id from appointment where person_id = $1', [person.id])
    expect(await sees('self', 'appointment', own!.id)).toBe(true)
  })
})

/** An initiative of P led by `lead`, with `member` (in C) taking part, for participants only. */
async function initiatives(values: object = {}) {
  const made = await places()
  const initiative = await build().initiative({ leadUnitId: made.units.lead.id, visibility: 'PARTICIPANTS', status: 'ACTIVE', divisionId: made.province.id, ...values })
  await build().participation({ initiativeId: initiative.id, unitId: made.units.member.id })
  return { ...made, initiative }
}
type Staged = Awaited<ReturnType<typeof initiatives>>
const assigned = async ({ initiative, units }: Staged, to: UnitName, values: object = {}, status = 'IN_PROGRESS') => {
  const task = await build().task({ initiativeId: initiative.id, issuingUnitId: units.lead.id, ...values })
  return build().assignment({ taskId: task.id, unitId: units[to].id, status })
}

describe('Initiative', () => {
  describe.each(ordinary)('%s', (role) => {
    it('(a) sees one of the NETWORK, and none for PARTICIPANTS', async () => {
      const { initiative, units } = await initiatives({ visibility: 'NETWORK' })
      const login = await seat(units.outsider, role)
      expect(await sees(login, 'initiative', initiative.id)).toBe(true)
      await world.sql(`update initiative set visibility = 'PARTICIPANTS'`)
      expect(await sees(login, 'initiative', initiative.id)).toBe(false)
    })
    it('(b) sees one in which its unit takes part, one below it by line, or one above it in its line; beside it none', async () => {
      const { initiative, units } = await initiatives()
      for (const [name, expected] of [['lead', true], ['member', true], ['head', true], ['under', true], ['sibling', false], ['outsider', false]] as const) expect([name, await sees(await seat(units[name], role), 'initiative', initiative.id)]).toEqual([name, expected])
    })
    it('(c) sees one in which its very unit has an assignment', async () => {
      const made = await initiatives()
      const login = await seat(made.units.outsider, role)
      await assigned(made, 'sibling')
      expect(await sees(login, 'initiative', made.initiative.id)).toBe(false)
      await assigned(made, 'outsider')
      expect(await sees(login, 'initiative', made.initiative.id)).toBe(true)
    })
  })

  it('(c) does not reach the units above and below', async () => {
    const made = await initiatives()
    await world.sql('delete from participation where unit_id = $1', [made.units.member.id])
    await assigned(made, 'member', { confidential: true })
    for (const [name, expected] of [['member', true], ['head', false], ['under', false]] as const) expect([name, await sees(await seat(made.units[name], 'CLERK'), 'initiative', made.initiative.id)]).toEqual([name, expected])
  })

  describe('(d)', () => {
    it.each([['office', 'COORDINATOR', true], ['committee', 'DIRECTOR', true], ['committee', 'CLERK', false], ['countyOffice', 'DIRECTOR', false], ['apartOffice', 'COORDINATOR', false], ['apartCommittee', 'DIRECTOR', false], ['outsider', 'COORDINATOR', false]] as const)(
      'of the division: %s %s %s', async (name, role, expected) => {
        const made = await initiatives()
        expect(await sees(await seat(made.units[name], role), 'initiative', made.initiative.id)).toBe(expected)
      })
    it('of the division of a participating unit', async () => {
      const made = await initiatives()
      const login = await seat(made.units.countyOffice, 'COORDINATOR')
      expect(await sees(login, 'initiative', made.initiative.id)).toBe(true)
      await world.sql('delete from participation where unit_id = $1', [made.units.member.id])
      expect(await sees(login, 'initiative', made.initiative.id)).toBe(false)
    })
    it('of the division of an assigned unit, for the COORDINATOR and a DIRECTOR of the LEADERSHIP unit', async () => {
      const made = await initiatives()
      const logins = [await seat(made.units.apartOffice, 'COORDINATOR'), await seat(made.units.apartCommittee, 'DIRECTOR')]
      for (const login of logins) expect(await sees(login, 'initiative', made.initiative.id)).toBe(false)
      await assigned(made, 'outsider')
      for (const login of logins) expect(await sees(login, 'initiative', made.initiative.id)).toBe(true)
    })
    it('not without the mandate, nor above the division', async () => {
      const made = await initiatives({ status: 'DRAFT' })
      const [office, county] = [await seat(made.units.office, 'COORDINATOR'), await seat(made.units.countyOffice, 'COORDINATOR')]
      await world.sql('delete from participation where unit_id = $1', [made.units.member.id])
      expect([await sees(office, 'initiative', made.initiative.id), await sees(county, 'initiative', made.initiative.id)]).toEqual([true, false])
      await world.sql(`update mandate set valid_to = $1 where unit_id = $2`, [today, made.units.office.id])
      expect(await sees(office, 'initiative', made.initiative.id)).toBe(false)
    })
  })

  it('a DRAFT is for its lead unit and (d) only', async () => {
    const made = await initiatives({ status: 'DRAFT', visibility: 'NETWORK' })
    await assigned(made, 'sibling')
    const answers: Record<string, boolean> = {}
    for (const [name, role] of [['lead', 'CLERK'], ['lead', 'PRACTITIONER'], ['office', 'COORDINATOR'], ['countyOffice', 'COORDINATOR'], ['apartOffice', 'COORDINATOR'], ['committee', 'DIRECTOR'], ['member', 'DIRECTOR'], ['head', 'DIRECTOR'], ['under', 'DIRECTOR'], ['sibling', 'DIRECTOR'], ['outsider', 'DIRECTOR']] as const) {
      answers[`${name} ${role}`] = await sees(await seat(made.units[name], role), 'initiative', made.initiative.id)
    }
    expect(answers).toEqual({
      'lead CLERK': true, 'lead PRACTITIONER': true, 'office COORDINATOR': true, 'countyOffice COORDINATOR': true, 'apartOffice COORDINATOR': true, 'committee DIRECTOR': true,
      'member DIRECTOR': false, 'head DIRECTOR': false, 'under DIRECTOR': false, 'sibling DIRECTOR': false, 'outsider DIRECTOR': false,
    })
  })

  describe.each(['AUDITOR', 'BI_READER'])('%s', (role) => {
    it('sees one of its division and none of another', async () => {
      const { initiative, units, county } = await initiatives({ visibility: 'NETWORK' })
      const [above, here, apart] = [await seat(units.office, role), await seat(units.countyOffice, role), await seat(units.outsider, role)]
      expect([await sees(above, 'initiative', initiative.id), await sees(here, 'initiative', initiative.id), await sees(apart, 'initiative', initiative.id)]).toEqual([true, false, false])
      await world.sql('update initiative set division_id = $1', [county.id])
      expect([await sees(above, 'initiative', initiative.id), await sees(here, 'initiative', initiative.id), await sees(apart, 'initiative', initiative.id)]).toEqual([true, true, false])
    })
    it('sees by (b) and (c) no more than its division', async () => {
      const made = await initiatives()
      await assigned(made, 'outsider')
      await assigned(made, 'office')
      const answers = Object.fromEntries(await Promise.all((['lead', 'head', 'office', 'committee', 'member', 'under', 'outsider'] as const).map(async (name) => [name, await sees(await seat(made.units[name], role), 'initiative', made.initiative.id)])))
      expect(answers).toEqual({ lead: true, head: true, office: true, committee: false, member: false, under: false, outsider: false })
    })
    it('does not add two appointments up', async () => {
      const made = await initiatives()
      const login = await seat(made.units.committee, role)
      const [account] = await world.sql<{ person_id: string }>('select person_id from account where subject = $1', [login])
      await build().appointment({ personId: account!.person_id, unitId: made.units.member.id, role })
      expect(await sees(login, 'initiative', made.initiative.id)).toBe(false)
      await assigned(made, 'member')
      expect(await sees(login, 'initiative', made.initiative.id)).toBe(false)
      await world.sql(`update initiative set status = 'DRAFT', lead_unit_id = $1`, [made.units.member.id])
      expect(await sees(login, 'initiative', made.initiative.id)).toBe(false)
    })
    it('sees a DRAFT of its own lead unit only', async () => {
      const made = await initiatives({ status: 'DRAFT', visibility: 'NETWORK' })
      expect([await sees(await seat(made.units.lead, role), 'initiative', made.initiative.id), await sees(await seat(made.units.office, role), 'initiative', made.initiative.id)]).toEqual([true, false])
    })
  })

  it.each(['SECURITY_ADMIN', 'SYSTEM_ADMIN'])('%s sees none, and no task', async (role) => {
    const made = await initiatives({ visibility: 'NETWORK' })
    const assignment = await assigned(made, 'lead')
    for (const name of ['lead', 'office', 'member'] as const) {
      const login = await seat(made.units[name], role)
      expect([await sees(login, 'initiative', made.initiative.id), await sees(login, 'task', assignment['task_id']), await sees(login, 'assignment', assignment.id)]).toEqual([false, false, false])
    }
  })

  it('takes its participations, milestones and updates along', async () => {
    const made = await initiatives()
    await build().row('milestone', 'mile', { initiativeId: made.initiative.id, title: '一', dueOn: today })
    const document = '{ initiatives { nodes { participations { unit { id } } milestones { title } } } units(filter: { name: { contains: "" } }, first: 200) { totalCount } }'
    expect((await world.as(await seat(made.units.lead, 'CLERK')).run(document)).data.initiatives.nodes).toEqual([{ participations: [{ unit: { id: made.units.lead.id } }, { unit: { id: made.units.member.id } }], milestones: [{ title: '一' }] }])
    expect((await world.as(await seat(made.units.outsider, 'CLERK')).run(document)).data.initiatives.nodes).toEqual([])
    const [milestone] = await world.sql<Built>('select id from milestone')
    expect((await world.as(await seat(made.units.outsider, 'CLERK')).run('query ($id: ID!) { node(id: $id) { id } }', { id: milestone!.id })).codes).toEqual(['NOT_FOUND'])
  })
})

/** A confidential task, so that none but the alternative under test can open it; issued by `issuer`, in an initiative that `lead` leads. */
async function tasks(values: object = {}) {
  const made = await initiatives()
  const issuer = await build().unit({ divisionId: made.province.id })
  const task = await build().task({ initiativeId: made.initiative.id, issuingUnitId: issuer.id, confidential: true, status: 'IN_PROGRESS', ...values })
  return { ...made, task, units: { ...made.units, issuer } }
}

describe('Task', () => {
  describe.each(ordinary)('%s sees a confidential one', (role) => {
    it('that its very unit issued', async () => {
      const { task, units } = await tasks()
      expect([await sees(await seat(units.issuer, role), 'task', task.id), await sees(await seat(units.outsider, role), 'task', task.id)]).toEqual([true, false])
    })
    it('on which its very unit has an assignment', async () => {
      const { task, units } = await tasks()
      const assignment = await build().assignment({ taskId: task.id, unitId: units.member.id })
      for (const [name, expected] of [['member', true], ['head', false], ['under', false]] as const) {
        const login = await seat(units[name], role)
        expect([name, await sees(login, 'task', task.id), await sees(login, 'assignment', assignment.id)]).toEqual([name, expected, expected])
      }
    })
    it('whose initiative its very unit leads, not one in which it takes part', async () => {
      const { task, units } = await tasks()
      expect([await sees(await seat(units.lead, role), 'task', task.id), await sees(await seat(units.member, role), 'task', task.id)]).toEqual([true, false])
    })
  })

  it.each(['PROPOSED', 'ISSUED', 'ACCEPTED', 'REFUSED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'EXCUSED', 'TERMINATED'])('an assignment opens it while %s', async (status) => {
    const { task, units } = await tasks({ status: 'DRAFT' })
    await build().assignment({ taskId: task.id, unitId: units.outsider.id, status })
    expect(await sees(await seat(units.outsider, 'CLERK'), 'task', task.id)).toBe(true)
  })

  describe('coordination', () => {
    it('of the division of its initiative, not of the issuing unit', async () => {
      const { task, units, county, initiative } = await tasks()
      await world.sql('update initiative set division_id = $1 where id = $2', [county.id, initiative.id])
      const [office, countyOffice, apart] = [await seat(units.office, 'COORDINATOR'), await seat(units.countyOffice, 'COORDINATOR'), await seat(units.apartOffice, 'COORDINATOR')]
      await world.sql('update task set issuing_unit_id = $1', [units.outsider.id])
      expect([await sees(office, 'task', task.id), await sees(countyOffice, 'task', task.id), await sees(apart, 'task', task.id)]).toEqual([true, true, false])
    })
    it('of the division of the issuing unit, where it has no initiative', async () => {
      const { task, units } = await tasks({ initiativeId: null })
      expect([await sees(await seat(units.office, 'COORDINATOR'), 'task', task.id), await sees(await seat(units.committee, 'DIRECTOR'), 'task', task.id), await sees(await seat(units.countyOffice, 'COORDINATOR'), 'task', task.id)]).toEqual([true, true, false])
    })
    it('of the division of an assigned unit', async () => {
      const { task, units } = await tasks()
      const [coordinator, director] = [await seat(units.apartOffice, 'COORDINATOR'), await seat(units.apartCommittee, 'DIRECTOR')]
      expect([await sees(coordinator, 'task', task.id), await sees(director, 'task', task.id)]).toEqual([false, false])
      const assignment = await build().assignment({ taskId: task.id, unitId: units.outsider.id })
      expect([await sees(coordinator, 'task', task.id), await sees(director, 'task', task.id), await sees(coordinator, 'assignment', assignment.id)]).toEqual([true, true, true])
    })
    it('not without the mandate', async () => {
      const { task, units } = await tasks()
      await world.sql('update mandate set valid_to = $1 where unit_id = $2', [today, units.office.id])
      expect(await sees(await seat(units.office, 'COORDINATOR'), 'task', task.id)).toBe(false)
    })
  })

  it.each([
    ['neither confidential nor DRAFT, its initiative visible', {}, 'NETWORK', true],
    ['confidential', { confidential: true }, 'NETWORK', false],
    ['a DRAFT', { status: 'DRAFT' }, 'NETWORK', false],
    ['of an initiative that is not visible', {}, 'PARTICIPANTS', false],
  ])('seen from outside when it is %s', async (_what, values, visibility, expected) => {
    const { task, units } = await tasks({ confidential: false, ...values })
    await world.sql('update initiative set visibility = $1', [visibility])
    const login = await seat(units.outsider, 'CLERK')
    expect(await sees(login, 'task', task.id)).toBe(expected)
  })

  it('follows its initiative: into the network and back, into DRAFT, into confidence, into another initiative', async () => {
    const { task, units, initiative } = await tasks({ confidential: false })
    const assignment = await build().assignment({ taskId: task.id, unitId: units.lead.id })
    const login = await seat(units.outsider, 'CLERK')
    const other = await build().initiative({ leadUnitId: units.lead.id, visibility: 'PARTICIPANTS', divisionId: initiative['division_id'] })
    const answers: boolean[] = []
    for (const change of [`initiative set visibility = 'NETWORK'`, `initiative set status = 'DRAFT'`, `initiative set status = 'ACTIVE'`, `task set confidential = true`, `task set confidential = false`, `task set status = 'DRAFT'`, `task set status = 'ISSUED'`]) {
      await world.sql(`update ${change}`)
      if (change.includes('NETWORK')) await world.sql(`update initiative set visibility = 'PARTICIPANTS' where id = $1`, [other.id])
      const isSeen = await sees(login, 'task', task.id)
      expect(await sees(login, 'assignment', assignment.id)).toBe(isSeen)
      answers.push(isSeen)
    }
    expect(answers).toEqual([true, false, true, false, true, false, true])
    await world.sql('update task set initiative_id = $1', [other.id])
    expect([await sees(login, 'task', task.id), await sees(login, 'assignment', assignment.id)]).toEqual([false, false])
  })

  it('without an initiative: inUnit of the issuer or of an assigned unit replaces it', async () => {
    const { units } = await tasks()
    const [issued, led] = [await build().task({ issuingUnitId: units.member.id }), await build().task({ issuingUnitId: units.apartOffice.id })]
    await build().assignment({ taskId: led.id, unitId: units.member.id })
    for (const [name, expected] of [['member', true], ['head', true], ['under', false], ['sibling', false], ['outsider', false]] as const) {
      const login = await seat(units[name], 'CLERK')
      expect([name, await sees(login, 'task', issued.id), await sees(login, 'task', led.id)]).toEqual([name, expected, expected])
    }
    const head = await seat(units.head, 'CLERK')
    await world.sql('update task set confidential = true where id = $1', [issued.id])
    await world.sql(`update task set status = 'DRAFT' where id = $1`, [led.id])
    expect([await sees(head, 'task', issued.id), await sees(head, 'task', led.id)]).toEqual([false, false])
  })

  describe.each(['AUDITOR', 'BI_READER'])('%s', (role) => {
    it('sees one of a visible initiative, and never a confidential one', async () => {
      const { task, units } = await tasks({ confidential: false })
      await build().assignment({ taskId: task.id, unitId: units.lead.id })
      const logins = [await seat(units.lead, role), await seat(units.issuer, role)]
      for (const login of logins) expect(await sees(login, 'task', task.id)).toBe(true)
      await world.sql('update task set confidential = true')
      for (const login of logins) expect(await sees(login, 'task', task.id)).toBe(false)
    })
    it('sees none of another division from outside', async () => {
      const { task, units } = await tasks({ confidential: false })
      await world.sql(`update initiative set visibility = 'NETWORK'`)
      expect([await sees(await seat(units.office, role), 'task', task.id), await sees(await seat(units.outsider, role), 'task', task.id)]).toEqual([true, false])
    })
    it('without an initiative: by line', async () => {
      const { units } = await tasks()
      const task = await build().task({ issuingUnitId: units.member.id })
      expect([await sees(await seat(units.head, role), 'task', task.id), await sees(await seat(units.outsider, role), 'task', task.id)]).toEqual([true, false])
    })
  })

  describe('decomposition', () => {
    /** `member` decomposes the task to `under`, which decomposes to `sibling`; all confidential. */
    async function decomposed() {
      const made = await tasks()
      await build().assignment({ taskId: made.task.id, unitId: made.units.member.id })
      const step = async (parent: Built, from: Built, to: Built) => {
        const child = await build().task({ parentId: parent.id, initiativeId: made.initiative.id, issuingUnitId: from.id, confidential: true, status: 'DRAFT' })
        await build().assignment({ taskId: child.id, unitId: to.id })
        return child
      }
      const child = await step(made.task, made.units.member, made.units.under)
      return { ...made, child, grandchild: await step(child, made.units.under, made.units.sibling) }
    }
    const chain = async (login: string, { task, child, grandchild }: { [name: string]: any }) => [await sees(login, 'task', task.id), await sees(login, 'task', child.id), await sees(login, 'task', grandchild.id)]

    it('shows the decomposing unit all descendants, and those below no more than their part', async () => {
      const made = await decomposed()
      expect(await chain(await seat(made.units.member, 'CLERK'), made)).toEqual([true, true, true])
      expect(await chain(await seat(made.units.under, 'CLERK'), made)).toEqual([false, true, true])
      expect(await chain(await seat(made.units.sibling, 'CLERK'), made)).toEqual([false, false, true])
    })
    it('shows the issuer of the top none of the descendants', async () => {
      const made = await decomposed()
      expect(await chain(await seat(made.units.issuer, 'CLERK'), made)).toEqual([true, false, false])
    })
    it('shows a coordinator of an assigned unit of the top all descendants', async () => {
      const made = await decomposed()
      expect(await chain(await seat(made.units.countyOffice, 'COORDINATOR'), made)).toEqual([true, true, true])
      await world.sql('delete from assignment where task_id = $1', [made.task.id])
      await world.sql('update initiative set division_id = $1', [made.apart.id])
      expect(await chain(await seat(made.units.countyOffice, 'COORDINATOR'), made)).toEqual([false, false, false])
    })
  })
})

describe('a link to an invisible object', () => {
  /** A task that `outsider` is assigned to; its parent is not for `outsider`, and its initiative is a DRAFT. */
  async function linked() {
    const made = await tasks({ title: '上级' })
    await world.sql(`update initiative set status = 'DRAFT', title = '草案'`)
    const task = await build().task({ title: '有上级', parentId: made.task.id, initiativeId: made.initiative.id, issuingUnitId: made.units.member.id })
    const lone = await build().task({ title: '无上级', issuingUnitId: made.units.member.id })
    for (const { id } of [task, lone]) await build().assignment({ taskId: id, unitId: made.units.outsider.id })
    return { ...made, login: await seat(made.units.outsider, 'CLERK'), insider: await seat(made.units.lead, 'CLERK') }
  }
  const titles = async (login: string, filter: string) => (await world.as(login).run(`{ tasks(filter: ${filter}, orderBy: [{ field: TITLE }]) { totalCount nodes { title } } }`)).data.tasks

  it('answers like none', async () => {
    const { login } = await linked()
    expect((await world.as(login).run('{ tasks(orderBy: [{ field: CREATED_AT }]) { nodes { title parent { title } initiative { title } } } }')).data.tasks.nodes).toEqual([
      { title: '有上级', parent: null, initiative: null }, { title: '无上级', parent: null, initiative: null },
    ])
  })

  it.each(['{ parent: { title: { eq: "上级" } } }', '{ parent: { title: { ne: "上级" } } }', '{ not: { parent: { title: { eq: "上级" } } } }', '{ not: { parent: { title: { ne: "上级" } } } }', '{ initiative: { title: { eq: "草案" } } }', '{ not: { initiative: { title: { eq: "草案" } } } }', '{ not: { initiative: { title: { ne: "草案" } } } }', '{ initiative: {} }', '{ parent: {} }'])(
    'filters like none by %s', async (filter) => {
      const { login } = await linked()
      expect(await titles(login, filter)).toEqual({ totalCount: 0, nodes: [] })
    })

  it('lends its division to nobody: the task then has that of its issuer, as one without initiative', async () => {
    const { login, insider, apart, initiative, units } = await linked()
    await world.sql('update initiative set division_id = $1 where id = $2', [apart.id, initiative.id])
    const ask = async (who: string, code: unknown) => (await world.as(who).run('query ($code: String) { tasks(filter: { title: { eq: "有上级" } }) { nodes { division { id } } } found: tasks(filter: { title: { eq: "有上级" }, division: { code: { eq: $code } } }) { totalCount } }', { code })).data
    const answer = (id: unknown, totalCount: number) => ({ tasks: { nodes: [{ division: { id } }] }, found: { totalCount } })
    const own = units.member['division_id']
    const [{ code }] = (await world.sql<{ code: string }>('select code from division where id = $1', [own])) as [{ code: string }]
    expect(await ask(login, code)).toEqual(answer(own, 1))
    expect(await ask(login, apart['code'])).toEqual(answer(own, 0))
    expect(await ask(insider, apart['code'])).toEqual(answer(apart.id, 1))
    const why = await world.as(login).run('query ($id: ID!) { explainAccess(type: "Task", field: "division", id: $id) { allowed } }', { id: (await world.as(login).run('{ tasks(filter: { title: { eq: "有上级" } }) { nodes { id } } }')).data.tasks.nodes[0].id })
    expect(why.data.explainAccess.allowed).toBe(true)
  })

  it('is there for those who see it', async () => {
    const { insider } = await linked()
    expect((await titles(insider, '{ parent: { title: { eq: "上级" } } }')).nodes).toEqual([{ title: '有上级' }])
  })

  it('is no child and no member of a list either', async () => {
    const { login, units } = await linked()
    const { data } = await world.as(login).run('query ($id: ID!) { unit(id: $id) { assignments { totalCount } } initiatives { totalCount } }', { id: units.member.id })
    expect(data).toEqual({ unit: { assignments: { totalCount: 0 } }, initiatives: { totalCount: 0 } })
  })
})
