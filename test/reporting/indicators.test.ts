import { describe, expect, it } from '@jest/globals'
import { catalogue, indicatorKeys } from '../../src/reporting/indicators/index.js'
import { buildIndicators } from '../support/build-indicators.js'
import { useWorld } from '../support/world.js'
import { indicatorScene } from './indicator-scene.js'

const world = useWorld()

const inP = (unit: string) => `exists (select 1 from unit u join division d on d.id = u.division_id, division p where u.id = ${unit} and p.code = '330000' and d.path like p.path || '%')`
const main = '(select a.unit_id from appointment a where a.person_id = sw.person_id and a.is_main and a.valid_to is null)'
const workers = (where = 'true') => `select count(*) from social_worker sw where ${inP(main)} and ${where}`
const grade = (levels: string) => `exists (select 1 from qualification q where q.social_worker_id = sw.id and q.kind = 'CREDENTIAL' and q.level in (${levels}))`
const anyGrade = grade(`'ASSISTANT', 'SOCIAL_WORKER', 'SENIOR'`)
const logs = (where = 'true') => `select sum(w.hours) from work_log w join employment e on e.id = w.employment_id where ${inP('e.unit_id')} and w.worked_on between '2026-01-01' and '2026-12-31' and ${where}`
const plans = (where = 'true') => `select count(*) from service_plan sp where ${inP('sp.unit_id')} and extract(year from sp.approved_on) = 2026 and ${where}`
const jobs = (where = 'true') => `select count(*) from employment e where ${inP('e.unit_id')} and e.valid_from <= '2026-11-23' and (e.valid_to is null or e.valid_to > '2026-11-23') and ${where}`
const posts = (where = 'true') => `select count(*) from post t where ${inP('t.unit_id')} and t.closed_on is null and ${where}`
const volunteers = (where = 'true') => `select count(*) from volunteer v where ${inP('v.unit_id')} and v.status = 'REGISTERED' and ${where}`
const arrived = (year: number, where = 'true') => `select coalesce(sum(x.amount), 0) from disbursement x join allocation al on al.id = x.allocation_id join budget_line l on l.id = al.line_id where ${inP('x.unit_id')} and extract(year from x.arrived_on) = ${year} and ${where}`
const lots = (what: string) => `select ${what} from lot l join procurement pr on pr.id = l.procurement_id where ${inP('pr.purchaser_id')} and l.status = 'OPENED'`
const contracts = (what: string, where: string) => `select ${what} from contract c where ${inP('c.purchaser_id')} and ${where}`
const earlier = '(select max(b.ends_on) from contract b where b.agency_id = c.agency_id and b.purchaser_id = c.purchaser_id and b.starts_on < c.starts_on)'
const agencies = (where = 'true') => `select count(*) from unit g where g.kind = 'SERVICE_AGENCY' and ${inP('g.id')} and ${where}`
const communities = (where = 'true') => `select count(*) from unit g where g.kind = 'COMMUNITY' and ${inP('g.id')} and ${where}`
const sessions = (where = 'true') => `select count(*) from supervision_session s join supervision v on v.id = s.supervision_id where ${inP('v.unit_id')} and s.held_on between '2026-01-01' and '2026-12-31' and ${where}`
const scores = (what: string) => `select ${what} from unit_score s join score_period sp on sp.id = s.period_id where sp.status = 'PUBLISHED' and sp.month like '2026-%' and ${inP('s.unit_id')}`
const tracks = (where: string) => `select count(*) from assignment t where ${inP('t.unit_id')} and ${where}`
const opening = `(select sum(o.count) from opening_count o join division p on p.id = o.division_id where p.code = '330000' and o.year = 2025)`

