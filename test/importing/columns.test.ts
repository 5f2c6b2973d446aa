import { describe, expect, it } from '@jest/globals'
import { CellFault, choice, column, datedList, day, flag, list, period, text, whole } from '../../src/importing/columns.js'
import { faultsAsCsv } from '../../src/importing/command.js'
import { imports } from '../../src/importing/import.js'
import { Layout } from '../../src/importing/layout.js'
import { Sheet } from '../../src/importing/sheet.js'
import * as terms from '../../src/importing/terms.js'

const reasonOf = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof CellFault) return error.reason.en
    throw error
  }
  return 'none'
}

describe('a cell', () => {
  it('holds a day in three ways of writing, full width included', () => {
    for (const cell of ['2026-11-06', '2026/11/6', '2026年11月6日', '２０２６／１１／６', '2026 年 11 月 6 日']) expect(day(cell)).toBe('2026-11-06')
    for (const cell of ['2026-02-30', '2026-13-01', '11/6/2026', '46332', '2026-11']) expect(reasonOf(() => day(cell))).toBe('This is no calendar day.')
  })

  it('holds yes or no', () => {
    expect(['是', 'TRUE', '1', ' yes '].map(flag)).toEqual([true, true, true, true])
    expect(['否', 'false', '0', 'No'].map(flag)).toEqual([false, false, false, false])
    expect(reasonOf(() => flag('也许'))).toBe('This says neither yes nor no.')
  })

  it('holds a value by its English name or a Chinese term', () => {
    const role = choice(terms.mandateRoles)
    expect(['RESPONSIBLE', 'responsible', '具体负责', '牵头抓总', '综合协调、牵头抓总'].map(role)).toEqual(['RESPONSIBLE', 'RESPONSIBLE', 'RESPONSIBLE', 'OVERALL_COORDINATION', 'OVERALL_COORDINATION'])
    expect(reasonOf(() => role('牵头'))).toBe('This is none of the known values.')
  })

  it('holds a whole number in range', () => {
    expect(['0', '100', '30%', '３０'].map(whole(0, 100))).toEqual([0, 100, 30, 30])
    for (const cell of ['101', '-1', '1.5', 'x', '']) expect(reasonOf(() => whole(0, 100)(cell))).toBe('This is no whole number in range.')
  })

  it('holds text without formula errors and control characters, counted in characters', () => {
    expect(text(2)('𠀀𠀀')).toBe('𠀀𠀀')
    expect(reasonOf(() => text(2)('abc'))).toBe('The text has 3 characters; at most 2 are kept.')
    expect(reasonOf(() => text()('#N/A'))).toBe('The cell holds an error of a formula.')
    expect(reasonOf(() => text()('a\u0000'))).toBe('The text holds a control character.')
    expect(text()('a\n\tb')).toBe('a\n\tb')
  })

  it('holds lists, periods and dated texts that hold the separator themselves', () => {
    expect(list(text())('a; b；c;')).toEqual(['a', 'b', 'c'])
    expect(period('2009-06-01..2014/5/1')).toEqual({ from: '2009-06-01', to: '2014-05-01' })
    expect(period('2009-06-01..')).toEqual({ from: '2009-06-01', to: null })
    expect(reasonOf(() => period('2009-06-01'))).toBe('"2009-06-01" is no period.')
    expect(datedList(text())('2026-01-05 资金到位；人员到位;2026-02-01 完成')).toEqual(['2026-01-05 资金到位；人员到位', '2026-02-01 完成'])
  })
})

const columns = { code: column(text(6), '区划代码 代码', { required: true }), name: column(text(), '名称', { required: true }), mobile: column(whole(0, 9), '手机', { personal: true }) }
const layout = (...header: string[]) => new Layout(columns, header, 1)

