import { beforeEach, describe, expect, it } from '@jest/globals'
import { useWorld } from '../support/world.js'

const world = useWorld()
const ask = (more = '') => world.as('coordinator').run(`{ policyDocuments(filter: { title: { startsWith: "数" } }) { totalCount isTotalCountExact ${more} } }`)

beforeEach(() => world.build.network())

const documents = (from: number, to: number) =>
  world.sql(`insert into policy_document (id, number, title, kind, issued_on) select 'doc_' || lpad(n::text, 26, '0'), '示数〔2008〕' || n || '号', '数' || n, 'SOCIAL_WORK', '2008-01-01' from generate_series($1::int, $2::int) n`, [from, to])

describe('counts', () => {
  it('are exact up to 1,000, and say so', async () => {
    expect((await ask()).data.policyDocuments).toEqual({ totalCount: 0, isTotalCountExact: true })
    await documents(1, 1_000)
    expect((await ask()).data.policyDocuments).toEqual({ totalCount: 1_000, isTotalCountExact: true })
  })

  it('stop at 1,000, and say that too', async () => {
    await documents(1, 1_001)
    expect((await ask()).data.policyDocuments).toEqual({ totalCount: 1_000, isTotalCountExact: false })
    const { data } = await ask('nodes { title }')
    expect({ ...data.policyDocuments, nodes: data.policyDocuments.nodes.length }).toEqual({ totalCount: 1_000, isTotalCountExact: false, nodes: 50 })
  })
})
