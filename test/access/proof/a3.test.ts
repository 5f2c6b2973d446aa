/** A3: an attacker who searches for hidden mobiles and notes through every door that compares does no better than chance; who may read them finds them all. */
import { beforeEach, expect, it } from '@jest/globals'
import { useWorld } from '../../support/world.js'
import { isFull, random, say, seedOfRun, type Random } from './random.js'

const world = useWorld()
const count = isFull ? 200 : 60
const low = (chance: Random) => `154${String(10_000_000 + chance.below(30_000_000))}`
const high = (chance: Random) => `154${String(60_000_000 + chance.below(30_000_000))}`
const middle = '15450000000'

let targets: { person: string; track: string; task: string }[] = []

beforeEach(async () => {
  const { build } = world
  const { province, office } = await build.network()
  const county = await build.division({ parentId: province.id })
  const victims = await build.unit({ divisionId: county.id })
  const attackers = await build.unit({ divisionId: county.id })
  // The attacker's own unit, whose numbers and notes it reads: known marks to measure by.
  await build.person({ login: 'attacker', unit: attackers.id, role: 'CLERK', mobile: middle })
  const initiative = await build.initiative({ leadUnitId: office.id })
  targets = []
  for (let at = 0; at < count; at++) {
    const person = await build.person({ unit: victims.id, mobile: '15400000000' })
    const task = await build.task({ issuingUnitId: office.id, initiativeId: initiative.id })
    const track = await build.assignment({ taskId: task.id, unitId: victims.id, role: 'LEAD', personId: person.id, internalNote: 'a' })
    targets.push({ person: person.id, track: track.id, task: task.id })
  }
  const marks = await build.task({ issuingUnitId: office.id, initiativeId: initiative.id })
  await build.assignment({ taskId: marks.id, unitId: attackers.id, role: 'LEAD', internalNote: middle })
  await build.person({ login: 'reader', unit: victims.id, role: 'CLERK' })
}, 60_000)

/** Gives every target a value above or below the middle, by bits. */
async function hide(bits: readonly boolean[], chance: Random): Promise<void> {
  const values = bits.map((bit) => (bit ? high(chance) : low(chance)))
  await world.sql('update person_contact c set mobile = v.value from unnest($1::text[], $2::text[]) as v(id, value) where c.person_id = v.id', [targets.map(({ person }) => person), values])
  await world.sql('update assignment a set internal_note = v.value from unnest($1::text[], $2::text[]) as v(id, value) where a.id = v.id', [targets.map(({ track }) => track), values])
}

interface Attack { name: string; text: string; found: (data: any) => string[]; of: 'person' | 'track' | 'task' }
const nodes = (data: any): string[] => data.list.nodes.map(({ id }: { id: string }) => id)
const people = (filter: string): string => `{ list: people(first: 200, filter: ${filter}) { nodes { id } } }`
const tracks = (filter: string): string => `{ list: assignments(first: 200, filter: ${filter}) { nodes { id } } }`
const tasks = (filter: string): string => `{ list: tasks(first: 200, filter: ${filter}) { nodes { id } } }`
const above = `{ gt: "${middle}" }`
const below = `{ lt: "${middle}" }`
/** Which of a list stand behind the attacker's own mark. */
const behind = (key: 'mobile' | 'internalNote') => (data: any): string[] => {
  const all = data.list.nodes as { id: string; mobile?: string | null; internalNote?: string | null }[]
  const mark = all.findIndex((one) => one[key] === middle)
  return all.slice(mark + 1).map(({ id }) => id)
}
const attacks: Attack[] = [
  { name: 'filter', of: 'person', text: people(`{ mobile: ${above} }`), found: nodes },
  { name: 'not filter', of: 'person', text: people(`{ not: { mobile: ${below} } }`), found: nodes },
  { name: 'not not filter', of: 'person', text: people(`{ not: { not: { mobile: ${above} } } }`), found: nodes },
  { name: 'or with its negation', of: 'person', text: people(`{ and: [{ or: [{ mobile: ${above} }, { not: { mobile: ${below} } }] }] }`), found: nodes },
  { name: 'startsWith', of: 'person', text: people('{ or: [{ mobile: { startsWith: "1546" } }, { mobile: { startsWith: "1547" } }, { mobile: { startsWith: "1548" } }] }'), found: nodes },
  { name: 'none', of: 'task', text: tasks(`{ assignments: { none: { person: { mobile: ${below} } } } }`), found: nodes },
  { name: 'some', of: 'task', text: tasks(`{ assignments: { some: { person: { mobile: ${above} } } } }`), found: nodes },
  { name: 'not none', of: 'task', text: tasks(`{ not: { assignments: { none: { person: { mobile: ${above} } } } } }`), found: nodes },
  { name: 'relation', of: 'track', text: tracks(`{ person: { mobile: ${above} } }`), found: nodes },
  { name: 'not relation', of: 'track', text: tracks(`{ not: { person: { mobile: ${below} } } }`), found: nodes },
  { name: 'order', of: 'person', text: '{ list: people(first: 200, orderBy: [{ field: MOBILE }]) { nodes { id mobile } } }', found: behind('mobile') },
  { name: 'order downwards', of: 'person', text: '{ list: people(first: 200, orderBy: [{ field: MOBILE, direction: DESC }]) { nodes { id mobile } } }', found: (data) => { const after = behind('mobile')(data); return data.list.nodes.map(({ id }: { id: string }) => id).filter((id: string) => !after.includes(id)) } },
  { name: 'note, filter', of: 'track', text: tracks(`{ internalNote: ${above} }`), found: nodes },
  { name: 'note, not filter', of: 'track', text: tracks(`{ not: { internalNote: ${below} } }`), found: nodes },
  { name: 'note, none', of: 'task', text: tasks(`{ assignments: { none: { internalNote: ${below} } } }`), found: nodes },
  { name: 'note, some', of: 'task', text: tasks(`{ assignments: { some: { internalNote: ${above} } } }`), found: nodes },
  { name: 'note, order', of: 'track', text: '{ list: assignments(first: 200, orderBy: [{ field: INTERNAL_NOTE }]) { nodes { id internalNote } } }', found: behind('internalNote') },
]
const run = async (login: string, text: string) => {
  const { data, errors } = await world.as(login).run(text)
  expect(errors).toEqual([])
  return data
}