/** Each indicator once more, written by hand: numerator, denominator, and the year where it is not this one. */
const byHand: Record<string, [numerator: string, denominator?: string, year?: number]> = {
  ADMINISTRATIVE_SHARE: [logs(`w.category = 'ADMINISTRATIVE'`), logs()],
  SUPERIOR_ASSIGNED_SHARE: [logs(`w.origin = 'SUPERIOR_ASSIGNED'`), logs()],
  INDEPENDENT_PLAN_SHARE: [plans('sp.survey_id is not null and sp.consultation_id is not null'), plans()],
  IDLE_CERTIFICATE_RATE: [workers(`${anyGrade} and not exists (select 1 from employment e where e.social_worker_id = sw.id)`), workers(anyGrade)],
  SOCIAL_WORKERS: [workers()],
  CREDENTIALED_SHARE: [workers(anyGrade), workers()],
  HIGHER_GRADE_SHARE: [workers(grade(`'SENIOR', 'SOCIAL_WORKER'`)), workers(anyGrade)],
  EXPLICIT_POST_SHARE: [posts(`t.kind = 'EXPLICIT'`), posts()],
  FULL_TIME_SHARE: [jobs(`e.kind = 'FULL_TIME'`), jobs()],
  UNPAID_SHARE: [jobs(`e.kind = 'UNPAID'`), jobs()],
  LED_TEAM_COVERAGE: [communities('exists (select 1 from volunteer_team t where t.unit_id = g.id and t.ended_on is null)'), communities()],
  VOLUNTEERS_PER_SOCIAL_WORKER: [volunteers(), workers()],
  HOURS_PER_VOLUNTEER: [`select sum(s.hours) from volunteer_service s where ${inP('s.unit_id')} and extract(year from s.served_on) = 2026`, `select count(*) from volunteer v where ${inP('v.unit_id')} and v.registered_on is not null and (v.ended_on is null or v.ended_on > '2026-01-01')`],
  RETURNED_BENEFICIARY_RATE: [volunteers(`v.origin = 'FORMER_BENEFICIARY'`), volunteers()],
  REGISTERED_SHARE: [`select (${volunteers()}) + ${opening}`, `select s.resident_population from division_statistic s join division p on p.id = s.division_id where p.code = '330000' and s.year = 2025`],
  FISCAL_SHARE: [arrived(2026, `l.source = 'FISCAL'`), arrived(2026)],
  FUNDING_GROWTH: [`select (${arrived(2026)}) - (${arrived(2025)})`, arrived(2025)],
  BIDDERS_PER_LOT: [lots(`sum((select count(*) from bid b where b.lot_id = l.id and b.status = 'OPENED'))`), lots('count(*)')],
  CASH_ARRIVAL_DELAY: [`select sum(greatest(0, x.arrived_on - al.promised_on)) from disbursement x join allocation al on al.id = x.allocation_id where ${inP('al.to_unit_id')} and extract(year from al.promised_on) = 2026`, `select count(*) from allocation al where ${inP('al.to_unit_id')} and extract(year from al.promised_on) = 2026`],
  PARITY_INDEX: [`select min(f.median_pay) from pay_figure f where f.level = 'ASSISTANT'`, `select min(f.comparable_median) from pay_figure f where f.level = 'ASSISTANT'`, 2025],
  BELOW_FLOOR_PERSONS: [`select sum(f.below_floor_persons) from pay_figure f where f.is_total`, undefined, 2025],
  BUDGETED_SHARE: [contracts('sum(c.amount)', `c.funding = 'ANNUAL_BUDGET' and c.signed_on >= '2026-01-01'`), contracts('sum(c.amount)', `c.signed_on >= '2026-01-01'`)],
  CONTRACT_GAP_DAYS: [contracts(`sum(c.starts_on - ${earlier} - 1)`, `c.starts_on >= '2026-01-01'`), contracts('count(*)', `c.starts_on >= '2026-01-01' and ${earlier} is not null`)],
  RENEWAL_RATE: [contracts('count(*)', `c.ends_on between '2026-01-01' and '2026-11-23' and exists (select 1 from contract n where n.agency_id = c.agency_id and n.purchaser_id = c.purchaser_id and n.starts_on > c.starts_on)`), contracts('count(*)', `c.ends_on between '2026-01-01' and '2026-11-23'`)],
  SUPPORT_COVERAGE: [agencies('exists (select 1 from agency_support s where s.agency_id = g.id)'), agencies()],
  SUPERVISION_COVERAGE: [workers(`exists (select 1 from supervision v where v.supervisee_id = sw.id) and ${main} = (select id from unit where kind = 'CIVIL_AFFAIRS' and id in (select unit_id from supervision) and ${inP('unit.id')})`), workers(`${main} in (select a.unit_id from appointment a join account c on c.person_id = a.person_id where c.subject = 'reader' and a.role = 'DIRECTOR')`)],
  SUPERVISION_SPAN: [`select count(*) from supervision v where ${inP('v.unit_id')}`, `select count(distinct v.supervisor_id) from supervision v where ${inP('v.unit_id')}`],
  SESSIONS_ON_TIME: [sessions(`s.held_on = '2026-02-20'`), sessions()],
  EDUCATION_HOURS_RATE: [`select sum(ta.hours) from training_attendance ta join social_worker sw on sw.id = ta.social_worker_id where ${inP(main)}`, `select sum(72) from qualification q join social_worker sw on sw.id = q.social_worker_id where q.registered_on is not null and ${inP(main)}`],
  MICRO_PROJECTS: [`select count(*) from micro_project m where ${inP('m.unit_id')} and extract(year from m.contracted_on) = 2026`],
  ON_TIME_RATE: [scores('sum(s.on_time_count)'), scores('sum(s.due_count)')],
  OVERDUE_SHARE: [tracks(`t.status in ('ISSUED', 'ACCEPTED', 'IN_PROGRESS') and t.due_on < '2026-11-23'`), tracks(`t.status in ('ISSUED', 'ACCEPTED', 'IN_PROGRESS')`)],
  ACCEPTANCE_IN_TIME: [tracks('t.accepted_on <= t.accept_by'), tracks('t.accept_by is not null')],
  SCORE_AVERAGE: [scores('sum(s.score)'), scores('count(*)')],
  RETURN_RATE: [scores('sum(s.returned_count)'), scores('sum(s.reported_count)')],
  ACCEPTANCE_DAYS: [scores('sum(s.acceptance_days)'), scores('sum(s.accepted_count)')],
  EXTENSION_SHARE: [scores('sum(s.extension_count)'), scores('sum(s.due_count)')],
}

