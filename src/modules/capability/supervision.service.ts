import { sql } from 'kysely'
import { register, type Work } from '../../engine/index.js'
import { Given, overlaps, Problem } from '../../kernel/index.js'
import { checkRuleAlone, ruleFor } from '../divisions/index.js'
import { Appointment } from '../people/index.js'
import { SocialWorker } from '../posts/index.js'
import { Unit } from '../units/index.js'
import { Supervision, SupervisionRatio, SupervisionSession, Supervisor, SupervisorRung } from './supervision.entity.js'
import { checkHours, divisionId, ruleDates } from './training.service.js'

const rung = (description: string, options = {}) => Given.choice(() => SupervisorRung, description, options)
const endFirst = (field: string) => new Problem('OUT_OF_RANGE', field, { en: 'The end must be later than the start.', zh: '终止日期须晚于起始日期。' })

export const supervisors = register(Supervisor, {
  name: 'supervisor', what: 'that a social worker stands on a rung of the ladder of supervisors (督导任职)',
  attributes: {
    socialWorkerId: [Given.id, 'The social worker (社会工作者).', { to: SocialWorker, isFixed: true }],
    unitId: [Given.id, 'Unit that appoints (聘任单位).', { to: Unit, isFixed: true }],
    rung: [rung, 'Rung (督导等级).', { isFixed: true }],
    ...ruleDates,
  },
  check: async (work, row) => {
    if (row.validTo && row.validTo <= row.validFrom) throw endFirst('input.validTo')
    const others = await work.em.find(Supervisor, { socialWorker: row.socialWorker.id, id: { $ne: row.id } })
    if (others.some((other) => overlaps(row.validFrom, row.validTo, other.validFrom, other.validTo))) throw onOneRung()
  },
})
export const onOneRung = () => new Problem('OVERLAP', 'input.validFrom', { en: 'The social worker stands on a rung already on one of these days. End that first.', zh: '期间内该社会工作者已有督导等级，请先终止。' })

export const ratios = register(SupervisionRatio, {
  name: 'supervisionRatio', what: 'how many social workers a supervisor has at most, and how often they meet (督导配比规则)',
  attributes: {
    divisionId,
    rung: [rung, 'Rung (督导等级).', { isFixed: true }],
    maxSupervisees: [Given.whole, 'Supervisees at most at a time (最多督导人数).', { min: 1, max: 200, isFixed: true }],
    sessionEveryDays: [Given.whole, 'Calendar days from one session to the next at most (督导间隔天数).', { min: 1, max: 366, isFixed: true }],
    ...ruleDates,
  },
  check: (work, rule) => checkRuleAlone(work, SupervisionRatio, rule, ['rung']),
})

export const supervisions = register(Supervision, {
  name: 'supervision', what: 'that a supervisor accompanies a social worker of your unit (督导结对)',
  attributes: {
    supervisorId: [Given.id, 'Who supervises (督导者).', { to: SocialWorker, isFixed: true }],
    superviseeId: [Given.id, 'Who is supervised (被督导者).', { to: SocialWorker, isFixed: true }],
    validFrom: [Given.day, 'First day (起始日期).', { isFixed: true }],
    validTo: [Given.day, 'First day on which it no longer holds (终止日期).', { clearable: true }],
  },
  begin: async (work, row) => {
    if (row.supervisor.id === row.supervisee.id) throw oneself()
    const place = await work.em.findOne(Appointment, { person: row.supervisee.person.id, isMain: true, validFrom: { $lte: work.today }, $or: [{ validTo: null }, { validTo: { $gt: work.today } }] })
    if (!place) throw new Problem('OUT_OF_RANGE', 'input.superviseeId', { en: 'That social worker belongs to no unit today.', zh: '被督导者当前不属于任何单位。' })
    row.unit = await work.em.findOneOrFail(Unit, place.unit.id)
  },
  check: (_work, { validFrom, validTo }) => {
    if (validTo && validTo <= validFrom) throw endFirst('input.validTo')
  },
  checkOthers,
})
export const oneself = () => new Problem('ONESELF', 'input.superviseeId', { en: 'Nobody supervises himself. Choose another supervisor.', zh: '不得自己督导自己，请另选督导者。' })
export const isPaired = () => new Problem('OVERLAP', 'input.validFrom', { en: 'The two are paired already on one of these days.', zh: '期间内二人已结对。' })

/** The supervisor stands on the ladder on the first day, and has no more supervisees than the rule of the unit's division allows to that rung; without a rule there is no limit. */
async function checkOthers(work: Work, row: Supervision): Promise<void> {
  // Two pairings at once would each count without the other.
  await work.run('select id from social_worker where id = $1 for update', [row.supervisor.id])
  const rungs = await work.em.find(Supervisor, { socialWorker: row.supervisor.id })
  const stands = rungs.find((one) => overlaps(row.validFrom, row.validTo, one.validFrom, one.validTo) && one.validFrom <= row.validFrom)
  if (!stands) throw new Problem('NO_SUPERVISOR', 'input.supervisorId', { en: 'That social worker does not stand on the ladder of supervisors on the first day.', zh: '所选督导者在起始日期未任督导。' })
  const others = (await work.em.find(Supervision, { supervisor: row.supervisor.id, id: { $ne: row.id } })).filter((other) => overlaps(row.validFrom, row.validTo, other.validFrom, other.validTo))
  if (others.some((other) => other.supervisee.id === row.supervisee.id)) throw isPaired()
  const unit = await work.em.findOneOrFail(Unit, row.unit.id)
  const rule = await ruleFor(work, SupervisionRatio, unit.division.id, row.validFrom, sql`r.rung = ${stands.rung}`)
  row.sessionEveryDays = rule?.sessionEveryDays ?? null
  if (rule && others.length >= rule.maxSupervisees) {
    throw new Problem('OVER_RATIO', 'input.supervisorId', { en: `A supervisor of the rung ${stands.rung} has at most ${rule.maxSupervisees} supervisees here; this one has ${others.length}.`, zh: `${stands.rung} 督导最多督导 ${rule.maxSupervisees} 人，该督导者已有 ${others.length} 人。` })
  }
}

export const sessions = register(SupervisionSession, {
  name: 'supervisionSession', what: 'a session of supervision (督导活动)',
  attributes: {
    supervisionId: [Given.id, 'The supervision (督导结对).', { to: Supervision, isFixed: true }],
    heldOn: [Given.day, 'Day, today at the latest (督导日期).'],
    hours: [Given.decimal, 'Hours, 24 at most (时数).'],
    text: [Given.text, 'What was worked on, without personal data of whoever is helped (督导内容).', { max: 4000 }],
  },
  check: async (work, { supervision, heldOn, hours }) => {
    checkHours(hours, 24, 'input.hours')
    const { validFrom, validTo } = await work.em.findOneOrFail(Supervision, supervision.id)
    if (heldOn > work.today || heldOn < validFrom || (validTo && heldOn >= validTo)) throw new Problem('OUT_OF_RANGE', 'input.heldOn', { en: `The day lies in the supervision (${validFrom} to ${validTo ?? '…'}), today at the latest.`, zh: `督导日期须在结对期内（${validFrom} 至 ${validTo ?? '…'}），且不晚于今天。` })
  },
})
