import { describe, expect, it } from '@jest/globals'
import { layoutOf } from '../../src/reporting/returns/layout.js'
import { hashOfCells } from '../../src/reporting/returns/submission.service.js'
import { actsOn, all, errorFields, fault } from '../support/acts.js'
import { buildCapability } from '../support/build-capability.js'
import { buildPosts } from '../support/build-posts.js'
import { buildReturns, smallLayout } from '../support/build-returns.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
const { refusals, faults, done, replays, trail } = actsOn(world)

const acting = (name: string, type: string, key: string, fields: string) => `mutation ($input: ${type}!) { ${name}(input: $input) { ${key} { ${fields} } ${errorFields} } }`
const stand = 'id version status edition'
const open = acting('returnOpen', 'ReturnOpenInput', 'submission', stand)
const submit = acting('returnSubmit', 'ReturnStepInput', 'submission', `${stand} figuresHash submittedOn submittedBy { id }`)
const approve = acting('returnApprove', 'ReturnStepInput', 'submission', `${stand} approvedOn`)
const sendBack = acting('returnSendBack', 'ReturnSendBackInput', 'submission', `${stand} returnedReason`)
const lock = acting('returnLock', 'ReturnStepInput', 'submission', `${stand} lockedOn`)
const correct = acting('returnCorrect', 'ReturnCorrectInput', 'correction', 'id version status oldValue newValue')
const decide = acting('returnCorrectionDecide', 'ReturnCorrectionDecideInput', 'correction', 'id version status')
const askText = acting('returnTextAsk', 'ReturnTextAskInput', 'returnText', 'id version status')
const writeText = acting('returnTextWrite', 'ReturnTextWriteInput', 'returnText', 'id version status text')
const finishText = acting('returnTextFinish', 'ReturnTextStepInput', 'returnText', 'id version status')
const backText = acting('returnTextSendBack', 'ReturnTextSendBackInput', 'returnText', 'id version status returnedReason')

/** A province with coordinator, leader and a bureau; a city and a county in it, each with a coordinator; another leader in the city. */
async function network() {
  const { build } = world
  const { province } = await build.network()
  const committee = await build.unit({ divisionId: province.id, kind: 'PARTY_COMMITTEE' })
  await build.mandate({ unitId: committee.id, role: 'LEADERSHIP' })
  await build.person({ login: 'leader', unit: committee.id, role: 'DIRECTOR' })
  const place = async (login: string, level: string, parentId: string, code: string) => {
    const division = await build.division({ code, name: `示例${login}`, level, parentId })
    const office = await build.unit({ divisionId: division.id, kind: 'ORGANISATION_DEPARTMENT' })
    await build.mandate({ unitId: office.id, role: 'OVERALL_COORDINATION' })
    await build.person({ login, unit: office.id, role: 'COORDINATOR' })
    return division
  }
  const city = await place('city', 'PREFECTURE', province.id, '330100')
  const filler = await build.division({ code: '330190', name: '市辖区', level: 'COUNTY', parentId: city.id })
  const county = await place('county', 'COUNTY', city.id, '330106')
  const cityCommittee = await build.unit({ divisionId: city.id, kind: 'PARTY_COMMITTEE' })
  await build.mandate({ unitId: cityCommittee.id, role: 'LEADERSHIP' })
  await build.person({ login: 'city leader', unit: cityCommittee.id, role: 'DIRECTOR' })
  const bureau = await build.unit({ divisionId: province.id })
  for (const role of ['DIRECTOR', 'CLERK', 'PRACTITIONER', 'BI_READER', 'AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN']) await build.person({ login: role, unit: bureau.id, role })
  const make = buildReturns(world)
  const form = await make.form()
  await build.row('plan_inclusion', 'plin', { divisionId: province.id, unitId: bureau.id, kind: 'TALENT_PLAN', plan: '规划', text: '列入', includedOn: '2024-05-01' })
  await build.row('division_statistic', 'dsta', { divisionId: province.id, year: 2025, residentPopulation: 800, source: '公报' })
  await build.row('opening_count', 'opct', { divisionId: province.id, year: 2025, measure: 'REGISTERED_VOLUNTEERS', count: 33, source: '报表' })
  for (const [year, count] of [[2024, 100], [2025, 140]]) await build.row('opening_count', 'opct', { divisionId: province.id, year, measure: 'TRAINING_ATTENDANCES', count, source: '报表' })
  const posts = buildPosts(world)
  for (const kind of ['EXPLICIT', 'EXPLICIT', 'DE_FACTO']) await posts.post({ unitId: bureau.id, kind, openedOn: '2020-01-01' })
  return { province, city, filler, county, bureau, form, make, posts }
}
type Network = Awaited<ReturnType<typeof network>>
const others = ['city', 'county', 'DIRECTOR', 'CLERK', 'PRACTITIONER', 'BI_READER', 'AUDITOR', 'SYSTEM_ADMIN', 'SECURITY_ADMIN', 'city leader']
const withoutWord = others.filter((login) => !login.startsWith('c'))
const opened = ({ province, form }: Pick<Network, 'province' | 'form'>, login = 'coordinator') => done(login, open, { idempotencyKey: `o${login}`, divisionId: province.id, year: 2025, formId: form.id })
let keys = 0
const step = ({ id, version }: { id: string; version: number }, more: object = {}) => ({ idempotencyKey: `k${++keys}`, submissionId: id, expectedVersion: version, ...more })
interface Told {
  tables: { number: number; rows: { key: string; cells: { column: { key: string }; value: string | null; text: string | null; previous: string | null; change: string | null; submittedPrevious: string | null; rows: { totalCount: number; nodes: { id: string }[] } }[] }[] }[]
  checks: { key: string; passed: boolean; message: string }[]
  maySubmit: { allowed: boolean; reasons: { code: string }[] }
  mayApprove: { allowed: boolean; reasons: { code: string }[] }
}
const whole = `query ($id: ID!, $year: Int!, $kept: Boolean!) { nationalReturn(divisionId: $id, year: $year, asSubmitted: $kept) {
  tables { number rows { key cells { column { key } value text previous change submittedPrevious rows(first: 2) { totalCount nodes { id } } } } } checks { key passed message } maySubmit { allowed reasons { code } } mayApprove { allowed reasons { code } } } }`
