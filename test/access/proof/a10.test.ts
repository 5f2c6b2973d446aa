/** A10: two viewers with different rights ask for the same ids at the same time; each is answered as if alone. */
import { expect, it } from '@jest/globals'
import { useWorld } from '../../support/world.js'
import { Documents } from './documents.js'
import { load, makeNetwork } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'

const world = useWorld()

it('two viewers at once, fifty requests each, get no mixed answers', async () => {
  const network = makeNetwork(seedOfRun)
  await load(world, network.tables)
  const documents = new Documents(world.backbone.schema, network.snapshot, random(seedOfRun))
  const of = (role: string) => network.viewers.find(({ places }) => places.length === 1 && places[0]!.role === role)!
  const pairs = [[of('HR_OFFICER'), of('COORDINATOR')], [of('CLERK'), of('BI_READER')]].slice(0, isFull ? 2 : 1)
  const people = random(seedOfRun).some(network.tables.person, 10).map(({ id }) => id)
  const tracks = network.tables.assignment.slice(0, 12).map(({ id }) => id)
  const fields = (type: string) => documents.everything(type, false).parts.map(({ field }) => field).join(' ')
  const asked = [
    { text: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Person { ${fields('Person')} } } }`, variables: { ids: people } },
    { text: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Assignment { internalNote task { title initiative { title } } person { mobile nationalId } } } }`, variables: { ids: tracks } },
    { text: `{ tasks(first: 12, orderBy: [{ field: DUE_ON }]) { totalCount nodes { id title assignments { internalNote person { mobile } } } } }`, variables: {} },
  ]
  let [answers, telling] = [0, 0]
  for (const pair of pairs) {
    for (const { text, variables } of asked) {
      const run = (viewer: (typeof pair)[number]) => world.as(viewer!.login).run(text, variables).then(({ data, codes, masked }) => JSON.stringify([data, codes, masked]))
      const alone = [await run(pair[0]), await run(pair[1])]
      if (alone[0] !== alone[1]) telling++
      for (let round = 0; round < (isFull ? 200 : 1); round++) {
        const got = await Promise.all(Array.from({ length: 100 }, (_none, at) => run(pair[at % 2]!)))
        answers += got.length
        expect(got.filter((text, at) => text !== alone[at % 2]).length).toBe(0)
      }
    }
  }
  say(`A10 seed ${seedOfRun}: ${answers} answers, 0 mixed; ${telling} questions were answered differently to the two`)
  expect(telling).toBeGreaterThanOrEqual(2)
}, isFull ? 1_800_000 : 300_000)
