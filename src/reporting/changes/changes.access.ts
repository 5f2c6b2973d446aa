/*
 * Every signed-in viewer reads a feed of its own: of the rows that exist for it, each with what it may read of them.
 * A row that it was told and that exists for it no longer is told once more as gone, by its id; a row that never existed for it is in no way told.
 */
import { accessTable, signedIn } from '../../access/index.js'

export const changesAccess = accessTable({ Query: { changes: signedIn } })
