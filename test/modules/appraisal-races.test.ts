import { expect, it } from '@jest/globals'
import { Histories } from '../support/histories.js'
import { today, useWorld } from '../support/world.js'

// Two at once need a server with more than one session.
const world = useWorld({ on: 'postgresql' })

const run = async (login: string, mutation: string, type: string, input: object) => {
  const { data, errors } = await world.as(login).run(`mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`, { input })
  expect(errors).toEqual([])
  return (data[mutation].userErrors as { code: string }[]).map(({ code }) => code).join()
}

async function staged() {
  const { build } = world
  const { province, office } = await build.network()
  await build.calendar()
  const bureau = await build.unit({ divisionId: province.id })
  await build.person({ login: 'second', unit: office.id, role: 'COORDINATOR' })
  await build.person({ login: 'director', unit: bureau.id, role: 'DIRECTOR' })
  const paper = await build.document()
  await build.row('deduction_rule', 'drul', { divisionId: province.id, reason: 'LATE_REPORT', points: '2', validFrom: '2026-01-01', basisId: paper.id })
  await new Histories(world).track({ issuingUnitId: office.id, unitId: bureau.id, dueOn: '2026-10-09' }, [['2026-10-01', 'ISSUED'], ['2026-10-02', 'ACCEPTED']])
  expect(await run('coordinator', 'scorePeriodCompute', 'ScorePeriodComputeInput', { idempotencyKey: 'c', divisionId: province.id, month: '2026-10' })).toBe('')
  const [ids] = await world.sql<{ period: string; score: string; deduction: string }>('select p.id as period, s.id as score, d.id as deduction from score_period p join unit_score s on s.period_id = p.id join deduction d on d.unit_score_id = s.id')
  return { province, ...ids! }
}

const add = (score: string, key: string) => run('coordinator', 'deductionAdd', 'DeductionAddInput', { idempotencyKey: key, unitScoreId: score, points: '1.25', text: '扣分', occurredOn: '2026-10-20' })

it('submits no month while an appeal comes in, in 20 races', async () => {
  const won: Record<string, number> = {}
  const { period, deduction } = await staged()
  for (let turn = 0; turn < 20; turn++) {
    await world.backbone.database.transaction(async (sql) => {
      await sql({ text: 'alter table score_period disable trigger user', values: [] })
      await sql({ text: 'alter table deduction disable trigger user', values: [] })
      await sql({ text: `update score_period set status = 'OPEN', submitted_on = null, submitted_by_id = null, version = 1`, values: [] })
      await sql({ text: `update deduction set appeal_status = 'NONE', appealed_on = null, version = 1`, values: [] })
      await sql({ text: 'alter table score_period enable trigger user', values: [] })
      await sql({ text: 'alter table deduction enable trigger user', values: [] })
    })
    const publish = () => run('coordinator', 'scorePeriodSubmit', 'ScorePeriodStepInput', { idempotencyKey: `p${turn}`, periodId: period, expectedVersion: 1 })
    const appeal = () => run('director', 'deductionAppeal', 'DeductionAppealInput', { idempotencyKey: `a${turn}`, deductionId: deduction, expectedVersion: 1, appealText: '申诉' })
    const [first, second] = turn % 2 === 0 ? [publish, appeal] : [appeal, publish]
    const answers = await Promise.all([first(), second()])
    const told = (turn % 2 === 0 ? answers : answers.toReversed()).join('/')
    const [{ status, appealed }] = (await world.sql<{ status: string; appealed: string }>('select p.status, d.appeal_status as appealed from score_period p, deduction d')) as [{ status: string; appealed: string }]
    expect([turn, told, status, appealed]).toEqual([turn, told, ...(told === '/LOCKED' ? ['SUBMITTED', 'NONE'] : ['OPEN', 'APPEALED'])])
    expect(['/LOCKED', 'APPEALS_OPEN/']).toContain(told)
    won[told] = (won[told] ?? 0) + 1
  }
  process.stdout.write(`appraisal races: ${JSON.stringify(won)}\n`)
}, 120_000)

it('adds up every deduction where many come at once, and while the month is computed anew', async () => {
  const { province, score } = await staged()
  const answers = await Promise.all([
    ...Array.from({ length: 8 }, (_none, at) => add(score, `d${at}`)),
    ...Array.from({ length: 3 }, (_none, at) => run('coordinator', 'scorePeriodCompute', 'ScorePeriodComputeInput', { idempotencyKey: `c${at}`, divisionId: province.id, month: '2026-10' })),
  ])
  const entered = answers.slice(0, 8).filter((codes) => codes === '').length
  const [{ points, sum }] = (await world.sql<{ points: string; sum: string }>('select s.points_deducted::text as points, (select sum(d.points)::text from deduction d) as sum from unit_score s')) as [{ points: string; sum: string }]
  expect({ entered, points, sum }).toEqual({ entered: 8, points: '12.00', sum: '12.00' })
  expect(answers).toEqual(answers.map(() => ''))
  expect(await world.sql('select computed_on from score_period')).toEqual([{ computed_on: today }])
}, 120_000)

it('gives back what several decisions at once cancel', async () => {
  const { score } = await staged()
  for (let at = 0; at < 5; at++) expect(await add(score, `d${at}`)).toBe('')
  const rows = await world.sql<{ id: string }>(`select id from deduction order by id`)
  for (const [at, { id }] of rows.entries()) expect(await run('director', 'deductionAppeal', 'DeductionAppealInput', { idempotencyKey: `a${at}`, deductionId: id, expectedVersion: 1, appealText: '申诉' })).toBe('')
  const answers = await Promise.all(rows.map(({ id }, at) => run('second', 'deductionDecide', 'DeductionDecideInput', { idempotencyKey: `e${at}`, deductionId: id, expectedVersion: 2, uphold: false, note: '撤销' })))
  expect([answers, await world.sql('select points_deducted::text as points, score::text as score from unit_score')]).toEqual([rows.map(() => ''), [{ points: '0.00', score: '100.00' }]])
}, 120_000)
