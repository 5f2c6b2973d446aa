import { describe, expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'

const world = useWorld()

const create = `mutation ($input: InitiativeCreateInput!) {
  initiativeCreate(input: $input) { initiative { id code version status leadUnit { id } participations { role isLead unit { id } } } userErrors { code field message } }
}`

describe('initiativeCreate', () => {
  it('drafts an initiative whose lead unit takes part, audits it and tells it as events', async () => {
    const { province, office } = await world.build.network()
    const unit = await world.build.unit({ divisionId: province.id })
    const input = { idempotencyKey: 'a', code: 'INI-1', title: '示例行动', mechanisms: ['FUNDING'], divisionId: province.id, visibility: 'NETWORK', leadUnitId: office.id, participations: [{ unitId: unit.id, role: 'COOPERATING' }] }
    const first = await world.as('coordinator').run(create, { input })
    expect(first.errors).toEqual([])
    expect(first.data.initiativeCreate).toEqual({
      initiative: {
        id: expect.stringMatching(/^init_/), code: 'INI-1', version: 1, status: 'DRAFT', leadUnit: { id: office.id },
        participations: [{ role: 'RESPONSIBLE', isLead: true, unit: { id: office.id } }, { role: 'COOPERATING', isLead: false, unit: { id: unit.id } }],
      },
      userErrors: [],
    })
    const again = await world.as('coordinator').run(create, { input })
    expect(again.data).toEqual(first.data)
    expect(await world.sql('select verb, subject_id from audit_entry')).toEqual([{ verb: 'initiativeCreate', subject_id: first.data.initiativeCreate.initiative.id }])
    expect(await world.sql('select type, kind from event order by type')).toEqual([{ type: 'Initiative', kind: 'CREATED' }, { type: 'Participation', kind: 'CREATED' }, { type: 'Participation', kind: 'CREATED' }])
  })
})