const returnOf = async (login: string, id: string, { year = 2025, kept = false } = {}): Promise<Told> => (await world.as(login).run(whole, { id, year, kept })).data.nationalReturn
const cellsOf = ({ tables }: Told) => Object.fromEntries(tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.map(({ column: { key }, value, text }) => [key, value ?? text]))))
const failed = ({ checks }: Told) => checks.filter(({ passed }) => !passed).map(({ key }) => key)

describe('a return', () => {
  it('is reckoned with the rows behind each figure, the year before and the growth on it', async () => {
    const { province } = await network()
    const told = await returnOf('coordinator', province.id)
    expect(cellsOf(told)).toEqual({ posts: '2', deFacto: '1', all: '3', note: '规划：列入', registered: '33', share: '4.13', attendances: '140', growth: '40' })
    const cell = (key: string) => told.tables.flatMap(({ rows }) => rows).flatMap(({ cells }) => cells).find(({ column }) => column.key === key)!
    expect(cell('posts').rows).toEqual({ totalCount: 2, nodes: [{ id: expect.stringMatching(/^post_/) }, { id: expect.stringMatching(/^post_/) }] })
    // The sum has the rows of its parts, one list after the other.
    expect(cell('all').rows.totalCount).toBe(3)
    expect(cell('attendances')).toMatchObject({ previous: '100', change: '40', submittedPrevious: null })
    expect(failed(told)).toEqual([])
    expect(told.maySubmit).toEqual({ allowed: false, reasons: [{ code: 'REQUIRED' }] })
  })

  it('leads to its division, form and submission as the reads of these do', async () => {
    const net = await network()
    const submission = await opened(net)
    const fields = { division: 'id code name', form: 'id key titleZh', submission: 'id status viewerCan { returnSubmit { allowed } }' }
    const led = `query ($id: ID!) { nationalReturn(divisionId: $id, year: 2025) { ${Object.entries(fields).map(([name, of]) => `${name} { ${of} }`).join(' ')} } }`
    const { nationalReturn } = (await world.as('coordinator').run(led, { id: net.province.id })).data
    const read = 'query ($d: ID!, $f: ID!, $s: ID!) { division: division(id: $d) { id code name } form: returnForm(id: $f) { id key titleZh } submission: returnSubmission(id: $s) { id status viewerCan { returnSubmit { allowed } } } }'
    expect(nationalReturn).toEqual((await world.as('coordinator').run(read, { d: net.province.id, f: net.form.id, s: submission.id })).data)
    const behind = 'query ($id: ID!) { nationalReturn(divisionId: $id, year: 2025, tables: [1]) { tables { rows { cells { rows { nodes { __typename id ... on Post { code title unit { name } employments { totalCount } } ... on PlanInclusion { plan } } } } } } } }'
    const [posts] = (await world.as('coordinator').run(behind, { id: net.province.id })).data.nationalReturn.tables[0].rows[0].cells
    const list = '{ posts(filter: { kind: { eq: EXPLICIT } }) { nodes { __typename id code title unit { name } employments { totalCount } } } }'
    expect(posts.rows).toEqual((await world.as('coordinator').run(list)).data.posts)
    // Whoever does not see the submission is told of none.
    expect((await world.as('CLERK').run(led, { id: net.province.id })).data.nationalReturn.submission).toBeNull()
  })

  it('is made of what its viewer may read', async () => {
    const { province } = await network()
    await world.sql(`insert into budget_line (id, code, title, year, unit_id, source, purpose, level, planned_amount) select 'blin_' || substr(u.id, 6), 'B', '预算', 2025, u.id, 'FISCAL', 'SOCIAL_WORK', 'PROVINCE', 5 from unit u where u.name = '省委组织部'`)
    const layout = { tables: [{ number: 1, titleZh: '资金', rowKind: 'ONE', columns: [{ key: 'use', headZh: '用途', kind: 'TEXT', source: 'lines.use' }] }], checks: [] }
    await buildReturns(world).form({ key: 'money', layout: JSON.stringify(layout) })
    const use = async (login: string) => (await world.as(login).run('query ($id: ID!) { nationalReturn(divisionId: $id, year: 2025, form: "money") { tables { rows { cells { text } } } } }', { id: province.id })).data.nationalReturn.tables[0].rows[0].cells[0].text
    expect([await use('coordinator'), await use('leader'), await use('CLERK')]).toEqual(['预算', '预算', null])
  })

  it('pages through the rows of several lists, and refuses a cursor of another', async () => {
    const { province, bureau, make } = await network()
    for (const code of ['T-1', 'T-2']) await buildCapability(world).training({ unitId: bureau.id, code, startsOn: '2025-05-05', endsOn: '2025-05-06', otherAttendances: 3 })
    await make.form({ key: 'paged', layout: JSON.stringify({ tables: [{ ...smallLayout.tables[2]!, columns: smallLayout.tables[2]!.columns.slice(0, 1) }] }) })
    const rows = 'query ($id: ID!, $after: String) { nationalReturn(divisionId: $id, year: 2025, form: "paged") { tables { rows { cells { column { key } rows(first: 2, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } } } } }'
    const page = async (after: string) => (await world.as('coordinator').run(rows, { id: province.id, after })).data.nationalReturn.tables[0].rows[0].cells[0].rows
    const first = await page('')
    const second = await page(first.pageInfo.endCursor)
    expect([first.nodes.length, first.pageInfo.hasNextPage, second.nodes.length, second.pageInfo.hasNextPage, second.totalCount]).toEqual([2, true, 1, false, 3])
    expect(first.nodes.map(({ id }: { id: string }) => id)).not.toContain(second.nodes[0].id)
    expect((await world.as('coordinator').run(rows, { id: province.id, after: 'x' })).codes).toContain('BAD_USER_INPUT')
  })
})

