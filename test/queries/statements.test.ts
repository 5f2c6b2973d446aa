import { beforeEach, describe, expect, it } from '@jest/globals'
import { isFull } from '../access/proof/random.js'
import { buildCapability } from '../support/build-capability.js'
import { buildIndicators } from '../support/build-indicators.js'
import { buildPay } from '../support/build-pay.js'
import { buildReturns } from '../support/build-returns.js'
import { buildVolunteers } from '../support/build-volunteers.js'
import { activitySamples } from '../support/samples.js'
import { flat, manyFields, statementsOf, walk } from '../support/flat.js'
import { buildPosts } from '../support/build-posts.js'
import { moneyGrowth } from '../support/grow-money.js'
import { useWorld } from '../support/world.js'

const world = useWorld()
let grow: (rows: number) => Promise<void>

// One more of everything each time, hung on the same parents, so that lists grow in length as well as in number.
beforeEach(async () => {
  const { build } = world
  const { province, office, coordinator } = await build.network()
  const top = await build.initiative({ leadUnitId: office.id })
  const above = await build.task({ issuingUnitId: office.id, initiativeId: top.id })
  const paper = await build.document()
  const security = await build.person({ login: 'security', unit: office.id, role: 'SECURITY_ADMIN' })
  const conference = await build.conference({ convenorId: office.id })
  const meeting = await build.meeting({ conferenceId: conference.id })
  const resolution = await build.resolution({ meetingId: meeting.id })
  const author = await build.person({ unit: office.id, mobile: '13800000000', nationalId: '330102199001011231' })
  const shared = await build.assignment({ taskId: above.id, unitId: office.id })
  const period = await build.row('score_period', 'sper', { divisionId: province.id, month: '2026-10', computedOn: '2026-11-02' })
  const score = await build.unitScore({ periodId: period.id, unitId: office.id })
  const posts = buildPosts(world)
  const colleague = await posts.worker({ personId: author.id })
  const ofOffice = await posts.post({ unitId: office.id })
  const capability = buildCapability(world)
  const course = await capability.training({ unitId: office.id })
  const pair = await capability.supervision({ unitId: office.id, supervisorId: colleague.id })
  const project = await capability.project({ unitId: office.id, carrierId: (await build.unit()).id, status: 'RUNNING', amount: '9000000' })
  const pay = buildPay(world)
  const indicators = buildIndicators(world)
  const threshold = await pay.threshold({ divisionId: province.id, basisId: paper.id })
  const publication = await pay.publication({ divisionId: province.id, thresholdId: threshold.id })
  const returns = buildReturns(world)
  const form = await returns.form()
  const returned = await returns.submission({ divisionId: province.id, formId: form.id, year: 2020 })
  const cell = await returns.figure({ submissionId: returned.id })
  const volunteers = buildVolunteers(world)
  const team = await volunteers.team({ unitId: office.id, leaderId: colleague.id })
  const volunteer = await volunteers.volunteer({ teamId: team.id })
  const shift = await posts.employment({ socialWorkerId: colleague.id, unitId: office.id, kind: 'CONCURRENT' })
  const planned = await posts.plan({ unitId: office.id, socialWorkerId: colleague.id, initiativeId: top.id })
  const surveyed = await posts.survey({ unitId: office.id, socialWorkerId: colleague.id, divisionId: province.id })
  const logged = await posts.workLog({ employmentId: shift.id, hours: '0.5' })
  const growMoney = await moneyGrowth(world, province, office, top)
  let kept = 0
  grow = async (rows) => {
    for (; kept < rows; kept++) {
      const day = `2010-01-${String((kept % 28) + 1).padStart(2, '0')}`
      const division = await build.division({ parentId: province.id })
      const unit = await build.unit({ divisionId: division.id, lineParentId: office.id })
      await build.row('unit_name', 'uname', { unitId: unit.id, name: '曾用名', validFrom: '2004-01-01' })
      await build.row('unit_name', 'uname', { unitId: office.id, name: '曾用名', validFrom: `${1800 + kept}-01-01`, validTo: `${1801 + kept}-01-01` })
      await build.mandate({ unitId: unit.id, mechanism: 'FUNDING', basisId: paper.id })
      await build.row('document_issuer', 'diss', { documentId: paper.id, unitId: unit.id })
      const person = await build.person({ unit: unit.id, mobile: '13900000000' })
      await build.appointment({ personId: security.id, unitId: unit.id, validFrom: day })
      const initiative = await build.initiative({ leadUnitId: office.id, parentId: top.id })
      await build.participation({ initiativeId: top.id, unitId: unit.id })
      for (const initiativeId of [top.id, initiative.id]) {
        if (initiativeId !== top.id) await build.row('initiative_target', 'targ', { initiativeId, measure: 'POSTS_OPENED', amount: '3' })
        await build.row('milestone', 'mile', { initiativeId, title: '节点', dueOn: day })
        await build.row('initiative_update', 'upd', { initiativeId, reportedOn: day, health: 'ON_TRACK', text: '正常', authorId: author.id })
      }
      const task = await build.task({ issuingUnitId: office.id, initiativeId: top.id, parentId: above.id, leadUnitId: unit.id })
      await build.assignment({ taskId: above.id, unitId: unit.id, personId: person.id })
      await world.sql('update task set due_on = $1 where id = $2', [day, above.id])
      const track = await build.assignment({ taskId: task.id, unitId: office.id, liaisonId: author.id })
      for (const [at, { id: assignmentId }] of [shared, track].entries()) {
        const report = await build.progressReport({ assignmentId, reporterId: author.id })
        await build.review({ assignmentId, reportId: report.id, reviewerId: author.id })
        await build.extensionRequest({ assignmentId, requestedById: person.id, status: at === 0 ? 'WITHDRAWN' : 'PENDING' })
        await build.reminder({ assignmentId, sentById: person.id })
      }
      await build.comment({ taskId: above.id, unitId: office.id, authorId: author.id })
      const own = await build.conference({ convenorId: office.id, documentId: paper.id })
      for (const conferenceId of [conference.id, own.id]) await build.row('conference_member', 'cmem', { conferenceId, unitId: unit.id, liaisonId: person.id, joinedOn: '2024-01-01' })
      const held = await build.meeting({ conferenceId: conference.id })
      for (const meetingId of [meeting.id, held.id]) await build.resolution({ meetingId, responsibleId: unit.id, dueOn: day })
      await build.row('resolution_task', 'rtsk', { resolutionId: resolution.id, taskId: task.id })
      const lock = (unitId: string, month: string) => build.row('period_lock', 'plck', { unitId, ledger: 'PAY', month, lockedOn: '2027-01-05' })
      await lock(office.id, `${1900 + kept}-01`)
      await lock(unit.id, '2026-10')
      const post = await posts.post({ unitId: unit.id, initiativeId: top.id })
      await posts.post({ unitId: office.id })
      const worker = await posts.worker({ personId: person.id })
      let employed = shift
      for (const socialWorkerId of [worker.id, colleague.id]) {
        await posts.qualification({ socialWorkerId, issuedOn: day })
        employed = await posts.employment({ socialWorkerId, unitId: socialWorkerId === worker.id ? unit.id : office.id, postId: socialWorkerId === worker.id ? post.id : ofOffice.id, validFrom: `${1900 + kept}-01-01`, validTo: `${1901 + kept}-01-01` })
      }
      const entry = await posts.workLog({ employmentId: employed.id, workedOn: day })
      await posts.workLog({ employmentId: employed.id, workedOn: day, bookedOn: '2026-11-20', hours: '-0.01', correctsId: entry.id, reason: '多记' })
      await posts.workLog({ employmentId: shift.id, hours: '0.1' })
      await posts.workLog({ employmentId: shift.id, hours: '0.01', bookedOn: '2026-11-20', correctsId: logged.id, reason: '少记' })
      await posts.station({ unitId: unit.id, divisionId: division.id })
      for (const shared of [{ unitId: unit.id, socialWorkerId: worker.id }, { unitId: office.id, socialWorkerId: colleague.id }]) {
        const survey = await posts.survey({ ...shared, divisionId: division.id })
        const consultation = await posts.consultation({ surveyId: survey.id })
        await posts.consultation({ surveyId: surveyed.id, plannedOn: `${1900 + kept}-01-0${shared.unitId === unit.id ? 1 : 2}` })
        const plan = await posts.plan({ ...shared, surveyId: survey.id, consultationId: consultation.id, initiativeId: top.id })
        for (const servicePlanId of [plan.id, planned.id]) await posts.record({ servicePlanId })
      }
      await posts.station({ unitId: office.id, divisionId: division.id })
      const ownPeriod = await build.row('score_period', 'sper', { divisionId: division.id, month: '2026-10', computedOn: '2026-11-02' })
      const ownScore = await build.unitScore({ periodId: ownPeriod.id, unitId: office.id })
      const scored = await build.unitScore({ periodId: period.id, unitId: unit.id })
      const ownCourse = await capability.training({ unitId: office.id, initiativeId: top.id })
      for (const trainingId of [course.id, ownCourse.id]) await capability.attendance({ trainingId, socialWorkerId: worker.id })
      await capability.educationRule({ divisionId: division.id, basisId: paper.id })
      await capability.ratio({ divisionId: division.id, basisId: paper.id })
      await capability.supervisor({ socialWorkerId: worker.id, unitId: office.id, basisId: paper.id })
      const ownPair = await capability.supervision({ unitId: office.id, supervisorId: colleague.id, superviseeId: worker.id })
      for (const supervisionId of [pair.id, ownPair.id]) await capability.session({ supervisionId })
      const ownProject = await capability.project({ unitId: office.id, carrierId: unit.id, status: 'RUNNING' })
      for (const microProjectId of [project.id, ownProject.id]) await capability.payment({ microProjectId, unitId: office.id, kind: 'INTERIM' })
      await pay.guidance({ divisionId: division.id, basisId: paper.id })
      await pay.threshold({ divisionId: division.id, basisId: paper.id })
      await pay.record({ socialWorkerId: colleague.id, unitId: unit.id, paidOn: '2026-11-10' })
      await indicators.threshold({ divisionId: division.id, basisId: paper.id })
      await indicators.figure({ provinceId: division.id, divisionId: division.id, thresholdId: threshold.id })
      await returns.form({ key: `F${kept}` })
      await returns.text({ divisionId: division.id, formId: form.id, unitId: unit.id })
      const ownReturn = await returns.submission({ divisionId: division.id, formId: form.id })
      for (const submissionId of [returned.id, ownReturn.id]) await returns.figure({ submissionId, rowNumber: 2 + kept })
      await returns.correction({ submissionId: returned.id, figureId: cell.id, status: 'REFUSED', decidedOn: day, decidedAt: `${day}T10:00:00Z` })
      const ownPublication = await pay.publication({ divisionId: division.id, thresholdId: threshold.id })
      for (const publicationId of [publication.id, ownPublication.id]) await pay.figure({ publicationId, divisionId: division.id })
      const ownTeam = await volunteers.team({ unitId: office.id, leaderId: colleague.id })
      await volunteers.noticeRule({ divisionId: division.id, basisId: paper.id })
      await volunteers.training({ divisionId: division.id, unitId: office.id })
      for (const teamId of [ownTeam.id, team.id]) {
        const { id: volunteerId } = await volunteers.volunteer({ teamId })
        for (const served of [volunteerId, volunteer.id]) await volunteers.service({ volunteerId: served, servedOn: `20${10 + (kept % 10)}-${teamId === team.id ? '01' : '02'}-${String((Math.floor(kept / 10) % 28) + 1).padStart(2, '0')}` })
        await volunteers.commendation({ teamId, volunteerId })
        await volunteers.complaint({ teamId, volunteerId })
      }
      await build.row('export_job', 'xjob', { view: 'units', format: 'csv', state: 'RUNNING', rowsDone: kept, rowsTotal: 100, personId: coordinator.id, standing: 'x' })
      for (const { table, prefix, values } of activitySamples) await build.row(table, prefix, values({ divisionId: division.id, unitId: unit.id, basisId: paper.id }, kept))
      await growMoney(unit, kept)
      for (const unitScoreId of [ownScore.id, scored.id, score.id]) await build.deduction({ unitScoreId, taskId: task.id })
    }
  }
})

