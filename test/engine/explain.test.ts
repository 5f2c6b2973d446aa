import { beforeEach, describe, expect, it } from '@jest/globals'
import { newId } from '../../src/kernel/index.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const ask = 'query ($type: String!, $field: String!, $id: ID!) { explainAccess(type: $type, field: $field, id: $id) { allowed sentence decidedBy needed } }'
let person: { id: string }
let office: { id: string }
const run = (login: string, type: string, field: string, id: string, more = {}) => world.as(login).run(ask, { type, field, id }, more)

beforeEach(async () => {
  ;({ office } = await world.build.network())
  person = await world.build.person({ login: 'concerned', unit: office.id, role: 'CLERK', mobile: '13800000001', nationalId: '11010519491231002X' })
  await world.build.person({ login: 'stranger', unit: (await world.build.unit()).id, role: 'CLERK' })
})

describe('explainAccess', () => {
  it('tells the part of the rule that lets the viewer in', async () => {
    expect((await run('concerned', 'Person', 'nationalId', person.id)).data.explainAccess).toEqual({
      allowed: true, sentence: 'the person concerned; or HR_OFFICER in the unit of `unit`', decidedBy: 'the person concerned', needed: [],
    })
    expect((await run('coordinator', 'Person', 'mobile', person.id)).data.explainAccess).toMatchObject({ allowed: true, decidedBy: 'any role but BI_READER in the unit of `unit`' })
  })

  it('tells what would let the viewer in where nothing does, and does so truly', async () => {
    const { data } = await run('stranger', 'Person', 'nationalId', person.id)
    expect(data.explainAccess).toEqual({ allowed: false, sentence: 'the person concerned; or HR_OFFICER in the unit of `unit`', decidedBy: null, needed: ['the person concerned', 'HR_OFFICER in the unit of `unit`'] })
    await world.build.person({ login: 'hr', unit: office.id, role: 'HR_OFFICER' })
    expect((await run('hr', 'Person', 'nationalId', person.id)).data.explainAccess).toMatchObject({ allowed: true, decidedBy: 'HR_OFFICER in the unit of `unit`' })
    expect((await world.as('hr').run('query ($id: ID!) { person(id: $id) { nationalId } }', { id: person.id })).data.person.nationalId).toBe('11010519491231002X')
  })

  it('speaks Chinese to whoever asks in Chinese', async () => {
    expect((await run('stranger', 'Person', 'nationalId', person.id, { language: 'zh' })).data.explainAccess).toEqual({
      allowed: false, sentence: '本人；或 在`unit`本单位任 HR_OFFICER 者', decidedBy: null, needed: ['本人', '在`unit`本单位任 HR_OFFICER 者'],
    })
  })

  it('says open of what is open', async () => {
    expect((await run('stranger', 'Person', 'name', person.id)).data.explainAccess).toEqual({ allowed: true, sentence: 'everyone who may see the row', decidedBy: 'everyone who may see the row', needed: [] })
  })

  it('says nothing of a row that the viewer does not see: it answers as for one that is not there', async () => {
    const hidden = await world.build.task({ issuingUnitId: office.id, confidential: true })
    expect((await run('coordinator', 'Task', 'title', hidden.id)).data.explainAccess.allowed).toBe(true)
    const [invisible, absent] = [await run('stranger', 'Task', 'title', hidden.id), await run('stranger', 'Task', 'title', newId('task'))]
    expect(absent.codes).toEqual(['NOT_FOUND'])
    expect(invisible).toEqual(absent)
  })

  it.each([['Person', 'shoeSize'], ['Persom', 'name'], ['Query', 'people'], ['__proto__', 'name'], ['Person', '__proto__'], ['Person', 'constructor']])('refuses %s.%s, which is no field of a row', async (type, field) => {
    const { codes, data, errors } = await run('coordinator', type, field, person.id)
    expect({ codes, data }).toEqual({ codes: ['BAD_USER_INPUT'], data: null })
    expect(errors[0]!.message).toContain('Take type and field from the schema.')
  })

  it('refuses the id of another type, and whoever is not signed in', async () => {
    expect((await run('coordinator', 'Task', 'title', person.id)).codes).toEqual(['BAD_USER_INPUT'])
    expect((await run('nobody', 'Person', 'name', person.id)).codes).toEqual(['UNAUTHENTICATED'])
  })

  it('agrees with what reading does, for every field of every row that a viewer sees', async () => {
    const { schema } = world.backbone
    const fields = Object.values((schema.getType('Person') as { getFields(): Record<string, { name: string; type: unknown }> }).getFields()).filter(({ type }) => /^(String|Day|Boolean|Int|ID)!?$/.test(String(type))).map(({ name }) => name)
    expect(fields).toEqual(expect.arrayContaining(['mobile', 'nationalId', 'birthDate', 'partyMember']))
    for (const login of ['concerned', 'stranger', 'coordinator']) {
      const read = await world.as(login).run(`query ($id: ID!) { person(id: $id) { ${fields.join(' ')} } }`, { id: person.id })
      for (const field of fields) {
        const { data } = await run(login, 'Person', field, person.id)
        expect([login, field, data.explainAccess.allowed]).toEqual([login, field, !(`Person.${field}` in read.masked)])
      }
    }
  })
})

describe('refusals', () => {
  it('speak the language of the request', async () => {
    const { errors } = await world.as('stranger').run('query ($id: ID!) { task(id: $id) { id } }', { id: newId('task') }, { language: 'zh' })
    expect((errors[0] as unknown as { extensions: object }).extensions).toMatchObject({ code: 'NOT_FOUND' })
    const refused = await world.as('stranger').run(`mutation ($input: DivisionCreateInput!) { divisionCreate(input: $input) { userErrors { code } } }`, { input: { idempotencyKey: 'a', code: '990000', name: '某省', level: 'PROVINCE' } }, { language: 'zh' })
    expect(refused.codes).toEqual(['FORBIDDEN'])
    expect(await world.sql(`select code from division where code = '990000'`)).toEqual([])
  })
})
