import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import iconv from 'iconv-lite'
import writeXlsx from 'write-excel-file/node'
import { plainNumber, readTable, TableFileError } from '../../src/importing/table-file.js'
import { temporaryFolder } from '../support/world.js'

const folder = temporaryFolder()
const csv = (text: string | Buffer) => readTable({ name: 'units.csv', bytes: Buffer.from(text as string) })
const faultOf = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TableFileError)
  return error as TableFileError
}

describe('a CSV file', () => {
  it('gives header and rows with the lines of an editor', async () => {
    const { header, rows, headerLine } = await csv('code,name\n1,"two\nlines"\n\n , \n2,"a ""b"""\n')
    expect({ header, headerLine }).toEqual({ header: ['code', 'name'], headerLine: 1 })
    expect(rows).toEqual([
      { line: 2, cells: ['1', 'two\nlines'] },
      { line: 6, cells: ['2', 'a "b"'] },
    ])
  })

  it('counts lines alike whatever ends them', async () => {
    for (const end of ['\n', '\r\n', '\r']) expect((await csv(['code', '1', '', '2'].join(end))).rows.map(({ line }) => line)).toEqual([2, 4])
  })

  it('drops the byte order mark and the empty columns that Excel leaves', async () => {
    const { header, rows } = await csv('\ufeff code ,name,,\n1,x,,\n2,,,\n')
    expect(header).toEqual(['code', 'name'])
    expect(rows.map(({ cells }) => cells)).toEqual([['1', 'x'], ['2']])
  })

  it('is read as GBK or GB 18030 where it is not UTF-8', async () => {
    for (const encoding of ['utf-8', 'gbk', 'gb18030']) expect((await csv(iconv.encode('代码,名称\n1,浙江省\n', encoding))).rows).toEqual([{ line: 2, cells: ['1', '浙江省'] }])
    expect((await csv(iconv.encode('code,name\n1,㐀𠀀\n', 'gb18030'))).rows[0]!.cells).toEqual(['1', '㐀𠀀'])
  })

  it('names the line of bytes that are neither', async () => {
    const fault = await faultOf(csv(Buffer.from([0x61, 0x0a, 0x62, 0xff, 0xff])))
    expect(fault.line).toBe(2)
    expect(fault.message).toContain('neither UTF-8 nor GB 18030')
  })

  it('names the line of a broken quote', async () => {
    expect((await faultOf(csv('a,b\n1,2\n3,"x\n4,5\n6,7\n'))).line).toBe(3)
    expect((await faultOf(csv('a,b\n1,x"y\n'))).line).toBe(2)
    expect((await faultOf(csv('a,b\n1,2\n1,"x"y\n'))).line).toBe(3)
  })

  it('is refused when empty', async () => {
    for (const text of ['', '\n\n', '\ufeff', ' , ,\n']) expect((await faultOf(csv(text))).message).toContain('The file is empty')
  })
})

describe('an Excel file', () => {
  const sheet = async (rows: unknown[][]) => readTable({ name: 'people.XLSX', bytes: await writeXlsx(rows as never).toBuffer() })

  it('gives dates as days, numbers as digits, and the row numbers of Excel', async () => {
    const { header, rows } = await sheet([
      [{ value: 'code' }, { value: 'from' }, { value: 'ok' }],
      [],
      [{ value: 330106005001, type: Number }, { value: new Date('2026-11-16T00:00:00Z'), type: Date, format: 'yyyy/mm/dd' }, { value: true, type: Boolean }],
      [{ value: '0571', type: String }, null, { value: 'a\r\nb', type: String }],
    ])
    expect(header).toEqual(['code', 'from', 'ok'])
    expect(rows).toEqual([
      { line: 3, cells: ['330106005001', '2026-11-16', 'true'] },
      { line: 4, cells: ['0571', '', 'a\nb'] },
    ])
  })

  it('is refused when it is something else under this name', async () => {
    expect((await faultOf(readTable({ name: 'x.xlsx', bytes: Buffer.from('code,name\n') }))).message).toContain('no readable Excel workbook')
  })

  it('writes numbers as the cell shows them', () => {
    const written = { '15400000001': '15400000001', '1.5E+21': '1500000000000000000000', '9.9999919900806E+17': '999999199008060000', '0.1': '0.1', '0.30000000000000004': '0.3', '-2.50': '-2.5', '1E-7': '0.0000001', '0': '0', '-3': '-3', '100': '100' }
    expect(Object.fromEntries(Object.keys(written).map((text) => [text, plainNumber(text)]))).toEqual(written)
  })
})

describe('a file', () => {
  it('is known by the hash of its bytes', async () => {
    const path = join(await folder, 'x.csv')
    await writeFile(path, 'a\n1\n')
    expect(await readTable(path)).toMatchObject({ name: 'x.csv', sha256: '309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc' })
  })

  it('has no line in its fault when it is not the right file', async () => {
    for (const path of ['list.txt', 'list', join(await folder, 'missing.csv')]) expect((await faultOf(readTable(path))).line).toBeUndefined()
    expect((await faultOf(readTable('list.txt'))).said.zh).toBe('list.txt 不是 .csv 或 .xlsx 文件，请另存为其中一种格式。')
  })
})
