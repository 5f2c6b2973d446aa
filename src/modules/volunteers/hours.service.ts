import type { Work } from '../../engine/index.js'
import { dayOf, Problem } from '../../kernel/index.js'
import { requireOpenMonth } from '../periods/index.js'
import { viewingPerson } from '../progress/index.js'
import type { VolunteerServiceCorrectInput, VolunteerServiceRecordInput, VolunteerServiceUpdateInput } from './hours.input.js'
import { VolunteerService } from './service.entity.js'
import { Volunteer } from './volunteer.entity.js'

const ledger = 'SERVICE_HOURS'
const hundredths = (hours: string): number => Math.round(Number(hours) * 100)
const written = (value: number): string => (value / 100).toFixed(2)

/** Hours from a beginning to an end, of the volunteer's team; the day in Asia/Shanghai on which they begin decides the month. */
export async function recordService(work: Work, input: VolunteerServiceRecordInput): Promise<VolunteerService> {
  const volunteer = await work.target(Volunteer, input.volunteerId, 'input.volunteerId')
  const entry = Object.assign(new VolunteerService(), { volunteer, team: volunteer.team, unit: volunteer.unit, activity: input.activity.trim(), recordedBy: viewingPerson(work) })
  place(work, entry, input.startsAt, input.endsAt)
  await requireOpenMonth(work, { unitId: volunteer.unit.id, ledger, day: entry.servedOn }, 'input.startsAt')
  await checkNoOverlap(work, entry)
  work.em.persist(entry)
  return entry
}

export async function updateService(work: Work, input: VolunteerServiceUpdateInput): Promise<VolunteerService> {
  const entry = await work.target(VolunteerService, input.volunteerServiceId, 'input.volunteerServiceId', input.expectedVersion)
  await requireOpenMonth(work, { unitId: entry.unit.id, ledger, day: entry.servedOn }, 'input.volunteerServiceId')
  if (entry.corrects) throw new Problem('LOCKED', 'input.volunteerServiceId', { en: 'A correcting entry stays as it is; correct the first entry once more.', zh: '更正记录不得变更，请对原记录再次更正。' })
  if (input.activity !== undefined) entry.activity = input.activity.trim()
  if (input.startsAt !== undefined || input.endsAt !== undefined) {
    place(work, entry, input.startsAt ?? entry.startsAt!, input.endsAt ?? entry.endsAt!)
    await requireOpenMonth(work, { unitId: entry.unit.id, ledger, day: entry.servedOn }, 'input.startsAt')
    await checkNoOverlap(work, entry)
    await remaining(work, entry, hundredths(entry.hours), 'input.endsAt')
  }
  return entry
}

/** A correcting entry: it bears today's date and the difference, and leaves the entry itself as it is. */
export async function correctService(work: Work, input: VolunteerServiceCorrectInput): Promise<VolunteerService> {
  const entry = await work.target(VolunteerService, input.volunteerServiceId, 'input.volunteerServiceId')
  if (entry.corrects) throw new Problem('OUT_OF_RANGE', 'input.volunteerServiceId', { en: 'That is a correcting entry itself. Correct the entry that it corrects.', zh: '该记录本身为更正记录，请更正其所更正的原记录。' })
  const hours = hundredths(input.hours)
  if (!/^-?\d{1,4}(\.\d{1,2})?$/.test(input.hours) || hours === 0) throw new Problem('OUT_OF_RANGE', 'input.hours', { en: 'Hours are a number other than 0, with two digits after the point at most.', zh: '更正时数须为非零数，最多两位小数。' })
  await remaining(work, entry, hundredths(entry.hours) + hours, 'input.hours')
  const { volunteer, team, unit, activity } = entry
  const correction = Object.assign(new VolunteerService(), { volunteer, team, unit, activity, servedOn: work.today, startsAt: null, endsAt: null, hours: written(hours), corrects: entry, reason: input.reason.trim(), recordedBy: viewingPerson(work) })
  work.em.persist(correction)
  return correction
}

function place(work: Work, entry: VolunteerService, startsAt: string | Date, endsAt: string | Date): void {
  const [from, to] = [new Date(startsAt), new Date(endsAt)]
  const hours = (to.getTime() - from.getTime()) / 3_600_000
  if (hours <= 0 || hours > 24) throw new Problem('OUT_OF_RANGE', 'input.endsAt', { en: 'Service ends after it began, at most 24 hours later.', zh: '结束时间须晚于开始时间，且不超过 24 小时。' })
  if (to > work.reads.facts.clock.now()) throw new Problem('OUT_OF_RANGE', 'input.endsAt', { en: 'Service is recorded when it is over.', zh: '服务结束后方可记录。' })
  if (hours < 0.01) throw new Problem('OUT_OF_RANGE', 'input.endsAt', { en: 'The least that is recorded is a hundredth of an hour.', zh: '最少记录百分之一小时。' })
  Object.assign(entry, { startsAt: from, endsAt: to, servedOn: dayOf(from), hours: hours.toFixed(2) })
}

/** The same hours are not entered twice, in whichever team; the database holds it too (`volunteer_service_no_overlap`). */
async function checkNoOverlap(work: Work, entry: VolunteerService): Promise<void> {
  const [other] = await work.run<{ day: string }>(
    'select served_on::text as day from volunteer_service where volunteer_id = $1 and id <> $2 and corrects_id is null and starts_at < $4::timestamptz and ends_at > $3::timestamptz limit 1',
    [entry.volunteer.id, entry.id, (entry.startsAt as Date).toISOString(), (entry.endsAt as Date).toISOString()],
  )
  if (other) throw entered(other.day)
}
export const entered = (day?: string) =>
  new Problem('OVERLAP', 'input.startsAt', { en: `These hours are entered already${day ? `, on ${day}` : ''}: service of one volunteer does not overlap.`, zh: `这段时间${day ? `（${day}）` : ''}已有记录，同一志愿者的服务时间不得重叠。` })

async function remaining(work: Work, entry: VolunteerService, own: number, field: string): Promise<void> {
  // Two corrections at once would each count without the other.
  await work.run('select id from volunteer_service where id = $1 for update', [entry.id])
  const [sum] = await work.run<{ hours: string }>('select coalesce(sum(hours), 0)::text as hours from volunteer_service where corrects_id = $1', [entry.id])
  if (own + hundredths(sum!.hours) < 0) throw new Problem('OUT_OF_RANGE', field, { en: 'With its corrections the entry would come to less than 0 hours.', zh: '更正后该记录的时数将小于 0。' })
}
