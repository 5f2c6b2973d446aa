import { checkPlace, Division } from '../modules/divisions/index.js'
import { choice, column, day, text } from './columns.js'
import { say } from './fault.js'
import { divisionsByCode } from './references.js'
import { above, identify, parentsFirst, spec } from './spec.js'
import { Plan, table } from './stored.js'
import { divisionLevels } from './terms.js'

const divisions = table(Division, { code: 'text', name: 'text', level: 'text', parent: 'link', revision: 'text', endedOn: 'day' })

const digits = { shape: /^(\d{6}|\d{9}|\d{12})$/, said: say('A division code has 6, 9 or 12 digits.', '区划代码须为 6、9 或 12 位数字。') }

/** Divisions, communities included. A code keeps its level for ever: what stands at another level is another division. */
export const divisionImport = spec({
  columns: {
    code: column(text(12, digits), '区划代码 代码 行政区划代码 统计用区划代码', { required: true }),
    name: column(text(), '名称 区划名称', { required: true }),
    level: column(choice(divisionLevels), '级别 层级 行政级别', { required: true }),
    parent: column(text(12, digits), '上级区划 上级区划代码 上级代码 上级'),
    revision: column(text(20), '代码版本 版本'),
    endedOn: column(day, '撤销日期'),
  },
  key: ['code'],
  async plan(sheet, { run }) {
    const stored = await identify(run, sheet, divisions, 'code')
    const known = await divisionsByCode(run, sheet.rows.map(({ values }) => values.parent))
    const parents = new Map(
      sheet.good().map((row) => {
        const { code, level, parent } = row.values
        const before = stored.get(code)
        const found = above(sheet, row, 'parent', parent, known)
        if (before && before.level !== level) row.refuse('level', say(`The division ${code} is stored as ${before.level}.`, `区划 ${code} 已登记为 ${before.level}。`), say('Keep the level, or use the code of the new division.', '请保留原级别，或使用新区划的代码。'))
        const isKept = parent === undefined && before !== undefined
        // Of a refused parent not even the level is sure; the row falls with it anyway.
        const isOpen = found?.row && !found.row.isGood
        if (row.isGood && !isKept && !isOpen) row.meets('parent', () => checkPlace(code, level, found ? { level: found.row?.values.level ?? found.stored!.level } : null))
        return [row, found] as const
      }),
    )
    sheet.settle()
    const plan = new Plan(divisions)
    for (const row of parentsFirst(sheet.good(), (each) => [parents.get(each)?.row])) {
      const { values } = row
      const parent = sheet.has('parent') ? (parents.get(row)?.id ?? null) : undefined
      plan.put(row, stored.get(values.code), { ...values, parent }, row.id)
    }
    return { main: plan, plans: [plan] }
  },
})