describe('a submission', () => {
  it('is opened and submitted by the coordinator of the very division, and by nobody else', async () => {
    const net = await network()
    const input = { idempotencyKey: 'o', divisionId: net.province.id, year: 2025, formId: net.form.id }
    expect(await refusals(open, input, [...others, 'leader'])).toEqual(all([...others, 'leader'], 'FORBIDDEN'))
    await replays('coordinator', open, input, { year: 2024 })
    expect(await faults('coordinator', open, { ...input, idempotencyKey: 'p' })).toEqual([fault('TAKEN', 'input.year')])
    expect(await faults('coordinator', open, { ...input, idempotencyKey: 'q', year: 2018 })).toEqual([fault('OUT_OF_RANGE', 'input.year')])
    const [submission] = await world.sql<{ id: string; version: number }>('select id, version from return_submission')
    // Who does not coordinate does not see that there is one.
    expect(await refusals(submit, step(submission!), ['leader'])).toEqual({ leader: 'FORBIDDEN' })
    expect(await refusals(submit, step(submission!), ['city', 'county'])).toEqual(all(['city', 'county'], 'NOT_FOUND'))
    expect(await refusals(submit, step(submission!), withoutWord)).toEqual(all(withoutWord, 'FORBIDDEN'))
    const made = await done('coordinator', submit, step(submission!))
    expect(made).toMatchObject({ status: 'SUBMITTED', edition: 1, submittedOn: '2026-11-23' })
  })

  it('waits for the year to end, for its texts, and for checks that fail as errors', async () => {
    const { province, form, bureau } = await network()
    const early = await done('coordinator', open, { idempotencyKey: 'e', divisionId: province.id, year: 2026, formId: form.id })
    expect(await faults('coordinator', submit, step(early))).toEqual([fault('NOT_ENDED', 'input.submissionId')])
    await world.sql('delete from plan_inclusion')
    const submission = await opened({ province, form })
    expect(await faults('coordinator', submit, step(submission))).toEqual([fault('CHECK_FAILED', 'input.submissionId')])
    expect((await returnOf('coordinator', province.id)).maySubmit).toEqual({ allowed: false, reasons: [{ code: 'CHECK_FAILED' }] })
    const place = { divisionId: province.id, year: 2025, formId: form.id, tableNumber: 1, rowKey: 'ONE', columnKey: 'note', unitId: bureau.id }
    const asked = await done('coordinator', askText, { idempotencyKey: 't', ...place })
    expect(await faults('coordinator', submit, step(submission))).toEqual([fault('TEXTS_OPEN', 'input.submissionId')])
    const written = await done('CLERK', writeText, { idempotencyKey: 'w', returnTextId: asked.id, expectedVersion: asked.version, text: '全省说明' })
    expect(written).toMatchObject({ status: 'WRITTEN', text: '全省说明' })
    await done('DIRECTOR', finishText, { idempotencyKey: 'f', returnTextId: asked.id, expectedVersion: written.version })
    expect(cellsOf(await returnOf('coordinator', province.id))).toMatchObject({ note: '全省说明' })
    expect(await done('coordinator', submit, step(submission))).toMatchObject({ status: 'SUBMITTED' })
  })

  it('keeps every cell as it was, with a hash over them, whatever changes afterwards', async () => {
    const { province, form, bureau, posts } = await network()
    const submission = await done('coordinator', submit, step(await opened({ province, form })))
    const before = cellsOf(await returnOf('coordinator', province.id, { kept: true }))
    expect(before).toMatchObject({ posts: '2', all: '3', share: '4.13', growth: '40' })
    await posts.post({ unitId: bureau.id, kind: 'EXPLICIT', openedOn: '2021-01-01' })
    expect(cellsOf(await returnOf('coordinator', province.id))).toMatchObject({ posts: '3', all: '4' })
    expect(cellsOf(await returnOf('coordinator', province.id, { kept: true }))).toEqual(before)
    const cells = await world.sql<Parameters<typeof hashOfCells>[0][number]>(
      `select table_number as "tableNumber", row_number as "rowNumber", row_key as "rowKey", row_label as "rowLabel", column_key as "columnKey", value from return_figure where submission_id = $1 order by table_number, row_number, id`, [submission.id],
    )
    const order = smallLayout.tables.flatMap(({ columns }) => columns.map(({ key }) => key))
    expect(hashOfCells([...cells].sort((one, other) => one.tableNumber - other.tableNumber || order.indexOf(one.columnKey) - order.indexOf(other.columnKey)))).toBe(submission.figuresHash)
    await expect(world.sql(`update return_figure set value = '9'`)).rejects.toThrow('figures that were submitted stay')
    expect((await trail()).map(([verb]) => verb)).toEqual(['returnOpen', 'returnSubmit'])
  })

  it('of a province is approved, sent back and locked by a DIRECTOR of its LEADERSHIP unit; from then on everyone reads it', async () => {
    const { province, form } = await network()
    const submission = await done('coordinator', submit, step(await opened({ province, form })))
    const readers = ['coordinator', 'leader', 'DIRECTOR', 'BI_READER', 'SYSTEM_ADMIN', 'city']
    const seen = async () => Promise.all(readers.map(async (login) => (await world.as(login).run('{ returnFigures(filter: { columnKey: { eq: "all" } }) { nodes { value edition } } }')).data.returnFigures.nodes))
    const one = [{ value: '3', edition: 1 }]
    expect(await seen()).toEqual([one, one, [], [], [], []])
    expect(await refusals(approve, step(submission), ['coordinator'])).toEqual({ coordinator: 'FORBIDDEN' })
    expect(await refusals(approve, step(submission), ['city', 'county', 'city leader'])).toEqual(all(['city', 'county', 'city leader'], 'NOT_FOUND'))
    expect(await refusals(approve, step(submission), withoutWord)).toEqual(all(withoutWord, 'FORBIDDEN'))
    expect((await returnOf('leader', province.id)).mayApprove).toEqual({ allowed: true, reasons: [] })
    expect((await returnOf('coordinator', province.id)).mayApprove.reasons).toEqual([{ code: 'FORBIDDEN' }])
    const back = await done('leader', sendBack, step(submission, { reason: '数据有误' }))
    expect(back).toMatchObject({ status: 'DRAFT', returnedReason: '数据有误' })
    const again = await done('coordinator', submit, step(back))
    expect(again.edition).toBe(2)
    const input = step(again)
    await replays('leader', approve, input, { expectedVersion: 99 })
    const [approved] = await world.sql<{ id: string; version: number }>('select id, version from return_submission')
    // What was sent back stays, and stays inside.
    const two = [{ value: '3', edition: 1 }, { value: '3', edition: 2 }]
    expect(await seen()).toEqual([two, two, [two[1]], [two[1]], [two[1]], [two[1]]])
    expect(await faults('coordinator', submit, step(approved!))).toEqual([fault('ILLEGAL_TRANSITION', 'input.submissionId')])
    const locked = await done('leader', lock, step(approved!))
    expect(locked).toMatchObject({ status: 'LOCKED', lockedOn: '2026-11-23' })
    expect(await faults('leader', sendBack, step(locked, { reason: '再改' }))).toEqual([fault('LOCKED', 'input.submissionId')])
    await expect(world.sql(`update return_submission set status = 'DRAFT', approved_on = null, locked_on = null`)).rejects.toThrow('figures that were submitted stay')
  })

  it('of a city or county is approved by the coordinator of the nearest division above, and by no one further up', async () => {
    const net = await network()
    for (const [login, division, approver, notThese] of [['city', net.city, 'coordinator', ['city', 'leader', 'city leader']], ['county', net.county, 'city', ['coordinator', 'county', 'leader', 'city leader']]] as const) {
      await world.build.row('plan_inclusion', 'plin', { divisionId: division.id, unitId: net.bureau.id, kind: 'TALENT_PLAN', plan: '规划', text: '列入', includedOn: '2024-05-01' })
      const submission = await done(login, submit, step(await opened({ province: division, form: net.form }, login)))
      expect(await refusals(approve, step(submission), notThese)).toEqual(all(notThese, 'FORBIDDEN'))
      expect(await done(approver, approve, step(submission))).toMatchObject({ status: 'APPROVED' })
    }
  })

  it('is not approved by the person who submitted it', async () => {
    const { city, bureau, form } = await network()
    await world.build.row('plan_inclusion', 'plin', { divisionId: city.id, unitId: bureau.id, kind: 'TALENT_PLAN', plan: '规划', text: '列入', includedOn: '2024-05-01' })
    const [person] = await world.sql<{ id: string }>(`select person_id as id from account where subject = 'city'`)
    const [office] = await world.sql<{ id: string }>(`select u.id from unit u where u.name = '省委组织部'`)
    await world.build.appointment({ personId: person!.id, unitId: office!.id, role: 'COORDINATOR', validFrom: '2020-01-01' })
    const submission = await done('city', submit, step(await opened({ province: city, form }, 'city')))
    expect(await faults('city', approve, step(submission))).toEqual([fault('SEPARATION_OF_DUTIES', 'input.submissionId')])
  })
})

