/*
 * Divisions (行政区划): the tree of provinces, prefectures, counties, townships and communities by their published codes.
 * A division other than a province has a parent of a higher level. A pseudo-division (市辖区, 县, …) fills a level; no unit stands there.
 * A code once given stays valid for the rows that used it; a division that ended has an `endedOn`.
 */
import { collection, computed, defineModule } from '../../engine/index.js'
import { divisionAccess, divisionScope } from './division.access.js'
import { Division } from './division.entity.js'
import { divisionPaging } from './division.input.js'
import { DivisionMutations } from './division.resolver.js'

export const divisions = defineModule({
  name: 'divisions',
  records: [Division],
  resolvers: [DivisionMutations],
  fields: [
    collection(Division, 'division', 'divisions', divisionPaging),
    computed(Division, 'isPseudo', () => Boolean, 'A filler of the published list, where no unit stands (虚拟区划).', {
      needs: ['level', 'name'],
      of: (row) => Division.prototype.isPseudo.call(row as never),
    }),
  ],
  access: [divisionAccess],
  scopes: [divisionScope],
})

export { Division, DivisionLevel, codeLength } from './division.entity.js'
export { DivisionFilter } from './division.input.js'
export { inVeryDivision, levelAbove } from './level-above.js'
export { checkPlace } from './division.service.js'
export { checkRuleAlone, nearestRule, ruleFor, type DivisionRule } from './division-rule.js'
