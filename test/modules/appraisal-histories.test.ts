import { expect, it } from '@jest/globals'
import { actsOn, errorFields } from '../support/acts.js'
import { monthOf, random, randomTrack, type Track } from '../support/month-model.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { done } = actsOn(world)
const names = ['trackCount', 'dueCount', 'onTimeCount', 'lateCount', 'lateDays', 'reportedCount', 'returnedCount', 'acceptedCount', 'acceptanceDays', 'extensionCount'] as const
const document = `mutation ($input: ScorePeriodComputeInput!) { scorePeriodCompute(input: $input) { scorePeriod { scores(first: 200) { nodes { unit { id } ${names.join(' ')} pointsDeducted score deductions(first: 200) { totalCount nodes { reason points occurredOn daysLate assignment { id } } } } } } ${errorFields} } }`
const seed = Number(process.env['HELI_SEED'] ?? 20_261_123)
const acceptWithin = 3
const rules = { LATE_REPORT: [150, 700], LATE_ACCEPTANCE: [50, Infinity], RETURNED: [100, 200] } as const

/** Writes the log as the database keeps it: the row as it stands, and one step for each entry after the first. */
async function enter(tracks: readonly Track[], more: { issuingUnitId: string; policyId: string }): Promise<void> {
  let seq = 0
  const id = (prefix: string, of: string) => `${prefix}_${of}`
  const [tasks, assignments, steps] = [[], [], []] as Record<string, unknown>[][]
  for (const { id: own, log, pauses } of tracks) {
    const [first, last] = [log[0]!, log.at(-1)!]
    const created = { version: 1, created_at: `${first.day}T01:00:00Z`, updated_at: `${first.day}T01:00:00Z` }
    const isPaused = pauses.at(-1)?.isPaused ?? false
    tasks!.push({ ...created, id: id('task', own), code: own, title: own, source: 'DOCUMENT', issuing_unit_id: more.issuingUnitId, urgency: 'NORMAL', confidential: false, status: isPaused ? 'SUSPENDED' : 'IN_PROGRESS', policy_id: more.policyId, in_network: false, ancestor_ids: [] })
    assignments!.push({ ...created, id: id('asgn', own), task_id: id('task', own), unit_id: last.unit, role: 'LEAD', due_on: last.due, status: last.status, progress: 0, is_frozen: isPaused, is_redone: false, in_network: false })
    const line = (day: string, act: string, what: Record<string, unknown>) => steps!.push({ id: `step_${String(++seq).padStart(26, '0')}`, seq, task_id: id('task', own), at: `${day}T02:00:00Z`, on_day: day, act, ...what })
    for (const pause of pauses) line(pause.day, pause.isPaused ? 'taskSuspend' : 'taskResume', { task_from: pause.isPaused ? 'IN_PROGRESS' : 'SUSPENDED', task_to: pause.isPaused ? 'SUSPENDED' : 'IN_PROGRESS' })
    for (const [at, entry] of log.entries()) {
      if (at > 0) line(entry.day, entry.act!, { assignment_id: id('asgn', own), track_from: entry.was, track_to: entry.status, due_from: log[at - 1]!.due, due_to: entry.due, unit_from_id: entry.unitWas, unit_to_id: entry.unit })
    }
  }
  for (const [table, rows] of [['task', tasks], ['assignment', assignments], ['task_step', steps]] as const) {
    const columns = [...new Set(rows!.flatMap((row) => Object.keys(row)))].join(', ')
    await world.sql(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [JSON.stringify(rows)])
  }
}

it('agrees with a model that goes through 480 random histories day by day', async () => {
  const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
  const counts: Record<string, number> = {}
  let histories = 0
  for (let turn = 0; turn < 4; turn++) {
    await world.sql(`do $$ begin set local session_replication_role = replica; ${(await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename not in ('journal_head', 'mikro_orm_migrations')`)).map(({ name }) => `delete from "${name}";`).join(' ')} end $$`)
    const chance = random(seed + turn)
    const { build } = world
    const { province, office } = await build.network()
    await build.calendar()
    const units = [office, ...(await Promise.all([1, 2, 3].map(() => build.unit({ divisionId: province.id }))))].map(({ id }) => id)
    // Some tracks go to a unit that is appraised elsewhere.
    const elsewhere = (await build.unit()).id
    const paper = await build.document()
    const { id: policyId } = await build.row('supervision_policy', 'supp', { divisionId: province.id, name: '规则', validFrom: '2020-01-01', basisId: paper.id, acceptWithinDays: acceptWithin, reportEveryDays: 10 })
    for (const [reason, [points, limit]] of Object.entries(rules)) await build.row('deduction_rule', 'drul', { divisionId: province.id, reason, points: points / 100, maxPerMonth: limit === Infinity ? null : limit / 100, validFrom: '2020-01-01', basisId: paper.id })
    const tracks = Array.from({ length: 120 }, () => randomTrack(chance, `01k${Array.from({ length: 23 }, () => alphabet[chance.below(32)]).join('')}`, [...units, elsewhere], '2026-08-20', today))
    histories += tracks.length
    await enter(tracks, { issuingUnitId: office.id, policyId })
    for (const month of ['2026-08', '2026-09', '2026-10', '2026-11']) {
      const { scores } = await done('coordinator', document, { idempotencyKey: `${turn} ${month}`, divisionId: province.id, month })
      const told = new Map(scores.nodes.map(({ unit, ...score }: any) => [unit.id, score]))
      const model = monthOf(tracks, month, today, acceptWithin)
      const expected = units.filter((unit) => model.has(unit))
      expect([month, [...told.keys()].sort()]).toEqual([month, expected.sort()])
      for (const unit of expected) {
        const { faults, ...figures } = model.get(unit)!
        const { deductions, pointsDeducted, score, ...said } = told.get(unit) as any
        expect({ turn, month, unit, ...said }).toEqual({ turn, month, unit, ...figures })
        expect(deductions.totalCount).toBeLessThanOrEqual(200)
        expect({ turn, month, unit, faults: deductions.nodes.map((one: any) => `${one.reason} ${one.assignment.id.slice(5)} ${one.occurredOn} ${one.daysLate}`).sort() }).toEqual({ turn, month, unit, faults })
        const points = Object.entries(rules).reduce((sum, [reason, [each, limit]]) => sum + Math.min(each * faults.filter((one) => one.startsWith(reason)).length, limit), 0)
        expect([pointsDeducted, score]).toEqual([(points / 100).toFixed(2), (Math.max(10_000 - points, 0) / 100).toFixed(2)])
        for (const name of names) counts[name] = (counts[name] ?? 0) + figures[name]
        for (const fault of faults) counts[fault.split(' ')[0]!] = (counts[fault.split(' ')[0]!] ?? 0) + 1
      }
    }
  }
  process.stdout.write(`appraisal seed ${seed}: ${histories} histories, ${JSON.stringify(counts)}\n`)
  // Every figure was put to the test.
  expect(Object.entries(counts).filter(([, count]) => count < 50)).toEqual([])
  expect(histories).toBe(480)
}, 300_000)
