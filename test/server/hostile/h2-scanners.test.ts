import { beforeEach, describe, expect, it } from '@jest/globals'
import { useDoor } from '../../support/http.js'
import { useWorld } from '../../support/world.js'

const world = useWorld()
/** As it stands in production: that is what a scanner finds. */
const door = useDoor(world, {}, { inProduction: true })

const fields = (count: number, of: (at: number) => string) => Array.from({ length: count }, (_, at) => of(at)).join(' ')
const urlencoded = (query: string) => ({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ query }).toString() })

/** The checks of graphql-cop, written anew; each yields what the scanner would call a finding. */
const checks: [name: string, isFound: () => Promise<boolean>][] = [
  ['alias overloading', async () => (await door.ask({ query: `query cop { ${fields(101, (at) => `alias${at}: __typename`)} }` })).json.data !== undefined],
  ['array-based batching', async () => Array.isArray((await door.ask(Array(10).fill({ query: 'query cop { __typename }' }))).json)],
  ['directive overloading', async () => (await door.ask({ query: `query cop { __typename ${'@aa'.repeat(10)} }` })).json.errors.length >= 10],
  ['field duplication', async () => (await door.ask({ query: `query cop { ${'__typename '.repeat(500)} }` })).json.data !== undefined],
  ['circular query by introspection', async () => (await door.ask({ query: 'query cop { __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }' })).json.data !== undefined],
  ['field suggestions', async () => /did you mean/i.test((await door.ask({ query: 'query cop { __schema { directive } initiativs { totalCount } }' })).text)],
  ['introspection', async () => (await door.ask({ query: 'query cop { __schema { types { name fields { name } } } }' })).json.data !== undefined],
  ['queries by GET', async () => (await door.send({ method: 'GET', path: `/graphql?query=${encodeURIComponent('query cop { __typename }')}` })).json?.data !== undefined],
  ['mutations by GET', async () => (await door.send({ method: 'GET', path: `/graphql?query=${encodeURIComponent('mutation cop { __typename }')}` })).json?.data !== undefined],
  ['urlencoded POST', async () => (await door.send(urlencoded('query cop { __typename }'))).json?.data !== undefined],
  ['tracing', async () => ['tracing', 'ftv1', 'extensions'].some((name) => (traced.json as object).hasOwnProperty(name))],
  [
    'an IDE for browsers',
    async () =>
      (await Promise.all(['/graphql', '/', '/graphiql', '/playground', '/console', '/altair'].map((path) => door.send({ method: 'GET', path, headers: { accept: 'text/html' } })))).some(
        ({ status, text }) => status === 200 || /graphiql|playground|<html/i.test(text),
      ),
  ],
]
let traced: Awaited<ReturnType<typeof door.ask>>

