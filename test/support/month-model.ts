/** The month of a unit told day by day from a log of what happened: written apart from the statement that it is compared with, and without its words. */
import { random, type Random } from '../access/proof/random.js'

export interface Entry {
  day: string
  act: string | null
  status: string
  was: string | null
  due: string | null
  unit: string
  unitWas: string | null
}

/** A track's log from its entry on, and the days on which its task was suspended or taken up again. */
export interface Track {
  id: string
  log: Entry[]
  pauses: { day: string; isPaused: boolean }[]
}

export const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const daysFrom = (first: string, last: string): string[] => { const all: string[] = []; for (let day = first; day <= last; day = dayAfter(day, 1)) all.push(day); return all }
const isWorking = (day: string): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
const isPaused = ({ pauses }: Track, day: string): boolean => pauses.filter((one) => one.day <= day).at(-1)?.isPaused ?? false
const working = (track: Track, after: string, last: string): number => daysFrom(dayAfter(after, 1), last).filter((day) => isWorking(day) && !isPaused(track, day)).length

/** What a unit is asked for at one time. */
interface Turn {
  unit: string
  from: string
  isReceived: boolean
  isHandedOver: boolean
  due: string | null
  isExtended: boolean
  isAccepted: boolean
  reported?: string
  over?: string
}

/** Replays the log up to the end of a day: every turn so far, with what was known of it then. */
function replay({ log }: Track, until: string): Turn[] {
  const turns: Turn[] = []
  let open: Turn | undefined
  for (const [at, { day, act, status, was, due, unit, unitWas }] of log.entries()) {
    if (day > until) break
    const changesHands = unitWas !== null && unit !== unitWas
    const isReceived = status === 'ISSUED' && (at === 0 || was !== 'ISSUED' || changesHands)
    const begins = isReceived || (at > 0 && was === 'REPORTED' && status === 'RETURNED') || (at === 0 && ['ACCEPTED', 'IN_PROGRESS', 'RETURNED'].includes(status))
    if (begins) {
      if (open && !open.over) open.over = day
      open = { unit, from: day, isReceived, isHandedOver: changesHands, due, isExtended: false, isAccepted: false }
      turns.push(open)
      continue
    }
    if (!open || open.over) continue
    open.due = due
    if (act === 'extensionDecide') open.isExtended = true
    if (status !== 'ISSUED') open.isAccepted = true
    if (status === 'REPORTED') open.reported = day
    if (['REPORTED', 'COMPLETED', 'EXCUSED', 'TERMINATED', 'REFUSED', 'PROPOSED'].includes(status)) open.over = day
  }
  return turns
}

export interface Figures {
  trackCount: number; dueCount: number; onTimeCount: number; lateCount: number; lateDays: number; reportedCount: number; returnedCount: number; acceptedCount: number; acceptanceDays: number; extensionCount: number
  faults: string[]
}

