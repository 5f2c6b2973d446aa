/** "Every signed-in viewer" reads what the network shares; rules of supervision are a dictionary of it, and the light rules are part of the policy. */
import type { LightRule, SupervisionPolicy } from './snapshot.js'
import { everySignedInViewer, many, ofEveryRow, one, value, type Page } from './words.js'

export const supervisionPolicy: Page<SupervisionPolicy> = {
  type: 'SupervisionPolicy',
  rows: ({ tables }) => tables.supervision_policy,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    name: value('name'), validFrom: value('validFrom'), validTo: value('validTo'), acceptWithinDays: value('acceptWithinDays'), reportEveryDays: value('reportEveryDays'),
    division: one('Division', (row, snapshot) => snapshot.one('division', row.divisionId)),
    basis: one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.basisId)),
    rules: many('LightRule', (row, snapshot) => snapshot.where('light_rule', 'policyId', row.id)),
  },
}

export const lightRule: Page<LightRule> = {
  type: 'LightRule',
  rows: ({ tables }) => tables.light_rule,
  visible: everySignedInViewer,
  fields: {
    ...ofEveryRow,
    level: value('level'), colour: value('colour'), trigger: value('trigger'), threshold: value('threshold'), sendsSlip: value('sendsSlip'),
    policy: one('SupervisionPolicy', (row, snapshot) => snapshot.one('supervision_policy', row.policyId)),
  },
}