describe('H2 the checks of graphql-cop', () => {
  beforeEach(async () => void (traced = await door.ask({ query: '{ __typename }' }, { headers: { 'x-apollo-tracing': '1', 'apollo-federation-include-trace': 'ftv1' } })))

  it('are twelve', () => expect(checks).toHaveLength(12))
  it.each(checks)('find nothing: %s', async (_name, isFound) => {
    expect(await isFound()).toBe(false)
    expect((await door.ask({ query: '{ __typename }' })).json.data).toEqual({ __typename: 'Query' })
  })

  it('find no stack or inner word in an error, whatever is sent', async () => {
    for (const body of ['', '{', '[]', '{"query":1}', '{"query":"aaa"}', '{"query":"{"}', '{"query":"query cop { cop }"}', '{"query":"{ __typename }","operationName":"x"}', '{"query":"{ __typename }","variables":[]}']) {
      const { text, status } = await door.ask(body)
      expect(status).toBeLessThan(500)
      expect(text).not.toMatch(/stacktrace|node_modules|\.js:\d|\.ts:\d|(Type|Reference|Range)Error|\bat \w+ \(/)
    }
  })
})

describe('H2 the scenarios of Damn Vulnerable GraphQL Application', () => {
  beforeEach(async () => {
    await world.build.network()
    door.log()
  })
  const ask = (query: string, variables: object = {}) => door.ask({ query, variables }, { as: 'coordinator' })

  it('batches: an array of requests is refused whole', async () => {
    const answer = await door.ask(Array(3).fill({ query: '{ units { totalCount } }' }), { as: 'coordinator' })
    expect([answer.status, answer.json.data]).toEqual([400, undefined])
  })
  it('deep recursion: children of parents of children', async () => {
    expect((await ask(`{ tasks { nodes { ${'children { nodes { '.repeat(8)} id ${'} } '.repeat(8)} } } }`)).codes).toEqual(['LIMIT_EXCEEDED'])
  })
  it('resource-intensive query: pages of pages', async () => {
    expect((await ask('{ initiatives(first: 200) { nodes { tasks(first: 200) { nodes { children(first: 200) { nodes { id } } } } } } }')).codes).toEqual(['LIMIT_EXCEEDED'])
  })
  it('field duplication', async () => expect((await ask(`{ units { nodes { ${'name '.repeat(1_000)} } } }`)).codes).toEqual(['LIMIT_EXCEEDED']))
  it('aliases: one costly field many times', async () => expect((await ask(`{ ${fields(60, (at) => `a${at}: units { totalCount }`)} }`)).codes).toEqual(['LIMIT_EXCEEDED']))
  it('circular fragments', async () => expect((await ask('{ tasks { nodes { ...A } } } fragment A on Task { ...B } fragment B on Task { ...A }')).codes).toEqual(['LIMIT_EXCEEDED']))
  it('introspection', async () => expect((await ask('{ __schema { mutationType { fields { name } } } }')).codes).toEqual(['FORBIDDEN']))
  it('GraphiQL by a cookie or a header that asks for it', async () => {
    const answer = await door.send({ method: 'GET', headers: { accept: 'text/html', cookie: 'env=graphiql:enable', 'x-debug': '1' } })
    expect([answer.status, answer.codes]).toEqual([405, ['METHOD_NOT_ALLOWED']])
  })
  it('field suggestions', async () => expect((await ask('{ unit { nam } }')).text).not.toMatch(/did you mean/i))
  it('deny list bypass: neither an operation name nor an alias opens what is closed', async () => {
    for (const query of ['query IntrospectionQuery { __schema { types { name } } }', 'query TaskPage { a: __type(name: "Person") { name } }', 'query JointInitiatives { ... { __schema { types { name } } } }']) {
      expect((await door.ask({ query, operationName: /query (\w+)/.exec(query)![1] }, { as: 'coordinator' })).codes).toEqual(['FORBIDDEN'])
    }
  })
  it('forged sign-in: no identity from a header, a variable or a field of the body', async () => {
    const answer = await door.ask({ query: '{ viewer { id } }', user: 'coordinator', variables: { viewer: 'coordinator' } }, { headers: { 'x-user': 'coordinator', 'x-forwarded-user': 'coordinator', cookie: 'session=coordinator' } })
    expect(answer.codes).toEqual(['UNAUTHENTICATED'])
  })
  it('log spoofing: what callers choose cannot begin a line of the log, nor stand in it without harm', async () => {
    for (const operationName of ['a\n{"level":"info","msg":"forged"}', 'a\r\nforged', '\u001b[31mforged']) await door.ask({ query: '{ __typename }', operationName })
    await door.ask({ query: '{ __typename }' }, { headers: { 'x-request-id': 'forged{}"', 'apollographql-client-name': 'forged"' } })
    const lines = door.log()
    expect(lines.length).toBeGreaterThanOrEqual(4)
    expect(lines.filter((line) => line.includes('forged'))).toEqual([])
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
  })
  it('stored script and HTML: kept as text, answered as JSON that no browser renders', async () => {
    const name = '<script>alert(1)</script><img src=x onerror=alert(1)>'
    await world.build.unit({ name })
    const answer = await ask('query ($n: String!) { units(filter: { name: { eq: $n } }) { nodes { name } } }', { n: name })
    expect(answer.json.data).toEqual({ units: { nodes: [{ name }] } })
    expect([answer.headers['content-type'], answer.headers['x-content-type-options']]).toEqual(['application/json; charset=utf-8', 'nosniff'])
  })
  it('SQL and command injection: see H6 for all of them', async () => {
    for (const eq of ["' or 1=1 --", '; id', '$(id)', '`id`', '| cat /etc/passwd']) {
      expect((await ask('query ($n: String!) { units(filter: { name: { eq: $n } }) { totalCount } }', { n: eq })).json.data).toEqual({ units: { totalCount: 0 } })
    }
  })
  it('server-side requests and paths: no argument names a host, a URL or a file', () => {
    const inputs = Object.values(world.backbone.schema.getTypeMap()).flatMap((type) => ('getFields' in type ? Object.values(type.getFields()).flatMap((field) => [('args' in field ? field.args.map(({ name }: { name: string }) => name) : []), type.astNode?.kind === 'InputObjectTypeDefinition' ? [field.name] : []].flat()) : []))
    expect(inputs.length).toBeGreaterThan(100)
    // The name of an attachment is text to be shown: nothing is opened or stored under it. Paths are those of divisions, such as /330000/330100/, and are compared only.
    const leading = ['url', 'uri', 'host', 'hostname', 'path', 'file', 'callback', 'webhook', 'command']
    const words = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).split(' ')
    expect([...new Set(inputs.filter((name) => words(name).some((word) => leading.includes(word))))]).toEqual(['divisionPath', 'path', 'fileName'])
  })
  it('path traversal in routes', async () => {
    for (const path of ['/../package.json', '/..%2fpackage.json', '/export/..%2f..%2fetc%2fpasswd', '/graphql/../metrics/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/schema.graphql%00.txt']) {
      const answer = await door.send({ method: 'GET', path })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.text).not.toMatch(/root:|"name": "heli"/)
    }
  })
})
