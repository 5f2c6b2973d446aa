import { describe, expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'

const world = useWorld()
const who = '{ auditEntries { nodes { verb person { name } reads { field ids } changes { type kind fields { name before after } } } } }'

async function network() {
  const { province, office } = await world.build.network()
  const unit = await world.build.unit({ divisionId: province.id })
  const county = await world.build.division({ parentId: province.id, level: 'COUNTY', code: '330106' })
  const elsewhere = await world.build.unit({ divisionId: county.id })
  await world.build.person({ login: 'hr', name: '示人事', unit: unit.id, role: 'HR_OFFICER', mobile: '15400000001', nationalId: 'N-HR' })
  const member = await world.build.person({ login: 'member', unit: unit.id, role: 'CLERK', mobile: '15400000002', nationalId: 'N-MEMBER' })
  await world.build.person({ login: 'auditor', unit: office.id, role: 'AUDITOR' })
  await world.build.person({ login: 'county-auditor', unit: elsewhere.id, role: 'AUDITOR' })
  return { unit, member }
}

describe('the audit trail', () => {
  it('records whose sensitive values an answer contained, and by which fields it searched', async () => {
    const { member } = await network()
    const asked = await world.as('hr').run('{ people(filter: { mobile: { startsWith: "154" } }, orderBy: [{ field: CODE }]) { nodes { name nationalId } } }')
    expect(asked.data.people.nodes.map((one: { nationalId: string }) => one.nationalId)).toEqual(['N-HR', 'N-MEMBER'])
    const { data } = await world.as('auditor').run(who)
    expect(data.auditEntries.nodes).toEqual([
      { verb: 'read', person: { name: '示人事' }, changes: [], reads: [{ field: 'Person.mobile/filter', ids: [] }, { field: 'Person.nationalId', ids: [member.id] }] },
    ])
    expect((await world.as('auditor').run(`query ($id: ID!) { auditEntries(filter: { about: { has: $id } }) { totalCount } }`, { id: member.id })).data.auditEntries.totalCount).toBe(1)
  })

  it('does not record a person reading the own values, nor a hidden one', async () => {
    await network()
    await world.as('member').run('{ people { nodes { nationalId } } }')
    expect(await world.sql('select 1 from audit_entry')).toEqual([])
  })

  it('tells changed fields of personal data by name, never by value', async () => {
    const { member } = await network()
    const update = 'mutation ($input: PersonUpdateInput!) { personUpdate(input: $input) { person { version } userErrors { code } } }'
    await world.as('hr').run(update, { input: { idempotencyKey: 'k', expectedVersion: 1, personId: member.id, mobile: '15400000009', title: '科长' } })
    const { data } = await world.as('auditor').run(who)
    const [entry] = data.auditEntries.nodes.filter((one: { verb: string }) => one.verb === 'personUpdate')
    expect(entry.changes).toEqual(
      expect.arrayContaining([
        { type: 'PersonContact', kind: 'UPDATED', fields: [{ name: 'mobile', before: null, after: null }] },
        { type: 'Person', kind: 'UPDATED', fields: [{ name: 'title', before: null, after: '"科长"' }] },
      ]),
    )
    expect(JSON.stringify(await world.sql('select body from audit_entry'))).not.toContain('15400000009')
  })

  it('tells no value that only some readers of a row may read, and none of a confidential task or of what comes with it', async () => {
    const { unit } = await network()
    const { build } = world
    await build.person({ login: 'head', unit: unit.id, role: 'DIRECTOR' })
    const initiative = await build.initiative({ leadUnitId: unit.id, divisionId: unit['division_id'] as string, status: 'ACTIVE' })
    const create = 'mutation ($input: TaskCreateInput!) { taskCreate(input: $input) { task { id assignments { id } } userErrors { code } } }'
    const keep = 'mutation ($input: AssignmentUpdateInput!) { assignmentUpdate(input: $input) { assignment { id } userErrors { code } } }'
    for (const confidential of [false, true]) {
      const input = { idempotencyKey: `c${confidential}`, code: `T${confidential}`, title: '事项名', confidential, source: 'INITIATIVE', initiativeId: initiative.id, issuingUnitId: unit.id, assignments: [{ unitId: unit.id, role: 'LEAD' }] }
      const { data } = await world.as('head').run(create, { input })
      const [{ id: assignmentId }] = data.taskCreate.task.assignments
      expect((await world.as('head').run(keep, { input: { idempotencyKey: `k${confidential}`, assignmentId, expectedVersion: 1, internalNote: '内部话' } })).data.assignmentUpdate.userErrors).toEqual([])
    }
    const { data } = await world.as('auditor').run(who)
    const told = data.auditEntries.nodes.flatMap(({ verb, changes }: any) => changes.flatMap(({ type, fields }: any) => fields.map(({ name, after }: any) => [verb, `${type}.${name}`, after])))
    const values = (field: string) => told.filter(([, name]: string[]) => name === field).map(([, , after]: string[]) => after)
    expect(values('Assignment.internalNote')).toEqual([null, null])
    expect(values('Task.title').sort()).toEqual(['"事项名"', null])
    expect(values('Task.confidential').sort()).toEqual(['false', null])
    expect(values('Assignment.role').sort()).toEqual(['"LEAD"', null])
    expect(JSON.stringify(await world.sql('select body from audit_entry'))).not.toContain('内部话')
  })

  it('is for auditors of the division of the acting unit, and for nobody else', async () => {
    await network()
    await world.as('hr').run('{ people { nodes { nationalId } } }')
    for (const login of ['county-auditor', 'coordinator', 'hr', 'member']) {
      const { data } = await world.as(login).run('{ auditEntries { totalCount nodes { id } } }')
      expect([login, data.auditEntries]).toEqual([login, { totalCount: 0, nodes: [] }])
    }
    expect((await world.as('auditor').run('{ auditEntries { totalCount } }')).data.auditEntries.totalCount).toBe(1)
  })
})
