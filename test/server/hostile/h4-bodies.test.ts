import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'

const world = useWorld()
const door = useDoor(world)
const limit = 1_048_576
const json = { 'content-type': 'application/json' }

const stillAnswers = async () => expect((await door.ask({ query: '{ __typename }' })).json.data).toEqual({ __typename: 'Query' })

/** Sends chunks until the server has answered or has had enough; tells the status and how much it took. */
function stream(megabytes: number): Promise<{ status: number; sent: number }> {
  return new Promise((resolve, reject) => {
    let [status, sent] = [0, 0]
    const outgoing = request(`${door.url}/graphql`, { method: 'POST', headers: { ...json, 'transfer-encoding': 'chunked' }, agent: false }, (incoming) => {
      status = incoming.statusCode!
      incoming.resume()
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => (['EPIPE', 'ECONNRESET'].includes(error.code ?? '') ? undefined : reject(error)))
    outgoing.on('close', () => resolve({ status, sent }))
    const chunk = Buffer.alloc(65_536, ' ')
    const more = () => {
      while (status === 0 && sent < megabytes * 1_048_576 && !outgoing.destroyed) {
        sent += chunk.length
        if (!outgoing.write(chunk)) return void outgoing.once('drain', () => setImmediate(more))
      }
      if (!outgoing.destroyed) outgoing.end()
    }
    more()
  })
}

/** A connection that says this much and then nothing. */
function stalled(port: number, text: string): Promise<{ socket: Socket; answer: Promise<string> }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      let received = ''
      socket.on('data', (data) => (received += data.toString()))
      const answer = new Promise<string>((done) => socket.once('close', () => done(received)))
      socket.write(text, () => resolve({ socket, answer }))
    })
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)))
  })
}

describe('H4 bodies', () => {
  it('takes a body up to the limit and refuses one byte more with 413', async () => {
    const around = JSON.stringify({ query: '{ __typename }', extensions: { pad: '' } })
    const exact = around.replace('""', `"${'x'.repeat(limit - around.length)}"`)
    expect(exact.length).toBe(limit)
    expect((await door.ask(exact)).status).toBe(200)
    const over = await door.ask(`${exact} `)
    expect([over.status, over.codes, over.headers.connection]).toEqual([413, ['PAYLOAD_TOO_LARGE'], 'close'])
    expect(over.json.errors[0].message).toBe('The request body is larger than 1048576 bytes. Send less at a time.')
  })

  it('refuses 10 MB that are announced', async () => {
    expect((await door.ask(`{"query":"${'x'.repeat(10_485_760)}"}`)).status).toBe(413)
    await stillAnswers()
  })

  it('refuses 100 MB in chunks long before their end', async () => {
    const { status, sent } = await stream(100)
    expect(status).toBe(413)
    expect(sent).toBeLessThan(50 * 1_048_576)
    await stillAnswers()
  })

  it('refuses a gzip bomb by what comes out of it', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1_048_576, ' '))
    expect(bomb.length).toBeLessThan(limit)
    const answer = await door.send({ headers: { ...json, 'content-encoding': 'gzip' }, body: bomb })
    expect([answer.status, answer.codes]).toEqual([413, ['PAYLOAD_TOO_LARGE']])
    await stillAnswers()
  })

  it.each([
    ['deep JSON', '['.repeat(500_000), 400],
    ['deep JSON, well-formed', `{"query":"{ __typename }","variables":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`, 400],
    ['half a document', '{"query":', 400],
    ['nothing', '', 400],
    ['a number', '1', 400],
    ['null', 'null', 400],
    ['a list of requests', JSON.stringify(Array(50).fill({ query: '{ __typename }' })), 400],
    ['a query that is no text', '{"query":{"kind":"Document"}}', 400],
    ['variables as text', '{"query":"{ __typename }","variables":"{}"}', 400],
  ])('refuses %s with a 4xx that quotes nothing', async (_what, body, status) => {
    const answer = await door.ask(body)
    expect(answer.status).toBe(status)
    expect(answer.json.errors[0].message.length).toBeLessThan(600)
    expect(answer.text).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
    await stillAnswers()
  })

  it('answers others while 200 connections send slowly, and ends each of them with 408', async () => {
    const { http } = door.server
    expect([http.headersTimeout, http.requestTimeout]).toEqual([10_000, 30_000])
    Object.assign(http, { headersTimeout: 1_000, requestTimeout: 1_000 })
    const port = Number(new URL(door.url).port)
    try {
      const head = 'POST /graphql HTTP/1.1\r\nhost: heli\r\ncontent-type: application/json\r\n'
      const slow = await Promise.all(Array.from({ length: 200 }, (_, at) => stalled(port, at % 2 ? head : `${head}content-length: 1000\r\n\r\n{"query"`)))
      await stillAnswers()
      const answers = await Promise.race([Promise.all(slow.map(({ answer }) => answer)), pause(15_000).then(() => [])])
      expect(answers).toHaveLength(200)
      expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 408 '))).toHaveLength(200)
    } finally {
      Object.assign(http, { headersTimeout: 10_000, requestTimeout: 30_000 })
    }
    await stillAnswers()
  })
})
