/*
 * The feed of changes (变更流): whoever keeps a copy of what they may read asks again and again what changed since their cursor. The start is all rows that exist for them;
 * after it come rows that events name, in commit order, and rows that came into or went out of their sight because something else changed: a row above them, a right, a day.
 * What each reader was told is kept (`feed_row`), so that a row is told as gone to those alone who had it, exactly, and reading can be resumed at any cursor.
 * The feed is a function of what its reader may read and of nothing else: numbers, order and pages tell nothing of hidden rows.
 */
import { defineModule } from '../../engine/index.js'
import { changesAccess } from './changes.access.js'
import { ChangesResolver } from './changes.resolver.js'

export const changes = defineModule({ name: 'changes', records: [], resolvers: [ChangesResolver], access: [changesAccess], scopes: [] })

export { isFollowed } from './changes.resolver.js'
