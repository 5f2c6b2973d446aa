import type { Built } from '../../support/build.js'

/** Somebody who is let in and somebody who is not. */
export interface Case<S> {
  allowed: string
  denied: string
  /** True where the viewer was let in; the act is done if it is one. */
  passes(login: string, stage: S): Promise<boolean>
}

/** What an entry of the registry is written with. */
export interface Words<S> {
  reads(type: string, field: string, id: (stage: S) => string, allowed: string, denied: string, inside?: string): Record<string, Case<S>>
  exists(type: string, id: (stage: S) => string, allowed: string, denied: string): Record<string, Case<S>>
  acts(name: string, input: (stage: S) => object, allowed: string, denied: string, before?: (stage: S) => Promise<unknown>): Record<string, Case<S>>
  versioned(key: string, row: Built, more?: object): object
}
