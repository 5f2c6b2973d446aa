import { describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { csv, formats, ndjson, parquet, workbook, xlsx, type Column, type FormatName, type Row, type Table } from '../../src/formats/index.js'
import { headXml, xmlText } from '../../src/formats/sheet-xml.js'
import { arrayBufferOf, sheetsOf, whole } from '../support/written-file.js'

const columns: Column[] = [
  { name: 'id', labelZh: '编号', type: 'ID' },
  { name: 'note', labelZh: '备注', type: 'STRING' },
  { name: 'status', labelZh: '状态', type: 'ENUM', codes: [{ code: 'OPEN', labelZh: '在办' }] },
  { name: 'count', labelZh: '人次', type: 'INT', unit: '人次' },
  { name: 'amount', labelZh: '金额', type: 'DECIMAL', unit: '元' },
  { name: 'late', labelZh: '是否逾期', type: 'BOOLEAN' },
  { name: 'dueOn', labelZh: '时限', type: 'DAY' },
  { name: 'updatedAt', labelZh: '更新时间', type: 'INSTANT' },
]
const rows: Row[] = [
  ['asgn_1', '平安\n"社区", 一', 'OPEN', -3, '1234567890123.45', true, '2026-02-28', '2026-11-23T16:30:00.123456+00:00'],
  ['asgn_2', '', 'OPEN', 0, '-0.05', false, '1999-12-31', '2026-01-01T00:00:00+00:00'],
  ['asgn_3', null, null, null, null, null, null, null],
]

const sheetOf = async (bytes: Buffer) => (await sheetsOf(bytes))[0]!.data

describe('CSV', () => {
  it('has a byte order mark, one line per row, and tells no value from an empty text', async () => {
    const bytes = await whole(csv({ columns, pages: [rows] }))
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    expect(bytes.toString().slice(1)).toBe(
      'id,note,status,count,amount,late,dueOn,updatedAt\r\n' +
        'asgn_1,"平安\n""社区"", 一",OPEN,-3,1234567890123.45,true,2026-02-28,2026-11-23T16:30:00.123456+00:00\r\n' +
        'asgn_2,"",OPEN,0,-0.05,false,1999-12-31,2026-01-01T00:00:00+00:00\r\n' +
        'asgn_3,,,,,,,\r\n',
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '＠A', '=HYPERLINK("http://evil.example","x")'])('defuses %j', async (text) => {
    const bytes = await whole(csv({ columns: [columns[1]!], pages: [[[text]]] }))
    expect(parse(bytes, { bom: true, relax_quotes: false })).toEqual([['note'], [`'${text}`]])
  })

  it('says its heads in Chinese with their units where it is asked to', async () => {
    expect((await whole(csv({ columns: columns.slice(3), pages: [], heads: 'LABEL' }))).toString()).toBe('\uFEFF人次（人次）,金额（元）,是否逾期,时限,更新时间（北京时间）\r\n')
  })
})

it('NDJSON has one object per line, as the graph writes it', async () => {
  const lines = (await whole(ndjson({ columns, pages: [rows] }))).toString().trimEnd().split('\n')
  expect(lines.map((line) => Object.values(JSON.parse(line) as object))).toEqual(rows)
  expect(Object.keys(JSON.parse(lines[2]!) as object)).toEqual(columns.map(({ name }) => name))
})

describe('XLSX', () => {
  it('keeps the type of every value under Chinese heads', async () => {
    const [head, first, second, third] = await sheetOf(await whole(xlsx({ name: '承办', columns, pages: [rows] })))
    expect(head).toEqual(['编号', '备注', '状态', '人次（人次）', '金额（元）', '是否逾期', '时限', '更新时间（北京时间）'])
    expect(first).toEqual(['asgn_1', '平安\n"社区", 一', 'OPEN', -3, 1234567890123.45, true, new Date('2026-02-28'), expect.any(Date)])
    // A day's fraction in binary: the reader cuts what is a hair under the millisecond.
    expect(Math.abs((first![7] as Date).getTime() - Date.parse('2026-11-24T00:30:00.123Z'))).toBeLessThanOrEqual(1)
    expect(second!.slice(2)).toEqual(['OPEN', 0, -0.05, false, new Date('1999-12-31'), new Date('2026-01-01T08:00:00Z')])
    expect(third!.slice(1).every((cell) => cell === null)).toBe(true)
  })

  it('freezes the heads under the lines of a title', async () => {
    const sheet = { name: 'a/b:c?', columns, pages: [rows], title: ['表一', '单位：万元'] }
    const bytes = await whole(xlsx(sheet))
    const [{ sheet: name, data: read }] = (await sheetsOf(bytes)) as [{ sheet: string; data: unknown[][] }]
    expect(name).toBe('a b c')
    expect(read.slice(0, 2).map(([cell]) => cell)).toEqual(['表一', '单位：万元'])
    expect(read[2]![0]).toBe('编号')
    expect(headXml(columns, 'LABEL', sheet.title)).toContain('<pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>')
  })

  it('writes several sheets, and a long one on into the next', async () => {
    const numbers: Column[] = [{ name: 'n', labelZh: '数', type: 'INT' }]
    const page = (from: number, to: number): Row[] => Array.from({ length: to - from }, (_value, at) => [from + at])
    const bytes = await whole(workbook([{ name: '一', columns: numbers, pages: [page(0, 5), page(5, 9)] }, { name: '二', columns: numbers, pages: [] }], 4))
    expect((await sheetsOf(bytes)).map(({ sheet, data }) => [sheet, ...data.flat()])).toEqual([['一', '数', 0, 1, 2], ['一 (2)', '数', 3, 4, 5], ['一 (3)', '数', 6, 7, 8], ['二', '数']])
  })

  it('holds any text, as text', async () => {
    const texts = ['=1+1', '<b>&"', 'a\u0001b', '_x0041_', '\uD800', ' 前后 ', '😀']
    expect(texts.map(xmlText)).toEqual(['=1+1', '&lt;b&gt;&amp;&quot;', 'a_x0001_b', '_x005F_x0041_', '_xD800_', ' 前后 ', '😀'])
    const read = await sheetOf(await whole(xlsx({ name: 's', columns: [columns[1]!], pages: [[['=1+1'], ['<b>&"'], [' 前后 ']]] })))
    expect(read.slice(1).flat()).toEqual(['=1+1', '<b>&"', ' 前后 '])
  })

  it('keeps a decimal that a spreadsheet would round as text', async () => {
    const read = await sheetOf(await whole(xlsx({ name: 's', columns: [columns[4]!], pages: [[['1234567890123456.78'], ['0.10']]] })))
    expect(read.slice(1).flat()).toEqual(['1234567890123456.78', 0.1])
  })
})

describe('Parquet', () => {
  it('has typed columns', async () => {
    const file = arrayBufferOf(await whole(parquet({ columns, pages: [rows] })))
    const { schema, num_rows } = parquetMetadata(file)
    expect(num_rows).toBe(3n)
    expect(schema.slice(1).map(({ name, type, converted_type }) => [name, type, converted_type])).toEqual([
      ['id', 'BYTE_ARRAY', 'UTF8'], ['note', 'BYTE_ARRAY', 'UTF8'], ['status', 'BYTE_ARRAY', 'UTF8'], ['count', 'INT32', undefined],
      ['amount', 'INT64', 'DECIMAL'], ['late', 'BOOLEAN', undefined], ['dueOn', 'INT32', 'DATE'], ['updatedAt', 'INT64', 'TIMESTAMP_MICROS'],
    ])
    const [first, second, third] = (await parquetReadObjects({ file })) as Record<string, unknown>[]
    expect(first).toEqual({ id: 'asgn_1', note: '平安\n"社区", 一', status: 'OPEN', count: -3, amount: 1234567890123.45, late: true, dueOn: new Date('2026-02-28'), updatedAt: new Date('2026-11-23T16:30:00.123Z') })
    expect(second).toMatchObject({ note: '', amount: -0.05, late: false })
    expect(Object.values(third!).slice(1).every((value) => value === null || value === undefined)).toBe(true)
  })

  it('is a valid file without rows', async () => {
    const file = arrayBufferOf(await whole(parquet({ columns, pages: [] })))
    expect(parquetMetadata(file).num_rows).toBe(0n)
    expect(await parquetReadObjects({ file })).toEqual([])
  })

  it('refuses a decimal that its column cannot hold', async () => {
    await expect(whole(parquet({ columns: [columns[4]!], pages: [[['1.005']]] }))).rejects.toThrow('Column amount has 2 decimal places and cannot hold 1.005')
  })
})

describe.each(Object.keys(formats) as FormatName[])('%s', (name) => {
  const table = (pages: Table['pages']): Table => ({ columns, pages })

  it('asks for a page when what is before it was taken, and ends the pages with its reader', async () => {
    let asked = 0
    let isEnded = false
    async function* endless() {
      try {
        for (;;) {
          asked++
          yield Array.from({ length: 10_000 }, (_value, at): Row => [`asgn_${asked}_${at}`, 'x', 'OPEN', at, '1.00', true, '2026-01-01', '2026-01-01T00:00:00Z'])
          await new Promise((resolve) => setImmediate(resolve))
        }
      } finally {
        isEnded = true
      }
    }
    const written = formats[name].write(table(endless()), 'rows')
    for (let size = 0; size < 400_000; ) size += (await written.next() as { value: Uint8Array }).value.length
    const then = asked
    await new Promise((resolve) => setTimeout(resolve, 150))
    // Not more than what lies between the pages and a reader who has stopped to read.
    expect(asked - then).toBeLessThanOrEqual(2)
    await written.return()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isEnded).toBe(true)
    const atEnd = asked
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(asked).toBe(atEnd)
  })

  it('fails as its pages fail', async () => {
    async function* failing() {
      yield rows
      throw new Error('the rights are gone')
    }
    await expect(whole(formats[name].write(table(failing()), 'rows'))).rejects.toThrow('the rights are gone')
  })
})