it('the attacker guesses, the reader knows', async () => {
  const chance = random(seedOfRun)
  const bits = targets.map(() => chance.chance(0.5))
  await hide(bits, chance)
  const chanceAlone = 4 * (Math.sqrt(count) / 2)
  const lines: string[] = []
  for (const { name, text, found, of } of attacks) {
    const right = async (login: string) => {
      const ids = new Set(found(await run(login, text)))
      return targets.filter((target, at) => ids.has(target[of]) === bits[at]).length
    }
    const [attacker, reader] = [await right('attacker'), name.includes('order') ? count : await right('reader')]
    lines.push(`${name} ${attacker}/${count}`)
    expect([name, reader]).toEqual([name, count])
    expect([name, Math.abs(attacker - count / 2) <= chanceAlone]).toEqual([name, true])
  }
  say(`A3 seed ${seedOfRun}: right guesses of hidden bits: ${lines.join(', ')}`)
}, 60_000)

it('a hidden value that changes changes no answer: filter, order, cursor, count, masks', async () => {
  const chance = random(seedOfRun)
  const texts = [
    ...attacks.map(({ text }) => text.replace('{ nodes', '{ totalCount pageInfo { hasNextPage startCursor endCursor } edges { cursor } nodes')),
    '{ list: people(first: 7, orderBy: [{ field: MOBILE }, { field: NAME }]) { totalCount edges { cursor node { id mobile } } pageInfo { endCursor hasNextPage } } }',
    '{ list: assignments(last: 7, orderBy: [{ field: INTERNAL_NOTE, direction: DESC }]) { totalCount edges { cursor node { id internalNote } } pageInfo { startCursor hasPreviousPage } } }',
  ]
  const battery = async () => {
    const answers: string[] = []
    for (const text of texts) answers.push(JSON.stringify(await world.as('attacker').run(text)))
    // Page by page under the hidden order, by the cursors that each page hands out.
    for (const [list, field] of [['people', 'MOBILE'], ['assignments', 'INTERNAL_NOTE']]) {
      let after = ''
      for (let turn = 0; turn < 12; turn++) {
        const { data } = await world.as('attacker').run(`query ($after: String) { ${list}(first: 9, after: $after, orderBy: [{ field: ${field}, direction: DESC }]) { nodes { id } pageInfo { endCursor hasNextPage } } }`, { after })
        answers.push(JSON.stringify(data))
        expect(Buffer.from(data[list!].pageInfo.endCursor, 'base64url').toString('latin1').replaceAll(middle, 'its own')).not.toMatch(/154\d{8}/)
        if (!data[list!].pageInfo.hasNextPage) break
        after = data[list!].pageInfo.endCursor
      }
    }
    return answers
  }
  await hide(targets.map(() => false), chance)
  const before = await battery()
  for (const change of [() => hide(targets.map(() => true), chance), () => hide(targets.map(() => chance.chance(0.5)), chance), () => world.sql('update person_contact set mobile = null where person_id = any($1)', [targets.map(({ person }) => person)]), () => world.sql('update assignment set internal_note = null where id = any($1)', [targets.map(({ track }) => track)]), () => world.sql('delete from person_contact where person_id = any($1)', [targets.map(({ person }) => person)])]) {
    await change()
    const after = await battery()
    expect(after.map((answer, at) => (answer === before[at] ? 'same' : texts[at]))).toEqual(before.map(() => 'same'))
  }
}, 60_000)
