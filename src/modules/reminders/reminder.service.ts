import type { Work } from '../../engine/index.js'
import { Problem, Problems } from '../../kernel/index.js'
import { viewingPerson } from '../progress/index.js'
import { LightRule, SupervisionPolicy } from '../supervision/index.js'
import { Assignment, Task } from '../tasks/index.js'
import { dueRule, roundOf } from './light.js'
import { Reminder } from './reminder.entity.js'
import { notDue } from './reminder.facts.js'
import type { ReminderSendInput } from './reminder.input.js'

/** Sends a reminder, as a slip where asked for; what is due by the rules is asked under the lock of the track. */
export async function sendReminder(work: Work, input: ReminderSendInput): Promise<Reminder> {
  const track = await work.target(Assignment, input.assignmentId, 'input.assignmentId')
  const task = await work.em.findOneOrFail(Task, track.task.id, { populate: ['issuingUnit'] })
  const told = await work.facts(Assignment, track.id, { ruleId: dueRule, round: roundOf })
  const rule = input.dueSlip ? await ruleDue(work, input, told.ruleId as string | null) : null
  const reminder = Object.assign(new Reminder(), {
    assignment: track, task, unit: task.issuingUnit, toUnit: track.unit, sentOn: work.today, sentBy: viewingPerson(work), isAutomatic: work.reads.viewer.personId === null, rule, round: told.round as number,
    ...(rule ? { level: rule.level, text: input.text?.trim() ?? (await wordsOf(work, task, track, rule)) } : given(input)),
    ...(rule || input.withSlip ? await numberOf(work, task.issuingUnit.id) : {}),
  })
  work.em.persist(reminder)
  return reminder
}

async function ruleDue(work: Work, { level }: ReminderSendInput, ruleId: string | null): Promise<LightRule> {
  if (level !== undefined) throw new Problem('AMBIGUOUS', 'input.level', { en: 'A slip that is due has the level of its rule. Leave `level` out.', zh: '应发督办单的灯级由规则确定，请勿填写。' })
  if (!ruleId) throw notDue()
  return work.em.findOneOrFail(LightRule, ruleId)
}

function given({ level, text }: ReminderSendInput): Pick<Reminder, 'level' | 'text'> {
  const missing = [
    ...(level === undefined || level === 'NONE' ? [new Problem('REQUIRED', 'input.level', { en: 'Say how pressing it is: APPROACHING, LATE or SERIOUS.', zh: '请填写灯级：APPROACHING、LATE 或 SERIOUS。' })] : []),
    ...(text === undefined ? [new Problem('REQUIRED', 'input.text', { en: 'Say what is asked for.', zh: '请填写催办内容。' })] : []),
  ]
  if (missing.length > 0) throw new Problems(missing)
  return { level: level!, text: text!.trim() }
}

const levels = { NONE: '正常', APPROACHING: '临近', LATE: '逾期或滞后', SERIOUS: '严重逾期' } as const

async function wordsOf(work: Work, task: Task, track: Assignment, rule: LightRule): Promise<string> {
  const { name } = await work.em.findOneOrFail(SupervisionPolicy, rule.policy.id)
  const due = track.dueOn ? `办理时限 ${track.dueOn}，` : ''
  return `“${task.title}”（${task.code}）${due}按《${name}》已亮${rule.colour}灯（${levels[rule.level]}），请抓紧办理并反馈。`
}

/** The next number of the unit's year. The counter stays locked until the commit, and goes back with a rollback: no number is lost or given twice. */
async function numberOf(work: Work, unitId: string): Promise<Pick<Reminder, 'slipYear' | 'slipNumber'>> {
  const slipYear = Number(work.today.slice(0, 4))
  const [counter] = await work.run<{ last: number }>(
    `insert into slip_counter (unit_id, year, last) values ($1, $2, 1) on conflict (unit_id, year) do update set last = slip_counter.last + 1 returning last`,
    [unitId, slipYear],
  )
  return { slipYear, slipNumber: counter!.last }
}
