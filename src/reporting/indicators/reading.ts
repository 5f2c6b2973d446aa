import DataLoader from 'dataloader'
import { publishedOf, type Published } from './published.js'
import type { GraphQLSchema } from 'graphql'
import { rootSpec, type WithReads } from '../../engine/index.js'
import { periodBefore, reckon, type Asking, type Figure, type Reckoned, type RowsOf } from '../figures/index.js'
import { catalogue, type IndicatorKey } from './catalogue.js'
import { compare, difference, quotient, sum } from './decimal.js'
import type { Definition, Extent, IndicatorDimension, Term } from './definition.js'
import { keyOf } from './dimensions.js'

/** What an indicator says: exact decimal text, null where nothing can be said. */
export interface Said {
  value: string | null
  numerator: string | null
  denominator: string | null
  /** Withheld because it would tell of few persons. */
  suppressed: boolean
}
export interface SaidOf extends Said {
  /** Id of a unit or division, enum value, or first day; null for rows that have none. */
  key: string | null
  label: string | null
}
export const nothing: Said = { value: null, numerator: null, denominator: null, suppressed: false }

const loaders = new WeakMap<object, DataLoader<Figure, Reckoned[]>>()
/** All figures of a request that are asked for in one tick become one question to the graph, hence one snapshot. */
function loader(asking: Asking): DataLoader<Figure, Reckoned[]> {
  const { reads } = asking.context
  const known = loaders.get(reads)
  if (known) return known
  const made = new DataLoader<Figure, Reckoned[]>((figures) => reckon(asking, figures), { cache: false })
  loaders.set(reads, made)
  return made
}

/** Of an indicator everything that its terms are made of must have rows for this kind of viewer: else a number would leave them out unsaid. */
function mayBeTold({ reads }: WithReads, { numerator, denominator = [], over = [] }: Definition): boolean {
  const types = [...[...numerator, ...denominator].map(({ list }) => rootSpec(list)!.to.name), ...over]
  return types.every((type) => reads.engine.policy.scope(reads.viewer, type).kind !== 'never')
}

/** One reading of an indicator: of a place and a period, as a viewer. */
export class Reading {
  readonly definition: Definition

  constructor(
    private readonly asking: { schema: GraphQLSchema; context: WithReads },
    readonly key: IndicatorKey,
    readonly at: Extent,
    private readonly today: string,
  ) {
    this.definition = catalogue[key]
  }

  /** What stands today says nothing of a period that has ended. */
  get isOfAnotherTime(): boolean {
    return this.definition.timing === 'TODAY' && this.at.period.day !== this.today
  }

