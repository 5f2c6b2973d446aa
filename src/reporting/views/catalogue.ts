import { indicators } from './indicators.view.js'
import { mandates, units } from './directory.views.js'
import type { View } from './view.js'
import { assignments, initiatives, tasks } from './work.views.js'
import { contracts, posts, socialWorkers, worklogs } from './workforce.views.js'

/** Views by name, in the order of the documentation. */
export const catalogue: ReadonlyMap<string, View> = new Map([assignments, tasks, initiatives, units, mandates, posts, socialWorkers, worklogs, contracts, indicators].map((view: View) => [view.name, view]))
