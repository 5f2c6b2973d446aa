import { beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { sql } from 'kysely'
import { all, any, can, condition, describe as tell, everyRole, fold, never, open, permissions, self, signedIn, toSql, viewerOf, viewerSql, visible, type Guard, type Permission, type Post, type Standing, type Viewer } from '../../src/access/index.js'
import { compile } from '../../src/engine/index.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()

interface UnitRow {
  id: string
  line_path: string
  division_path: string
}
let units: UnitRow[]
let people: { id: string }[]

beforeEach(async () => {
  const { build } = world
  const province = await build.division({ code: '330000' })
  const county = await build.division({ code: '330100', parentId: province.id })
  const other = await build.division({ code: '340000' })
  const top = await build.unit({ divisionId: province.id })
  const middle = await build.unit({ divisionId: county.id, lineParentId: top.id })
  const low = await build.unit({ divisionId: county.id, lineParentId: middle.id })
  const apart = await build.unit({ divisionId: other.id })
  for (const unit of [top, middle, low, apart]) await build.person({ unit: unit.id, name: `甲${unit.code}` })
  await build.person({ name: '无单位' })
  await build.person({ unit: low.id, name: '乙' })
  units = await world.sql<UnitRow>('select id, line_path, division_path from unit order by id')
  people = await world.sql<{ id: string }>('select id from person order by id')
})

const words = Object.keys(permissions) as Permission[]
const leaf: fc.Arbitrary<Guard> = fc.oneof(
  fc.constantFrom<Guard>(open, never, signedIn, self('id'), visible('Person', 'id')),
  fc.constantFrom(...words).map((word): Guard => can(word)),
  fc.tuple(fc.constantFrom(...words), fc.constantFrom('ownUnit', 'inUnit', 'inDivisionOfUnit' as const)).map(([word, how]) => can(word)[how as 'ownUnit']('unitId')),
  fc.option(fc.subarray([...everyRole], { minLength: 1 })).map((roles): Guard => condition({ sentence: { en: 'the name begins with 甲', zh: '姓甲' }, columns: ['name'], ...(roles ? { roles } : {}), sql: (row) => sql`${row.column('name')} like '甲%'` })),
)
const { guard: anyGuard } = fc.letrec<{ guard: Guard }>((tie) => ({
  guard: fc.oneof({ depthSize: 'small', withCrossShrink: true }, { weight: 3, arbitrary: leaf }, { weight: 1, arbitrary: fc.array(tie('guard'), { minLength: 1, maxLength: 3 }).map((of) => any(...of)) }, { weight: 1, arbitrary: fc.array(tie('guard'), { minLength: 1, maxLength: 3 }).map((of) => all(...of)) }),
}))

const anyViewer: fc.Arbitrary<{ kind: Viewer['kind']; person: number; posts: [Standing, number][] }> = fc.record({
  kind: fc.constantFrom('anonymous', 'person', 'person', 'person', 'service'),
  person: fc.nat(5),
  posts: fc.array(fc.tuple(fc.constantFrom(...everyRole, 'LEADERSHIP_DIRECTOR' as const), fc.nat(3)), { maxLength: 3 }),
})
function made({ kind, person, posts }: { kind: Viewer['kind']; person: number; posts: [Standing, number][] }): Viewer {
  const held = posts.map(([role, at]): Post => ({ role, unitId: units[at]!.id, linePath: units[at]!.line_path, divisionPath: units[at]!.division_path }))
  if (kind === 'anonymous') return viewerOf(kind, {}, [])
  return viewerOf(kind, kind === 'person' ? { personId: people[person]!.id } : { tokenId: 'stok_x' }, held)
}

/** Verdicts of many guards on every person, in one statement. */
async function verdicts(guards: readonly Guard[], viewer: Viewer): Promise<boolean[][]> {
  const { engine, database } = world.backbone
  const aliases = { count: 0, next: () => `t${aliases.count++}` }
  const row = engine.model.row(engine.model.type('Person'), aliases as never)
  const columns = guards.map((guard, at) => sql`coalesce(${toSql(guard, row)}, false) as ${sql.id(`g${at}`)}`)
  const rows = await database.read<Record<string, boolean>>(compile(sql`select ${sql.join(columns)} from ${row.from} order by ${row.column('id')}`, viewer, today))
  return guards.map((_guard, at) => rows.map((found) => found[`g${at}`]!))
}

describe('a guard', () => {
  it('whose every part is decided by the row says the same unfolded: folding is no rule of its own', async () => {
    const placed = fc.tuple(fc.constantFrom(...words), fc.constantFrom('ownUnit', 'inUnit', 'inDivisionOfUnit')).map(([word, how]) => can(word)[how as 'ownUnit']('unitId'))
    const byRow: fc.Arbitrary<Guard> = fc.oneof(placed, fc.constant(self('id')), fc.array(placed, { minLength: 1, maxLength: 3 }).map((of) => any(...of)), fc.array(placed, { minLength: 1, maxLength: 2 }).map((of) => all(any(...of), self('id'))))
    await fc.assert(
      fc.asyncProperty(fc.array(byRow, { minLength: 20, maxLength: 20 }), anyViewer, async (guards, about) => {
        const viewer = made(about)
        const folded = guards.map((guard) => fold(guard, viewer, () => never))
        expect(await verdicts(folded, viewer)).toEqual(await verdicts(guards, viewer))
      }),
      { numRuns: 25 },
    )
  }, 60_000)

  it('folds by kind and roles alone, so that what is kept for one viewer serves the next', () => {
    fc.assert(
      fc.property(anyGuard, anyViewer, fc.nat(5), fc.nat(3), (guard, about, person, unit) => {
        const next = { ...about, person, posts: about.posts.map(([role]): [Standing, number] => [role, unit]) }
        const [one, other] = [made(about), made(next)]
        expect(other.kindKey).toBe(one.kindKey)
        expect(fold(guard, other, () => open)).toEqual(fold(guard, one, () => open))
      }),
    )
  })

  it('folded again stays as it is, and open and never are all that is left of what the viewer decides', () => {
    fc.assert(
      fc.property(anyGuard, anyViewer, (guard, about) => {
        const viewer = made(about)
        const once = fold(guard, viewer, () => open)
        expect(fold(once, viewer, () => open)).toEqual(once)
        const inside = (of: Guard): Guard[] => (of.kind === 'any' || of.kind === 'all' ? of.of.flatMap((part) => [part, ...inside(part)]) : [])
        expect(inside(once).filter(({ kind }) => kind === 'open' || kind === 'never' || kind === 'signedIn')).toEqual([])
      }),
    )
  })

  it('is told as a sentence in both languages', () => {
    fc.assert(
      fc.property(anyGuard, (guard) => {
        const { en, zh } = tell(guard)
        expect(en.trim().length).toBeGreaterThan(0)
        expect(zh.trim().length).toBeGreaterThan(0)
        expect(`${en}${zh}`).not.toMatch(/undefined|\[object/)
      }),
    )
    expect(tell(any(self('id'), can('person:readIdentity').ownUnit('unitId')))).toEqual({ en: 'the person concerned; or HR_OFFICER in the unit of `unit`', zh: '本人；或 在`unit`本单位任 HR_OFFICER 者' })
  })
})

describe('values of the viewer', () => {
  it('are one slot wherever the same roles are meant, in whatever order they are written', async () => {
    const posts: Post[] = [{ role: 'CLERK', unitId: units[1]!.id, linePath: units[1]!.line_path, divisionPath: units[1]!.division_path }]
    const viewer = viewerOf('person', { personId: people[0]!.id }, posts)
    const [one, other] = [compile(sql`select ${viewerSql.units(['CLERK', 'DIRECTOR'])} as x`, viewer, today), compile(sql`select ${viewerSql.units(['DIRECTOR', 'CLERK'])} as x`, viewer, today)]
    expect(one.text).toBe(other.text)
    expect(one.values).toEqual([[units[1]!.id]])
    expect(compile(sql`select ${viewerSql.units(['AUDITOR'])} as x`, viewer, today).values).toEqual([[]])
    expect(await world.backbone.database.read(compile(sql`select ${viewerSql.today} as day, ${viewerSql.person} as person, ${viewerSql.above(['CLERK'])} as above`, viewer, today))).toEqual([{ day: today, person: people[0]!.id, above: [units[0]!.id] }])
  })

  it('are bound and never written into the text', () => {
    const viewer = viewerOf('person', { personId: `x'; drop table person; --` }, [])
    const statement = compile(sql`select ${viewerSql.person} as x`, viewer, today)
    expect(statement.text).toBe('select cast($1 as text) as x')
    expect(statement.values).toEqual([`x'; drop table person; --`])
  })
})
