import { isWithin } from '../kernel/index.js'
import { Assignment, settledAssignments } from '../modules/tasks/index.js'
import { checkOneLead, decompositions, type Track } from './assignments.rules.js'
import { choice, column, day, text, whole } from './columns.js'
import { say } from './fault.js'
import { peopleByCode, tasksByCode, unitsByCode, type TaskFound, type UnitFound } from './references.js'
import { resolve, spec } from './spec.js'
import { grouped, indexed, load, Plan, table } from './stored.js'
import { assignmentRoles, assignmentStatuses } from './terms.js'

const assignments = table(Assignment, { task: 'link', unit: 'link', role: 'text', person: 'link', liaison: 'link', dueOn: 'day', status: 'text', progress: 'whole', internalNote: 'text' }, { property: 'role', to: `'COOPERATING'`, when: ['role'] })

/** Tracks of units in tasks: one per unit, exactly one of them LEAD, none due later than the task. */
export const assignmentImport = spec({
  columns: {
    task: column(text(40), '任务 任务编号 督查事项', { required: true }),
    unit: column(text(60), '承办单位 单位 单位代码', { required: true }),
    role: column(choice(assignmentRoles), '承办角色 角色', { required: true }),
    person: column(text(40), '责任人'),
    liaison: column(text(40), '联络员'),
    dueOn: column(day, '办理时限 截止日期'),
    status: column(choice(assignmentStatuses), '承办状态 状态', { required: true }),
    progress: column(whole(0, 100), '进度'),
    internalNote: column(text(4000), '内部备注'),
  },
  key: ['task', 'unit'],
  async plan(sheet, { run, today }) {
    const tasks = await tasksByCode(run, sheet.rows.map(({ values }) => values.task))
    const units = await unitsByCode(run, sheet.rows.map(({ values }) => values.unit))
    const people = await peopleByCode(run, sheet.rows.flatMap(({ values }) => [values.person, values.liaison]))
    const upper = [...tasks.values()].map(({ parentId }) => parentId).filter(Boolean)
    const kept = await load(run, assignments, 'task_id = any($1::text[])', [[...new Set([...[...tasks.values()].map(({ id }) => id), ...upper])]])
    const stored = indexed(kept, ({ task, unit }) => `${task} ${unit}`)
    const mayDecompose = await decompositions(run, tasks.values(), today)

    const found = new Map<(typeof sheet.rows)[number], { task: TaskFound; unit: UnitFound }>()
    for (const row of sheet.good()) {
      const { values } = row
      const task = resolve(row, 'task', values.task, tasks, { en: 'task', zh: '任务' })
      const unit = resolve(row, 'unit', values.unit, units, { en: 'unit', zh: '单位' })
      const named = { person: resolve(row, 'person', values.person, people, { en: 'person', zh: '人员' }), liaison: resolve(row, 'liaison', values.liaison, people, { en: 'person', zh: '人员' }) }
      if (!task || !unit) continue
      found.set(row, { task, unit })
      const before = stored.get(`${task.id} ${unit.id}`)
      const isOver = settledAssignments.includes(values.status)
      if (values.dueOn && task.dueOn && values.dueOn > task.dueOn) row.refuse('dueOn', say(`The task is due on ${task.dueOn}; a unit cannot be due later.`, `任务时限为 ${task.dueOn}，承办单位时限不得更晚。`))
      const isWaiting = task.status === 'DRAFT' || task.status === 'PENDING_ISSUE'
      if ((values.status === 'PROPOSED') !== isWaiting) row.refuse('status', say(`The task is ${task.status}; the track cannot be ${values.status}.`, `任务状态为 ${task.status}，承办状态不能为 ${values.status}。`), say('PROPOSED stands for tasks not yet issued, and for these alone.', '“待交办”仅用于且必须用于尚未交办的任务。'))
      if (!before && !isOver && !isWithin(today, unit.foundedOn, unit.endedOn)) row.refuse('unit', say('The unit no longer exists.', '该单位已撤销或尚未成立。'), say('Take the unit that took over its work.', '请改为承接单位。'))
      for (const [column, person] of Object.entries(named) as ['person' | 'liaison', (typeof named)['person']][]) {
        if (!person || before?.[column] === person.id) continue
        const isThere = person.places.some(({ unitId, from, to }) => unitId === unit.id && (isOver || isWithin(today, from, to)))
        if (!isThere) row.refuse(column, say('The person has no appointment in that unit today.', '该人员当前不在该单位任职。'), say('Name somebody of the unit, or import the appointment first.', '请填写该单位人员，或先导入其任职。'))
      }
      if (!task.parentId || before) continue
      const issuers = sheet.find(`${task.parentCode} ${task.issuer.code}`)
      if (issuers) row.needs(issuers, 'task')
      else if (!stored.has(`${task.parentId} ${task.issuer.id}`)) row.refuse('task', say(`${task.issuer.code} has no assignment on the task above, ${task.parentCode}.`, `${task.issuer.code} 未承办上级任务 ${task.parentCode}。`), say('Only a unit with an assignment on a task can decompose it.', '只有承办上级任务的单位才能分解该任务。'))
      if (!mayDecompose(task, unit)) row.refuse('unit', say(`${task.issuer.code} cannot give work to it: it stands neither below by line nor, where that counts, in the division.`, `该单位不在 ${task.issuer.code} 的条线下级（或其可分解的区划）之内。`))
    }
    sheet.settle()
    const good = sheet.good()
    const written = new Set(good.map((row) => stored.get(`${found.get(row)!.task.id} ${found.get(row)!.unit.id}`)?.id))
    const tracks: Track[] = [
      ...good.map((row) => ({ row, task: found.get(row)!.task.id, role: row.values.role })),
      ...kept.filter(({ id }) => !written.has(id)).map(({ task, role }) => ({ task: task!, role: role! })),
    ]
    checkOneLead(grouped(tracks, ({ task }) => task).values())
    sheet.settle()

    const plan = new Plan(assignments)
    for (const row of sheet.good()) {
      const { task, unit } = found.get(row)!
      const { person, liaison, dueOn, progress, ...plain } = row.values
      const before = stored.get(`${task.id} ${unit.id}`)
      const idOf = (code: string | null | undefined) => (code === undefined ? undefined : code === null ? null : people.get(code)!.id)
      plan.put(row, before, { ...plain, task: task.id, unit: unit.id, person: idOf(person), liaison: idOf(liaison), dueOn: dueOn ?? (dueOn === null || !before ? task.dueOn : undefined), progress: progress ?? undefined })
    }
    return { main: plan, plans: [plan] }
  },
})
