/*
 * Every signed-in viewer asks for views. A view shows the rows that its list in the graph shows to the viewer, and each value through the door of the field that it comes from:
 * there is nothing in a view that the list would not answer. What is hidden is null. BI_READER reads no field of a person there either.
 */
import { accessTable, signedIn } from '../../access/index.js'

export const viewsAccess = accessTable({ Query: { views: signedIn } })
