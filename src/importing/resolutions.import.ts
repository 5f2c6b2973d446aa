import { Resolution, resolutionLifecycle, ResolutionTask, type ResolutionStatus } from '../modules/conferences/index.js'
import { choice, column, day, list, text, whole } from './columns.js'
import { say } from './fault.js'
import { meetingsByKey, tasksByCode, unitsByCode } from './references.js'
import { resolve, spec } from './spec.js'
import { grouped, indexed, load, Plan, table } from './stored.js'
import { resolutionStatuses } from './terms.js'

const resolutions = table(Resolution, { meeting: 'link', number: 'whole', text: 'text', responsible: 'link', dueOn: 'day', status: 'text' })
const links = table(ResolutionTask, { resolution: 'link', task: 'link' })

/** What meetings resolved, each found by conference, meeting and number, with the tasks that carry it out. A task that the file leaves out stays. */
export const resolutionImport = spec({
  columns: {
    conference: column(text(40), '联席会议 会议编号', { required: true }),
    meeting: column(whole(1, 9999), '第几次 次数', { required: true }),
    number: column(whole(1, 9999), '序号', { required: true }),
    text: column(text(4000), '内容 议定事项', { required: true }),
    responsible: column(text(60), '责任单位'),
    dueOn: column(day, '完成时限'),
    status: column(choice(resolutionStatuses), '议定事项状态 状态', { required: true }),
    tasks: column(list(text(40)), '任务 任务编号'),
  },
  key: ['conference', 'meeting', 'number'],
  async plan(sheet, { run }) {
    const meetings = await meetingsByKey(run, sheet.rows.map(({ values }) => values.conference))
    const meetingOf = ({ values }: (typeof sheet.rows)[number]) => meetings.get(`${values.conference} ${values.meeting}`)
    const units = await unitsByCode(run, sheet.rows.map(({ values }) => values.responsible))
    const tasks = await tasksByCode(run, sheet.rows.flatMap(({ values }) => values.tasks ?? []))
    const stored = indexed(await load(run, resolutions, 'meeting_id = any($1::text[])', [[...meetings.values()].map(({ id }) => id)]), ({ meeting, number }) => `${meeting} ${number}`)
    const beforeOf = (row: (typeof sheet.rows)[number]) => stored.get(`${meetingOf(row)?.id} ${row.values.number}`)
    const linked = await load(run, links, 'resolution_id = any($1::text[]) or task_id = any($2::text[])', [[...stored.values()].map(({ id }) => id), [...tasks.values()].map(({ id }) => id)])
    const [byTask, byResolution] = [indexed(linked, ({ task }) => task!), grouped(linked, ({ resolution }) => resolution!)]

    const taken = new Map<string, number>()
    for (const row of sheet.good()) {
      const { values } = row
      const meeting = meetingOf(row)
      const before = beforeOf(row)
      if (!meeting) row.refuse('meeting', say(`${values.conference} has no meeting ${values.meeting}.`, `${values.conference} 没有第 ${values.meeting} 次会议。`), say('Correct it, or import the meeting first.', '请更正，或先导入该会议。'))
      else if (meeting.status !== 'HELD') row.refuse('meeting', say(`The meeting is ${meeting.status}; only one that was held has resolutions.`, '会议未召开，不能登记议定事项。'))
      else if (values.dueOn && values.dueOn < meeting.heldOn) row.refuse('dueOn', say(`The meeting was held on ${meeting.heldOn}; what it resolved cannot be due earlier.`, `会议于 ${meeting.heldOn} 召开，完成时限不得早于该日。`))
      const responsible = resolve(row, 'responsible', values.responsible, units, { en: 'unit', zh: '单位' })
      if (responsible && meeting && before?.responsible !== responsible.id && !meeting.takingPart.includes(responsible.id)) {
        row.refuse('responsible', say(`${values.responsible} is neither the convenor nor was it a member on the day of the meeting.`, `${values.responsible} 既非召集单位，会议当日也非成员单位。`))
      }
      if (before && before.status !== values.status) row.meets('status', (name) => resolutionLifecycle.check(before.status as ResolutionStatus, values.status, name))
      for (const code of values.tasks ?? []) {
        const task = resolve(row, 'tasks', code, tasks, { en: 'task', zh: '任务' })
        if (!task) continue
        const elsewhere = byTask.get(task.id)
        if (taken.has(code) || (elsewhere && elsewhere.resolution !== before?.id)) row.refuse('tasks', say(`${code} carries out another resolution already.`, `${code} 已对应其他议定事项。`), say('Keep it with one of them.', '请只保留一处。'))
        taken.set(code, row.line)
      }
      const hasTasks = (values.tasks ?? []).length > 0 || (before !== undefined && byResolution.has(before.id))
      if ((values.status === 'TASKED') !== hasTasks) row.refuse('status', say('TASKED stands for resolutions with a task, and for these alone.', '“已转任务”仅用于且必须用于有对应任务的议定事项。'))
    }
    sheet.settle()

    const [main, parts] = [new Plan(resolutions), new Plan(links)]
    for (const row of sheet.good()) {
      const { conference: _conference, meeting: _meeting, responsible, tasks: codes, ...plain } = row.values
      const before = beforeOf(row)
      main.put(row, before, { ...plain, meeting: meetingOf(row)!.id, responsible: responsible === undefined ? undefined : responsible === null ? null : units.get(responsible)!.id }, before?.id)
      const resolution = main.rows.at(-1)!.id
      for (const code of codes ?? []) {
        const task = tasks.get(code)!.id
        parts.put(row, byTask.get(task), { resolution, task })
      }
    }
    return { main, plans: [main, parts] }
  },
})