const read = async (login: string, selection: string, key: string, { division = '330000', year = 2026, more = '' } = {}) => {
  const { data, errors } = await world.as(login).run(`{ indicator(key: ${key}, division: "${division}", period: { year: ${year} }${more}) { ${selection} } }`)
  expect([key, errors]).toEqual([key, []])
  return data.indicator
}

describe('each indicator', () => {
  it('is what SQL written by hand says, and has rows, groups and a period before', async () => {
    const { province, county } = await indicatorScene(world)
    await world.build.row('opening_count', 'opct', { divisionId: province.id, year: 2025, measure: 'REGISTERED_VOLUNTEERS', count: 90, source: '示例' })
    await world.build.row('division_statistic', 'dsta', { divisionId: province.id, year: 2025, residentPopulation: 4000, source: '示例' })
    expect(Object.keys(byHand).sort()).toEqual([...indicatorKeys].sort())
    const told: string[] = []
    for (const [key, [above, below, year = 2026]] of Object.entries(byHand)) {
      const one = async (text: string | undefined) => (text ? Number(Object.values((await world.sql(text))[0]!)[0]) : null)
      const [numerator, denominator] = [await one(above), await one(below)]
      const counted = `rows { totalCount nodes { id } } below: rows(of: DENOMINATOR) { totalCount }`
      const found = await read('reader', `value numerator denominator suppressed asOf previous { from value } ${counted}`, key, { year })
      expect([key, Number(found.numerator), found.denominator === null ? null : Number(found.denominator)]).toEqual([key, numerator, denominator])
      expect([key, numerator !== 0, denominator !== 0]).toEqual([key, true, true])
      expect([key, Number(found.value)]).toEqual([key, denominator === null ? numerator : Math.round((numerator! / denominator) * 10_000) / 10_000])
      // Counted, the rows are as many; summed, there are some.
      const { numerator: [term], denominator: [under] = [] } = catalogue[key as keyof typeof catalogue]
      const isCount = 'count' in term!.reckon && catalogue[key as keyof typeof catalogue].numerator.length === 1
      expect([key, found.rows.nodes.length, found.rows.totalCount > 0]).toEqual([key, found.rows.totalCount, true])
      if (isCount) expect([key, found.rows.totalCount]).toEqual([key, numerator])
      if (under && 'count' in under.reckon) expect([key, found.below.totalCount]).toEqual([key, denominator])
      expect([key, found.previous === null]).toEqual([key, catalogue[key as keyof typeof catalogue].timing === 'TODAY'])
      told.push(`${key} ${numerator}${denominator === null ? '' : `/${denominator}`}`)
    }
    process.stdout.write(`indicators against SQL by hand: ${told.length}: ${told.join(', ')}\n`)
    // Told apart, the parts make the whole.
    const { data } = await world.as('reader').run('{ indicators { key dimensions } }')
    let compared = 0
    for (const { key, dimensions } of data.indicators as { key: string; dimensions: string[] }[]) {
      for (const by of dimensions) {
        const year = byHand[key]![2] ?? 2026
        const { numerator, groups } = await read('reader', 'numerator groups { key label value numerator denominator }', key, { year, more: `, by: ${by}` })
        expect([key, by, groups.length > 0]).toEqual([key, by, true])
        // Of the least of the grades and of figures that are kept of each division by itself, the parts are others.
        if (['PARITY_INDEX', 'REGISTERED_SHARE'].includes(key)) continue
        expect([key, by, groups.reduce((sum: number, one: { numerator: string }) => sum + Number(one.numerator), 0).toFixed(2)]).toEqual([key, by, Number(numerator).toFixed(2)])
        compared++
      }
    }
    expect(compared).toBeGreaterThan(80)
    const { groups } = await read('reader', 'groups { key label }', 'ADMINISTRATIVE_SHARE', { more: ', by: DIVISION' })
    expect(groups).toEqual([{ key: county.id, label: county['name'] }])
  }, 120_000)
})

