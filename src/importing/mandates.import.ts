import type { Run } from '../database.js'
import { overlaps } from '../kernel/index.js'
import { coversAll, Mandate, type MandateRole } from '../modules/units/index.js'
import { choice, column, day, text } from './columns.js'
import { say } from './fault.js'
import { documentsByNumber, unitsByCode, type UnitFound } from './references.js'
import type { FileRow } from './sheet.js'
import { resolve, spec } from './spec.js'
import { distinct, grouped, indexed, load, Plan, table } from './stored.js'
import { mandateRoles, mechanisms } from './terms.js'

const mandates = table(Mandate, { unit: 'link', division: 'link', mechanism: 'text', role: 'text', validFrom: 'day', validTo: 'day', basis: 'link' }, { property: 'validTo', to: 'valid_from', when: ['validTo'] })

/** A mandate as it will stand, from the file or only stored. */
interface Standing {
  row?: FileRow<unknown>
  unit: string
  division: string
  role: string
  mechanism: string | null
  from: string
  to: string | null
}

/** Mandates, judged together with those that stay: one coordinating unit a division on any day, and no unit twice in one role. */
export const mandateImport = spec({
  columns: {
    unit: column(text(60), '单位 单位代码', { required: true }),
    mechanism: column(choice(mechanisms), '机制'),
    role: column(choice(mandateRoles), '角色 职责角色', { required: true }),
    from: column(day, '起始日期 开始日期', { required: true }),
    to: column(day, '终止日期 结束日期'),
    basis: column(text(60), '依据文件 发文文号 文号', { required: true }),
  },
  key: ['unit', 'mechanism', 'role', 'from'],
  async plan(sheet, { run }) {
    const units = await unitsByCode(run, sheet.rows.map(({ values }) => values.unit))
    const bases = await documentsByNumber(run, sheet.rows.map(({ values }) => values.basis))
    const kept = await keptMandates(run, [...units.values()])
    const stored = indexed(kept, keyOf)
    const wanted = new Map<FileRow<unknown>, Standing>()
    for (const row of sheet.good()) {
      const { values } = row
      const unit = resolve(row, 'unit', values.unit, units, { en: 'unit', zh: '单位' })
      resolve(row, 'basis', values.basis, bases, { en: 'document', zh: '文件' })
      if (coversAll(values.role) !== !values.mechanism) row.refuse('mechanism', say('LEADERSHIP and OVERALL_COORDINATION cover all mechanisms and name none; other roles name one.', '领导与综合协调涵盖全部机制，不填机制；其他角色须填写机制。'))
      if (values.to && values.to <= values.from) row.refuse('to', say('The end must be later than the start.', '终止日期须晚于起始日期。'))
      if (!unit) continue
      if (values.from < unit.foundedOn || (unit.endedOn && values.from >= unit.endedOn)) row.refuse('from', say('The unit does not exist on that day.', '该单位在起始日期不存在。'))
      const standing: Standing = { row, unit: unit.id, division: unit.divisionId, role: values.role, mechanism: values.mechanism ?? null, from: values.from, to: values.to ?? null }
      const before = stored.get(keyOf({ ...standing, validFrom: values.from }))
      if (values.to === undefined && before) standing.to = before.validTo
      if (unit.endedOn && (!standing.to || standing.to > unit.endedOn)) row.refuse(sheet.has('to') ? 'to' : 'from', say(`The unit ends on ${unit.endedOn}; its mandate must end by then.`, `该单位于 ${unit.endedOn} 撤销，职责须在此之前终止。`))
      row.id = before?.id ?? row.id
      wanted.set(row, standing)
    }
    bindChains(sheet.rows, units)
    sheet.settle()
    const good = new Set<FileRow<unknown>>(sheet.good())
    const replaced = new Set([...good].map(({ id }) => id))
    checkTogether(
      [...[...wanted].filter(([row]) => good.has(row)).map(([, standing]) => standing), ...kept.filter(({ id }) => !replaced.has(id)).map(asStanding)],
      new Map([...units.values()].map((unit) => [unit.divisionId, unit])),
    )
    sheet.settle()
    const plan = new Plan(mandates)
    for (const row of sheet.good()) {
      const { unit, division, role, mechanism, from } = wanted.get(row)!
      plan.put(row, stored.get(keyOf({ unit, mechanism, role, validFrom: from })), { unit, division, role, mechanism, validFrom: from, validTo: row.values.to, basis: bases.get(row.values.basis)!.id })
    }
    return { main: plan, plans: [plan] }
  },
})

