/*
 * Every signed-in viewer reads every policy of supervision and its light rules.
 * SYSTEM_ADMIN keeps them, as a dictionary; nobody else does.
 */
import { accessTable, act, can, open, scope, signedIn } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }

export const supervisionAccess = accessTable({
  SupervisionPolicy: { ...record, division: open, name: open, validFrom: open, validTo: open, basis: open, acceptWithinDays: open, reportEveryDays: open, rules: open },
  LightRule: { ...record, policy: open, level: open, colour: open, trigger: open, threshold: open, sendsSlip: open },
  Query: { supervisionPolicy: signedIn, supervisionPolicies: signedIn },
  Mutation: {
    supervisionPolicySet: act('SupervisionPolicy', can('structure:keep')),
    supervisionPolicyEnd: act('SupervisionPolicy', can('structure:keep')),
  },
})
export const supervisionScopes = ['SupervisionPolicy', 'LightRule'].map((type) => scope(type, signedIn))
