/**
 * A5: what a guard means, said once without SQL and once by the engine: read, as a filter, as a negated filter and as an order key, row by row, on both engines.
 * First every word in every place, and guards put together of them by chance; then the very guards of the access tables, against the oracle.
 * What a glance tells of a guard never says more than it, and says the same where it claims to be the whole of it.
 */
import { beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { sql } from 'kysely'
import { all, any, can, condition, everyRole, fold, never, open, permissions, self, signedIn, toSql, viewerOf, visible, type Guard, type Permission, type Policy, type Post, type Predicate, type Standing, type Viewer } from '../../../src/access/index.js'
import { compile, partsOf, rootNames, rootSpec, type TypeModel } from '../../../src/engine/index.js'
import { glance } from '../../../src/engine/glance.js'
import { filterSql } from '../../../src/engine/plan-filter.js'
import { orderKeys } from '../../../src/engine/plan-page.js'
import { Planning } from '../../../src/engine/planning.js'
import { PersonFilter } from '../../../src/modules/people/index.js'
import { UnitFilter } from '../../../src/modules/units/index.js'
import { pages } from '../oracle/pages.js'
import { Snapshot, type Tables } from '../oracle/snapshot.js'
import type { Viewer as Asker } from '../oracle/words.js'
import { today, useWorld, type World } from '../../support/world.js'
import { adder, emptyTables, load, makeNetwork } from './network.js'
import { isFull, random, say, seedOfRun } from './random.js'

const rowsOfEach = 1_000

/** A thousand units in three trees of divisions, lines of any depth between them, and a thousand people, some of them nowhere. */
function makeRows(seed: number): Tables {
  const chance = random(seed)
  const tables = emptyTables()
  const add = adder(chance, tables)
  for (let at = 0; at < 40; at++) {
    const parent = at < 3 ? undefined : chance.pick(tables.division.filter(({ level }) => level !== 'COUNTY'))
    add('division', 'div', { code: String(110000 + at), name: `区划${at}`, level: parent ? (parent.level === 'PROVINCE' ? 'PREFECTURE' : 'COUNTY') : 'PROVINCE', parentId: parent?.id ?? null, revision: null, endedOn: null })
  }
  for (let at = 0; at < rowsOfEach; at++) {
    const above = chance.chance(0.85) && at > 5 ? chance.pick(tables.unit) : undefined
    add('unit', 'unit', {
      code: `U${at}`, name: `${chance.pick(['甲', '乙'])}${at}`, shortName: 'x', kind: 'CIVIL_AFFAIRS', divisionId: chance.pick(tables.division).id, lineParentId: above?.id ?? null,
      creditCode: null, systemId: null, institutionKind: null, legalForm: null, registrationLevel: null, foundedOn: '2004-01-01', endedOn: null, successorId: null,
    })
  }
  for (let at = 0; at < rowsOfEach; at++) {
    const { id } = add('person', 'pers', { code: `P${at}`, name: `${chance.pick(['甲', '乙'])}${at}`, title: 'x', officePhone: null })
    if (chance.chance(0.9)) add('appointment', 'appt', { personId: id, unitId: chance.pick(tables.unit).id, role: null, isMain: true, validFrom: '2020-01-01', validTo: null })
  }
  return tables
}

type Held = 'ownUnit' | 'inUnit' | 'inDivision' | 'inDivisionOfUnit'
/** What guards are asked of: by which columns, and through which field they guard a row. */
const subjects = {
  Unit: { filter: UnitFilter, field: 'name', columns: { ownUnit: 'id', inUnit: 'id', inDivisionOfUnit: 'id', inDivision: 'divisionId' } },
  Person: { filter: PersonFilter, field: 'name', columns: { ownUnit: 'unitId', inUnit: 'unitId', inDivisionOfUnit: 'unitId' } },
} as const satisfies Record<string, { filter: Function; field: string; columns: Partial<Record<Held, string>> }>
type Subject = keyof typeof subjects

interface Fact { id: string; name: string; unitId?: string | undefined; divisionId?: string | undefined; hasAbove: boolean }
const factsOf = (tables: Tables, subject: Subject): Fact[] =>
  subject === 'Unit'
    ? tables.unit.map(({ id, name, divisionId, lineParentId }) => ({ id, name, unitId: id, divisionId, hasAbove: lineParentId !== null }))
    : tables.person.map(({ id, name }) => ({ id, name, unitId: tables.appointment.find(({ personId }) => personId === id)?.unitId, hasAbove: true }))

const signsIn = (viewer: Viewer) => viewer.kind === 'person' && viewer.posts.length === 0

/** The guard by its definition, over plain rows. */
function means(guard: Guard, viewer: Viewer, row: Fact, snapshot: Snapshot): boolean {
  switch (guard.kind) {
    case 'open': return true
    case 'never': return false
    case 'signedIn': return viewer.kind !== 'anonymous'
    case 'self': return viewer.kind === 'person' && viewer.personId === row.id
    case 'any': return guard.of.some((part) => means(part, viewer, row, snapshot))
    case 'all': return guard.of.every((part) => means(part, viewer, row, snapshot))
    case 'visible': return guard.type === 'Unit' ? viewer.kind !== 'anonymous' && row.hasAbove : means(can('person:readDirectory'), viewer, row, snapshot)
    case 'condition': return (guard.roles === undefined || guard.roles.some((role) => viewer.roles.has(role))) && row.name.startsWith('甲')
    case 'held': {
      const posts = viewer.posts.filter(({ role }) => (permissions[guard.word] as readonly Standing[]).includes(role))
      if (!guard.place) return posts.length > 0 || (guard.word === 'person:readDirectory' && signsIn(viewer))
      const { unitId } = row
      if (unitId === undefined) return false
      const divisions = snapshot.upwards('division', row.divisionId ?? snapshot.one('unit', unitId)!.divisionId)
      switch (guard.place.how) {
        case 'ownUnit': return posts.some((post) => post.unitId === unitId)
        case 'inUnit': return posts.some((post) => snapshot.upwards('unit', unitId).has(post.unitId))
        default: return posts.some((post) => divisions.has(snapshot.one('unit', post.unitId)!.divisionId))
      }
    }
  }
}

const words = Object.keys(permissions) as Permission[]
const placesOf = (subject: Subject) => Object.entries(subjects[subject].columns) as [Held, string][]
/** Each word by itself and in each place, and the guards without a word. */
const everyGuard = (subject: Subject): Guard[] => [
  open, never, signedIn, ...(subject === 'Person' ? [self('id'), visible('Person', 'id')] : [visible('Unit', 'lineParentId')]), ofName(undefined), ofName(['CLERK', 'DIRECTOR']),
  ...words.flatMap((word): Guard[] => [can(word), ...placesOf(subject).map(([how, column]) => can(word)[how](column))]),
]
const ofName = (roles: readonly Standing[] | undefined): Guard =>
  condition({ sentence: { en: 'the name begins with 甲', zh: '姓甲' }, columns: ['name'], ...(roles ? { roles } : {}), sql: (row) => sql`${row.column('name')} like '甲%'` })

const putTogether = (subject: Subject): fc.Arbitrary<Guard> =>
  fc.letrec<{ guard: Guard }>((tie) => ({
    guard: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: fc.constantFrom(...everyGuard(subject)) },
      { weight: 1, arbitrary: fc.array(tie('guard'), { minLength: 2, maxLength: 3 }).map((of) => any(...of)) },
      { weight: 1, arbitrary: fc.array(tie('guard'), { minLength: 2, maxLength: 3 }).map((of) => all(...of)) },
    ),
  })).guard

