import type { Module } from '../engine/index.js'
import { changes } from './changes/index.js'
import { exports } from './exports/index.js'
import { figures } from './figures/index.js'
import { indicators } from './indicators/index.js'
import { returns } from './returns/index.js'
import { views } from './views/index.js'

/**
 * What is put together of the modules' rows: figures, returns, flat views, the feed of changes. Order = dependency order, as among modules.
 * A part reads as its viewer through `ask` (engine/ask.ts) or the plan, so that no figure knows more than whoever asks for it.
 */
export const reporting: readonly Module[] = [figures, indicators, returns, views, exports, changes]
