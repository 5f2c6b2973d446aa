import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { readEnvironment } from '../../src/environment.js'

const text = readFileSync('SECURITY.md', 'utf8')
const sections = text.split(/^## /m)
const rowsOf = (title: string) => sections.find((section) => section.startsWith(title))!.split('\n').filter((line) => line.startsWith('| ')).slice(1)

describe('SECURITY.md', () => {
  it('names no test that is not there', () => {
    const named = [...text.matchAll(/`(test\/[\w./-]+)`/g)].map(([, file]) => file!)
    expect(new Set(named).size).toBeGreaterThan(25)
    expect(named.filter((file) => !existsSync(file))).toEqual([])
  })

  it.each(['OWASP GraphQL Cheat Sheet', 'OWASP ASVS 5.0', 'GB/T 22239-2019'])('maps every row of %s to a test or a duty', (title) => {
    const rows = rowsOf(title)
    expect(rows.length).toBeGreaterThan(12)
    expect(rows.filter((row) => !/`test\/|Operator: /.test(row.split('|').at(-2)!))).toEqual([])
  })

  it('tells the settings as they are', () => {
    const { MAX_COST, BUDGET_PER_MINUTE, TRUSTED_DOCUMENTS_ONLY, TRUSTED_DOCUMENTS, BODY_LIMIT_BYTES, STATEMENT_TIMEOUT_MS } = readEnvironment({})
    expect([MAX_COST, BUDGET_PER_MINUTE, TRUSTED_DOCUMENTS_ONLY, TRUSTED_DOCUMENTS, BODY_LIMIT_BYTES, STATEMENT_TIMEOUT_MS]).toEqual([50_000, 3_000_000, false, 'schema/operations/manifest.json', 1_048_576, 15_000])
    for (const figure of ['| 50,000 ', '| 3,000,000 |', '| `false` |', '| `schema/operations/manifest.json` |', '| 1 MiB, 15 s |']) expect(text).toContain(figure)
  })
})
