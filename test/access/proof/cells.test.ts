/** Small cells: a BI_READER that tries to difference hidden bits of people out of aggregates, groups, having, indicators and published figures does no better than chance; who may read them finds them all. */
import { beforeEach, expect, it } from '@jest/globals'
import type { Built } from '../../support/build.js'
import { buildPay } from '../../support/build-pay.js'
import { buildPosts } from '../../support/build-posts.js'
import { useWorld } from '../../support/world.js'
import { isFull, random, say, seedOfRun } from './random.js'

const world = useWorld()
const cells = isFull ? 200 : 60
let province: Built
let targets: { unit: string; bit: boolean }[] = []

// Each target is a unit with one person, paid or not: a cell of one, in one of six prefectures; every prefecture has many others too.
beforeEach(async () => {
  const { build } = world
  const chance = random(seedOfRun)
  const network = await build.network()
  province = network.province
  const posts = buildPosts(world)
  const cities: Built[] = []
  for (let at = 0; at < 6; at++) cities.push(await build.division({ parentId: province.id, level: 'PREFECTURE' }))
  targets = []
  for (let at = 0; at < cells; at++) {
    const unit = await build.unit({ divisionId: cities[at % 6]!.id })
    const worker = await posts.worker({ unit: unit.id })
    const bit = chance.chance(0.5)
    const employment = await posts.employment({ socialWorkerId: worker.id, unitId: unit.id, kind: bit ? 'UNPAID' : 'FULL_TIME' })
    await posts.workLog({ employmentId: employment.id, category: bit ? 'ADMINISTRATIVE' : 'CASE', workedOn: '2025-05-05' })
    await posts.qualification({ socialWorkerId: worker.id, level: bit ? 'SENIOR' : 'ASSISTANT' })
    targets.push({ unit: unit.id, bit })
  }
  await build.row('service_token', 'stok', { name: 'bi', tokenHash: 'bi', role: 'BI_READER', unitId: network.office.id, expiresAt: '2099-01-01T00:00:00Z' })
  // Who may read: personnel officer of every unit.
  const reader = await build.person({ login: 'reader', unit: targets[0]!.unit, role: 'HR_OFFICER' })
  for (const { unit } of targets.slice(1)) await build.appointment({ personId: reader.id, unitId: unit, role: 'HR_OFFICER' })
  await buildPay(world).threshold({ divisionId: province.id, basisId: (await build.document()).id })
  const { data } = await world.as('coordinator').run('mutation ($input: IndicatorFiguresPublishInput!) { indicatorFiguresPublish(input: $input) { userErrors { code } } }', { input: { idempotencyKey: 'a', divisionId: province.id, year: 2025 } })
  expect(data.indicatorFiguresPublish.userErrors).toEqual([])
}, 120_000)

interface Attack {
  name: string
  /** The whole, asked once, and the same without one unit: the difference is the unit's own. */
  text(filter: string): string
  told(data: any): unknown
}
const groups = (data: any) => data.found.nodes.length === 0 ? 0 : Number(data.found.nodes[0].found ?? data.found.nodes[0].count ?? 0)
const count = (list: string, filter: (of: string) => string, selection = 'count', more = ''): Attack['text'] => (of) => `{ found: ${list}Aggregate(filter: ${filter(of)}${more}) { nodes { ${selection} } } }`
const attacks: Attack[] = [
  { name: 'filter', text: count('employments', (unit) => `{ kind: { eq: UNPAID }, unit: ${unit} }`), told: groups },
  { name: 'negation', text: count('employments', (unit) => `{ not: { kind: { eq: FULL_TIME } }, unit: ${unit} }`), told: groups },
  { name: 'countWhere', text: count('employments', (unit) => `{ unit: ${unit} }`, 'found: countWhere(filter: { kind: { eq: UNPAID } })'), told: groups },
  { name: 'countDistinct', text: count('employments', (unit) => `{ kind: { eq: UNPAID }, unit: ${unit} }`, 'found: countDistinct(field: SOCIAL_WORKER)'), told: groups },
  { name: 'having', text: count('employments', (unit) => `{ unit: ${unit} }`, 'count', ', groupBy: [{ field: UNIT }], having: [{ countWhere: { kind: { eq: UNPAID } }, gt: 0 }]'), told: (data) => data.found.nodes.length },
  { name: 'hours', text: count('workLogs', (unit) => `{ category: { eq: ADMINISTRATIVE }, unit: ${unit} }`, 'found: sum(field: HOURS)'), told: groups },
  { name: 'qualification', text: count('qualifications', (unit) => `{ level: { eq: SENIOR }, socialWorker: { person: { unit: ${unit} } } }`), told: groups },
  { name: 'person', text: count('socialWorkers', (unit) => `{ grade: { eq: SENIOR }, person: { unit: ${unit} } }`), told: groups },
]

