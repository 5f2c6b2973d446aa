import { Problem } from '../kernel/index.js'
import { layoutOf, ReturnForm } from '../reporting/returns/index.js'
import { attributesImport, documents, link, plain } from './attributes.js'
import { CellFault, text, whole, type Parse } from './columns.js'
import { say } from './fault.js'

const required = { required: true }

/** A layout is kept to the letter, once it is one: its heads are what the form prints, full-width signs included. */
const layout: Parse<string> = (cell) => {
  const kept = text(60_000)(cell)
  try {
    layoutOf(kept)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new CellFault(error.said, say('Correct the layout.', '请更正表式内容。'))
  }
  return kept
}

const formImport = attributesImport({
  entity: ReturnForm, key: ['key'], within: 'key',
  attributes: {
    key: plain('text', text(40), '表式代码', required), titleZh: plain('text', text(), '表式名称', required), firstYear: plain('whole', whole(2000, 2100), '起用年份', required), lastYear: plain('whole', whole(2000, 2100), '停用年份'),
    layout: plain('text', layout, '表式内容', required), basis: link(documents, '依据文件 发文文号'),
  },
  check: (row, told) => {
    if (told['lastYear'] && (told['lastYear'] as number) < (told['firstYear'] as number)) row.refuse('lastYear', say('The last year is not before the first.', '停用年份不得早于起用年份。'))
  },
})

/** File types of the national return. */
export const returnImports = { 'return-forms': formImport } as const
