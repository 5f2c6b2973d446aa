import { register } from '../../engine/index.js'
import { Given, Problem } from '../../kernel/index.js'
import { PolicyDocument } from '../../modules/units/index.js'
import { layoutOf, type LayoutColumn } from './layout.js'
import { ReturnForm } from './return.entity.js'

const year = (says: string, options = {}) => [Given.whole, says, { min: 2000, max: 2100, ...options }] as const

export const forms = register(ReturnForm, {
  name: 'returnForm', what: 'a version of the national return (报表表式)', once: ['key'],
  attributes: {
    key: [Given.text, 'Key, such as `2019` (表式代码).', { max: 40, isFixed: true }],
    titleZh: [Given.text, 'Title (表式名称).'],
    firstYear: year('First year that it is filled in for (起用年份).', { isFixed: true }),
    lastYear: year('Last year that it is filled in for (停用年份).', { clearable: true }),
    layout: [Given.text, 'Tables, columns and checks, as JSON (表式内容).', { max: 60_000, isFixed: true }],
    basisId: [Given.id, 'Document that it rests on (依据文件).', { to: PolicyDocument, clearable: true }],
  },
  check: (_work, { firstYear, lastYear, layout }) => {
    if (lastYear && lastYear < firstYear) throw new Problem('OUT_OF_RANGE', 'input.lastYear', { en: 'The last year is not before the first.', zh: '停用年份不得早于起用年份。' })
    layoutOf(layout)
  },
})

/** The form must be in use in the year. */
export function checkYear({ firstYear, lastYear, key }: ReturnForm, year: number): void {
  if (year >= firstYear && (!lastYear || year <= lastYear)) return
  throw new Problem('OUT_OF_RANGE', 'input.year', { en: `The form ${key} is filled in for ${firstYear} to ${lastYear ?? '…'}.`, zh: `表式 ${key} 适用于 ${firstYear} 年至 ${lastYear ?? '…'} 年。` })
}

/** The column of a form whose text is collected. */
export function collectedColumn(form: ReturnForm, tableNumber: number, key: string): LayoutColumn {
  const found = layoutOf(form.layout).tables.find(({ number }) => number === tableNumber)?.columns.find((column) => column.key === key)
  if (!found?.isCollected) throw new Problem('OUT_OF_RANGE', 'input.columnKey', { en: `Table ${tableNumber} of the form has no column ${key} whose text is collected.`, zh: `该表式的表${tableNumber}没有需填报文字材料的栏目 ${key}。` })
  return found
}