describe('statements', () => {
  // What grows with rows shows at a few of them; `HELI_FULL=1` goes on to a hundred.
  const sizes = isFull ? [1, 10, 100] : [1, 12]
  it(`are two for every connection and list of the schema, at ${sizes.join(' and ')} rows`, async () => {
    const documents = walk(world.backbone.schema)
    expect(documents.length).toBeGreaterThan(20)
    for (const size of sizes) {
      await grow(size)
      for (const login of ['coordinator', 'security']) {
        // Appointments are there for the security administrator alone; all else the coordinator sees.
        for (const { field, document } of login === 'security' ? documents.filter((one) => /appointment/i.test(one.field)) : documents) expect({ field, login, size, statements: await statementsOf(world, { as: login, document }) }).toEqual({ field, login, size, statements: 2 })
      }
    }
  }, 120_000)

  it('are walked whole: no list of the schema is left out', () => {
    expect(walk(world.backbone.schema).map(({ field }) => field).sort()).toEqual(manyFields(world.backbone.schema).sort())
  })

  it('are two for the front page, at 1, 10 and 100 initiatives', async () => {
    const document = `query JointInitiatives($first: Int = 20) {
      initiatives(filter: { status: { eq: ACTIVE } }, orderBy: [{ field: CREATED_AT, direction: DESC }], first: $first) {
        totalCount
        nodes {
          id code title status
          leadUnit { id name }
          participations { role unit { id name } }
          tasks(first: 10, orderBy: [{ field: DUE_ON, direction: ASC }]) {
            nodes { id title status dueOn assignments { role progress unit { name } person { name title } } }
          }
        }
      }
    }`
    await flat(world, { as: 'coordinator', document, variables: { first: 200 } }, grow)
    const { data } = await world.as('coordinator').run(document, { first: 200 })
    expect(data.initiatives).toMatchObject({ totalCount: 101 })
    expect(data.initiatives.nodes).toHaveLength(101)
    expect(data.initiatives.nodes.map((node: { tasks: { nodes: unknown[] } }) => node.tasks.nodes.length)).toContain(10)
  }, 60_000)

  it('are two for several root fields in one request', async () => {
    await grow(3)
    const document = '{ viewer { person { name } } units { totalCount } tasks { nodes { id } } more: tasks(first: 1) { nodes { title } } people { totalCount nodes { mobile } } }'
    // `viewer { person }` is read once its own field is known, in a statement of its own.
    expect(await statementsOf(world, { as: 'coordinator', document: document.replace('viewer { person { name } }', '') })).toBe(2)
    expect(await statementsOf(world, { as: 'coordinator', document })).toBeLessThanOrEqual(3)
  })

  it('are two for many nodes by id', async () => {
    await grow(10)
    const ids = (await world.sql<{ id: string }>('select id from unit union all select id from task union all select id from person')).map(({ id }) => id)
    expect(await statementsOf(world, { as: 'coordinator', document: 'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Unit { name } ... on Task { title leadUnit { name } } } }' , variables: { ids } })).toBe(2)
  })

  it('are none for somebody who is not signed in', async () => {
    world.statements()
    const { codes } = await world.as('nobody').run('{ tasks { nodes { id } } }')
    expect({ codes, statements: world.statements() }).toEqual({ codes: ['UNAUTHENTICATED'], statements: [] })
  })
})
