import type { Clock } from './clock.js'
import type { Language } from './language.js'

/** What is known of a request before anyone asks who sends it. */
export interface RequestFacts {
  requestId: string
  language: Language
  clock: Clock
  /** Asia/Shanghai day at the start of the request: rights and "in force" use one day per request. */
  today: string
  /** Masked values are errors instead of nulls. */
  strict: boolean
}
