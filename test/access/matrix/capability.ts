import type { Built } from '../../support/build.js'
import { buildCapability } from '../../support/build-capability.js'
import { buildPosts } from '../../support/build-posts.js'
import { today, type World } from '../../support/world.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

type Rows = 'course' | 'attended' | 'education' | 'ratio' | 'rung' | 'pair' | 'session' | 'officePair' | 'officeSession' | 'need' | 'called' | 'reviewed' | 'contracted' | 'running' | 'passed' | 'failed' | 'closed' | 'firstPayment' | 'mentor' | 'learner'
type Stage = Base & Record<Rows, Built>

/** A practitioner who supervises a worker of the bureau; micro-projects that the bureau pays and the school carries out. */
export function capabilityPart(world: World): Part {
  const { exists, reads, acts } = casesOn<Stage>(world)
  const [keeper, director, apart, mentor] = ['bureau CLERK', 'bureau DIRECTOR', 'apart DIRECTOR', 'mentor']
  const step = (project: (stage: Stage) => Built, more: object = {}) => (stage: Stage) => versioned('microProjectId', project(stage), more)
  return {
    async stage({ bureau, school, apart: elsewhere, province, office, mandate }) {
      const { build } = world
      const [make, posts] = [buildCapability(world), buildPosts(world)]
      const basisId = mandate['basis_id']
      await build.person({ login: 'bureau cashier', unit: bureau.id, role: 'FINANCE_OFFICER' })
      const of = async (login: string, unit: Built, role: string | null) => posts.worker({ personId: (await build.person({ login, unit: unit.id, role })).id })
      const [guide, learner] = [await of('mentor', elsewhere, 'PRACTITIONER'), await of('learner', bureau, 'PRACTITIONER')]
      const course = await make.training({ unitId: bureau.id })
      const ratio = await make.ratio({ divisionId: province.id, basisId })
      const pair = await make.supervision({ unitId: bureau.id, supervisorId: guide.id })
      const [coordinator] = await world.sql<Built>(`select w.id from social_worker w join account a on a.person_id = w.person_id where a.subject = 'coordinator'`)
      const officeWorker = coordinator ?? (await posts.worker({ personId: (await world.sql<{ person_id: string }>(`select person_id from account where subject = 'coordinator'`))[0]!.person_id }))
      const officePair = await make.supervision({ unitId: office.id, superviseeId: officeWorker.id })
      const project = (status: string, more: object = {}) => make.project({ unitId: bureau.id, carrierId: school.id, status, ...more })
      const contracted = await project('CONTRACTED')
      return {
        mentor: guide, learner, course, attended: await make.attendance({ trainingId: course.id, socialWorkerId: officeWorker.id }), education: await make.educationRule({ divisionId: province.id, basisId }), ratio,
        rung: await make.supervisor({ socialWorkerId: guide.id, unitId: bureau.id, basisId }), pair, session: await make.session({ supervisionId: pair.id }), officePair, officeSession: await make.session({ supervisionId: officePair.id }),
        need: await project('NEED'), called: await project('CALLED'), reviewed: await project('IN_REVIEW'), contracted, running: await project('RUNNING'), passed: await project('EVALUATED'),
        failed: await project('EVALUATED', { verdict: 'FAILED' }), closed: await project('CLOSED'), firstPayment: await make.payment({ microProjectId: contracted.id, unitId: bureau.id }),
      }
    },
    registry: {
      ...exists('Training', ({ course }) => course.id, apart, 'bureau SYSTEM_ADMIN'),
      ...exists('TrainingAttendance', ({ attended }) => attended.id, keeper, 'school DIRECTOR'),
      ...exists('Supervisor', ({ rung }) => rung.id, apart, 'service:bi'),
      ...exists('Supervision', ({ pair }) => pair.id, director, keeper),
      ...exists('SupervisionSession', ({ session }) => session.id, mentor, 'coordinator'),
      ...exists('MicroProject', ({ need }) => need.id, apart, 'bureau SECURITY_ADMIN'),
      ...exists('MicroPayment', ({ firstPayment }) => firstPayment.id, 'school DIRECTOR', keeper),
      ...reads('SupervisionSession', 'text', ({ session }) => session.id, mentor, director),
      ...reads('MicroProject', 'amount', ({ running }) => running.id, 'coordinator', keeper),
      ...reads('MicroProject', 'verdict', ({ passed }) => passed.id, 'school DIRECTOR', keeper),
      ...reads('MicroProject', 'evaluation', ({ passed }) => passed.id, 'bureau cashier', apart),
      ...reads('MicroProject', 'evaluatedBy', ({ passed }) => passed.id, director, keeper, '{ id }'),
      ...acts('trainingCreate', ({ bureau }) => ({ code: 'NEW', unitId: bureau.id, title: '班', startsOn: today, endsOn: today, hours: '8', isContinuingEducation: true }), keeper, apart),
      ...acts('trainingUpdate', ({ course }) => versioned('trainingId', course, { title: '改' }), 'bureau HR_OFFICER', 'coordinator'),
      ...acts('trainingAttendanceCreate', ({ course, learner }) => ({ trainingId: course.id, socialWorkerId: learner.id, hours: '8', isPassed: true }), keeper, apart),
      ...acts('trainingAttendanceUpdate', ({ attended }) => versioned('trainingAttendanceId', attended, { isPassed: false }), keeper, 'coordinator'),
      ...acts('continuingEducationRuleCreate', ({ apart: { division_id }, mandate }) => ({ divisionId: division_id, level: 'SENIOR', hours: '90', validFrom: today, basisId: mandate['basis_id'] }), 'bureau SYSTEM_ADMIN', director),
      ...acts('continuingEducationRuleUpdate', ({ education }) => versioned('continuingEducationRuleId', education, { validTo: today }), 'bureau SYSTEM_ADMIN', 'coordinator'),
      ...acts('supervisorCreate', ({ learner, bureau, mandate }) => ({ socialWorkerId: learner.id, unitId: bureau.id, rung: 'SENIOR', validFrom: today, basisId: mandate['basis_id'] }), 'bureau HR_OFFICER', apart),
      ...acts('supervisorUpdate', ({ rung }) => versioned('supervisorId', rung, { validTo: today }), director, apart),
      ...acts('supervisionRatioCreate', ({ apart: { division_id }, mandate }) => ({ divisionId: division_id, rung: 'SENIOR', maxSupervisees: 9, sessionEveryDays: 30, validFrom: today, basisId: mandate['basis_id'] }), 'bureau SYSTEM_ADMIN', director),
      ...acts('supervisionRatioUpdate', ({ ratio }) => versioned('supervisionRatioId', ratio, { validTo: today }), 'bureau SYSTEM_ADMIN', 'coordinator'),
      ...acts('supervisionCreate', ({ mentor: guide, learner }) => ({ supervisorId: guide.id, superviseeId: learner.id, validFrom: today }), director, apart),
      ...acts('supervisionUpdate', ({ pair }) => versioned('supervisionId', pair, { validTo: today }), director, mentor),
      ...acts('supervisionSessionCreate', ({ pair }) => ({ supervisionId: pair.id, heldOn: today, hours: '1', text: '督导' }), mentor, director),
      ...acts('supervisionSessionUpdate', ({ session }) => versioned('supervisionSessionId', session, { hours: '2' }), mentor, director),
      ...acts('microProjectCreate', ({ bureau }) => ({ code: 'NEW', unitId: bureau.id, title: '项目', kind: 'SMALL_FUND', need: '需求' }), keeper, apart),
      ...acts('microProjectUpdate', step(({ need }) => need, { title: '改' }), keeper, 'coordinator'),
      ...acts('microProjectCall', step(({ need }) => need, { callUntil: today }), director, 'school DIRECTOR'),
      ...acts('microProjectPropose', ({ called, school }) => versioned('microProjectId', called, { carrierId: school.id, proposal: '方案' }), 'school DIRECTOR', apart),
      ...acts('microProjectReject', step(({ reviewed }) => reviewed, { reason: '不符' }), keeper, 'school DIRECTOR'),
      ...acts('microProjectContract', step(({ reviewed }) => reviewed, { amount: '20000', dueOn: '2027-01-01' }), director, 'school DIRECTOR'),
      ...acts('microProjectStart', step(({ contracted }) => contracted), 'school DIRECTOR', director),
      ...acts('microProjectEvaluate', step(({ running }) => running, { verdict: 'PASSED', evaluation: '合格' }), director, keeper),
      ...acts('microProjectClose', step(({ failed }) => failed), keeper, 'school DIRECTOR'),
      ...acts('microProjectCancel', step(({ running }) => running, { reason: '中止' }), director, keeper),
      ...acts('microProjectPay', step(({ running }) => running, { kind: 'INTERIM', amount: '5000' }), 'bureau cashier', director),
    },
    ids: ({ course, attended, education, rung, ratio, officePair, officeSession, need, firstPayment }: Stage) => ({
      Training: course.id, TrainingAttendance: attended.id, ContinuingEducationRule: education.id, Supervisor: rung.id, SupervisionRatio: ratio.id, Supervision: officePair.id, SupervisionSession: officeSession.id, MicroProject: need.id, MicroPayment: firstPayment.id,
    }),
  }
}
