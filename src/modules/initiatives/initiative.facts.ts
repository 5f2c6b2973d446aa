import { action, type Facts } from '../../engine/index.js'
import { Initiative, type InitiativeStatus } from './initiative.entity.js'
import { initiativeVerbs } from './initiative.lifecycle.js'

const facts = { initiativeStatus: (row) => row.column('status') } satisfies Facts

for (const verb of initiativeVerbs.names) {
  action<{ initiativeStatus: InitiativeStatus }>(Initiative, { mutation: verb, facts, missing: (told) => initiativeVerbs.faults(verb, told.initiativeStatus, 'input.initiativeId') })
}
