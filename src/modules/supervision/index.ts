/*
 * Rules of supervision (督查规则): how long a unit has to accept, how often it reports, and when work lights up, as each division decided, between two dates, by a document.
 * A division without a policy on a day follows the nearest division above it that has one. No two policies of one division hold on the same day.
 * Work has one light: the highest level of which a rule fires; NONE where none does. All rules of a level have the same colour; without a rule for NONE, NONE has no colour.
 * DAYS_TO_DUE n fires when at most n working days remain to the due day and it has not passed.
 * DAYS_LATE n fires when the work is at least n working days late.
 * BEHIND_OR_POOR n fires when progress lags the share of working days elapsed between issue and due day by at least n percentage points, or the latest review is POOR.
 * PREVIOUS_SLIP_UNANSWERED n fires when a slip of the level next below was sent at least n working days ago and nothing was reported since: so a light climbs slip by slip.
 * A rule that sends a slip (督办单) does so when work reaches its level by it.
 */
import { collection, constraintMeans, defineModule, list } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { supervisionAccess, supervisionScopes } from './supervision.access.js'
import { LightRule, SupervisionPolicy } from './supervision.entity.js'
import { supervisionPolicyPaging } from './supervision.input.js'
import { SupervisionMutations } from './supervision.resolver.js'

constraintMeans('supervision_policy_no_overlap', () => new Problem('OVERLAP', 'input.validFrom', { en: 'The division has another policy on one of these days.', zh: '期间内该区划已有督查规则。' }))

export const supervision = defineModule({
  name: 'supervision',
  records: [SupervisionPolicy, LightRule],
  resolvers: [SupervisionMutations],
  fields: [
    collection(SupervisionPolicy, 'supervisionPolicy', 'supervisionPolicies', supervisionPolicyPaging),
    list(SupervisionPolicy, 'rules', () => LightRule, 'policy', 'Its light rules, in the order in which they were written; at most twelve (亮灯规则).', { order: ['id'] }),
  ],
  access: [supervisionAccess],
  scopes: supervisionScopes,
})

export { LightLevel, LightRule, LightTrigger, SupervisionPolicy } from './supervision.entity.js'
export { policyFor, ruleFaults } from './supervision.service.js'