describe('a reading', () => {
  it('is of the rows that the viewer may read, and of nothing where the viewer reads no row', async () => {
    const { unit } = await indicatorScene(world)
    await world.build.person({ login: 'clerk', unit: unit.id, role: 'CLERK' })
    await world.build.person({ login: 'system', unit: unit.id, role: 'SYSTEM_ADMIN' })
    expect(await read('clerk', 'numerator denominator value', 'BUDGETED_SHARE')).toEqual({ numerator: null, denominator: null, value: null })
    expect(await read('clerk', 'numerator denominator value', 'ADMINISTRATIVE_SHARE')).toEqual({ numerator: '0', denominator: '0', value: null })
    expect(await read('system', 'numerator value', 'OVERDUE_SHARE')).toEqual({ numerator: null, value: null })
    expect((await world.as('nobody').run('{ indicators { key } }')).codes).toEqual(['UNAUTHENTICATED'])
    expect((await world.as('clerk').run('{ indicator(key: SOCIAL_WORKERS, division: "999999", period: { year: 2026 }) { value } }')).codes).toEqual(['NOT_FOUND'])
    expect((await world.as('clerk').run('{ indicator(key: SOCIAL_WORKERS, division: "330000", period: { year: 2027 }) { value } }')).codes).toEqual(['BAD_USER_INPUT'])
    expect((await world.as('clerk').run('{ indicator(key: LED_TEAM_COVERAGE, division: "330000", period: { year: 2026 }, by: GRADE) { value } }')).codes).toEqual(['BAD_USER_INPUT'])
  }, 60_000)

  it('stands against the threshold of the nearest division on the day, and in the dashboard', async () => {
    const { province, county } = await indicatorScene(world)
    const basisId = (await world.build.document()).id
    const make = buildIndicators(world)
    // One of the three open tracks is late.
    await make.threshold({ divisionId: province.id, basisId, target: '0.1', warning: '0.2', validTo: '2026-01-01' })
    await make.threshold({ divisionId: province.id, basisId, target: '0.1', warning: '0.6', validFrom: '2026-01-01' })
    expect(await read('reader', 'level threshold { target warning basisNumber divisionName }', 'OVERDUE_SHARE')).toMatchObject({ level: 'NEAR', threshold: { target: '0.1000', warning: '0.6000', divisionName: '示例省' } })
    const own = await make.threshold({ divisionId: county.id, basisId, target: '0.05', warning: null, validFrom: '2026-06-01' })
    const ofCounty = () => read('reader', 'level threshold { id }', 'OVERDUE_SHARE', { division: county.id })
    expect(await ofCounty()).toEqual({ level: 'OFF_TARGET', threshold: { id: own.id } })
    await world.sql(`update indicator_threshold set target = 0.9 where id = $1`, [own.id])
    expect((await ofCounty()).level).toBe('ON_TARGET')
    world.statements()
    const { data, errors } = await world.as('reader').run('{ dashboard(division: "330000", year: 2026) { year families { family indicators { key value numerator level previous { value } change definition { name nameZh clause version } } } } }')
    expect(errors).toEqual([])
    const { families } = data.dashboard
    expect(families.map(({ family }: { family: string }) => family)).toEqual(['COMPETENCE', 'STRUCTURE', 'SERVICE', 'HEADCOUNT'])
    const all = families.flatMap(({ indicators }: { indicators: { key: string }[] }) => indicators)
    expect(all).toHaveLength(indicatorKeys.length)
    expect(all.find(({ key }: { key: string }) => key === 'OVERDUE_SHARE')).toMatchObject({ level: 'NEAR' })
    // Who asks, the place, the thresholds, and all figures of all indicators and of the year before at once; and parts of the least of grades.
    expect(world.statements().length).toBeLessThanOrEqual(6)
  }, 60_000)

  it('has thresholds that SYSTEM_ADMIN keeps, each on the right side of its target', async () => {
    const { build } = world
    const { province, office } = await build.network()
    await build.person({ login: 'system', unit: office.id, role: 'SYSTEM_ADMIN' })
    const basisId = (await build.document()).id
    let turn = 0
    const create = async (login: string, more: object) => {
      const { data, codes } = await world.as(login).run('mutation ($input: IndicatorThresholdCreateInput!) { indicatorThresholdCreate(input: $input) { indicatorThreshold { target warning } userErrors { code field } } }', {
        input: { idempotencyKey: String(turn++), divisionId: province.id, indicator: 'OVERDUE_SHARE', target: '0.1', validFrom: '2026-01-01', basisId, ...more },
      })
      return codes.length > 0 ? codes : data.indicatorThresholdCreate
    }
    const count = async () => (await world.sql('select id from indicator_threshold')).length
    expect(await create('coordinator', {})).toEqual(['FORBIDDEN'])
    expect((await create('system', { warning: '0.05' })).userErrors).toEqual([{ code: 'OUT_OF_RANGE', field: 'input.warning' }])
    expect((await create('system', { target: '0.12345' })).userErrors).toEqual([{ code: 'OUT_OF_RANGE', field: 'input.target' }])
    expect(await count()).toBe(0)
    expect(await create('system', { warning: '0.2' })).toEqual({ indicatorThreshold: { target: '0.1000', warning: '0.2000' }, userErrors: [] })
    expect((await create('system', { validFrom: '2026-06-01' })).userErrors).toEqual([{ code: 'OVERLAP', field: 'input.validFrom' }])
    expect((await create('system', { indicator: 'FISCAL_SHARE', target: '0.7', warning: '0.5' })).userErrors).toEqual([])
    expect(await count()).toBe(2)
  })
})