describe('a header', () => {
  it('is known in both languages, whatever case, spaces and marks it has', () => {
    for (const header of [['code', 'name'], ['CODE ', ' Name*'], ['代码', '名称'], ['\ufeff区划 代码', '名称＊']]) {
      expect(layout(...header).faults).toEqual([])
      expect(layout(...header).cell('name', ['1', ' x '])).toBe('x')
    }
  })

  it('is refused when unknown, naming the known ones in both languages', () => {
    const [fault] = layout('code', 'name', '备注').faults
    expect(fault).toMatchObject({ line: 1, column: '备注', value: '备注', reason: { en: 'The header is unknown.', zh: '表头无法识别。' } })
    expect(fault!.remedy).toEqual({ en: 'Known headers: code, name, mobile. Rename the column or delete it.', zh: '可用表头：区划代码、名称、手机。请改名或删除该列。' })
  })

  it('is refused when it comes twice or a required one is missing', () => {
    expect(layout('code', '代码', 'name').faults.map(({ column, reason }) => [column, reason.en])).toEqual([['代码', 'Two headers mean the column code.']])
    expect(layout('code').faults.map(({ column, reason }) => [column, reason.zh])).toEqual([['name', '缺少“名称”列。']])
  })
})

describe('a sheet', () => {
  const sheet = (...rows: string[][]) => new Sheet(layout('代码', 'name', 'mobile'), ['code'], { name: 'x.csv', sha256: '', headerLine: 1, header: [], rows: rows.map((cells, at) => ({ line: at + 2, cells })) })

  it('says null for an empty cell and nothing for a column that is not there', () => {
    const [row] = new Sheet(layout('code', 'name'), ['code'], { name: 'x.csv', sha256: '', headerLine: 1, header: [], rows: [{ line: 2, cells: ['1', 'a'] }] }).rows
    expect(row!.values).toEqual({ code: '1', name: 'a' })
    expect(sheet(['1', 'a']).rows[0]!.values).toEqual({ code: '1', name: 'a', mobile: null })
  })

  it('refuses empty required cells, too many cells and a key that comes twice', () => {
    const faults = sheet(['1', ''], ['2', 'b', '', 'x'], ['3', 'c'], ['3', 'd']).faults()
    expect(faults.map(({ line, column, reason }) => [line, column, reason.en])).toEqual([
      [2, 'name', 'The cell is empty.'],
      [3, '', 'The line has 4 cells, the header 3.'],
      [5, '代码', 'Line 4 says the same key already.'],
    ])
  })

  it('never shows a personal value', () => {
    const faults = sheet(['1', 'a', '15400000001']).faults()
    expect(faults).toHaveLength(1)
    expect(faults[0]!.value).toBe('***')
    expect(JSON.stringify(faults)).not.toContain('15400000001')
  })

  it('refuses what needs a refused row, however far, after the faults of the rows themselves', () => {
    const made = sheet(['1', 'a'], ['2', 'b'], ['3', ''])
    made.rows[0]!.needs(made.rows[1]!, 'code')
    made.rows[1]!.needs(made.rows[2]!, 'code')
    made.settle()
    expect(made.good()).toEqual([])
    expect(made.faults().map(({ line, reason }) => [line, reason.en])).toEqual([
      [4, 'The cell is empty.'],
      [2, 'It depends on line 3, which is refused.'],
      [3, 'It depends on line 4, which is refused.'],
    ])
  })
})

describe('what can be imported', () => {
  it('has no header that means two columns', () => {
    for (const spec of Object.values(imports)) {
      const names = Object.entries(spec.columns).flatMap(([key, { chinese }]) => [key.toLowerCase(), ...chinese])
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    }
  })

  it('has no term that means two values', () => {
    for (const [name, of] of Object.entries(terms)) {
      const found = Object.values<string>(of).flatMap((one) => one.split(' '))
      expect([name, found.filter((term, at) => found.indexOf(term) !== at)]).toEqual([name, []])
    }
  })
})

describe('faults as a file', () => {
  it('has a byte order mark and defused formulas', () => {
    const said = { en: 'Bad.', zh: '错误。' }
    expect(faultsAsCsv([{ line: 2, column: 'name', value: '=1+1', reason: said, remedy: said }], 'zh')).toBe(`\ufeff行号,列,值,问题,处理办法\r\n2,name,'=1+1,错误。,错误。\r\n`)
  })
})
