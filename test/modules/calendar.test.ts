import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Work } from '../../src/engine/index.js'
import { importFile, type ImportOptions, type ImportReport } from '../../src/importing/import.js'
import { Problem } from '../../src/kernel/index.js'
import { checkWorkingDay, workingDayAfter, workingDaysBetween } from '../../src/modules/calendar/index.js'
import { today, useWorld } from '../support/world.js'

const world = useWorld()
const { as, build, sql } = { as: (login: string) => world.as(login), build: () => world.build, sql: (text: string, values: unknown[] = []) => world.sql(text, values) }

/** Number and content of the rows of every table: equal before and after means that nothing at all was written. */
async function everything(): Promise<unknown> {
  const tables = await world.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)
  return sql(tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as content from "${name}" t`).join(' union all '))
}

/** What each persona is answered instead of the change. */
async function refusals(document: string, input: object, logins: readonly string[]): Promise<Record<string, string>> {
  const before = await everything()
  const answers: Record<string, string> = {}
  for (const login of logins) {
    const { data, codes } = await as(login).run(document, { input })
    answers[login] = codes.join() || JSON.stringify(data)
  }
  expect(await everything()).toEqual(before)
  return answers
}
const all = (logins: readonly string[], code: string) => Object.fromEntries(logins.map((login) => [login, code]))

/** The `userErrors` of an input that changes nothing. */
async function faults(login: string, document: string, input: object): Promise<unknown> {
  const before = await everything()
  const { data, errors } = await as(login).run(document, { input })
  expect(errors).toEqual([])
  expect(await everything()).toEqual(before)
  const { userErrors, ...changed } = Object.values(data as object)[0] as { userErrors: unknown }
  expect(Object.values(changed)).toEqual([null])
  return userErrors
}
const fault = (code: string, field: string | null, more = {}) => ({ code, field, currentVersion: null, changedFields: null, ...more })
const errorFields = 'userErrors { code field currentVersion changedFields }'

/** Runs an act that must succeed and returns what its payload holds. */
async function done(login: string, document: string, input: object): Promise<any> {
  const { data, errors } = await as(login).run(document, { input })
  expect(errors).toEqual([])
  const { userErrors, ...changed } = Object.values(data as object)[0] as { userErrors: unknown }
  expect(userErrors).toEqual([])
  return Object.values(changed)[0]
}

/** The same act again answers the same and writes nothing; its key with another input is a conflict. */
async function replays(login: string, document: string, input: object, other: object): Promise<void> {
  const first = await done(login, document, input)
  const before = await everything()
  expect(await done(login, document, input)).toEqual(first)
  expect(await everything()).toEqual(before)
  expect(await faults(login, document, { ...input, ...other })).toEqual([fault('CONFLICT', 'input.idempotencyKey')])
}

/** The audit trail without ids of its own: verb, subject, and each change as `[type, kind, fields]`. */
async function trail(): Promise<unknown[]> {
  const entries = await world.sql<{ verb: string; subject_id: string; changes: { type: string; kind: string; fields: object }[] }>(`select verb, subject_id, body->'changes' as changes from audit_entry where body->'reads' is null order by seq`)
  return entries.map(({ verb, subject_id, changes }) => [verb, subject_id, changes.map(({ type, kind, fields }) => [type, kind, fields])])
}
const events = () => sql('select type, kind, version, fields from event order by seq')

const allRoles = ['COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN'] as const

/** One person for each role in a unit, signed in as `<place> <ROLE>`, and a BI tool's token `service:<place>`. Returns the logins. */
async function staff(place: string, unitId: string): Promise<string[]> {
  for (const role of allRoles) await build().person({ login: `${place} ${role}`, unit: unitId, role })
  await build().row('service_token', 'stok', { name: place, tokenHash: place, role: 'BI_READER', unitId, expiresAt: '2099-01-01T00:00:00Z' })
  return [...allRoles.map((role) => `${place} ${role}`), `service:${place}`]
}
const but = (logins: readonly string[], ...allowed: string[]) => logins.filter((login) => !allowed.some((one) => login.endsWith(one)))

const set = `mutation ($input: CalendarYearSetInput!) { calendarYearSet(input: $input) { calendarYear { id version year basis days { on kind name } } ${errorFields} } }`
const admin = 'bureau SYSTEM_ADMIN'

/** A unit with one person for each role. */
async function network() {
  const unit = await build().unit()
  return { unit, logins: await staff('bureau', unit.id) }
}
const holiday = (on: string, name = '国庆节') => ({ on, kind: 'HOLIDAY', name })
const makeUp = (on: string, name = '国庆节') => ({ on, kind: 'MAKE_UP_WORKDAY', name })
const basis = '国办发明电〔2025〕7号'
const autumn = [holiday('2026-10-01'), holiday('2026-10-02'), holiday('2026-10-05'), holiday('2026-10-06'), holiday('2026-10-07'), makeUp('2026-10-10')]

const bring = (text: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> =>
  importFile({ database: world.backbone.database, type: 'calendar', source: { name: 'calendar.csv', bytes: Buffer.from(text) }, today, ...more })
const shipped = () => readFileSync('seeds/calendar.csv', 'utf8')
const header = 'year,basis,date,kind,name\n'
const told = ({ faults }: ImportReport) => faults.map(({ line, column, reason }) => [line, column, reason.en])
const kept = () => sql('select y.year, y.basis, d."on", d.kind, d.name, d.version from calendar_day d join calendar_year y on y.id = d.year_id order by d."on"')
const journal = () => sql('select (select count(*)::int from audit_entry) as audits, (select count(*)::int from event) as events')

/** What a use case of another module is told. */
async function asked<T>(body: (work: Work) => Promise<T>): Promise<T | unknown[]> {
  const { database, contextFor } = world.backbone
  const { reads } = await contextFor({ identity: { kind: 'person', issuer: 'test', subject: admin }, language: 'en', strict: false, requestId: 'r', isRouter: false })
  try {
    return await database.orm.em.fork().transactional((em) => body(new Work(reads, em as never, 'calendarYearSet')))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return [error.code, error.field, error.said.en, error.said.zh]
  }
}

describe('calendarYearSet', () => {
  it('enters a year with its days, one audit entry, an event for each row, and every day counted', async () => {
    await network()
    const year = await done(admin, set, { idempotencyKey: 'a', year: 2026, basis: ` ${basis} `, days: [makeUp('2026-10-10'), holiday('2026-10-01')] })
    expect(year).toEqual({ id: expect.stringMatching(/^caly_/), version: 1, year: 2026, basis, days: [holiday('2026-10-01'), makeUp('2026-10-10')] })
    expect(await trail()).toMatchObject([['calendarYearSet', year.id, [
      ['CalendarYear', 'CREATED', { year: [null, 2026], basis: [null, basis] }],
      ['CalendarDay', 'CREATED', { on: [null, '2026-10-10'], kind: [null, 'MAKE_UP_WORKDAY'], year: [null, year.id] }],
      ['CalendarDay', 'CREATED', { on: [null, '2026-10-01'], kind: [null, 'HOLIDAY'], name: [null, '国庆节'] }],
    ]]])
    expect((await events()).map((event) => [event['type'], event['kind'], event['version']])).toEqual([['CalendarYear', 'CREATED', 1], ['CalendarDay', 'CREATED', 1], ['CalendarDay', 'CREATED', 1]])
    // 261 days from Monday to Friday, one of them off, and one Saturday at work.
    expect(await sql('select count(*)::int as days, max(ordinal) as working, min(day) as first, max(day) as last from working_day')).toEqual([{ days: 365, working: 261, first: '2026-01-01', last: '2026-12-31' }])
  })

  it('replaces the days of a year as a whole and touches only what differs', async () => {
    await network()
    await done(admin, set, { idempotencyKey: 'a', year: 2026, basis, days: [holiday('2026-10-01'), holiday('2026-10-02'), holiday('2026-10-05', '假')] })
    const year = await done(admin, set, { idempotencyKey: 'b', year: 2026, basis, days: [holiday('2026-10-01'), holiday('2026-10-05'), makeUp('2026-10-10')] })
    expect(year).toMatchObject({ days: [holiday('2026-10-01'), holiday('2026-10-05'), makeUp('2026-10-10')] })
    expect((await kept()).map((day) => [day['on'], day['version']])).toEqual([['2026-10-01', 1], ['2026-10-05', 2], ['2026-10-10', 1]])
    expect((await events()).slice(4).map((event) => [event['type'], event['kind'], event['version']]).sort()).toEqual([['CalendarDay', 'CREATED', 1], ['CalendarDay', 'DELETED', 1], ['CalendarDay', 'UPDATED', 2]])
    expect(await sql(`select heli_is_working_day('2026-10-02') as a, heli_is_working_day('2026-10-05') as b, heli_is_working_day('2026-10-10') as c`)).toEqual([{ a: true, b: false, c: true }])
    expect(await done(admin, set, { idempotencyKey: 'c', year: 2026, basis, days: [] })).toMatchObject({ days: [] })
    expect(await kept()).toEqual([])
  })

  it('is refused to everyone but SYSTEM_ADMIN', async () => {
    const { logins } = await network()
    const others = but(logins, 'SYSTEM_ADMIN')
    expect(await refusals(set, { idempotencyKey: 'a', year: 2026, basis, days: [] }, [...others, 'nobody'])).toEqual({ ...all(others, 'FORBIDDEN'), nobody: 'UNAUTHENTICATED' })
  })

  it('answers the same when repeated', async () => {
    await network()
    await replays(admin, set, { idempotencyKey: 'a', year: 2026, basis, days: [holiday('2026-10-01')] }, { days: [] })
  })

  it.each([
    ['a day of another year', { days: [holiday('2027-01-01')] }, 'OUT_OF_RANGE', 'input.days.0.on'],
    ['a make-up workday from Monday to Friday', { days: [holiday('2026-10-01'), makeUp('2026-10-09')] }, 'OUT_OF_RANGE', 'input.days.1.on'],
    ['a day named twice', { days: [holiday('2026-10-10'), makeUp('2026-10-10')] }, 'TAKEN', 'input.days.1.on'],
    ['an empty name', { days: [holiday('2026-10-01', ' ')] }, 'OUT_OF_RANGE', 'input.days.0.name'],
    ['an empty basis', { basis: ' ' }, 'OUT_OF_RANGE', 'input.basis'],
    ['a year that is no year', { year: 26 }, 'OUT_OF_RANGE', 'input.year'],
  ])('refuses %s', async (_what, change, code, field) => {
    await network()
    expect(await faults(admin, set, { idempotencyKey: 'a', year: 2026, basis, days: [], ...change })).toEqual([fault(code, field)])
  })

  it.each([[2029, 2028], [2031, 2028], [2024, 2025]])('refuses %d before %d', async (year, missing) => {
    await network()
    for (const known of [2026, 2027]) await done(admin, set, { idempotencyKey: `${known}`, year: known, basis, days: [] })
    const { data } = await as(admin).run(set.replace('userErrors {', 'userErrors { message'), { input: { idempotencyKey: 'a', year, basis, days: [] } })
    expect(data.calendarYearSet).toEqual({ calendarYear: null, userErrors: [{ ...fault('GAP', 'input.year'), message: `Import ${missing} first: the calendar has no year between.` }] })
    expect(await sql('select year from calendar_year order by 1')).toEqual([{ year: 2026 }, { year: 2027 }])
  })

  it('cannot be left with a gap or a make-up Monday behind the service either', async () => {
    await network()
    const { id } = await done(admin, set, { idempotencyKey: 'a', year: 2026, basis, days: [] })
    await expect(sql(`insert into calendar_year (id, year, basis) values ('caly_x', 2028, 'x')`)).rejects.toThrow('the years of the calendar must follow each other')
    await expect(sql(`insert into calendar_day (id, year_id, "on", kind, name) values ('cald_x', $1, '2026-10-12', 'MAKE_UP_WORKDAY', 'x')`, [id])).rejects.toThrow('calendar_day_make_up_on_weekend')
  })
})

describe('a count of working days', () => {
  const after = (from: string, n: number) => sql('select heli_working_day_after($1, $2) as day', [from, n]).then(([row]) => row!['day'])
  const between = (from: string, to: string) => sql('select heli_working_days($1, $2) as days', [from, to]).then(([row]) => row!['days'])

  it.each([
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-09-30', 2, '2026-10-09'],
    ['2026-09-30', 3, '2026-10-10'],
    ['2026-09-30', 4, '2026-10-12'],
    ['2026-10-03', 1, '2026-10-08'],
    ['2026-10-03', 0, '2026-10-03'],
    ['2026-10-03', -1, '2026-09-30'],
    ['2026-10-08', -1, '2026-09-30'],
    ['2026-10-11', -1, '2026-10-10'],
    ['2026-10-12', -4, '2026-09-30'],
    ['2026-02-13', 1, '2026-02-14'],
    ['2026-02-14', 1, '2026-02-24'],
    ['2026-12-31', 1, null],
    ['2020-01-01', -1, null],
    ['2027-01-04', 1, null],
    ['2026-01-05', 2_147_483_647, null],
    ['2026-01-05', -2_147_483_648, null],
  ])('from %s, %d working days on, is %s', async (from, n, expected) => {
    await bring(shipped())
    expect(await after(from, n)).toBe(expected)
  })

  it.each([['2026-09-30', '2026-10-08', 1], ['2026-09-30', '2026-10-12', 4], ['2026-10-01', '2026-10-07', 0], ['2026-10-12', '2026-09-30', -4], ['2026-10-10', '2026-10-10', 0], ['2025-12-31', '2026-12-31', 248], ['2026-12-31', '2027-01-04', null]])(
    'from %s to %s there are %s',
    async (from, to, expected) => {
      await bring(shipped())
      expect(await between(from, to)).toBe(expected)
    },
  )

  it('agrees with a walk from day to day over seven years', async () => {
    await bring(shipped())
    const listed = new Map(shipped().trim().split('\n').slice(1).map((line) => line.split(',')).map(([, , on, kind]) => [on!, kind === 'MAKE_UP_WORKDAY']))
    const days = Array.from({ length: 2557 }, (_none, at) => new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10))
    const works = (on: string) => listed.get(on) ?? ![0, 6].includes(new Date(on).getUTCDay())
    const walk = (at: number, n: number): string | null => {
      for (let step = Math.sign(n), left = Math.abs(n); left > 0; ) {
        at += step
        if (!days[at]) return null
        if (works(days[at]!)) left--
      }
      return days[at]!
    }
    for (const n of [-40, -5, -1, 0, 1, 5, 40]) {
      const found = await world.sql<{ day: string | null }>('select heli_working_day_after(day, $1) as day from working_day order by working_day.day', [n])
      expect(found.map(({ day }) => day)).toEqual(days.map((_on, at) => walk(at, n)))
    }
    let count = 0
    const ordinals = days.map((on) => (works(on) ? ++count : count))
    expect((await world.sql<{ days: number }>(`select heli_working_days('2020-01-01', day) as days from working_day order by day`)).map(({ days: found }) => found)).toEqual(ordinals.map((ordinal) => ordinal - ordinals[0]!))
  })

  it('is told to every signed-in viewer, with the year that is missing', async () => {
    const { logins } = await network()
    await bring(shipped())
    const document = '{ due: dueDay(from: "2026-09-30", workingDays: 3) { day missingYear } next: dueDay(from: "2026-12-30", workingDays: 9) { day missingYear } before: dueDay(from: "2020-01-02", workingDays: -9) { day missingYear } far: dueDay(from: "2031-05-04", workingDays: 0) { day missingYear } }'
    const expected = { due: { day: '2026-10-10', missingYear: null }, next: { day: null, missingYear: 2027 }, before: { day: null, missingYear: 2019 }, far: { day: null, missingYear: 2031 } }
    for (const login of logins) expect((await as(login).run(document)).data).toEqual(expected)
    expect((await as('nobody').run(document)).codes).toContain('UNAUTHENTICATED')
  })

  it('answers null to everything while there is no year at all', async () => {
    await network()
    expect(await sql(`select heli_is_working_day('2026-10-10') as a, heli_working_days('2026-10-10', '2026-10-10') as b, heli_working_day_after('2026-10-10', 0) as c, heli_calendar_missing_year('2026-10-10', 5) as d`)).toEqual([{ a: null, b: null, c: null, d: 2026 }])
  })

  it('reads an index, not the table', async () => {
    await bring(shipped())
    await sql('analyze working_day')
    // Counted since the session's last report, so what was there before is taken off.
    const scans = { text: `select seq_scan::int, idx_scan::int from pg_stat_xact_user_tables where relname = 'working_day'`, values: [] }
    const [before, after] = await world.backbone.database.transaction(async (run) => {
      const [first] = await run<{ seq_scan: number; idx_scan: number }>(scans)
      await run({ text: `select heli_working_day_after('2026-10-01', 5), heli_working_day_after('2026-10-01', -5), heli_working_days('2026-10-01', '2026-10-12'), heli_is_working_day('2026-10-10')`, values: [] })
      return [first!, (await run<{ seq_scan: number; idx_scan: number }>(scans))[0]!]
    })
    expect([after!.seq_scan - before!.seq_scan, after!.idx_scan - before!.idx_scan]).toEqual([0, 7])
  })
})

describe('what other modules ask', () => {
  const missing = (year: number) => [`The working days of ${year} are not known here. Ask the system administrator to enter the year's notice: heli import calendar <file>.`, `尚无 ${year} 年的工作日历，请由系统管理员按当年放假通知导入：heli import calendar <文件>。`]

  it('is answered where the calendar reaches', async () => {
    await network()
    await done(admin, set, { idempotencyKey: 'a', year: 2026, basis, days: autumn })
    expect(await asked((work) => workingDayAfter(work, '2026-09-30', 3, 'input.days'))).toBe('2026-10-10')
    expect(await asked((work) => workingDaysBetween(work, '2026-10-12', '2026-09-30', 'input.dueOn'))).toBe(-4)
    expect(await asked((work) => checkWorkingDay(work, '2026-10-10', 'input.dueOn'))).toBeUndefined()
  })

  it('is refused on a day off, naming the next working day', async () => {
    await network()
    await done(admin, set, { idempotencyKey: 'a', year: 2026, basis, days: autumn })
    expect(await asked((work) => checkWorkingDay(work, '2026-10-01', 'input.dueOn'))).toEqual(['NOT_A_WORKING_DAY', 'input.dueOn', '2026-10-01 is no working day. The next one is 2026-10-08.', '2026-10-01 不是工作日，其后第一个工作日为 2026-10-08。'])
    expect(await asked((work) => checkWorkingDay(work, '2026-10-11', 'input.dueOn'))).toEqual(['NOT_A_WORKING_DAY', 'input.dueOn', '2026-10-11 is no working day. The next one is 2026-10-12.', '2026-10-11 不是工作日，其后第一个工作日为 2026-10-12。'])
  })

  it('is refused where a year is missing, naming it', async () => {
    await network()
    await done(admin, set, { idempotencyKey: 'a', year: 2026, basis, days: [holiday('2026-12-31', '元旦')] })
    expect(await asked((work) => workingDayAfter(work, '2026-12-30', 1, 'input.days'))).toEqual(['CALENDAR_MISSING', 'input.days', ...missing(2027)])
    expect(await asked((work) => workingDayAfter(work, '2026-01-05', -9, 'input.days'))).toEqual(['CALENDAR_MISSING', 'input.days', ...missing(2025)])
    expect(await asked((work) => workingDaysBetween(work, '2026-01-05', '2028-01-05', 'input.dueOn'))).toEqual(['CALENDAR_MISSING', 'input.dueOn', ...missing(2028)])
    expect(await asked((work) => workingDaysBetween(work, '2025-01-06', '2026-01-05', 'input.dueOn'))).toEqual(['CALENDAR_MISSING', 'input.dueOn', ...missing(2025)])
    expect(await asked((work) => checkWorkingDay(work, '2027-01-04', 'input.dueOn'))).toEqual(['CALENDAR_MISSING', 'input.dueOn', ...missing(2027)])
    expect(await asked((work) => checkWorkingDay(work, '2026-12-31', 'input.dueOn'))).toEqual(['CALENDAR_MISSING', 'input.dueOn', ...missing(2027)])
  })
})

