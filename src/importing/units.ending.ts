import { isWithin } from '../kernel/index.js'
import { settledAssignments } from '../modules/tasks/index.js'
import { say } from './fault.js'
import type { FileRow } from './sheet.js'
import type { Stage } from './spec.js'

interface Ending {
  row: FileRow<unknown>
  endedOn: string | null | undefined
  division: string
  before: { id: string; endedOn: string | null; division: string | null } | undefined
}

/** A unit ends, or moves to another division, only when its open work and its mandates are handed over; what the file itself hands over comes first. */
export async function checkEndings({ run, today }: Stage, units: readonly Ending[]): Promise<void> {
  const stored = units.filter(({ before }) => before)
  const ending = stored.filter(({ endedOn, before }) => endedOn && endedOn !== before!.endedOn)
  const moving = stored.filter(({ division, before }) => division !== before!.division)
  if (ending.length + moving.length === 0) return
  const ids = [...ending, ...moving].map(({ before }) => before!.id)
  const open = new Map((await run<{ id: string; n: number }>({ text: `select unit_id as id, count(*)::int as n from assignment where unit_id = any($1::text[]) and status <> all($2::text[]) group by unit_id`, values: [ids, settledAssignments] })).map(({ id, n }) => [id, n]))
  const mandates = await run<{ id: string; from: string; to: string | null }>({ text: `select unit_id as id, valid_from as "from", valid_to as "to" from mandate where unit_id = any($1::text[])`, values: [ids] })
  const living = `(c.ended_on is null or c.ended_on > e.day)`
  const bound = await run<{ id: string; convened: number; joined: number }>({
    text: `select e.id, (select count(*)::int from joint_conference c where c.convenor_id = e.id and ${living}) as convened,
      (select count(*)::int from conference_member m join joint_conference c on c.id = m.conference_id where m.unit_id = e.id and (m.left_on is null or m.left_on > e.day) and ${living}) as joined
     from unnest($1::text[], $2::date[]) as e(id, day)`,
    values: [ending.map(({ before }) => before!.id), ending.map(({ endedOn }) => endedOn)],
  })
  for (const { row, endedOn, before } of ending) {
    const { convened, joined } = bound.find(({ id }) => id === before!.id)!
    if (convened) row.refuse('endedOn', say(`The unit convenes joint conferences: ${convened}.`, `该单位仍是 ${convened} 个联席会议的召集单位。`), say('Name another convenor first.', '请先变更召集单位。'))
    if (joined) row.refuse('endedOn', say(`The unit is a member of joint conferences: ${joined}.`, `该单位仍是 ${joined} 个联席会议的成员单位。`), say('Let it leave them first.', '请先办理退出。'))
    const tasks = open.get(before!.id)
    if (tasks) row.refuse('endedOn', say(`The unit has ${tasks} open assignments.`, `该单位尚有 ${tasks} 项未办结任务。`), say('Hand them over first.', '请先移交。'))
    if (mandates.some(({ id, to }) => id === before!.id && (!to || to > endedOn!))) row.refuse('endedOn', say('The unit holds mandates on that day.', '该单位届时仍有有效职责。'), say('End or transfer them first.', '请先终止或移交。'))
  }
  for (const { row, before } of moving) {
    if (mandates.some(({ id, from, to }) => id === before!.id && (from > today || isWithin(today, from, to)))) row.refuse('division', say('The unit holds mandates in its division.', '该单位在原区划仍有有效职责。'), say('End or transfer them first.', '请先终止或移交。'))
  }
}
