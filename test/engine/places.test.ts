import { beforeEach, describe, expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'

const world = useWorld()
let places: Record<'province' | 'one' | 'other' | 'office' | 'unit' | 'elsewhere' | 'initiative' | 'second' | 'task' | 'loose' | 'track' | 'looseTrack', { id: string }>

beforeEach(async () => {
  const { build } = world
  const { province, office } = await build.network()
  const one = await build.division({ parentId: province.id, code: '330100' })
  const other = await build.division({ parentId: province.id, code: '330200' })
  const unit = await build.unit({ divisionId: one.id })
  const elsewhere = await build.unit({ divisionId: other.id })
  const initiative = await build.initiative({ leadUnitId: unit.id, divisionId: one.id })
  const second = await build.initiative({ leadUnitId: elsewhere.id, divisionId: other.id })
  const task = await build.task({ issuingUnitId: office.id, initiativeId: initiative.id })
  const loose = await build.task({ issuingUnitId: unit.id, initiativeId: null })
  const track = await build.assignment({ taskId: task.id, unitId: elsewhere.id })
  const looseTrack = await build.assignment({ taskId: loose.id, unitId: elsewhere.id })
  places = { province, one, other, office, unit, elsewhere, initiative, second, task, loose, track, looseTrack }
})

const idOf = (name: keyof typeof places) => places[name].id
const change = (text: string, ...names: (keyof typeof places)[]) => world.sql(text, names.map(idOf))

/** The last code of each path, and which initiative the tracks name; and that no row of the database disagrees with what it copies. */
async function kept() {
  const paths = await world.sql<{ id: string; path: string; initiative: string | null }>(
    `select id, division_path as path, null as initiative from initiative union all select id, division_path, null from task union all select id, division_path, initiative_id from assignment`,
  )
  const wrong = await world.sql(`select i.id from initiative i join division d on d.id = i.division_id where i.division_path <> d.path
    union all select t.id from task t left join initiative i on i.id = t.initiative_id join unit u on u.id = t.issuing_unit_id where t.division_path <> coalesce(i.division_path, u.division_path)
    union all select a.id from assignment a join task t on t.id = a.task_id where a.division_path <> t.division_path or a.initiative_id is distinct from t.initiative_id`)
  expect(wrong).toEqual([])
  const of = (name: keyof typeof places) => paths.find(({ id }) => id === idOf(name))!
  const code = (name: keyof typeof places) => of(name).path.split('/').at(-2)
  return { initiative: code('initiative'), task: code('task'), loose: code('loose'), track: code('track'), looseTrack: code('looseTrack'), of: [of('track').initiative === idOf('initiative'), of('track').initiative === idOf('second')] }
}

const before = { initiative: '330100', task: '330100', loose: '330100', track: '330100', looseTrack: '330100', of: [true, false] }

describe('the places that rows know of themselves', () => {
  it('are those of what they belong to', async () => expect(await kept()).toEqual(before))

  it('follow an initiative to another division', async () => {
    await change('update initiative set division_id = $2 where id = $1', 'initiative', 'other')
    expect(await kept()).toEqual({ ...before, initiative: '330200', task: '330200', track: '330200' })
  })

  it('follow a unit to another division where there is no initiative', async () => {
    await change('update unit set division_id = $2 where id = $1', 'unit', 'other')
    expect(await kept()).toEqual({ ...before, loose: '330200', looseTrack: '330200' })
  })

  it('follow a task to another initiative, and to none', async () => {
    await change('update task set initiative_id = $2 where id = $1', 'task', 'second')
    expect(await kept()).toEqual({ ...before, task: '330200', track: '330200', of: [false, true] })
    await change('update task set initiative_id = null, issuing_unit_id = $2 where id = $1', 'task', 'unit')
    expect(await kept()).toEqual({ ...before, of: [false, false] })
  })

  it('follow a division that takes another code or stands below another, with all below it', async () => {
    await change(`update division set code = '330900' where id = $1`, 'one')
    expect(await kept()).toEqual({ initiative: '330900', task: '330900', loose: '330900', track: '330900', looseTrack: '330900', of: [true, false] })
    await change('update division set parent_id = $2 where id = $1', 'one', 'other')
    const [{ path }] = await world.sql<{ path: string }>('select division_path as path from assignment where id = $1', [idOf('track')]) as [{ path: string }]
    expect(path.endsWith('/330200/330900/')).toBe(true)
    await kept()
  })
})