describe('a correction', () => {
  async function locked() {
    const net = await network()
    const submission = await done('coordinator', submit, step(await opened(net)))
    const approved = await done('leader', approve, step(submission))
    const figure = async (key: string) => (await world.sql<{ id: string }>('select id from return_figure where column_key = $1', [key]))[0]!.id
    const early = await faults('coordinator', correct, { idempotencyKey: 'early', figureId: await figure('all'), newValue: '4', reason: '漏报' })
    return { ...net, early, figure, submission: await done('leader', lock, step(approved)) }
  }
  const proposal = (figureId: string, newValue: string) => ({ idempotencyKey: `c${newValue}`, figureId, newValue, reason: '漏报' })

  it('follows the lock, is proposed by the one and decided by the other side, and counts beside the figure', async () => {
    const { province, early, figure } = await locked()
    expect(early).toEqual([fault('ILLEGAL_TRANSITION', 'input.submissionId')])
    const id = await figure('posts')
    expect(await refusals(correct, proposal(id, '5'), ['leader', ...others])).toEqual(all(['leader', ...others], 'FORBIDDEN'))
    expect(await faults('coordinator', correct, proposal(id, 'viele'))).toEqual([fault('MALFORMED', 'input.newValue')])
    expect(await faults('coordinator', correct, proposal(id, '2'))).toEqual([fault('OUT_OF_RANGE', 'input.newValue')])
    const made = await done('coordinator', correct, proposal(id, '5'))
    expect(made).toMatchObject({ status: 'PROPOSED', oldValue: '2', newValue: '5' })
    expect(await faults('coordinator', correct, proposal(id, '6'))).toEqual([fault('TAKEN', 'input.figureId')])
    const input = { idempotencyKey: 'd', correctionId: made.id, expectedVersion: made.version, status: 'APPROVED' }
    expect(await refusals(decide, input, ['coordinator'])).toEqual({ coordinator: 'FORBIDDEN' })
    expect(await refusals(decide, input, ['DIRECTOR', 'city'])).toEqual({ DIRECTOR: 'FORBIDDEN', city: 'NOT_FOUND' })
    expect(cellsOf(await returnOf('coordinator', province.id, { kept: true }))).toMatchObject({ posts: '2' })
    await replays('leader', decide, input, { status: 'REFUSED' })
    expect(cellsOf(await returnOf('coordinator', province.id, { kept: true }))).toMatchObject({ posts: '5' })
    const { data } = await world.as('DIRECTOR').run(`{ returnFigures(filter: { columnKey: { eq: "posts" } }) { nodes { value countedValue corrections { nodes { oldValue newValue reason status } } } } }`)
    expect(data.returnFigures.nodes).toEqual([{ value: '2', countedValue: '5', corrections: { nodes: [{ oldValue: '2', newValue: '5', reason: '漏报', status: 'APPROVED' }] } }])
    // The total that was submitted is now less than its parts, and the check says so.
    const told = await returnOf('coordinator', province.id, { kept: true })
    expect(told.checks.filter(({ passed }) => !passed)).toEqual([{ key: 'total', passed: false, message: 'Table 1: 示例省, 合计 is 3; its parts come to 6.' }])
  })

  it('of last year is what growth is told against', async () => {
    const { province, figure, form } = await locked()
    const made = await done('coordinator', correct, proposal(await figure('attendances'), '150'))
    await done('leader', decide, { idempotencyKey: 'd', correctionId: made.id, expectedVersion: made.version, status: 'APPROVED' })
    await world.build.row('opening_count', 'opct', { divisionId: province.id, year: 2026, measure: 'TRAINING_ATTENDANCES', count: 170, source: '报表' })
    world.day = '2027-01-05'
    await done('coordinator', open, { idempotencyKey: 'n', divisionId: province.id, year: 2026, formId: form.id })
    const told = await returnOf('coordinator', province.id, { year: 2026 })
    const [attendances, growth] = told.tables.find(({ number }) => number === 3)!.rows[0]!.cells
    expect([attendances, growth]).toMatchObject([{ value: '170', previous: '140', change: '30', submittedPrevious: '150' }, { value: '30' }])
    expect(told.checks.filter(({ passed }) => !passed).map(({ message }) => message)).toEqual([
      'Table 3: 2026年, growth is 30; against what was submitted last year (150) it is 20.', "Table 3: 2026年, attendances of last year is 140 by today's rows; 150 was submitted.",
    ])
  })
})

