import { expect, it } from '@jest/globals'
import { isFull, random, say, seedOfRun as seed, type Random } from '../access/proof/random.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()

/*
 * Lights, counted a second time: by walking the calendar day by day, in plain words, and compared with what the database answers for tracks made at random.
 */

type Level = 'NONE' | 'APPROACHING' | 'LATE' | 'SERIOUS'
const levels: readonly Level[] = ['NONE', 'APPROACHING', 'LATE', 'SERIOUS']
interface Rule { id: string; level: Level; trigger: string | null; threshold: number | null; colour: string; sendsSlip: boolean }
interface Slip { id: string; ruleId: string | null; level: Level; slipNumber: number | null; sentOn: string; createdAt: string; round: number }
interface Track {
  id: string; status: string; dueOn: string | null; progress: number; isFrozen: boolean; round: number
  reviews: { verdict: string; on: string; id: string }[]; reports: { on: string; at: string }[]; slips: Slip[]
}
interface Case { id: string; status: string; issuedOn: string; dueOn: string | null; rules: Rule[]; tracks: Track[] }

const after = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const holidays = new Set(['2026-10-01', '2026-10-02', '2026-10-05', '2026-11-12', '2026-11-20', '2026-12-01'])
const makeUps = new Set(['2026-10-10', '2026-11-14', '2026-11-28'])
const known = (day: string) => day.startsWith('2026')
const isWorking = (day: string) => makeUps.has(day) || (!holidays.has(day) && ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()))

/** Working days after the first day, up to and with the second. */
function between(from: string, to: string): number | null {
  if (!known(from) || !known(to)) return null
  if (to < from) return -between(to, from)!
  let days = 0
  for (let day = from; day < to; ) if (isWorking((day = after(day, 1)))) days++
  return days
}

const clockRuns = (status: string) => ['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED'].includes(status)
const last = <T>(list: readonly T[], key: (one: T) => string): T | undefined => [...list].sort((a, b) => (key(a) < key(b) ? 1 : -1))[0]

function byDays({ trigger, threshold }: Rule, dueOn: string | null): boolean {
  const left = dueOn && between(today, dueOn)
  if (left === null || !dueOn) return false
  if (trigger === 'DAYS_TO_DUE') return today <= dueOn && (left as number) <= threshold!
  return trigger === 'DAYS_LATE' && dueOn < today && between(dueOn, today)! >= threshold!
}

function fires(rule: Rule, { issuedOn }: Case, track: Track): boolean {
  const { trigger, threshold, level } = rule
  if (trigger === 'BEHIND_OR_POOR') {
    if (last(track.reviews, ({ on, id }) => `${on} ${id}`)?.verdict === 'POOR') return true
    const whole = track.dueOn && between(issuedOn, track.dueOn)
    if (whole === null || !track.dueOn) return false
    const share = (whole as number) <= 0 ? Number(track.dueOn < today) : Math.min(Math.max(between(issuedOn, today)!, 0), whole as number) / (whole as number)
    return Math.round((share * 100 - track.progress - threshold!) * 1e9) >= 0
  }
  if (trigger === 'PREVIOUS_SLIP_UNANSWERED') {
    const below = levels[levels.indexOf(level) - 1]
    return track.slips.some(
      (slip) =>
        slip.slipNumber !== null && slip.level === below && slip.round === track.round && between(slip.sentOn, today)! >= threshold! &&
        !track.reports.some(({ on, at }) => on > slip.sentOn || (on === slip.sentOn && at > slip.createdAt)),
    )
  }
  return byDays(rule, track.dueOn)
}

const highest = (rules: readonly Rule[]): Level => levels[Math.max(0, ...rules.map(({ level }) => levels.indexOf(level)))]!
const colourOf = (rules: readonly Rule[], light: Level) => rules.find(({ level }) => level === light)?.colour ?? null
const firing = (one: Case, track: Track) => (clockRuns(track.status) && !track.isFrozen ? one.rules.filter((rule) => rule.trigger !== null && fires(rule, one, track)) : [])

function trackLight(one: Case, track: Track) {
  const holding = firing(one, track)
  const light = highest(holding)
  const slips = holding.filter(({ level, sendsSlip }) => level === light && sendsSlip)
  const isSent = slips.some(({ id }) => track.slips.some((slip) => slip.ruleId === id && slip.round === track.round))
  return { light, lightColour: colourOf(one.rules, light), slipDue: track.status !== 'REPORTED' && slips.length > 0 && !isSent ? light : null }
}

function taskLight(one: Case) {
  const own = clockRuns(one.status) ? one.rules.filter((rule) => byDays(rule, one.dueOn)) : []
  const light = highest([...own, ...one.tracks.flatMap((track) => firing(one, track))])
  return { light, lightColour: colourOf(one.rules, light) }
}