const standings = [...everyRole, 'LEADERSHIP_DIRECTOR', 'COORDINATOR_WITHOUT_MANDATE'] as const
interface About { kind: Viewer['kind']; person: number; posts: [Standing, number][] }
/** Somebody with up to five posts; high up in the trees more often than not, so that there is something below. */
const anybody = (roles: readonly Standing[] = standings): fc.Arbitrary<About> =>
  fc.record({ kind: fc.constantFrom('person', 'person', 'person', 'service', 'anonymous'), person: fc.nat(rowsOfEach - 1), posts: fc.array(fc.tuple(fc.constantFrom(...roles, ...standings), fc.oneof(fc.nat(30), fc.nat(rowsOfEach - 1))), { minLength: 0, maxLength: 5 }) })

/** What the engine says of each row at each door: one statement for many guards. */
async function verdicts({ backbone }: World, subject: Subject, guards: readonly Guard[], viewer: Viewer): Promise<Record<'read' | 'filter' | 'negated' | 'order' | 'glance' | 'lookUp', boolean[][]> & { whole: boolean[] }> {
  const { engine, database } = backbone
  const { filter, field } = subjects[subject]
  let guard: Guard = never
  const planning = new Planning(engine.model, Object.create(engine.policy, { door: { value: () => guard } }) as Policy, viewer, undefined as never)
  const row = engine.model.row(engine.model.type(subject), planning.aliases)
  const columns: Predicate[] = []
  const whole: boolean[] = []
  for (const [at, one] of guards.entries()) {
    guard = fold(one, viewer, (type) => engine.policy.scope(viewer, type))
    const doors = {
      r: toSql(guard, row),
      f: filterSql(planning, row, { [field]: { ne: 'nobody' } }, filter, false),
      n: filterSql(planning, row, { not: { [field]: { eq: 'nobody' } } }, filter, false),
      o: sql`${orderKeys(planning, row, [{ name: field, descending: false }])[0]!.expression} is not null`,
      g: glance(guard, row).test,
      l: glance(guard, row, true).test,
    }
    whole.push(glance(guard, row).whole)
    for (const [name, condition] of Object.entries(doors)) columns.push(sql`coalesce(${condition}, false) as ${sql.id(`${name}${at}`)}`)
  }
  const rows = await database.read<Record<string, boolean>>(compile(sql`select ${sql.join(columns)} from ${row.from} order by ${row.column('id')}`, viewer, today))
  const by = (name: string) => guards.map((_guard, at) => rows.map((found) => found[`${name}${at}`]!))
  return { read: by('r'), filter: by('f'), negated: by('n'), order: by('o'), glance: by('g'), lookUp: by('l'), whole }
}

