/** Groups: every key of every question for groups, for viewers of every role, counts exactly the rows that the oracle lets them see, by the values that it lets them read. */
import { expect, it } from '@jest/globals'
import { rootNames, rootSpec } from '../../../src/engine/index.js'
import { pages } from '../oracle/pages.js'
import type { Row } from '../oracle/snapshot.js'
import type { FieldPage, Viewer } from '../oracle/words.js'
import { useWorld } from '../../support/world.js'
import { load, makeNetwork } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'

const world = useWorld({ comparing: 4 })
const upper = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()

/** What a row says under a path of fields; undefined where a value of it may not be read, null where there is none, or an object that the viewer may not see. */
function told(viewer: Viewer, type: string, row: Row, [name, ...further]: readonly string[]): unknown {
  const { snapshot } = viewer
  const field = pages[type]!.fields[name!]
  if (field?.kind !== 'value' && field?.kind !== 'one') throw new Error(`the page of ${type} says nothing of ${name}`)
  if (field.kind === 'value') return field.readable && !field.readable(viewer, row).allowed ? undefined : field.of(row, snapshot, viewer)
  const target = field.of(row, snapshot, viewer) as Row | undefined
  if (!target || !pages[field.type]!.visible(viewer, target).allowed) return null
  return further.length > 0 ? told(viewer, field.type, target, further) : target.id
}

/** The field at the end of a path. */
function lastOf(type: string, [name, ...further]: readonly string[]): FieldPage<Row> | undefined {
  const field = pages[type]!.fields[name!]
  return further.length > 0 && field?.kind === 'one' ? lastOf(field.type, further) : field
}

/** What the rows visible to the viewer say under a key: value → rows. Undefined for what is reckoned when it is asked for, and stands in no row of the oracle's. */
function expected(viewer: Viewer, type: string, path: readonly string[]): Map<string, number> | undefined {
  const { snapshot } = viewer
  const page = pages[type]!
  if (lastOf(type, path)?.kind === 'derived') return undefined
  const counts = new Map<string, number>()
  for (const row of page.rows(snapshot)) {
    if (!page.visible(viewer, row).allowed) continue
    const value = told(viewer, type, row, path)
    if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1)
  }
  return counts
}

it('counts in groups what the viewer may see, by what the viewer may read', async () => {
  say(`groups seed ${seedOfRun}`)
  const network = makeNetwork(seedOfRun)
  await load(world, network.tables)
  const chance = random(seedOfRun)
  const questions = rootNames().flatMap((name) => {
    const spec = rootSpec(name)
    return spec?.kind === 'groups' ? [{ name, type: spec.to.name, grouped: spec.grouped }] : []
  })
  expect(questions.length).toBeGreaterThanOrEqual(2)
  const roles = [...new Set(network.viewers.flatMap(({ places }) => places.map(({ role }) => role)))]
  const viewers = roles.flatMap((role) => chance.some(network.viewers.filter(({ places }) => places.some((place) => place.role === role)), isFull ? 6 : 1))
  let compared = 0
  let full = 0
  let refused = 0
  for (const [turn, viewer] of viewers.entries()) {
    // Each question comes up for several viewers in every run; all of them for all where there is time.
    for (const { name, type, grouped } of questions.filter((_one, at) => isFull || (at + turn) % 3 === 0)) {
      const visible = pages[type]!.rows(network.snapshot).filter((row) => pages[type]!.visible(viewer, row).allowed).length
      const whole = await world.as(viewer.login).run(`{ ${name} { nodes { count } totalCount } }`)
      expect([viewer.login, name, whole.data]).toEqual([viewer.login, name, { [name]: { nodes: [{ count: visible }], totalCount: 1 } }])
      for (const [key, of] of Object.entries(grouped.keys)) {
        const path = typeof of === 'object' ? of.path.split('.') : [key]
        // An instant falls into a day of its own; the oracle keeps none.
        if (key.endsWith('At')) continue
        const wanted = expected(viewer, type, path)
        if (!wanted) continue
        const isObject = lastOf(type, path)!.kind === 'one'
        const { data, errors, codes } = await world.as(viewer.login).run(`{ ${name}(groupBy: [{ field: ${upper(key)} }], first: 1000) { totalCount nodes { count keys { ${key} ${isObject ? '{ id }' : ''} } } } }`)
        if (codes[0] === 'FORBIDDEN') {
          // No row says anything under it to this viewer.
          expect([viewer.login, name, key, [...wanted.keys()].filter((value) => value !== 'null')]).toEqual([viewer.login, name, key, []])
          refused++
          continue
        }
        expect(errors).toEqual([])
        const got = new Map<string, number>(data[name].nodes.map(({ count, keys }: { count: number; keys: Record<string, { id: string } | string | null> }) => [String(isObject ? ((keys[key] as { id: string } | null)?.id ?? null) : keys[key]), count]))
        expect([viewer.login, name, key, [...got].sort()]).toEqual([viewer.login, name, key, [...wanted].sort()])
        expect(data[name].totalCount).toBe(wanted.size)
        compared++
        if (wanted.size > 1) full++
      }
    }
  }
  say(`groups seed ${seedOfRun}: ${viewers.length} viewers, ${questions.length} questions, ${compared} groupings compared, ${full} of more than one group, ${refused} refused`)
  expect(full).toBeGreaterThan(20)
}, isFull ? 900_000 : 120_000)
