import { isWithin } from '../kernel/index.js'
import { settledTasks, Task } from '../modules/tasks/index.js'
import { choice, column, day, flag, text } from './columns.js'
import { say } from './fault.js'
import { initiativesByCode, tasksByCode, unitsByCode } from './references.js'
import { above, identify, parentsFirst, refuseCycles, resolve, spec } from './spec.js'
import { grouped, load, Plan, table } from './stored.js'
import { taskSources, taskStatuses, urgencies } from './terms.js'

const tasks = table(Task, {
  code: 'text', title: 'text', requirement: 'text', source: 'text', initiative: 'link', issuingUnit: 'link', urgency: 'text', confidential: 'flag', issuedOn: 'day', dueOn: 'day',
  expectedResult: 'text', status: 'text', parent: 'link',
})

const notIssued = ['DRAFT', 'PENDING_ISSUE']
const stopped = ['SUSPENDED', 'TERMINATED']

/** Tasks, parents and children. A child belongs to the initiative of its parent, is due no later, and is confidential where its parent is. */
export const taskImport = spec({
  columns: {
    code: column(text(40), '编号 任务编号', { required: true }),
    title: column(text(), '事项名称 任务名称 名称', { required: true }),
    requirement: column(text(4000), '具体要求 要求'),
    source: column(choice(taskSources), '来源 任务来源', { required: true }),
    initiative: column(text(40), '联合行动 行动编号'),
    issuingUnit: column(text(60), '交办单位', { required: true }),
    urgency: column(choice(urgencies), '紧急程度'),
    confidential: column(flag, '是否涉密 涉密'),
    issuedOn: column(day, '交办日期'),
    dueOn: column(day, '办理时限 截止日期'),
    expectedResult: column(text(2000), '预期成果'),
    status: column(choice(taskStatuses), '任务状态 状态', { required: true }),
    parent: column(text(40), '上级任务'),
  },
  key: ['code'],
  async plan(sheet, { run, today }) {
    const stored = await identify(run, sheet, tasks, 'code')
    const units = await unitsByCode(run, sheet.rows.map(({ values }) => values.issuingUnit))
    const initiatives = await initiativesByCode(run, sheet.rows.map(({ values }) => values.initiative))
    const known = await tasksByCode(run, sheet.rows.map(({ values }) => values.parent))
    const children = grouped(await load(run, tasks, 'parent_id = any($1::text[])', [[...stored.values()].map(({ id }) => id)]), ({ parent }) => parent!)

    /** What the row leaves the task with, stored values included. */
    const after = (row: (typeof sheet.rows)[number]) => {
      const { values } = row
      const before = stored.get(values.code)
      return {
        initiative: values.initiative === undefined ? (before?.initiative ?? null) : (initiatives.get(values.initiative ?? '')?.id ?? null),
        dueOn: values.dueOn === undefined ? (before?.dueOn ?? null) : values.dueOn,
        issuedOn: values.issuedOn === undefined ? (before?.issuedOn ?? null) : values.issuedOn,
        confidential: values.confidential ?? before?.confidential ?? false,
      }
    }
    const parents = new Map(
      sheet.good().map((row) => {
        const { values } = row
        const before = stored.get(values.code)
        const { issuedOn, dueOn } = after(row)
        const isOver = settledTasks.includes(values.status)
        const unit = resolve(row, 'issuingUnit', values.issuingUnit, units, { en: 'unit', zh: '单位' })
        const initiative = resolve(row, 'initiative', values.initiative, initiatives, { en: 'initiative', zh: '联合行动' })
        if (unit && before?.issuingUnit !== unit.id && !isWithin(issuedOn ?? today, unit.foundedOn, unit.endedOn)) row.refuse('issuingUnit', say(`The unit does not exist on ${issuedOn ?? today}.`, `该单位在 ${issuedOn ?? today} 不存在。`))
        if (initiative && before?.initiative !== initiative.id && !isOver && ['CLOSED', 'CANCELLED'].includes(initiative.status)) row.refuse('initiative', say(`The initiative is ${initiative.status}; it takes no more open tasks.`, '该行动已办结或撤销，不能再新增未办结任务。'))
        if (notIssued.includes(values.status) && issuedOn) row.refuse('issuedOn', say(`A task in state ${values.status} has no day of issue yet.`, `状态为 ${values.status} 的任务尚无交办日期。`), say('Empty the cell, or correct the state.', '请清空，或更正状态。'))
        if (!notIssued.includes(values.status) && !stopped.includes(values.status) && !issuedOn) row.refuse('issuedOn', say(`A task in state ${values.status} has a day of issue.`, `状态为 ${values.status} 的任务须有交办日期。`), say('Fill it in.', '请填写。'))
        if (issuedOn && issuedOn > today && issuedOn !== before?.issuedOn) row.refuse('issuedOn', say('The day of issue lies in the future.', '交办日期晚于今天。'))
        if (issuedOn && dueOn && dueOn < issuedOn) row.refuse('dueOn', say(`It must not be due before its issue (${issuedOn}).`, `办理时限不得早于交办日期（${issuedOn}）。`))
        const parent = above(sheet, row, 'parent', values.parent, known)
        if (before && values.parent !== undefined && before.parent !== (parent?.id ?? null) && row.isGood) row.refuse('parent', say('A task keeps the task above it.', '上级任务一经确定不可变更。'), say('Restore it, or enter another task.', '请恢复原值，或另行录入任务。'))
        return [row, parent] as const
      }),
    )
    for (const [row, parent] of parents) {
      if (!parent || !row.isGood || parent.row?.isGood === false) continue
      const [own, up] = [after(row), parent.row ? after(parent.row) : { ...parent.stored!, initiative: parent.stored!.initiativeId }]
      if (own.initiative !== up.initiative) row.refuse('initiative', say('A child task belongs to the initiative of its parent.', '下级任务须与上级任务属于同一行动。'))
      if (up.dueOn && (!own.dueOn || own.dueOn > up.dueOn)) row.refuse('dueOn', say(`A child task is due on ${up.dueOn} at the latest, the due day of its parent.`, `下级任务时限不得晚于上级任务时限（${up.dueOn}）。`))
      if (up.confidential && !own.confidential) row.refuse('confidential', say('The task above it is confidential, so this one is too.', '上级任务涉密，下级任务须一并涉密。'))
    }
    for (const row of sheet.good()) {
      const own = after(row)
      const missed = children.get(row.id)?.find((child) => !sheet.find(child.code!)?.isGood && (child.initiative !== own.initiative || (own.dueOn && (!child.dueOn || child.dueOn > own.dueOn)) || (own.confidential && !child.confidential)))
      if (missed) row.refuse('code', say(`The child task ${missed.code} does not fit: initiative, due day or confidentiality.`, `下级任务 ${missed.code} 的行动、时限或涉密属性与之不符。`), say('Put the child task into the file as well.', '请将该下级任务一并列入文件。'))
    }
    refuseCycles(sheet.good(), 'parent', new Map([...parents].filter(([, parent]) => parent).map(([row, parent]) => [row.id, parent!.id])))
    sheet.settle()

    const plan = new Plan(tasks)
    for (const row of parentsFirst(sheet.good(), (each) => [parents.get(each)?.row])) {
      const { issuingUnit, initiative: _initiative, parent, urgency, confidential, ...plain } = row.values
      plan.put(
        row,
        stored.get(plain.code),
        {
          ...plain,
          urgency: urgency ?? undefined,
          confidential: confidential ?? undefined,
          issuingUnit: units.get(issuingUnit)!.id,
          initiative: sheet.has('initiative') ? after(row).initiative : undefined,
          parent: parent === undefined ? undefined : (parents.get(row)?.id ?? null),
        },
        row.id,
      )
    }
    return { main: plan, plans: [plan] }
  },
})