const keyOf = ({ unit, mechanism, role, validFrom }: { unit: string | null; mechanism: string | null; role: string | null; validFrom: string | null }): string => `${unit} ${mechanism ?? ''} ${role} ${validFrom}`

const keptMandates = (run: Run, units: readonly UnitFound[]) =>
  load(run, mandates, `unit_id = any($1::text[]) or (role = 'OVERALL_COORDINATION' and division_id = any($2::text[]))`, [units.map(({ id }) => id), distinct(units.map(({ divisionId }) => divisionId))])

const asStanding = (one: Awaited<ReturnType<typeof keptMandates>>[number]): Standing => ({ unit: one.unit!, division: one.division!, role: one.role!, mechanism: one.mechanism, from: one.validFrom!, to: one.validTo })

/** Coordination of a division is one chain: without one of its links the others would leave a gap. */
function bindChains(rows: readonly FileRow<{ unit: string; role: MandateRole }>[], units: ReadonlyMap<string, UnitFound>): void {
  const links = rows.filter(({ values }) => (values.role === undefined || values.role === 'OVERALL_COORDINATION') && units.has(values.unit))
  for (const chain of grouped(links, ({ values }) => units.get(values.unit)!.divisionId).values()) {
    for (const [at, row] of chain.entries()) if (chain.length > 1 && row.values.role) row.needs(chain[(at + 1) % chain.length]!, 'from')
  }
}

const until = ({ from, to }: Standing) => `${from}..${to ?? ''}`
const byStart = (one: Standing, other: Standing) => (one.from < other.from ? -1 : 1)

function checkTogether(all: readonly Standing[], divisions: ReadonlyMap<string, UnitFound>): void {
  for (const group of grouped(all, ({ unit, mechanism, role }) => `${unit} ${mechanism ?? ''} ${role}`).values()) {
    neighbours(group, (one, next) => {
      if (overlaps(one.from, one.to, next.from, next.to)) refuse(one, next, say(`The unit already holds this role: ${until(next.row ? one : next)}.`, `期间内该单位已有相同职责：${until(next.row ? one : next)}。`))
    })
  }
  for (const [division, chain] of grouped(all.filter(({ role }) => role === 'OVERALL_COORDINATION'), (one) => one.division)) {
    neighbours(chain, (one, next) => {
      if (one.unit !== next.unit && overlaps(one.from, one.to, next.from, next.to)) refuse(one, next, say(`Another unit coordinates the division: ${until(next.row ? one : next)}.`, `期间内另有单位综合协调该区划：${until(next.row ? one : next)}。`))
      else if (one.to && one.to < next.from) refuse(one, next, say(`Nobody coordinates the division from ${one.to} to ${next.from}.`, `${one.to} 至 ${next.from} 该区划无综合协调单位。`))
    })
    const last = chain.toSorted(byStart).at(-1)!
    const ended = divisions.get(division)?.divisionEndedOn
    if (last.to && (!ended || ended > last.to)) last.row?.refuse('to', say(`Nobody coordinates the division from ${last.to} on.`, `自 ${last.to} 起该区划无综合协调单位。`), say('Add the mandate of the unit that takes over.', '请补充承接单位的职责。'))
  }
}

function neighbours(group: readonly Standing[], see: (one: Standing, next: Standing) => void): void {
  const sorted = group.toSorted(byStart)
  for (let at = 1; at < sorted.length; at++) see(sorted[at - 1]!, sorted[at]!)
}

function refuse(one: Standing, next: Standing, reason: ReturnType<typeof say>): void {
  ;(next.row ?? one.row)?.refuse('from', reason, say('Let one mandate begin on the day the other ends.', '请让后一职责自前一职责终止之日起始。'))
}