async function policies(chance: Random, divisionId: string): Promise<{ id: string | null; rules: Rule[] }[]> {
  const { build } = world
  const basis = await build.document()
  const colours = { NONE: '绿', APPROACHING: '蓝', LATE: '黄', SERIOUS: '红' }
  const made: { id: string | null; rules: Rule[] }[] = [{ id: null, rules: [] }]
  for (let at = 0; at < 10; at++) {
    const { id } = await build.row('supervision_policy', 'supp', { divisionId, name: `规则${at}`, validFrom: `20${10 + at}-01-01`, validTo: `20${10 + at}-12-31`, basisId: basis.id, acceptWithinDays: 2, reportEveryDays: 5 })
    const rules: Rule[] = []
    const add = async (level: Level, trigger: string | null, threshold: number | null, sendsSlip: boolean) => {
      const { id: ruleId } = await build.row('light_rule', 'lrul', { policyId: id, level, colour: colours[level], trigger, threshold, sendsSlip })
      rules.push({ id: ruleId, level, colour: colours[level], trigger, threshold, sendsSlip })
    }
    if (at % 2 === 0) await add('NONE', null, null, false)
    for (const level of ['APPROACHING', 'LATE', 'SERIOUS'] as const) {
      const triggers = ['DAYS_TO_DUE', 'DAYS_LATE', 'BEHIND_OR_POOR', ...(level === 'APPROACHING' ? [] : ['PREVIOUS_SLIP_UNANSWERED'])]
      for (const trigger of chance.some(triggers, 1 + chance.below(2))) await add(level, trigger, trigger === 'BEHIND_OR_POOR' ? 1 + chance.below(60) : 1 + chance.below(8), chance.chance(0.7))
    }
    made.push({ id, rules })
  }
  return made
}