describe('a check', () => {
  // What was submitted is taken as it stands in the database, tampered with under the triggers.
  const tampered = async (key: string, value: string) => {
    const net = await network()
    await done('coordinator', submit, step(await opened(net)))
    await world.sql(`set session_replication_role = replica`)
    await world.sql('update return_figure set value = $2 where column_key = $1', [key, value])
    await world.sql(`set session_replication_role = origin`)
    return (await returnOf('coordinator', net.province.id, { kept: true })).checks.filter(({ passed }) => !passed).map(({ message }) => message)
  }

  it.each([
    ['all', '2', ['Table 1: 示例省, 合计 is 2; its parts come to 3.']],
    ['all', '4', ['Table 1: 示例省, 合计 is 4; its parts come to 3.']],
    ['deFacto', '-1', ['Table 1: 示例省, 合计 is 3; its parts come to 1.', 'Table 1: 示例省, deFacto is -1; it cannot be less than 0.']],
    ['share', '4.12', ['Table 2: 示例省, share is 4.12; 33 of 800 residents are 4.13 percent.']],
    ['registered', '34', ['Table 2: 示例省, share is 4.13; 34 of 800 residents are 4.25 percent.']],
    ['growth', '41', ['Table 3: 2025年, growth is 41; against last year’s rows (100) it is 40.']],
    ['note', '', ['Table 1: 示例省, 说明 is missing. Ask a unit for it (returnTextAsk), or enter the rows that it is taken from.']],
  ])('catches %s = %s', async (key, value, messages) => {
    expect(await tampered(key, value)).toEqual(messages)
  })

  it('catches a document number of another year or in other brackets, in both languages', async () => {
    const { province, bureau } = await network()
    for (const [number, issuedOn] of [['示发〔2024〕1号', '2025-03-01'], ['示发[2025]2号', '2025-03-02'], ['示发〔2025〕3号', '2025-03-03']]) {
      const document = await world.build.document({ number, issuedOn })
      await world.build.row('document_issuer', 'diss', { documentId: document.id, unitId: bureau.id })
    }
    const told = async (language: string) => (await world.as('coordinator').run('query ($id: ID!) { nationalReturn(divisionId: $id, year: 2025, tables: [4]) { checks { passed message } } }', { id: province.id }, { language } as never)).data.nationalReturn.checks
    expect((await told('en')).map(({ message }: { message: string }) => message)).toEqual([
      'Table 4: The document number 示发〔2024〕1号 names the year 2024, but the document was issued in 2025.', 'Table 4: The document number 示发[2025]2号 must be written like 民发〔2016〕186号, with 〔 〕 around the year.',
    ])
  })
})

