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
