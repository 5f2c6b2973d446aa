import { DocumentIssuer, documentNumberFault, PolicyDocument } from '../modules/units/index.js'
import { isWithin } from '../kernel/index.js'
import { choice, column, day, list, text } from './columns.js'
import { say } from './fault.js'
import { documentsByNumber, unitsByCode } from './references.js'
import { above, identify, parentsFirst, resolve, spec } from './spec.js'
import { grouped, load, Plan, table } from './stored.js'
import { documentKinds } from './terms.js'

const documents = table(PolicyDocument, { number: 'text', title: 'text', kind: 'text', issuedOn: 'day', supersedes: 'link' })
const issuers = table(DocumentIssuer, { document: 'link', unit: 'link' })

/** Policy documents and the units that issued them. An issuer that the file leaves out stays: an import adds and changes, it removes nothing. */
export const documentImport = spec({
  columns: {
    number: column(text(60), '发文文号 文号 文件号', { required: true }),
    title: column(text(), '文件名称 标题 名称', { required: true }),
    kind: column(choice(documentKinds), '类别 文件类别', { required: true }),
    issuers: column(list(text(60)), '发文单位', { required: true }),
    issuedOn: column(day, '发文时间 发文日期 印发日期', { required: true }),
    supersedes: column(list(text(60)), '替代文件 废止文件'),
  },
  key: ['number'],
  async plan(sheet, { run }) {
    const stored = await identify(run, sheet, documents, 'number')
    const units = await unitsByCode(run, sheet.rows.flatMap(({ values }) => values.issuers ?? []))
    const known = await documentsByNumber(run, sheet.rows.flatMap(({ values }) => values.supersedes ?? []))
    const issued = grouped(await load(run, issuers, `document_id = any($1::text[])`, [[...stored.values()].map(({ id }) => id)]), ({ document }) => document!)
    const replaced = new Map(
      sheet.good().map((row) => {
        const { number, issuedOn, supersedes } = row.values
        const fault = documentNumberFault(number, issuedOn)
        if (fault) row.refuse('number', say(`${number} ${fault.en}`, `${number} ${fault.zh}`))
        for (const code of row.values.issuers) {
          const unit = resolve(row, 'issuers', code, units, { en: 'unit', zh: '单位' })
          if (unit && !isWithin(issuedOn, unit.foundedOn, unit.endedOn)) row.refuse('issuers', say(`${code} does not exist on ${issuedOn}.`, `${code} 在 ${issuedOn} 不存在。`))
        }
        if (supersedes && supersedes.length > 1) row.refuse('supersedes', say('A document replaces one document at most.', '一份文件至多替代一份文件。'), say('Keep the main one.', '请只保留主要的一份。'))
        const old = above(sheet, row, 'supersedes', supersedes?.[0], known)
        const oldDay = old?.row ? old.row.values.issuedOn : old?.stored?.issuedOn
        if (oldDay && oldDay >= issuedOn) row.refuse('supersedes', say(`It can only replace a document issued before ${issuedOn}.`, `只能替代 ${issuedOn} 之前印发的文件。`))
        return [row, old] as const
      }),
    )
    sheet.settle()
    const main = new Plan(documents)
    const parts = new Plan(issuers)
    for (const row of parentsFirst(sheet.good(), (each) => [replaced.get(each)?.row])) {
      const { issuers: codes, supersedes, ...plain } = row.values
      main.put(row, stored.get(plain.number), { ...plain, supersedes: supersedes === undefined ? undefined : (replaced.get(row)?.id ?? null) }, row.id)
      for (const code of new Set(codes)) {
        const unit = units.get(code)!.id
        parts.put(row, issued.get(row.id)?.find((one) => one.unit === unit), { document: row.id, unit })
      }
    }
    return { main, plans: [main, parts] }
  },
})