describe('a text', () => {
  it('is asked for and sent back by the coordinator of the very division, and written by the unit', async () => {
    const { province, form, bureau, city } = await network()
    const place = { idempotencyKey: 't', divisionId: province.id, year: 2025, formId: form.id, tableNumber: 1, rowKey: 'ONE', columnKey: 'note', unitId: bureau.id }
    expect(await refusals(askText, place, [...others, 'leader'])).toEqual(all([...others, 'leader'], 'FORBIDDEN'))
    expect(await faults('coordinator', askText, { ...place, columnKey: 'posts' })).toEqual([fault('OUT_OF_RANGE', 'input.columnKey')])
    const [outside] = await world.sql<{ id: string }>('select id from unit where division_id = $1 limit 1', [province.id])
    expect(await faults('city', askText, { ...place, divisionId: city.id, unitId: outside!.id })).toEqual([fault('OUT_OF_RANGE', 'input.unitId')])
    await replays('coordinator', askText, place, { year: 2024 })
    const [text] = await world.sql<{ id: string; version: number }>('select id, version from return_text')
    const given = { idempotencyKey: 'w', returnTextId: text!.id, expectedVersion: 1, text: '说明' }
    expect(await refusals(writeText, given, ['coordinator', 'PRACTITIONER'])).toEqual(all(['coordinator', 'PRACTITIONER'], 'FORBIDDEN'))
    expect(await refusals(writeText, given, ['city', 'county', 'AUDITOR'])).toEqual(all(['city', 'county', 'AUDITOR'], 'FORBIDDEN'))
    expect(await refusals(writeText, given, ['city leader'])).toEqual({ 'city leader': 'NOT_FOUND' })
    expect(await faults('CLERK', finishText, { idempotencyKey: 'f', returnTextId: text!.id, expectedVersion: 1 })).toEqual([fault('ILLEGAL_TRANSITION', 'input.returnTextId')])
    await done('CLERK', writeText, given)
    await done('CLERK', finishText, { idempotencyKey: 'f', returnTextId: text!.id, expectedVersion: 2 })
    const back = { idempotencyKey: 'b', returnTextId: text!.id, expectedVersion: 3, reason: '请补充' }
    expect(await refusals(backText, back, ['CLERK', 'leader'])).toEqual(all(['CLERK', 'leader'], 'FORBIDDEN'))
    expect(await done('coordinator', backText, back)).toMatchObject({ status: 'WRITTEN', returnedReason: '请补充' })
  })
})

