import { describe, expect, it } from '@jest/globals'
import { isObjectType } from 'graphql'
import { returnSources } from '../../src/modules/activity/index.js'
import { modules } from '../../src/schema.js'
import { useWorld } from '../support/world.js'

const world = useWorld()

describe('the sources of the national return', () => {
  it('cover all seventeen tables, each column once', () => {
    expect([...new Set(returnSources.map(({ table }) => table))]).toEqual(Array.from({ length: 17 }, (_none, at) => at + 1))
    const columns = returnSources.map(({ table, column }) => `${table} ${column}`)
    expect(columns.filter((one, at) => columns.indexOf(one) !== at)).toEqual([])
    // Columns a table of the 2019 form, without the one that names the row.
    const counts = Array.from({ length: 17 }, (_none, at) => returnSources.filter(({ table }) => table === at + 1).length)
    expect(counts).toEqual([4, 2, 4, 2, 3, 4, 4, 4, 6, 4, 6, 3, 4, 3, 4, 3, 5])
  })

  it('are fields of the graph, and rows of modules that there are', () => {
    const missing = returnSources.flatMap(({ from }) => from).filter((path) => {
      const [type, field] = path.split('.') as [string, string]
      const found = world.backbone.schema.getType(type)
      return !isObjectType(found) || !found.getFields()[field]
    })
    expect(missing).toEqual([])
    expect(returnSources.map(({ module }) => module).filter((name) => !modules.some((one) => one.name === name))).toEqual([])
  })
})