describe('heli import calendar', () => {
  it('enters the notices that ship, and changes nothing the second time', async () => {
    expect(await bring(shipped())).toMatchObject({ rows: 254, created: 254, updated: 0, unchanged: 0, refused: 0, faults: [] })
    const before = [await kept(), await journal()]
    expect(await bring(shipped())).toMatchObject({ created: 0, updated: 0, unchanged: 254, refused: 0 })
    expect([await kept(), await journal()]).toEqual(before)
    // As the notice of 2025-11-04 arranges the Spring Festival of 2026.
    const spring = (await kept()).filter((day) => day['year'] === 2026 && day['name'] === '春节')
    expect(spring.map((day) => `${day['on']} ${day['kind']}`)).toEqual(['2026-02-14 MAKE_UP_WORKDAY', ...[15, 16, 17, 18, 19, 20, 21, 22, 23].map((day) => `2026-02-${day} HOLIDAY`), '2026-02-28 MAKE_UP_WORKDAY'])
    expect(await sql(`select extract(year from day)::int as year, count(*)::int as days from working_day where is_working group by 1 order by 1`)).toEqual([
      { year: 2020, days: 249 }, { year: 2021, days: 250 }, { year: 2022, days: 249 }, { year: 2023, days: 249 }, { year: 2024, days: 251 }, { year: 2025, days: 248 }, { year: 2026, days: 248 },
    ])
  })

  it('reads Chinese headers and terms', async () => {
    expect(await bring('年份,依据文号,日期,类别,名称\n2026,国办发明电〔2025〕7号,2026年10月1日,法定节假日,国庆节\n2026,国办发明电〔2025〕7号,2026/10/10,调休上班,国庆节\n')).toMatchObject({ created: 2, faults: [] })
    expect(await kept()).toEqual([{ year: 2026, basis, ...holiday('2026-10-01'), version: 1 }, { year: 2026, basis, ...makeUp('2026-10-10'), version: 1 }])
  })

  it('takes out the days of a year that the file leaves out, and leaves other years alone', async () => {
    await bring(`${header}2025,甲,2025-10-01,HOLIDAY,国庆节\n2026,甲,2026-10-01,HOLIDAY,国庆节\n2026,甲,2026-10-02,HOLIDAY,国庆节\n`)
    expect(await bring(`${header}2026,乙,2026-10-01,HOLIDAY,国庆节\n`)).toMatchObject({ rows: 1, created: 0, updated: 1, unchanged: 0, refused: 0 })
    expect(await kept()).toEqual([{ year: 2025, basis: '甲', ...holiday('2025-10-01'), version: 1 }, { year: 2026, basis: '乙', ...holiday('2026-10-01'), version: 1 }])
    expect((await events()).slice(-2).map((event) => [event['type'], event['kind'], event['version']])).toEqual([['CalendarYear', 'UPDATED', 2], ['CalendarDay', 'DELETED', 1]])
    expect(await sql(`select heli_is_working_day('2026-10-02') as works`)).toEqual([{ works: true }])
  })

  it('refuses a year as a whole where one of its lines is bad, and the years beyond it', async () => {
    await bring(`${header}2026,甲,2026-10-01,HOLIDAY,国庆节\n`)
    const report = await bring(`${header}2027,甲,2027-10-01,HOLIDAY,国庆节\n2027,甲,2027-10-04,MAKE_UP_WORKDAY,国庆节\n2028,甲,2028-10-02,HOLIDAY,国庆节\n2026,甲,2026-10-05,HOLIDAY,国庆节\n`, { partial: true })
    expect(told(report)).toEqual([
      [3, 'date', '2027-10-04 is no Saturday or Sunday, so it is a working day anyway.'],
      [2, 'year', 'It depends on line 3, which is refused.'],
      [4, 'year', 'It depends on line 2, which is refused.'],
    ])
    expect(report).toMatchObject({ created: 1, refused: 3 })
    expect((await kept()).map((day) => day['on'])).toEqual(['2026-10-05'])
  })

  it.each([
    ['a year beyond the next', '2028,甲,2028-10-02,HOLIDAY,国庆节', [[2, 'year', 'Import 2027 first: the calendar has no year between.']]],
    ['a year before the one before', '2024,甲,2024-10-01,HOLIDAY,国庆节', [[2, 'year', 'Import 2025 first: the calendar has no year between.']]],
    ['a day of another year', '2027,甲,2026-10-01,HOLIDAY,国庆节', [[2, 'date', '2026-10-01 does not lie in 2027. Enter it with its own year.']]],
    ['two notices for one year', '2027,甲,2027-10-01,HOLIDAY,国庆节\n2027,乙,2027-10-04,HOLIDAY,国庆节', [[3, 'basis', 'Line 2 gives the year another basis.'], [2, 'year', 'It depends on line 3, which is refused.']]],
    ['a day twice', '2027,甲,2027-10-02,HOLIDAY,国庆节\n2027,甲,2027-10-02,MAKE_UP_WORKDAY,国庆节', [[3, 'date', 'Line 2 says the same key already.'], [2, 'year', 'It depends on line 3, which is refused.']]],
    ['a line without year and day', '2027,甲,2027-10-02,HOLIDAY,国庆节\n,甲,,HOLIDAY,国庆节', [[3, 'year', 'The cell is empty.'], [3, 'date', 'The cell is empty.'], [2, 'year', 'It depends on line 3, which is refused.']]],
  ])('refuses %s', async (_what, lines, expected) => {
    await bring(`${header}2026,甲,2026-10-01,HOLIDAY,国庆节\n`)
    const before = await everything()
    expect(told(await bring(`${header}${lines}\n`))).toEqual(expected)
    expect(await everything()).toEqual(before)
  })

  it('joins the years of a file to each other where none is stored', async () => {
    expect(told(await bring(`${header}2024,甲,2024-10-01,HOLIDAY,国庆节\n2026,甲,2026-10-01,HOLIDAY,国庆节\n`))).toEqual([[3, 'year', 'Import 2025 first: the calendar has no year between.']])
    expect(await bring(`${header}2026,甲,2026-10-01,HOLIDAY,国庆节\n2025,甲,2025-10-01,HOLIDAY,国庆节\n`)).toMatchObject({ created: 2, faults: [] })
    expect(await bring(`${header}2023,甲,2023-10-02,HOLIDAY,国庆节\n2027,甲,2027-10-01,HOLIDAY,国庆节\n2024,甲,2024-10-01,HOLIDAY,国庆节\n`)).toMatchObject({ created: 3, faults: [] })
  })
})
