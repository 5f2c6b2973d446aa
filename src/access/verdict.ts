import { forbidden, unauthenticated } from '../kernel/index.js'
import { fold } from './fold.js'
import { never, type Guard } from './guard.js'
import type { Policy } from './policy.js'
import type { Viewer } from './viewer.js'

/** Whether somebody may ask an operation at all; else what they are told. */
export function verdict(viewer: Viewer, guard: Guard, operation: string, policy: Policy): true | Error {
  if (viewer.kind === 'anonymous') return unauthenticated()
  return fold(guard, viewer, (type) => policy.scope(viewer, type)) === never ? forbidden(operation) : true
}

/** The same verdict as shield's, for the road that needs no resolver. */
export const mayAsk = (policy: Policy) => (viewer: Viewer, field: string): boolean => {
  const row = policy.rows.get('Query')?.get(field)?.row
  return row !== undefined && verdict(viewer, row.read, field, policy) === true
}
