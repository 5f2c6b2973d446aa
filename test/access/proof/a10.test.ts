/** A10: two viewers ask for the same ids at the same time, by the road and with the documents that the server shares among all; each is answered as if alone. */
import { expect, it } from '@jest/globals'
import { parse } from 'graphql'
import { directGateway, stringifyResult } from '../../../src/server/executor.js'
import { useWorld } from '../../support/world.js'
import { Documents } from './documents.js'
import { load, makeNetwork } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'
import { unitOfPerson, type Viewer } from '../oracle/words.js'

// A real server: only there do requests run at once, over connections that viewers share one after the other.
const world = useWorld({ on: 'postgresql' })
const eachAtOnce = isFull ? 50 : 25

it('two viewers at once, dozens of requests each, get no mixed answers', async () => {
  const began = Date.now()
  const network = makeNetwork(seedOfRun)
  await load(world, network.tables)
  const { schema, contextFor } = world.backbone
  const { executor } = await directGateway(schema)!.load({} as never)
  const documents = new Documents(schema, network.snapshot, random(seedOfRun))
  const all = (role: string) => network.viewers.filter(({ places, personId }) => personId && places.length === 1 && places[0]!.role === role)
  const [clerk, ...otherClerks] = all('CLERK')
  // Of one kind and of two: viewers of one kind share the statement, and nothing but the values that are bound tells them apart.
  const pairs: [Viewer, Viewer][] = [[all('HR_OFFICER')[0]!, all('COORDINATOR')[0]!], [clerk!, otherClerks.find(({ places }) => places[0]!.unit.id !== clerk!.places[0]!.unit.id)!]]
  // Few rows, of the viewers' own units, so that each question is answered differently to the two and a hundred thousand of them take minutes.
  const units = new Set(pairs.flat().map(({ places }) => places[0]!.unit.id))
  const people = random(seedOfRun).some(network.tables.person.filter(({ id }) => units.has(unitOfPerson(network.snapshot, id)?.id ?? '')), 4).map(({ id }) => id)
  const tracks = random(seedOfRun).some(network.tables.assignment.filter(({ unitId }) => units.has(unitId)), 4).map(({ id }) => id)
  const fields = (type: string) => documents.everything(type, false).parts.map(({ field }) => field).join(' ')
  const asked = [
    { text: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Person { ${fields('Person')} } } }`, variables: { ids: people } },
    { text: `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Assignment { internalNote task { title initiative { title } } person { mobile nationalId } } } }`, variables: { ids: tracks } },
    { text: `query ($n: Int) { tasks(first: $n, orderBy: [{ field: DUE_ON }]) { totalCount nodes { id title assignments { internalNote } } } }`, variables: { n: 4 } },
  ]
  const ask = async ({ login }: Viewer, document: ReturnType<typeof parse>, variables: object) => {
    const context = await contextFor({ identity: { kind: 'person', issuer: 'test', subject: login }, language: 'en', strict: false, requestId: 'a10', isRouter: false })
    const result = await executor!({ document, request: { variables }, context } as never)
    return `${stringifyResult(result as never)} ${JSON.stringify([...context.reads.masked])}`
  }
  let [answers, telling, mixed] = [0, 0, 0]
  const rounds = isFull ? Math.ceil(1_000 / (pairs.length * asked.length)) : 1
  for (const pair of pairs) {
    for (const { text, variables } of asked) {
      const document = parse(text)
      const alone = [await ask(pair[0], document, variables), await ask(pair[1], document, variables)]
      if (alone[0] !== alone[1]) telling++
      for (let round = 0; round < rounds; round++) {
        const got = await Promise.all(Array.from({ length: 2 * eachAtOnce }, (_none, at) => ask(pair[at % 2]!, document, variables)))
        answers += got.length
        mixed += got.filter((answer, at) => answer !== alone[at % 2]).length
      }
    }
  }
  say(`A10 seed ${seedOfRun}: ${answers} answers, ${mixed} mixed; ${telling} of ${pairs.length * asked.length} questions are answered differently to the two, ${Date.now() - began} ms`)
  expect(mixed).toBe(0)
  expect(telling).toBeGreaterThanOrEqual(4)
}, isFull ? 1_800_000 : 300_000)
