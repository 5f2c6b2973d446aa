import { isWithin } from '../kernel/index.js'
import { Initiative, InitiativeUpdate, Milestone, Participation, type Health } from '../modules/initiatives/index.js'
import { initiativeLifecycle } from '../modules/initiatives/index.js'
import { settledTasks } from '../modules/tasks/index.js'
import type { MandateRole } from '../modules/units/index.js'
import { choice, column, datedList, day, list, parts, text, whole } from './columns.js'
import { say } from './fault.js'
import { divisionsByCode, documentsByNumber, initiativesByCode, unitsByCode } from './references.js'
import { above, identify, parentsFirst, refuseCycles, resolve, spec } from './spec.js'
import { grouped, load, pair, Plan, table } from './stored.js'
import { healths, initiativeStatuses, mandateRoles, mechanisms, visibilities } from './terms.js'

const initiatives = table(Initiative, {
  code: 'text', title: 'text', summary: 'text', mechanisms: 'texts', division: 'link', visibility: 'text', startsOn: 'day', endsOn: 'day', status: 'text', leadUnit: 'link',
  parent: 'link', document: 'link', updateEveryDays: 'whole',
})
const participations = table(Participation, { initiative: 'link', unit: 'link', role: 'text' })
const milestones = table(Milestone, { initiative: 'link', dueOn: 'day', title: 'text' })
const updates = table(InitiativeUpdate, { initiative: 'link', reportedOn: 'day', health: 'text', text: 'text' })

const participant = (cell: string): { unit: string; role: MandateRole } => {
  const [unit, roleText] = parts(cell, 2, say('330000-FINANCE COOPERATING', '330000-FINANCE 密切配合')) as [string, string]
  return { unit: text(60)(unit), role: choice(mandateRoles)(roleText) }
}
const milestone = (cell: string): { dueOn: string; title: string } => {
  const [dueOn, title] = parts(cell, 2, say('2026-12-01 Training done', '2026-12-01 人员培训完成')) as [string, string]
  return { dueOn: day(dueOn), title: text()(title) }
}
const report = (cell: string): { reportedOn: string; health: Health; text: string } => {
  const [reportedOn, health, told] = parts(cell, 3, say('2026-09-10 ON_TRACK Contracts are signed', '2026-09-10 正常 合同已签订')) as [string, string, string]
  return { reportedOn: day(reportedOn), health: choice(healths)(health), text: text(4000)(told) }
}