/** Figures by unit; `faults` are `reason track day daysLate`, sorted. */
export function monthOf(tracks: readonly Track[], month: string, today: string, acceptWithin: number): Map<string, Figures> {
  const found = new Map<string, Figures>()
  const of = (unit: string) => found.get(unit) ?? found.set(unit, { trackCount: 0, dueCount: 0, onTimeCount: 0, lateCount: 0, lateDays: 0, reportedCount: 0, returnedCount: 0, acceptedCount: 0, acceptanceDays: 0, extensionCount: 0, faults: [] }).get(unit)!
  const days = daysFrom(`${month}-01`, `${month}-31`).filter((day) => day.startsWith(month))
  const last = days.at(-1)!
  for (const track of tracks) {
    const history = replay(track, '9999-12-31')
    const known = daysFrom(days[0]!, last).filter((day) => day <= today)
    for (const unit of new Set(history.filter(({ from, over }) => known.some((day) => from <= day && (!over || day <= over))).map((turn) => turn.unit))) of(unit).trackCount++
    for (const day of days.filter((one) => one < today)) {
      const then = replay(track, day)
      const turn = then.at(-1)
      // Met before it fell.
      for (const one of history.filter(({ reported, due }) => reported !== undefined && due === day && reported <= day)) {
        if (one.isHandedOver && day <= one.from) continue
        const own = of(one.unit)
        own.dueCount++
        own.onTimeCount++
        if (one.isExtended) own.extensionCount++
      }
      if (turn && !turn.over && turn.due === day && !isPaused(track, day) && !(turn.isHandedOver && day <= turn.from)) {
        const own = of(turn.unit)
        const stopped = [history[then.length - 1]!.over, last, today].filter((one) => one !== undefined).sort()[0]!
        const lost = working(track, day, stopped)
        own.dueCount++
        own.lateCount++
        own.lateDays += lost
        if (turn.isExtended) own.extensionCount++
        own.faults.push(`LATE_REPORT ${track.id} ${day} ${lost}`)
      }
      if (turn?.isReceived && !turn.over && !turn.isAccepted && isWorking(day) && !isPaused(track, day) && working(track, turn.from, day) === acceptWithin) of(turn.unit).faults.push(`LATE_ACCEPTANCE ${track.id} ${day} null`)
    }
    for (const turn of history) if (turn.reported?.startsWith(month)) of(turn.unit).reportedCount++
    for (const { day, status, was, unitWas } of track.log.slice(1)) {
      if (!day.startsWith(month)) continue
      if (status === 'RETURNED' && was === 'REPORTED') {
        of(unitWas!).returnedCount++
        of(unitWas!).faults.push(`RETURNED ${track.id} ${day} null`)
      }
    }
    for (const [at, { day, status, was }] of track.log.entries()) {
      if (at === 0 || status !== 'ACCEPTED' || was !== 'ISSUED' || !day.startsWith(month)) continue
      // Of the turn that was open when this very entry was written.
      const turn = replay({ ...track, log: track.log.slice(0, at) }, day).at(-1)!
      of(turn.unit).acceptedCount++
      of(turn.unit).acceptanceDays += working(track, turn.from, day)
    }
  }
  for (const own of found.values()) own.faults.sort()
  return found
}

const afterwards: Readonly<Record<string, readonly string[]>> = {
  PROPOSED: ['ISSUED'],
  ISSUED: ['ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'ACCEPTED', 'REFUSED', 'PROPOSED', 'EXCUSED', 'TERMINATED', 'hand over', 'extend'],
  REFUSED: ['ISSUED', 'hand over', 'EXCUSED'],
  ACCEPTED: ['IN_PROGRESS', 'IN_PROGRESS', 'extend', 'hand over', 'TERMINATED'],
  IN_PROGRESS: ['REPORTED', 'REPORTED', 'REPORTED', 'extend', 'hand over', 'TERMINATED'],
  REPORTED: ['RETURNED', 'RETURNED', 'RETURNED', 'COMPLETED', 'extend', 'hand over'],
  RETURNED: ['IN_PROGRESS', 'IN_PROGRESS', 'extend', 'hand over'],
}

/** A track at random between two days: every verb, several on one day, on weekends, entered by a file in mid-work, suspended now and then. */
export function randomTrack(chance: Random, id: string, units: readonly string[], first: string, today: string): Track {
  const start = chance.chance(0.8) ? 'PROPOSED' : chance.pick(['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'REFUSED'])
  let day = dayAfter(first, chance.below(45))
  const soon = () => dayAfter(day, chance.below(18) - 1)
  let now: Entry = { day, act: null, status: start, was: null, due: chance.chance(0.9) ? soon() : null, unit: chance.pick(units), unitWas: null }
  const track: Track = { id, log: [now], pauses: [] }
  const write = (more: Partial<Entry>) => track.log.push((now = { ...now, act: 'step', day, was: now.status, unitWas: now.unit, ...more }))
  for (let steps = 4 + chance.below(16); steps > 0; steps--) {
    day = dayAfter(day, chance.chance(0.35) ? 0 : 1 + chance.below(6))
    if (day > today) break
    if (chance.chance(0.12)) {
      track.pauses.push({ day, isPaused: true })
      day = dayAfter(day, chance.below(8))
      if (day > today) break
      track.pauses.push({ day, isPaused: false })
      if (chance.chance(0.7)) write({ act: 'taskResume', due: soon() })
      continue
    }
    const what = chance.pick(afterwards[now.status] ?? ['none'])
    if (what === 'none') break
    if (what === 'extend') write({ act: 'extensionDecide', due: dayAfter(now.due ?? day, 1 + chance.below(9)) })
    else if (what === 'hand over') write({ status: 'ISSUED', unit: chance.pick(units.filter((unit) => unit !== now.unit)), ...(chance.chance(0.3) ? { due: soon() } : {}) })
    else write({ status: what, ...(what === 'RETURNED' || (what === 'ISSUED' && chance.chance(0.5)) ? { due: soon() } : {}) })
  }
  return track
}

export { random }