  async said(): Promise<Said> {
    if (!this.isTold) return this.isOfAnotherTime && !this.at.isYear ? nothing : this.#published()
    if (this.definition.leastOfGrades) {
      const groups = (await this.groups('GRADE')).filter(({ value }) => value !== null)
      const [least] = groups.sort((one, other) => compare(one.value!, other.value!))
      return { ...(least ?? nothing), suppressed: await this.#isSuppressed() }
    }
    const { numerator, denominator } = this.definition
    const [above, below, suppressed] = await Promise.all([this.#total(numerator), denominator && this.#total(denominator), this.#isSuppressed()])
    return suppressed ? { ...nothing, suppressed } : this.#said(above, below)
  }

  /** The reading of the period before; undefined where it cannot be told. */
  before(): Reading | undefined {
    if (this.definition.timing === 'TODAY') return undefined
    const { at, today } = this
    const before = periodBefore(at.before, today)
    return new Reading(this.asking, this.key, { ...at, period: at.before, before, endedYear: lastEnded(at.before, today) }, today)
  }

  /** The same told apart. Numbers that have no rows are 0. */
  async groups(dimension: IndicatorDimension, label: (key: Reckoned['keys']) => { key: string | null; label: string | null } = ({ value }) => ({ key: plain(value), label: plain(value) })): Promise<SaidOf[]> {
    if (!this.isTold) return dimension === 'DIVISION' ? this.#publishedApart(label) : []
    const { numerator, denominator } = this.definition
    const [above, below] = await Promise.all([this.#apart(numerator, dimension, label), denominator && this.#apart(denominator, dimension, label)])
    const names = new Map([...above.names, ...(below?.names ?? [])])
    return [...names].map(([name, shown]) => {
      const isHidden = above.hidden.has(name) || (below?.hidden.has(name) ?? false)
      return { ...shown, ...(isHidden ? { ...nothing, suppressed: this.definition.suppressed !== undefined } : this.#said(above.sums.get(name) ?? '0', below && (below.sums.get(name) ?? '0'))) }
    })
  }

  /** The rows behind a part of it; none where it tells nothing. */
  rows(part: 'NUMERATOR' | 'DENOMINATOR', at: number): RowsOf | undefined {
    const term = (part === 'NUMERATOR' ? this.definition.numerator : (this.definition.denominator ?? []))[at]
    return term && this.isTold ? figureOf(term, this.at) : undefined
  }

  /** What was published of the year, where the viewer reads of people in that way alone. */
  async #published(): Promise<Said> {
    const { isProvince, divisionId } = this.at
    const [told] = await publishedOf(this.asking, this.key, this.at, { isTotal: { eq: isProvince }, division: { id: { eq: divisionId } } })
    return told ? this.#shown(told) : nothing
  }

  async #publishedApart(label: (key: Reckoned['keys']) => { key: string | null; label: string | null }): Promise<SaidOf[]> {
    const { isProvince, divisionId } = this.at
    if (!isProvince) return []
    const told = await publishedOf(this.asking, this.key, this.at, { isTotal: { eq: false }, province: { id: { eq: divisionId } } })
    return told.map((one) => ({ ...label({ value: one.division }), ...this.#shown(one) }))
  }

  #shown({ isSuppressed, numerator, denominator }: Published): Said {
    const plain = (figure: string | null) => figure && sum([figure])
    return isSuppressed ? { ...nothing, suppressed: true } : this.#said(plain(numerator), this.definition.denominator && plain(denominator))
  }

  get isTold(): boolean {
    return !this.isOfAnotherTime && mayBeTold(this.asking.context, this.definition)
  }

  #said(numerator: string | null, denominator: string | null | undefined): Said {
    if (numerator === null || denominator === null) return nothing
    return { numerator, denominator: denominator ?? null, value: denominator === undefined ? numerator : quotient(numerator, denominator), suppressed: false }
  }

  async #isSuppressed(): Promise<boolean> {
    const { suppressed } = this.definition
    return suppressed !== undefined && !['0', null].includes(await this.#total([suppressed]))
  }

  /** Null where the viewer may read what is reckoned of no row. */
  async #total(terms: readonly Term[]): Promise<string | null> {
    const found = await Promise.all(terms.map(async (term) => {
      const [whole] = await loader(this.asking).load(figureOf(term, this.at))
      return this.definition.isOfRowsOnly && whole!.count === 0 ? null : signed(term, whole!)
    }))
    return found.includes(null) ? null : sum(found as string[])
  }

  async #apart(terms: readonly Term[], dimension: IndicatorDimension, label: (key: Reckoned['keys']) => { key: string | null; label: string | null }) {
    const sums = new Map<string, string>()
    const names = new Map<string, { key: string | null; label: string | null }>()
    const hidden = new Set<string>()
    await Promise.all(terms.map(async (term) => {
      const by = keyOf(term.list, dimension)!
      for (const group of await loader(this.asking).load({ ...figureOf(term, this.at, dimension), by: [by] })) {
        const shown = label({ value: group.keys[by.key] })
        const name = String(shown.key)
        names.set(name, shown)
        const value = signed(term, group)
        if (value === null) hidden.add(name)
        else sums.set(name, sum([sums.get(name) ?? '0', value]))
      }
    }))
    return { sums, names, hidden }
  }
}

const figureOf = ({ list, filter, reckon: what }: Term, at: Extent, dimension?: IndicatorDimension): Figure => ({ list, filter: filter({ ...at, isApart: dimension === 'DIVISION' }), reckon: what })
const signed = ({ minus }: Term, { value, count }: Reckoned): string | null => (value === null ? (count > 0 ? null : '0') : minus ? difference('0', value) : value)
const plain = (value: unknown): string | null => (value === null || value === undefined ? null : typeof value === 'object' ? (value as { id: string }).id : String(value))

/** The last year that has ended by the end of a period, or by today. */
export const lastEnded = ({ to, year }: Extent['period'], today: string): number => (to <= today && to.endsWith('-01-01') ? year : Math.min(year - 1, Number(today.slice(0, 4)) - 1))
