import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { atStart, RightsChanged, walk } from '../../src/exporting/walk.js'
import { catalogue } from '../../src/reporting/views/index.js'
import type { Built } from '../support/build.js'
import { useDoor } from '../support/http.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const door = useDoor(world)
const poor = useDoor(world, { BUDGET_PER_MINUTE: '2100', MAX_COST: '100' })
let province: Built
let office: Built

beforeEach(async () => {
  ;({ province, office } = await world.build.network())
})

/** Units of the province, each with an id that sorts behind the ones before. */
const manyUnits = (count: number) =>
  world.sql(`insert into unit (id, code, name, kind, division_id, founded_on) select 'unit_01z' || lpad(n::text, 23, '0'), 'U' || n, '=单位' || n, 'EDUCATION', $1, '2000-01-01' from generate_series(1, $2::int) n`, [province.id, count])
const get = (path: string, as = 'coordinator', from = door) => fetch(`${from.url}/export/${path}`, { headers: as === 'nobody' ? {} : { authorization: `Bearer ${as}` } })
const lines = (text: string) => text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)

describe('GET /export', () => {
  it.each([
    ['nothing.csv', 'view', 'there is no view "nothing". The views are assignments, tasks'],
    ['units', 'format', 'there is no format ""'],
    ['units.doc', 'format', 'there is no format "doc". The formats are csv, ndjson, xlsx, parquet.'],
    ['units.csv?filter=abc', 'filter', 'must be one JSON object'],
    ['units.csv?filter=[]', 'filter', 'must be one JSON object'],
    ['units.csv?filter={"kind":{"eq":"NONE"}}', 'filter.kind.eq', 'Value "NONE" does not exist in "UnitKind" enum'],
    ['units.csv?filter={"kinds":{}}', 'filter', 'Field "kinds" is not defined by type "UnitFilter". It takes'],
    [`units.csv?filter=${JSON.stringify(Array.from({ length: 30 }).reduce((inner: object) => ({ not: inner }), { code: { eq: 'X' } }))}`, 'filter', 'at most 200 conditions on 20 levels'],
    [`units.csv?filter=${JSON.stringify({ or: Array.from({ length: 150 }, () => ({ code: { eq: 'X' } })) })}`, 'filter', 'at most 200 conditions on 20 levels'],
    ['units.csv?kinds=X', 'kinds', 'no such parameter. Give filter, columns, first, after, or a field of the filter: '],
    ['units.csv?division=X', 'division', 'no such parameter'],
    ['units.csv?foundedOn=soon', 'filter.foundedOn.eq', 'Day must be an existing calendar day'],
    ['units.csv?first=0', 'first', 'must be a whole number from 1 on'],
    ['units.csv?first=1&first=2', 'first', 'must be a whole number from 1 on'],
    ['units.csv?after=zzz', 'after', 'is not a cursor of this list'],
    ['units.csv?columns=id,nothing', 'columns', '"nothing" is no column of units'],
    ['units.manifest.json?format=pdf', 'format', 'there is no format "pdf"'],
  ])('%s is refused by name', async (path, field, said) => {
    const answer = await get(path.replace(/[{}"[\]]/g, encodeURIComponent))
    const { errors } = (await answer.json()) as { errors: [{ message: string; extensions: { code: string } }] }
    expect([answer.status, errors[0].extensions.code]).toEqual([400, 'BAD_USER_INPUT'])
    expect(errors[0].message).toContain(`\`${field}\``)
    expect(errors[0].message).toContain(said)
  })

  it('is for whoever is signed in, by GET', async () => {
    expect((await get('units.csv', 'nobody')).status).toBe(401)
    expect((await fetch(`${door.url}/export/units.csv`, { method: 'POST', headers: { authorization: 'Bearer coordinator' } })).status).toBe(405)
    expect((await get('jobs/xjob_x')).status).toBe(404)
    const head = await fetch(`${door.url}/export/units.csv`, { method: 'HEAD', headers: { authorization: 'Bearer coordinator' } })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('goes through a view by its cursors, page after page at a fixed address', async () => {
    await manyUnits(7)
    const codes: unknown[] = []
    let requests = 0
    for (let after = '', more = true; more; requests++) {
      const answer = await get(`units.ndjson?first=3&columns=code&after=${encodeURIComponent(after)}`)
      codes.push(...lines(await answer.text()).map(({ code }) => code))
      more = answer.headers.get('x-heli-has-more') === 'true'
      after = answer.headers.get('x-heli-end-cursor')!
    }
    const wanted = await world.sql<{ code: string }>('select code from unit order by id')
    expect(codes).toEqual(wanted.map(({ code }) => code))
    expect(requests).toBe(3)
  })

  it('takes a filter as JSON, simple ones as parameters, and times as milliseconds', async () => {
    await manyUnits(3)
    const codes = async (query: string) => lines(await (await get(`units.ndjson?columns=code&${query}`)).text()).map(({ code }) => code)
    const filtered = (filter: object) => codes(`filter=${encodeURIComponent(JSON.stringify(filter))}`)
    expect(await filtered({ code: { in: ['U1', 'U3'] } })).toEqual(['U1', 'U3'])
    expect(await codes('code=U2')).toEqual(['U2'])
    expect(await codes('code=U1&code=U3&kind=EDUCATION')).toEqual(['U1', 'U3'])
    expect(await codes(`division.code=${province.code}&code=U1`)).toEqual(['U1'])
    const [early] = [await world.build.task({ code: 'T1', issuingUnitId: office.id }), await world.build.task({ code: 'T2', issuingUnitId: office.id })]
    await world.sql(`update task set updated_at = '2026-01-01T00:00:00Z' where id = $1`, [early!.id])
    for (const lte of [Date.parse('2026-01-01T00:00:00Z'), '2026-01-01T08:00:00+08:00']) {
      const answer = await get(`tasks.ndjson?columns=code&filter=${encodeURIComponent(JSON.stringify({ updatedAt: { lte } }))}`)
      expect(lines(await answer.text())).toEqual([{ code: 'T1' }])
    }
  })

  it('is a file to be saved, whose manifest tells its hash', async () => {
    await manyUnits(2_100)
    for (const format of ['csv', 'ndjson', 'xlsx', 'parquet']) {
      const answer = await get(`units.${format}?kind=EDUCATION`)
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="units.${format}"; filename*=UTF-8''${encodeURIComponent('单位')}.${format}`)
      expect([answer.headers.get('x-content-type-options'), answer.headers.get('cache-control'), answer.headers.get('cross-origin-resource-policy')]).toEqual(['nosniff', 'no-store', 'same-origin'])
      const manifest = (await (await get(`units.manifest.json?kind=EDUCATION&format=${format}`)).json()) as Record<string, unknown>
      expect(manifest).toMatchObject({ view: 'units', format, rows: 2_100, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), filter: { kind: { eq: 'EDUCATION' } }, after: '', hasMore: false })
    }
    expect((await (await get('units.csv?code=U1&columns=name')).text()).split('\r\n')[1]).toBe("'=单位1")
  }, 30_000)

  it('counts what it hides', async () => {
    const other = await world.build.unit({ divisionId: province.id })
    const task = await world.build.task({})
    await world.build.assignment({ taskId: task.id, unitId: other.id, internalNote: '内部' })
    const manifest = (await (await get(`assignments.manifest.json?unit.id=${other.id}`)).json()) as { rows: number; masked: object }
    expect(manifest).toMatchObject({ rows: 1, masked: { 'Assignment.internalNote': 1 } })
  })

  it('waits for the next budget when it has begun, and stops when its reader leaves', async () => {
    await manyUnits(4_500)
    const leaving = new AbortController()
    const answer = await fetch(`${poor.url}/export/units.ndjson`, { headers: { authorization: 'Bearer coordinator' }, signal: leaving.signal })
    expect(answer.status).toBe(200)
    await answer.body!.getReader().read()
    world.statements()
    leaving.abort()
    for (let turn = 0; turn < 100 && !poor.log().some((line) => line.includes('an export was left by its reader')); turn++) await pause(20)
    await pause(50)
    // The page after the one that waits to be paid for was being read; nothing is read of the third.
    expect(world.statements().length).toBeLessThanOrEqual(1)
    const refused = await get('units.csv?first=2000', 'coordinator', poor)
    expect([refused.status, ((await refused.json()) as { errors: [{ extensions: { code: string } }] }).errors[0].extensions.code]).toEqual([429, 'THROTTLED'])
  }, 30_000)
})

describe('a walk', () => {
  const walking = (login: string) => {
    const view = catalogue.get('units')!
    const asked = { view, columns: view.columns, filter: null, after: '' }
    const enter = () => world.backbone.contextFor({ identity: { kind: 'person', issuer: 'test', subject: login }, language: 'en', strict: false, requestId: 'walk', isRouter: false, mayRemember: true })
    const progress = atStart(asked)
    return { pages: walk({ schema: world.backbone.schema, asked, enter }, progress), progress }
  }

  it('reads one page ahead of its reader and no more', async () => {
    await manyUnits(8_500)
    // Somebody whom no test before has asked as: what was remembered of them would be asked twice.
    await world.build.person({ login: 'walker', unit: office.id, role: 'CLERK' })
    const { pages, progress } = walking('walker')
    await pages.next()
    await pause(200)
    expect(progress.rows).toBe(2_000)
    expect(world.statements().filter((text) => text.includes('json_build_array')).length).toBe(2)
    await pages.return()
    await pause(100)
    expect(world.statements()).toEqual([])
  })

  it('ends where a right is taken away on the way', async () => {
    await manyUnits(6_500)
    await world.build.person({ login: 'clerk', unit: (await world.build.unit({ divisionId: province.id })).id, role: 'CLERK' })
    const { pages, progress } = walking('clerk')
    await pages.next()
    await world.sql(`delete from appointment where role = 'CLERK'`)
    const given = async () => {
      for await (const page of pages) void page
    }
    await expect(given()).rejects.toThrow(RightsChanged)
    // The page that was being read when the right went may still have come.
    expect(progress.rows).toBeLessThanOrEqual(4_000)
  }, 30_000)

  it('ends for an account that is blocked on the way', async () => {
    await manyUnits(6_500)
    await world.build.person({ login: 'clerk', unit: (await world.build.unit({ divisionId: province.id })).id, role: 'CLERK' })
    const { pages, progress } = walking('clerk')
    await pages.next()
    await world.sql(`update account set blocked_at = now() where subject = 'clerk'`)
    await expect((async () => { for await (const page of pages) void page })()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(progress.rows).toBeLessThanOrEqual(4_000)
  }, 30_000)
})

describe('views in the graph', () => {
  it('have a dictionary, cursors that are always there, and pages of a thousand at most', async () => {
    await manyUnits(3)
    const ask = async (args: string) => (await world.as('coordinator').run(`{ views { units(${args}) { columns { name labelZh unit type codes { code labelZh } } rows { id code } endCursor hasMore } } }`))
    const { data } = await ask('filter: { kind: { eq: EDUCATION } }, first: 2, after: ""')
    expect(data.views.units.columns.length).toBe(catalogue.get('units')!.columns.length)
    expect(data.views.units.columns[4]).toMatchObject({ name: 'kind', labelZh: '单位类别', unit: null, type: 'ENUM' })
    expect(data.views.units.columns[4].codes[0]).toEqual({ code: 'PARTY_COMMITTEE', labelZh: '党委' })
    expect(data.views.units).toMatchObject({ hasMore: true, rows: [{ code: 'U1' }, { code: 'U2' }] })
    const next = (await ask(`filter: { kind: { eq: EDUCATION } }, after: "${data.views.units.endCursor}"`)).data.views.units
    expect(next).toMatchObject({ hasMore: false, rows: [{ code: 'U3' }] })
    const last = (await ask(`filter: { kind: { eq: EDUCATION } }, after: "${next.endCursor}"`)).data.views.units
    expect(last).toEqual({ ...last, hasMore: false, rows: [], endCursor: next.endCursor })
    expect((await ask('first: 1001')).codes).toEqual(['BAD_USER_INPUT'])
    expect((await world.as('nobody').run('{ views { units { hasMore } } }')).codes).toEqual(['UNAUTHENTICATED'])
  })

  it('open no longer pages to anybody outside', async () => {
    await manyUnits(3)
    await get('units.csv')
    const view = catalogue.get('units')!
    // The very text of the document that the export asks within.
    const { codes, data } = await world.as('coordinator').run(`query unitsView($filter: UnitFilter, $first: Int!, $after: String) { units(filter: $filter, first: $first, after: $after) { nodes { ${view.columns.slice(0, 4).map(({ name }) => name).join(' ')} } } }`, { filter: null, first: 201, after: '' })
    expect([codes, data]).toEqual([['BAD_USER_INPUT'], null])
  })
})

describe('the view of indicators', () => {
  it('is what the dashboard shows, in the graph and as files', async () => {
    const { data, errors } = await world.as('coordinator').run(`query ($division: String!) {
      dashboard(division: $division, year: 2025) { families { indicators { key value numerator denominator level definition { family } } } }
      views { indicators(filter: { division: $division, year: 2025 }, first: 1000) { rows { key family value numerator denominator level } hasMore } }
    }`, { division: province.code })
    expect(errors).toEqual([])
    const { indicators: view } = data.views
    const wanted = data.dashboard.families.flatMap((family: any) => family.indicators.map(({ definition, ...rest }: any) => ({ ...rest, family: definition.family })))
    expect(wanted.length).toBeGreaterThan(10)
    expect(view).toEqual({ hasMore: false, rows: wanted })
    const file = await get(`indicators.ndjson?division=${province.code}&year=2025&columns=key,family,value,numerator,denominator,level`)
    expect(lines(await file.text())).toEqual(wanted.map(({ key, family, value, numerator, denominator, level }: any) => ({ key, family, value, numerator, denominator, level })))
    const first = await get(`indicators.ndjson?division=${province.code}&year=2025&first=3&columns=key`)
    const rest = await get(`indicators.ndjson?division=${province.code}&year=2025&columns=key&after=${encodeURIComponent(first.headers.get('x-heli-end-cursor')!)}`)
    expect([...lines(await first.text()), ...lines(await rest.text())].map(({ key }) => key)).toEqual(wanted.map(({ key }: { key: string }) => key))
    for (const format of ['csv', 'xlsx', 'parquet']) expect((await get(`indicators.${format}?division=${province.code}&year=2025`)).status).toBe(200)
  })

  it.each([
    ['indicators.csv', 'filter', 'name a division and a year'],
    ['indicators.csv?year=2025', 'filter', 'Field "division" of required type "String!" was not provided'],
    ['indicators.csv?division=1&year=x', 'filter.year', 'Int cannot represent non-integer value'],
    ['indicators.csv?division=330000&year=2025&after=zzz', 'after', 'is not a cursor of this view'],
  ])('%s is refused by name', async (path, field, said) => {
    const answer = await get(path.replace('330000', province.code as string))
    const { errors } = (await answer.json()) as { errors: [{ message: string }] }
    expect([answer.status, errors[0].message]).toEqual([400, expect.stringContaining(`\`${field}\``)])
    expect(errors[0].message).toContain(said)
  })
})