describe('a form', () => {
  const create = acting('returnFormCreate', 'ReturnFormCreateInput', 'returnForm', 'id version key')
  const of = (layout: unknown, key = 'next') => ({ idempotencyKey: key, key, titleZh: '新表', firstYear: 2026, layout: typeof layout === 'string' ? layout : JSON.stringify(layout) })

  it('is data: a later one without what ended needs no code, and is taken from its first year on', async () => {
    const { province } = await network()
    const later = { tables: [{ ...smallLayout.tables[0]!, columns: smallLayout.tables[0]!.columns.slice(0, 1) }], checks: [] }
    expect(await refusals(create, of(later), ['coordinator', 'leader', 'DIRECTOR'])).toEqual(all(['coordinator', 'leader', 'DIRECTOR'], 'FORBIDDEN'))
    await replays('SYSTEM_ADMIN', create, of(later), { titleZh: '别的' })
    expect(cellsOf(await returnOf('coordinator', province.id, { year: 2026 }))).toEqual({ posts: '2' })
    expect(Object.keys(cellsOf(await returnOf('coordinator', province.id)))).toHaveLength(8)
  })

  it.each([
    ['no JSON', '{', 'it is no JSON'],
    ['an unknown source', { tables: [{ number: 1, titleZh: '表', rowKind: 'ONE', columns: [{ key: 'a', headZh: '甲', kind: 'NUMBER', source: 'none' }] }] }, 'there is no source none of NUMBER'],
    ['an unknown kind of row', { tables: [{ number: 1, titleZh: '表', rowKind: 'PLANET', columns: [{ key: 'a', headZh: '甲', kind: 'NUMBER', source: 'workers' }] }] }, 'there is no such kind of row'],
    ['a sum of nothing', { tables: [{ number: 1, titleZh: '表', rowKind: 'ONE', columns: [{ key: 'a', headZh: '甲', kind: 'NUMBER', sum: ['b'] }] }] }, 'there is no column b to add'],
    ['a check of no column', { ...smallLayout, checks: [{ key: 'x', kind: 'TOTAL', table: 1, columns: ['none'], severity: 'ERROR' }] }, 'table 1 has no column none'],
    ['a column twice', { tables: [{ number: 1, titleZh: '表', rowKind: 'ONE', columns: [1, 2].map(() => ({ key: 'a', headZh: '甲', kind: 'NUMBER', source: 'workers' })) }] }, 'column a stands twice'],
  ])('is refused with %s', async (_name, layout, says) => {
    await network()
    const { data } = await world.as('SYSTEM_ADMIN').run(`mutation ($input: ReturnFormCreateInput!) { returnFormCreate(input: $input) { returnForm { id } userErrors { code field message } } }`, { input: of(layout) })
    expect(data.returnFormCreate).toEqual({ returnForm: null, userErrors: [{ code: 'MALFORMED', field: 'input.layout', message: expect.stringContaining(says) }] })
  })

  it('of 2019 is read as it ships', async () => {
    const { layout2019 } = await import('../../seeds/generate/return-form.js')
    expect(layoutOf(layout2019).tables.map(({ number }) => number)).toEqual(Array.from({ length: 17 }, (_none, at) => at + 1))
  })
})
