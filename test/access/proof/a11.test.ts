/** A11: no answer, error or log line holds a full identity or phone number that its reader may not see. */
import { expect, it } from '@jest/globals'
import { pages } from '../oracle/pages.js'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'
import { Documents } from './documents.js'
import { load, makeNetwork, type Network } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'

const world = useWorld()
const door = useDoor(world)

it('no number reaches anyone who may not read it', async () => {
  const network = makeNetwork(seedOfRun)
  await load(world, network.tables)
  const chance = random(seedOfRun)
  const documents = new Documents(world.backbone.schema, network.snapshot, chance)
  const { tables, snapshot } = network
  const secrets = [
    ...tables.person_contact.filter(({ mobile }) => mobile).map(({ mobile, personId }) => ({ text: mobile!, type: 'Person', field: 'mobile', id: personId })),
    ...tables.person_private.filter(({ nationalId }) => nationalId).map(({ nationalId, personId }) => ({ text: nationalId!, type: 'Person', field: 'nationalId', id: personId })),
    ...tables.qualification_number.map(({ certificateNumber, qualificationId }) => ({ text: certificateNumber, type: 'Qualification', field: 'certificateNumber', id: qualificationId })),
  ]
  const found: string[] = []
  let [answers, seen, lines] = [0, 0, 0]
  const viewers = chance.some(network.viewers.filter(({ personId }) => personId), isFull ? 80 : 16)
  for (const viewer of viewers) {
    const readable = new Map(secrets.map((secret) => {
      const page = pages[secret.type]!
      const row = page.rows(snapshot).find(({ id }) => id === secret.id)!
      const field = page.fields[secret.field]!
      return [secret, page.visible(viewer, row).allowed && field.kind === 'value' && field.readable!(viewer, row).allowed] as const
    }))
    const scan = (text: string, where: string, sent = '') => {
      for (const secret of secrets) {
        if (!text.includes(secret.text) || sent.includes(secret.text)) continue
        seen++
        if (!readable.get(secret)) found.push(`${viewer.login} ${where} ${secret.field}`)
      }
    }
    const everything = documents.everything('Person', false).parts.map(({ field }) => field).join(' ')
    const bodies: { query: string; variables?: unknown }[] = [
      { query: `{ people(first: 200) { nodes { ${everything} appointments { id person { mobile } } } } }` },
      { query: '{ assignments(first: 200) { nodes { internalNote person { mobile nationalId birthDate } liaison { mobile nationalId } } } }' },
      { query: '{ qualifications(first: 200) { nodes { certificateNumber } } socialWorkers(first: 200) { nodes { qualifications { certificateNumber } } } }' },
      { query: '{ people(first: 200, orderBy: [{ field: MOBILE }]) { edges { cursor node { id } } pageInfo { startCursor endCursor } } }' },
      { query: '{ people(orderBy: [{ field: NATIONAL_ID }]) { nodes { id } } }' },
      { query: '{ people(filter: { nationalId: { eq: "x" } }) { nodes { id } } }' },
      { query: '{ people { nodes { id mobile { x } } } }' },
      { query: '{ people(first: -1) { nodes { mobile } } }' },
      { query: 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Person { mobile nationalId } } }', variables: { ids: tables.person.map(({ id }) => id) } },
      ...tables.person.slice(0, 3).map(({ id }) => ({ query: 'query ($id: ID!) { explainAccess(type: "Person", id: $id, field: "mobile") { allowed sentence needed decidedBy } }', variables: { id } })),
      // A create with a code that is taken, an update with a stale version: errors that know of a row.
      { query: 'mutation ($input: PersonCreateInput!) { personCreate(input: $input) { person { mobile nationalId } userErrors { message } } }', variables: { input: { idempotencyKey: `a-${viewer.login}`, code: tables.person[0]!.code, name: '示', unitId: viewer.places[0]?.unit.id ?? tables.unit[0]!.id } } },
      ...tables.person.slice(0, 4).map(({ id }) => ({ query: 'mutation ($input: PersonUpdateInput!) { personUpdate(input: $input) { person { mobile nationalId } userErrors { message changedFields currentVersion } } }', variables: { input: { idempotencyKey: `b-${viewer.login}-${id}`, personId: id, expectedVersion: 77, title: '改' } } })),
    ]
    for (const body of bodies) {
      const answer = await door.ask(body, { as: viewer.login })
      // A cursor is text in base 64: what it holds is looked at too.
      const cursors = [...answer.text.matchAll(/[cC]ursor":"([\w-]+)"/g)].map(([, cursor]) => Buffer.from(cursor!, 'base64url').toString('latin1')).join()
      scan(answer.text + cursors + JSON.stringify(answer.headers), `answers ${body.query.slice(0, 60)}`)
      answers++
    }
    for (let at = 0; at < (isFull ? 20 : 4); at++) {
      const { text, variables } = documents.random(viewer)
      const answer = await door.ask({ query: text, variables }, { as: viewer.login })
      scan(answer.text, `answers ${text.slice(0, 60)}`, JSON.stringify([text, variables]))
      answers++
    }
  }
  await failOn(network, secrets)
  // The log is read by whoever runs the house: no number belongs there at all.
  const log = door.log()
  lines = log.length
  for (const line of log) for (const { text, field } of secrets) if (line.includes(text)) found.push(`log ${field}: ${line.slice(0, 200)}`)
  const trail = JSON.stringify(await world.sql('select body from audit_entry'))
  for (const { text, field } of secrets) if (trail.includes(text)) found.push(`trail ${field}`)
  say(`A11 seed ${seedOfRun}: ${answers} answers, ${lines} log lines, ${secrets.length} numbers, ${seen} sightings by those who may, ${found.length} by others`)
  expect(found.slice(0, 5)).toEqual([])
  expect(seen).toBeGreaterThan(50)
}, isFull ? 600_000 : 300_000)

/** Writes that the database refuses in words that quote what was written: faults of the house, whose log line must not repeat them. */
async function failOn({ viewers }: Network, secrets: { text: string; type: string; field: string; id: string }[]): Promise<void> {
  const officer = viewers.find(({ places }) => places.some(({ role }) => role === 'HR_OFFICER'))!
  const { unit } = officer.places.find(({ role }) => role === 'HR_OFFICER')!
  const create = 'mutation ($input: PersonCreateInput!) { personCreate(input: $input) { person { id } userErrors { message } } }'
  const written = { mobile: '15499999991', nationalId: '11010519491231002X' }
  secrets.push(...Object.entries(written).map(([field, text]) => ({ text, type: 'Person', field, id: '' })))
  await world.sql(`create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused %', new using detail = format('Failing row contains (%s)', new), errcode = 'XX000'; end $$`)
  for (const table of ['person_contact', 'person_private']) {
    await world.sql(`create trigger refuse before insert on ${table} for each row execute function refuse()`)
    const input = { idempotencyKey: `refused-${table}`, code: 'P-REFUSED', name: '示拒', unitId: unit.id, ...written }
    const { text, codes } = await door.ask({ query: create, variables: { input } }, { as: officer.login })
    expect(codes).toEqual(['INTERNAL_SERVER_ERROR'])
    for (const value of Object.values(written)) expect(text).not.toContain(value)
    await world.sql(`drop trigger refuse on ${table}`)
  }
  await world.sql('drop function refuse()')
}