async function makeCase(chance: Random, { id: policyId, rules }: { id: string | null; rules: Rule[] }, units: string[]): Promise<Case> {
  const { build } = world
  const day = (): string | null => (chance.chance(0.1) ? null : after(today, chance.below(60) - 30))
  const [issuedOn, dueOn] = [after(today, -chance.below(45)), chance.chance(0.05) ? '2027-01-08' : day()]
  const status = chance.pick(['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'SUSPENDED', 'TERMINATED'])
  // Without a day of issue the database looks for no policy of its own.
  const task = await build.task({ issuingUnitId: units[0], status, dueOn, policyId, issuedOn: policyId ? issuedOn : null, ...(status === 'SUSPENDED' ? { suspendedFrom: 'ISSUED', suspendedWith: 'x', suspendedOn: today } : {}) })
  const one: Case = { id: task.id, status, issuedOn, dueOn, rules, tracks: [] }
  for (const unitId of chance.some(units, 1 + chance.below(3))) {
    const trackStatus = chance.pick(['ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'RETURNED', 'REFUSED', 'COMPLETED', 'PROPOSED'])
    const track: Track = { id: '', status: trackStatus, dueOn: chance.chance(0.05) ? '2027-01-08' : day(), progress: chance.below(101), isFrozen: status === 'SUSPENDED', round: 0, reviews: [], reports: [], slips: [] }
    track.id = (await build.assignment({ taskId: task.id, unitId, status: trackStatus, dueOn: track.dueOn, progress: track.progress })).id
    const step = (from: string, to: string, [unitFromId, unitToId] = [unitId, unitId]) => build.row('task_step', 'step', { seq: chance.below(1e9), taskId: task.id, assignmentId: track.id, at: new Date(), onDay: today, trackFrom: from, trackTo: to, unitFromId, unitToId })
    for (let more = chance.below(3); more > 0; more--) {
      const [kind, isRound] = chance.pick([['return', true], ['hand over', true], ['new due day', false], ['report', false]] as const)
      if (isRound) track.round++
      await step(...((kind === 'return' ? ['REPORTED', 'RETURNED'] : kind === 'hand over' ? ['ISSUED', 'ISSUED', [units.find((unit) => unit !== unitId), unitId]] : kind === 'new due day' ? ['ISSUED', 'ISSUED'] : ['IN_PROGRESS', 'REPORTED']) as [string, string]))
    }
    const moment = (on: string) => new Date(Date.parse(`${on}T01:00:00Z`) + chance.below(5) * 3_600_000).toISOString()
    for (let more = chance.below(3); more > 0; more--) {
      const on = after(today, -chance.below(12))
      const at = moment(on)
      await build.progressReport({ assignmentId: track.id, reportedOn: on, periodFrom: '2026-09-01', periodTo: '2026-09-02', createdAt: at })
      track.reports.push({ on, at })
    }
    for (let more = chance.below(2); more > 0; more--) {
      const [on, verdict] = [after(today, -chance.below(10)), chance.pick(['GOOD', 'POOR'])]
      track.reviews.push({ verdict, on, id: (await build.review({ assignmentId: track.id, reviewedOn: on, verdict })).id })
    }
    const sending = chance.some(rules.filter(({ trigger }) => trigger), chance.below(4))
    for (const rule of sending) {
      const sentOn = after(today, -chance.below(12))
      const isDue = chance.chance(0.6)
      const slip = { ruleId: isDue ? rule.id : null, level: rule.level, slipNumber: isDue || chance.chance(0.7) ? ++numbered : null, sentOn, createdAt: moment(sentOn), round: chance.chance(0.7) ? track.round : track.round + 1 }
      track.slips.push({ ...slip, id: (await build.reminder({ assignmentId: track.id, ...slip, slipYear: slip.slipNumber && 2026 })).id })
    }
    one.tracks.push(track)
  }
  return one
}
let numbered = 0

const tasks = isFull ? 2_000 : 180

it(`shines as the rules say on tracks made at random (seed ${seed})`, async () => {
  const { build } = world
  const chance = random(seed)
  const { province, office } = await build.network()
  await build.calendar(2026)
  const [year] = await world.sql<{ id: string }>('select id from calendar_year')
  for (const [days, kind] of [[holidays, 'HOLIDAY'], [makeUps, 'MAKE_UP_WORKDAY']] as const) for (const on of days) await build.row('calendar_day', 'cald', { yearId: year!.id, on, kind, name: '示' })
  const units = [office.id]
  for (let at = 0; at < 4; at++) units.push((await build.unit({ divisionId: province.id })).id)
  const choices = await policies(chance, province.id)
  const cases: Case[] = []
  for (let at = 0; at < tasks; at++) cases.push(await makeCase(chance, chance.chance(0.05) ? choices[0]! : chance.pick(choices), units))

  const wanted = new Map<string, object>(cases.flatMap((one) => [[one.id, taskLight(one)] as const, ...one.tracks.map((track) => [track.id, trackLight(one, track)] as const)]))
  const trackIds = cases.flatMap(({ tracks }) => tracks.map(({ id }) => id))
  const told = new Map<string, object>()
  const ask = async (document: string, variables: object) => {
    const { data, errors } = await world.as('coordinator').run(document, variables as never)
    expect(errors).toEqual([])
    return data
  }
  const inTwoHundreds = (ids: string[]) => Array.from({ length: Math.ceil(ids.length / 200) }, (_none, at) => ids.slice(at * 200, at * 200 + 200))
  for (const ids of inTwoHundreds(trackIds)) for (const { id, ...rest } of (await ask('query ($ids: [ID!]!) { assignments(first: 200, filter: { id: { in: $ids } }) { nodes { id light lightColour slipDue } } }', { ids })).assignments.nodes) told.set(id, rest)
  for (const ids of inTwoHundreds(cases.map(({ id }) => id))) for (const { id, ...rest } of (await ask('query ($ids: [ID!]!) { tasks(first: 200, filter: { id: { in: $ids } }) { nodes { id light lightColour } } }', { ids })).tasks.nodes) told.set(id, rest)
  const differing = [...wanted].filter(([id, light]) => JSON.stringify(light) !== JSON.stringify(told.get(id))).map(([id, light]) => ({ id, wanted: light, told: told.get(id) }))
  expect(differing.slice(0, 3)).toEqual([])
  expect(told.size).toBe(wanted.size)

  const lightOf = (id: string) => wanted.get(id) as { light: Level; slipDue: Level | null }
  const counted = async (filter: string) => (await ask(`{ assignments(filter: ${filter}) { totalCount } }`, {})).assignments.totalCount
  const count = (test: (of: { light: Level; slipDue: Level | null }) => boolean) => trackIds.filter((id) => test(lightOf(id))).length
  expect(await counted('{ light: { in: [LATE, SERIOUS] } }')).toBe(count(({ light }) => light === 'LATE' || light === 'SERIOUS'))
  expect(await counted('{ not: { light: { eq: NONE } } }')).toBe(count(({ light }) => light !== 'NONE'))
  expect(await counted('{ slipDue: { isNull: false } }')).toBe(count(({ slipDue }) => slipDue !== null))
  expect((await ask('{ tasks(filter: { light: { eq: SERIOUS } }) { totalCount } }', {})).tasks.totalCount).toBe(cases.filter(({ id }) => lightOf(id).light === 'SERIOUS').length)

  const histogram = Object.fromEntries(levels.map((level) => [level, count(({ light }) => light === level)]))
  say(`lights, seed ${seed}: ${trackIds.length} tracks of ${cases.length} tasks, ${JSON.stringify(histogram)}, slips due ${count(({ slipDue }) => slipDue !== null)}`)
  for (const level of levels) expect(histogram[level]).toBeGreaterThan(2)
  expect(trackIds.length).toBeGreaterThan(300)
}, 300_000)