describe.each(['pglite', 'postgresql'] as const)('on %s', (on) => {
  const world = useWorld({ on })

  describe.each(Object.keys(subjects) as Subject[])('a guard over %s', (subject) => {
    let tables: Tables
    let snapshot: Snapshot
    let facts: Fact[]
    let posts: Map<string, Post>
    beforeEach(async () => {
      tables = makeRows(seedOfRun)
      snapshot = new Snapshot(tables, today)
      facts = factsOf(tables, subject)
      await load(world, tables)
      const placed = await world.sql<{ id: string; line_path: string; division_path: string }>('select id, line_path, division_path from unit')
      posts = new Map(placed.map(({ id, line_path, division_path }) => [id, { role: 'CLERK', unitId: id, linePath: line_path, divisionPath: division_path }]))
    }, 60_000)
    const viewerFrom = ({ kind, person, posts: held }: About): Viewer =>
      kind === 'anonymous' ? viewerOf(kind, {}, []) : viewerOf(kind, kind === 'person' ? { personId: tables.person[person]!.id } : { tokenId: 'stok_x' }, held.map(([role, at]) => ({ ...posts.get(tables.unit[at]!.id)!, role })))

    it('says the same read, filtered, filtered in the negative and ordered by, as its definition does, of every row', async () => {
      const began = Date.now()
      const count = { guards: 0, yes: 0, no: 0, seen: 0 }
      const judge = async (guards: readonly Guard[], viewer: Viewer) => {
        const found = await verdicts(world, subject, guards, viewer)
        const meant = guards.map((guard) => facts.map((row) => means(guard, viewer, row, snapshot)))
        for (const door of ['read', 'filter', 'negated', 'order'] as const) {
          for (const [at, of] of meant.entries()) if (found[door][at]!.join() !== of.join()) throw new Error(`${door}: ${JSON.stringify(guards[at])} for ${JSON.stringify(viewer.posts)}: ${of.findIndex((said, row) => said !== found[door][at]![row])}`)
        }
        for (const [at, of] of meant.entries()) {
          for (const sight of ['glance', 'lookUp'] as const) if (found[sight][at]!.some((said, row) => said && !of[row])) throw new Error(`${sight} says more than ${JSON.stringify(guards[at])} for ${JSON.stringify(viewer.posts)}`)
          if (found.whole[at] && found.glance[at]!.join() !== of.join()) throw new Error(`the glance is not the whole of ${JSON.stringify(guards[at])} for ${JSON.stringify(viewer.posts)}`)
          count.seen += found.glance[at]!.filter(Boolean).length
        }
        count.guards += guards.length
        for (const verdict of meant.flat()) count[verdict ? 'yes' : 'no']++
      }
      // Every word in every place, each asked by somebody who is likely to hold it.
      for (const word of words) {
        const guards = everyGuard(subject).filter((guard) => guard.kind === 'held' && guard.word === word)
        await fc.assert(fc.asyncProperty(anybody(permissions[word]), (about) => judge(guards, viewerFrom(about))), { seed: seedOfRun, numRuns: isFull ? 10 : 1 })
      }
      await fc.assert(fc.asyncProperty(fc.array(putTogether(subject), { minLength: 12, maxLength: 12 }), anybody(), (guards, about) => judge([...everyGuard(subject).filter(({ kind }) => kind !== 'held'), ...guards], viewerFrom(about))), { seed: seedOfRun, numRuns: isFull ? 60 : 5 })
      say(`A5 seed ${seedOfRun}, ${on}: ${count.guards} guards over ${facts.length} rows of ${subject} at 4 doors: ${count.yes} yes (${count.seen} of them at a glance), ${count.no} no, 0 differences, ${Date.now() - began} ms`)
      expect(Math.min(count.seen, count.yes - count.seen)).toBeGreaterThan(500)
      expect(facts.length).toBeGreaterThanOrEqual(1_000)
      expect(Math.min(count.yes, count.no)).toBeGreaterThan(5_000)
    }, 600_000)
  })

  it('the guards of the access tables say what the oracle says, at every door', async () => {
    const began = Date.now()
    const network = makeNetwork(seedOfRun)
    await load(world, network.tables)
    const { engine, database, contextFor } = world.backbone
    const tally = new Map<string, { yes: number; no: number }>()
    /** The filter of a type's own list, where the field can be compared there. */
    const filterOn = (type: TypeModel, name: string): Function | undefined => {
      const list = rootNames().map(rootSpec).find((spec) => spec?.kind === 'page' && spec.to === type.entity)
      return list?.kind === 'page' && partsOf(list.paging.filter).has(name) ? list.paging.filter : undefined
    }
    const wrong: string[] = []
    const note = (name: string, expected: boolean, got: boolean, where: string) => {
      const cell = tally.get(name) ?? { yes: 0, no: 0 }
      cell[expected ? 'yes' : 'no']++
      tally.set(name, cell)
      if (expected !== got) wrong.push(`${name} ${where}: ${got}, the oracle says ${expected}`)
    }
    const judge = async (asker: Asker, viewer: Viewer, type: TypeModel, names: readonly string[]) => {
      const page = pages[type.name]!
      const planning = new Planning(engine.model, engine.policy, viewer, undefined as never)
      const row = engine.model.row(type, planning.aliases)
      const scope = engine.policy.scope(viewer, type.name)
      const sights = [glance(scope, row), glance(scope, row, true)]
      const columns: Predicate[] = [sql`${row.column('id')} as id`, sql`coalesce(${toSql(scope, row)}, false) as visible`, ...sights.map(({ test }, at) => sql`coalesce(${test}, false) as ${sql.id(`s${at}`)}`)]
      for (const [at, name] of names.entries()) {
        const filter = filterOn(type, name)
        const [every = {}, none = {}] = filter ? bounds(filter, name) : []
        const doors = {
          r: toSql(engine.policy.door(viewer, type.name, name, 'read'), row),
          ...(filter ? { f: filterSql(planning, row, every, filter, false), n: filterSql(planning, row, { not: none }, filter, false) } : {}),
          o: sql`${orderKeys(planning, row, [{ name, descending: false }])[0]!.expression} is not null`,
          h: sql`${row.column(name)} is not null`,
        }
        for (const [key, condition] of Object.entries(doors)) columns.push(sql`coalesce(${condition}, false) as ${sql.id(`${key}${at}`)}`)
      }
      const found = await database.read<Record<string, boolean | string>>(compile(sql`select ${sql.join(columns)} from ${row.from}`, viewer, today), engine.fence.settings(viewer, today))
      const byId = new Map(page.rows(network.snapshot).map((one) => [one.id, one]))
      expect(found.length).toBe(byId.size)
      const isJudged = engine.policy.scopes.get(type.name)!.rows.kind !== 'signedIn'
      for (const said of found) {
        const one = byId.get(said['id'] as string)!
        const where = `${asker.login} ${one.id}`
        for (const [at, { whole }] of sights.entries()) if (whole ? said[`s${at}`] !== said['visible'] : said[`s${at}`] && !said['visible']) wrong.push(`${type.name} at a glance ${where}: ${said[`s${at}`]}`)
        // A type that is there for everybody may hold fields that are not; its rows say no to nobody.
        if (isJudged) note(`${type.name} scope`, page.visible(asker, one).allowed, said['visible'] as boolean, where)
        for (const [at, name] of names.entries()) {
          const field = page.fields[name]!
          if (field.kind !== 'value' || !field.readable) throw new Error(`the page of ${type.name} says nothing of who reads ${name}`)
          const reads = field.readable(asker, one).allowed
          note(`${type.name}.${name} read`, reads, said[`r${at}`] as boolean, where)
          const may = (door: 'filter' | 'order') => reads && !field.never?.includes(door)
          if (filterOn(engine.model.type(type.name), name)) {
            note(`${type.name}.${name} filter`, may('filter'), said[`f${at}`] as boolean, where)
            note(`${type.name}.${name} negated filter`, may('filter'), said[`n${at}`] as boolean, where)
          }
          // An order key shows itself only where there is a value; behind the fence there is one for those alone who read it.
          if (said[`h${at}`]) note(`${type.name}.${name} order`, may('order'), said[`o${at}`] as boolean, where)
        }
      }
    }
    const guardedFields = (type: string) => Object.entries(pages[type]!.fields).flatMap(([name, field]) => (field.kind === 'value' && field.readable ? [name] : []))
    const guarded = Object.keys(pages).filter((type) => guardedFields(type).length > 0 || engine.policy.scopes.get(type)!.rows.kind !== 'signedIn')
    for (const asker of random(seedOfRun).some(network.viewers, isFull ? 200 : 28)) {
      const identity = asker.login.startsWith('service:') ? ({ kind: 'service', tokenHash: asker.login.slice(8) } as const) : ({ kind: 'person', issuer: 'test', subject: asker.login } as const)
      const { reads } = await contextFor({ identity, language: 'en', strict: false, requestId: 'a5', isRouter: false })
      for (const type of guarded) await judge(asker, reads.viewer, engine.model.type(type), guardedFields(type))
    }
    say(`A5 seed ${seedOfRun}, ${on}, guards of the access tables, ${Date.now() - began} ms:\n${[...tally].map(([name, { yes, no }]) => `  ${name}: yes ${yes}, no ${no}`).join('\n')}`)
    expect(wrong.slice(0, 5)).toEqual([])
    expect([...tally].filter(([name, { yes, no }]) => yes + no < (isFull ? 1_000 : 100) && !name.endsWith(' order')).map(([name]) => name)).toEqual([])
    // Identity is never filtered or ordered by, so only there nothing says yes.
    expect([...tally].filter(([name, { yes, no }]) => no === 0 || (yes === 0 && !/\.(nationalId|birthDate|partyMember) (filter|negated filter|order)$/.test(name))).map(([name]) => name).filter((name) => !/ (order)$/.test(name))).toEqual([])
  }, 600_000)
})

/** A filter that every value of the field meets where it may be read, and one that none meets. */
function bounds(filter: Function, name: string): [every: Record<string, unknown>, none: Record<string, unknown>] {
  const part = partsOf(filter).get(name)!
  if (part.kind !== 'compare') throw new Error(`${name} is not compared`)
  const operands: Record<string, unknown> = { 'boolean[]': true, 'integer[]': -1, 'numeric[]': '-0.01', 'date[]': '1000-01-01', 'timestamptz[]': '1000-01-01T00:00:00Z' }
  const operand = operands[part.by.array] ?? 'nobody'
  const [equal, other] = [{ [name]: { eq: operand } }, { [name]: { ne: operand } }]
  // A yes or no has no third value to compare with.
  return operand === true ? [{ or: [equal, other] }, { and: [equal, other] }] : [other, equal]
}
