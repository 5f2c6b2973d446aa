import { expect, it } from '@jest/globals'
import { loadForReturn } from '../support/demo.js'
import { today, useWorld } from '../support/world.js'
import { independent } from './returns-sql.js'

const world = useWorld()

interface Answer {
  tables: { number: number; rows: { key: string; cells: { column: { key: string; kind: string }; value: string | null }[] }[] }[]
}
const document = `query ($divisionId: ID!, $year: Int!) { nationalReturn(divisionId: $divisionId, year: $year, form: "2019") { tables { number rows { key cells { column { key kind } value } } } } }`

// Pilots against poverty ended in 2020, and with them what the form of 2019 asks of them.
const asked = [
  { code: '330000', years: [2020, 2025, 2026] },
  { code: '330100', years: [2025] },
]

it('is, number by number of all seventeen tables, what SQL written by hand says of the demo network, and no column is empty', async () => {
  await loadForReturn(world)
  await world.sql(`select set_config('test.today', $1, false)`, [today])
  const wrong: unknown[] = []
  const counted = { figures: 0, checked: 0 }
  const filled = new Set<string>()
  const columns = new Set<string>()
  for (const { code, years } of asked) {
    const [division] = await world.sql<{ id: string; path: string }>('select id, path from division where code = $1', [code])
    for (const year of years) {
      const { data } = await world.as('coordinator').run<{ nationalReturn: Answer }>(document, { divisionId: division!.id, year })
      const day = year === 2026 ? today : `${year}-12-31`
      const told = new Map<string, string>()
      for (const { column, table, sql } of independent) {
        for (const { key, value } of await world.sql<{ key: string | null; value: string }>(`select key, value::text as value from (${sql}) z where $1::text is not null and $2::text is not null and $3::text is not null and $4::text is not null`, [division!.path, String(year), day, code])) told.set(`${table} ${column} ${key}`, value)
      }
      for (const { number, rows } of data.nationalReturn.tables) {
        for (const { key, cells } of rows) {
          for (const { column, value } of cells) {
            if (column.kind !== 'NUMBER' || value === null) continue
            const name = `${number} ${column.key}`
            columns.add(name)
            counted.figures++
            if (independent.some((one) => `${one.table} ${one.column}` === name)) counted.checked++
            if (Number(value) !== 0) filled.add(name)
            const expected = told.get(`${name} ${key}`) ?? '0'
            if (Number(value) !== Number(expected)) wrong.push({ code, year, name, key, value, expected })
          }
        }
      }
    }
  }
  console.log(`columns ${columns.size}, figures ${counted.figures}, checked by independent SQL ${counted.checked}`)
  expect(wrong).toEqual([])
  expect([...columns].filter((name) => !filled.has(name))).toEqual([])
  expect([...columns].sort()).toEqual(independent.map(({ table, column }) => `${table} ${column}`).sort())
  expect(counted.checked).toBe(counted.figures)
}, 240_000)
