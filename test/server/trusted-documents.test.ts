import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse, validate } from 'graphql'
import { emitManifest } from '../../src/contract.js'
import { readTrustedDocuments } from '../../src/server/trusted-documents.js'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const credential = 'the-gateway-knows-these-forty-characters'
const open = useDoor(world)
const exclusive = useDoor(world, { TRUSTED_DOCUMENTS_ONLY: 'true', ROUTER_CREDENTIAL: credential })

const file = 'schema/operations/manifest.json'
const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { name: string; body: string }>
const hash = Object.keys(manifest).find((one) => manifest[one]!.name === 'Me')!
const none = '0'.repeat(64)
const apq = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } })
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('the manifest', () => {
  it('holds each named operation alone, valid, under the hash of its text', () => {
    expect(Object.values(manifest).map(({ name }) => name)).toEqual(['AssignmentRows', 'CoordinatorOn', 'DraftInitiative', 'InChargeOn', 'JointInitiatives', 'LateAssignments', 'Me', 'NotAccepted', 'OverdueByKindAndMonth', 'OwnedOn', 'Report', 'TargetsOfInitiative', 'TaskPage', 'TaskTimeline', 'WaitingForMe', 'WhoOwnsWhat', 'WorkloadByPerson', 'WorkloadByUnit'])
    for (const [key, { body }] of Object.entries(manifest)) {
      expect(sha256(body)).toBe(key)
      expect(validate(world.backbone.schema, parse(body))).toEqual([])
    }
  })

  it('takes fragments along, and refuses operations without a name or with one twice', () => {
    const emitted = Object.values(JSON.parse(emitManifest(['query A { ...F } query B { b } fragment F on Query { a }'])) as typeof manifest)
    expect(emitted.map(({ name, body }) => [name, body])).toEqual([['A', 'query A {\n  ...F\n}\n\nfragment F on Query {\n  a\n}'], ['B', 'query B {\n  b\n}']])
    expect(() => emitManifest(['{ a }'])).toThrow('A trusted document has no name')
    expect(() => emitManifest(['query A { a }', 'query A { b }'])).toThrow('Two trusted documents are called A')
  })

  it('stops the start when a body is not what its hash says, and when there is none while nothing else is answered', () => {
    const written = (content: unknown) => {
      const path = join(mkdtempSync(join(tmpdir(), 'heli-manifest-')), 'manifest.json')
      writeFileSync(path, JSON.stringify(content))
      return path
    }
    const read = (path: string, only = false) => () => readTrustedDocuments({ TRUSTED_DOCUMENTS: path, TRUSTED_DOCUMENTS_ONLY: only })
    expect(read(written({ [sha256('{ a }')]: { name: 'A', body: '{ b }' } }))).toThrow('does not have this hash')
    expect(read(written({}), true)).toThrow('would answer nobody')
    expect(read('/nowhere/manifest.json', true)).toThrow('cannot be read as a manifest')
    expect(read('/nowhere/manifest.json')().byHash.size).toBe(0)
    expect(read(file, true)().byHash.size).toBe(18)
  })
})

describe('a request that names a trusted document', () => {
  const answered = { viewer: { id: expect.any(String) } }

  it.each<[string, object]>([
    ['documentId', { documentId: hash }],
    ['documentId with its prefix', { documentId: `sha256:${hash.toUpperCase()}` }],
    ['persistedQuery', apq(hash)],
    ['persistedQuery beside its text', { query: manifest[hash]!.body, ...apq(hash) }],
  ])('by %s is answered, on a server for everything and on one for nothing else', async (_by, body) => {
    await world.build.network()
    for (const door of [open, exclusive]) {
      const answer = await door.ask(body, { as: 'coordinator' })
      expect([answer.status, answer.codes]).toEqual([200, []])
      expect(answer.json.data).toMatchObject(answered)
    }
  })

  it('that is unknown is told what to do, and no registration follows', async () => {
    const asked = await open.ask(apq(none))
    expect([asked.status, asked.codes]).toEqual([400, ['UNKNOWN_DOCUMENT']])
    expect(asked.json.errors[0].message).toContain('Send its whole text as `query`, or release it.')
    const query = '{ __typename }'
    expect((await open.ask({ query, ...apq(sha256(query)) })).json.data).toEqual({ __typename: 'Query' })
    expect((await open.ask(apq(sha256(query)))).codes).toEqual(['UNKNOWN_DOCUMENT'])
  })

  it.each<[string, object]>([
    ['a hash that is not that of the text', { query: '{ __typename }', ...apq(hash) }],
    ['another version', { extensions: { persistedQuery: { version: 2, sha256Hash: hash } } }],
    ['a number for a hash', { documentId: 7 }],
    ['a name of Object.prototype', { documentId: 'constructor' }],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }],
  ])('by %s is refused', async (_by, body) => {
    expect((await open.ask(body)).codes).toEqual(['BAD_REQUEST'])
  })
})

describe('a server for trusted documents only', () => {
  it('refuses every other text, whoever sends it, and takes the text of a trusted one', async () => {
    await world.build.network()
    for (const as of ['nobody', 'coordinator']) {
      const answer = await exclusive.ask({ query: '{ __typename }' }, { as })
      expect([answer.status, answer.codes]).toEqual([400, ['UNKNOWN_DOCUMENT']])
      expect(answer.json.errors[0].message).toContain('This server answers trusted documents only')
    }
    // Nor does a text become trusted by bringing its own hash along.
    const own = '{ __typename }'
    for (const body of [{ query: own, ...apq(sha256(own)) }, { query: own, documentId: sha256(own) }, { documentId: none }]) expect((await exclusive.ask(body, { as: 'coordinator' })).codes).toEqual(['UNKNOWN_DOCUMENT'])
    expect((await exclusive.ask({ query: `${manifest[hash]!.body} ` }, { as: 'coordinator' })).codes).toEqual(['UNKNOWN_DOCUMENT'])
    expect((await exclusive.ask({ query: manifest[hash]!.body }, { as: 'coordinator' })).codes).toEqual([])
  })

  it('lets the gateway through, which writes its documents itself', async () => {
    const answer = await exclusive.ask({ query: '{ __typename }' }, { headers: { 'x-heli-router': credential } })
    expect(answer.json.data).toEqual({ __typename: 'Query' })
    expect((await exclusive.ask({ query: '{ __typename }' }, { headers: { 'x-heli-router': `${credential}!` } })).codes).toEqual(['UNKNOWN_DOCUMENT'])
  })
})