/** Initiatives with their participants, milestones and updates. What the file leaves out of these stays. */
export const initiativeImport = spec({
  columns: {
    code: column(text(40), '编号 行动编号', { required: true }),
    title: column(text(), '名称 行动名称', { required: true }),
    summary: column(text(4000), '概述 简介'),
    mechanisms: column(list(choice(mechanisms)), '机制', { required: true }),
    division: column(text(12), '所属区划 区划代码', { required: true }),
    visibility: column(choice(visibilities), '可见范围', { required: true }),
    startsOn: column(day, '开始日期'),
    endsOn: column(day, '结束日期'),
    status: column(choice(initiativeStatuses), '状态', { required: true }),
    leadUnit: column(participant, '牵头单位', { required: true }),
    participations: column(list(participant), '参与单位'),
    parent: column(text(40), '上级行动'),
    document: column(text(60), '依据文件'),
    milestones: column(datedList(milestone), '里程碑'),
    updates: column(datedList(report), '进展通报'),
    updateEveryDays: column(whole(1, 366), '更新周期'),
  },
  key: ['code'],
  async plan(sheet, { run, today }) {
    const stored = await identify(run, sheet, initiatives, 'code')
    const storedIds = [...stored.values()].map(({ id }) => id)
    const joinedOf = ({ values }: (typeof sheet.rows)[number]) => [...(values.leadUnit ? [values.leadUnit] : []), ...(values.participations ?? [])]
    const divisions = await divisionsByCode(run, sheet.rows.map(({ values }) => values.division))
    const units = await unitsByCode(run, sheet.rows.flatMap((row) => joinedOf(row).map(({ unit }) => unit)))
    const documents = await documentsByNumber(run, sheet.rows.map(({ values }) => values.document))
    const known = await initiativesByCode(run, sheet.rows.map(({ values }) => values.parent))
    const [joined, steps, told] = [
      grouped(await load(run, participations, 'initiative_id = any($1::text[])', [storedIds]), ({ initiative }) => initiative!),
      grouped(await load(run, milestones, 'initiative_id = any($1::text[])', [storedIds]), ({ initiative }) => initiative!),
      grouped(await load(run, updates, 'initiative_id = any($1::text[])', [storedIds]), ({ initiative }) => initiative!),
    ]
    const open = new Map((await run<{ id: string; n: number }>({ text: `select initiative_id as id, count(*)::int as n from task where initiative_id = any($1::text[]) and status <> all($2::text[]) group by initiative_id`, values: [storedIds, settledTasks] })).map(({ id, n }) => [id, n]))
    const parents = new Map(
      sheet.good().map((row) => {
        const { values } = row
        const before = stored.get(values.code)
        if (values.mechanisms.length === 0) row.refuse('mechanisms', say('An initiative serves one mechanism or more.', '联合行动至少对应一项机制。'))
        resolve(row, 'division', values.division, divisions, { en: 'division', zh: '区划' })
        resolve(row, 'document', values.document, documents, { en: 'document', zh: '文件' })
        if (values.startsOn && values.endsOn && values.endsOn < values.startsOn) row.refuse('endsOn', say(`It must not end before it starts (${values.startsOn}).`, `结束日期不得早于开始日期（${values.startsOn}）。`))
        const isOver = values.status === 'CLOSED' || values.status === 'CANCELLED'
        if (before && before.status !== values.status) {
          row.meets('status', (name) => initiativeLifecycle.check(before.status as never, values.status, name))
          if (isOver && open.has(row.id)) row.refuse('status', say(`The initiative has ${open.get(row.id)} open tasks.`, `该行动尚有 ${open.get(row.id)} 项未办结任务。`), say('Close or terminate them first.', '请先办结或终止。'))
        }
        const seen = new Set<string>()
        for (const [at, { unit: code }] of joinedOf(row).entries()) {
          const column = at === 0 ? 'leadUnit' : 'participations'
          const unit = resolve(row, column, code, units, { en: 'unit', zh: '单位' })
          const isNew = unit && !joined.get(row.id)?.some((one) => one.unit === unit.id)
          if (isNew && !isOver && !isWithin(today, unit.foundedOn, unit.endedOn)) row.refuse(column, say(`${code} no longer exists.`, `${code} 已撤销或尚未成立。`), say('Take the unit that took over its work.', '请改为承接单位。'))
          if (seen.has(code)) row.refuse(column, say(`${code} takes part twice.`, `${code} 重复参与。`), say('Keep one entry; the lead unit is a participant already.', '请只保留一项；牵头单位无需重复填写。'))
          seen.add(code)
        }
        for (const { reportedOn } of values.updates ?? []) if (reportedOn > today) row.refuse('updates', say(`The update of ${reportedOn} lies in the future.`, `${reportedOn} 的通报晚于今天。`))
        return [row, above(sheet, row, 'parent', values.parent, known)] as const
      }),
    )
    const chain = await run<{ id: string; up: string | null }>({
      text: `with recursive chain(id, up) as (select id, parent_id from initiative where id = any($1::text[]) union select i.id, i.parent_id from initiative i join chain on i.id = chain.up) select id, up from chain`,
      values: [[...known.values()].map(({ id }) => id)],
    })
    refuseCycles(sheet.good(), 'parent', new Map([...chain.map(({ id, up }) => [id, up] as const), ...[...parents].filter(([row]) => sheet.has('parent') && row.isGood).map(([row, parent]) => [row.id, parent?.id ?? null] as const)]))
    sheet.settle()

    const [main, joinPlan, stepPlan, updatePlan] = [new Plan(initiatives), new Plan(participations), new Plan(milestones), new Plan(updates)]
    for (const row of parentsFirst(sheet.good(), (each) => [parents.get(each)?.row])) {
      const { division, leadUnit, participations: _others, parent, document, milestones: dated, updates: reports, mechanisms: served, ...plain } = row.values
      main.put(
        row,
        stored.get(plain.code),
        {
          ...plain,
          updateEveryDays: plain.updateEveryDays ?? undefined,
          mechanisms: [...new Set(served)],
          division: divisions.get(division)!.id,
          leadUnit: units.get(leadUnit.unit)!.id,
          parent: parent === undefined ? undefined : (parents.get(row)?.id ?? null),
          document: document === undefined ? undefined : (documents.get(document ?? '')?.id ?? null),
        },
        row.id,
      )
      for (const { unit: code, role } of joinedOf(row)) {
        const unit = units.get(code)!.id
        joinPlan.put(row, joined.get(row.id)?.find((one) => one.unit === unit), { initiative: row.id, unit, role })
      }
      const kept = { steps: steps.get(row.id) ?? [], told: told.get(row.id) ?? [] }
      const stepPairs = pair(dated ?? [], kept.steps, { wanted: (one) => `${one.dueOn} ${one.title}`, stored: (one) => `${one.dueOn} ${one.title}` }, { wanted: (one) => one.title, stored: (one) => one.title! })
      for (const one of dated ?? []) stepPlan.put(row, stepPairs.pairs.get(one), { initiative: row.id, ...one })
      const toldPairs = pair(reports ?? [], kept.told, { wanted: (one) => `${one.reportedOn} ${one.text}`, stored: (one) => `${one.reportedOn} ${one.text}` })
      for (const one of reports ?? []) updatePlan.put(row, toldPairs.pairs.get(one), { initiative: row.id, ...one })
    }
    return { main, plans: [main, joinPlan, stepPlan, updatePlan] }
  },
})
