/*
 * Every signed-in viewer reads every division.
 * SYSTEM_ADMIN keeps divisions; nobody else does.
 */
import { accessTable, act, can, open, scope, signedIn } from '../../access/index.js'

export const divisionAccess = accessTable({
  Division: {
    id: open, version: open, createdAt: open, updatedAt: open,
    code: open, name: open, level: open, parent: open, revision: open, endedOn: open, isPseudo: open, path: open,
  },
  Query: { division: signedIn, divisions: signedIn },
  Mutation: {
    divisionCreate: act('Division', can('structure:keep')),
    divisionUpdate: act('Division', can('structure:keep')),
  },
})
export const divisionScope = scope('Division', signedIn)