it('the BI reader guesses, who may read knows', async () => {
  const asks = async (login: string, text: string) => {
    const { data, errors } = await world.as(login).run(text)
    return errors.length > 0 ? undefined : data
  }
  const chanceAlone = 4 * (Math.sqrt(cells) / 2)
  const lines: string[] = []
  for (const { name, text, told } of attacks) {
    const right = async (login: string) => {
      const whole = told(await asks(login, text('{}')))
      let found = 0
      for (const { unit, bit } of targets) {
        const without = told(await asks(login, text(`{ not: { id: { eq: "${unit}" } } }`)))
        if ((Number(whole) - Number(without) > 0) === bit) found++
      }
      return found
    }
    const attacker = await right('service:bi')
    lines.push(`${name} ${attacker}/${cells}`)
    expect([name, Math.abs(attacker - cells / 2) <= chanceAlone]).toEqual([name, true])
    if (name === 'filter') expect([name, await right('reader')]).toEqual([name, cells])
  }
  say(`cells seed ${seedOfRun}: right guesses of hidden bits by differencing: ${lines.join(', ')}`)
}, 240_000)

it('indicators and published figures tell nothing that changes with one hidden bit, but sums of published regions', async () => {
  const texts = [
    ...['UNPAID_SHARE', 'FULL_TIME_SHARE', 'ADMINISTRATIVE_SHARE', 'HIGHER_GRADE_SHARE', 'SOCIAL_WORKERS'].flatMap((key) => [2025, 2026].flatMap((year) => ['', ', by: UNIT', ', by: DIVISION', ', by: UNIT_KIND'].map((by) =>
      `{ indicator(key: ${key}, division: "330000", period: { year: ${year} }${by}) { value numerator denominator suppressed groups { key value numerator } rows { totalCount nodes { id } } } }`))),
    '{ indicator(key: UNPAID_SHARE, division: "330000", period: { year: 2025, month: 5 }) { value numerator } }',
    '{ indicatorFigures(first: 200) { nodes { indicator isTotal isSuppressed persons numerator denominator division { code } } } }',
    '{ employmentsAggregate(groupBy: [{ field: KIND }, { field: UNIT_DIVISION }]) { nodes { count keys { kind } } totalCount } }',
    '{ socialWorkersAggregate(groupBy: [{ field: PERSON_UNIT }]) { nodes { count } totalCount } }',
    '{ volunteerTeamsAggregate(filter: { leader: { grade: { eq: SENIOR } } }) { nodes { count countDistinct(field: LEADER) } } }',
  ]
  const battery = async () => JSON.stringify(await Promise.all(texts.map((text) => world.as('service:bi').run(text))).then((all) => all.map(({ data, codes }) => [data, codes])))
  const before = await battery()
  for (const { unit } of targets.slice(0, 5)) {
    await world.sql(`update employment set kind = case kind when 'UNPAID' then 'FULL_TIME' else 'UNPAID' end where unit_id = $1`, [unit])
    await world.sql(`update work_log set category = case category when 'CASE' then 'ADMINISTRATIVE' else 'CASE' end where employment_id in (select id from employment where unit_id = $1)`, [unit])
    expect(await battery()).toBe(before)
  }
  // What is published has no part with few persons, and what is left out of the whole has none.
  const { data } = await world.as('service:bi').run('{ indicatorFigures(first: 200) { nodes { indicator isTotal isSuppressed persons numerator denominator } } }')
  const unpaid = (data.indicatorFigures.nodes as { indicator: string; isTotal: boolean; isSuppressed: boolean; persons: number | null; numerator: string | null; denominator: string | null }[]).filter(({ indicator }) => indicator === 'UNPAID_SHARE')
  const total = unpaid.find(({ isTotal }) => isTotal)!
  const shown = unpaid.filter(({ isTotal, isSuppressed }) => !isTotal && !isSuppressed)
  const few = (persons: number) => persons > 0 && persons < 5
  for (const { persons, numerator, denominator } of shown) expect([few(persons!), few(Number(numerator)), few(Number(denominator) - Number(numerator))]).toEqual([false, false, false])
  if (!total.isSuppressed) {
    const rest = (of: 'numerator' | 'denominator') => Number(total[of]) - shown.reduce((sum, one) => sum + Number(one[of]), 0)
    expect([few(rest('numerator')), few(rest('denominator') - rest('numerator'))]).toEqual([false, false])
  }
  const { data: again } = await world.as('coordinator').run('mutation ($input: IndicatorFiguresPublishInput!) { indicatorFiguresPublish(input: $input) { userErrors { code field } } }', { input: { idempotencyKey: 'b', divisionId: province.id, year: 2025 } })
  expect(again.indicatorFiguresPublish.userErrors).toEqual([{ code: 'TAKEN', field: 'input.year' }])
  say(`cells: ${texts.length} answers unchanged by 5 hidden bits; ${shown.length} of ${unpaid.length - 1} regions published, the province ${total.isSuppressed ? 'left out' : 'told'}`)
}, 120_000)
