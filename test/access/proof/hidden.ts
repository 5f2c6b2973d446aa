/** Changes to rows that a viewer does not see: a table, its type, and values that any of its rows may take. */
import type { Tables } from '../oracle/snapshot.js'
import { activitySamples } from '../../support/samples.js'

export const hiddenValues: readonly [table: keyof Tables, type: string, values: Record<string, unknown>][] = activitySamples.map(({ table, type, change }) => [table as keyof Tables, type, change])
