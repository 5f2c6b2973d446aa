import type { Built } from '../../support/build.js'
import { buildPosts } from '../../support/build-posts.js'
import type { World } from '../../support/world.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

interface Working {
  worker: Built
  qualification: Built
  employment: Built
  log: Built
}
interface Stage extends Base, Working {
  post: Built
  station: Built
  newcomer: Built
  office: Built
  ofOffice: Working
}

/** A worker of the bureau who is a PRACTITIONER there, and the coordinator as one; a colleague of the bureau who is none yet. */
export function postsPart(world: World): Part {
  const { exists, reads, acts } = casesOn<Stage>(world)
  return {
    async stage({ bureau, office, person }) {
      const { build } = world
      const make = buildPosts(world)
      await build.appointment({ personId: person.id, unitId: bureau.id, role: 'PRACTITIONER' })
      await build.person({ login: 'bureau AGENCY_MANAGER', unit: bureau.id, role: 'AGENCY_MANAGER' })
      const working = async (personId: string, unitId: string, certificateNumber: string): Promise<Working> => {
        const worker = await make.worker({ personId })
        const employment = await make.employment({ socialWorkerId: worker.id, unitId })
        return { worker, qualification: await make.qualification({ socialWorkerId: worker.id, certificateNumber }), employment, log: await make.workLog({ employmentId: employment.id }) }
      }
      const [{ person_id: coordinator }] = (await world.sql<{ person_id: string }>(`select person_id from account where subject = 'coordinator'`)) as [{ person_id: string }]
      return {
        ...(await working(person.id, bureau.id, '20190533033000001')),
        ofOffice: await working(coordinator, office.id, '20190533033000002'),
        post: await make.post({ unitId: bureau.id }), station: await make.station({ unitId: bureau.id, divisionId: bureau['division_id'] }), newcomer: await build.person({ unit: bureau.id }),
      }
    },
    registry: {
      ...exists('SocialWorker', ({ worker }) => worker.id, 'apart CLERK', 'service:bi'),
      ...exists('Qualification', ({ qualification }) => qualification.id, 'bureau HR_OFFICER', 'coordinator'),
      ...exists('Employment', ({ employment }) => employment.id, 'bureau DIRECTOR', 'coordinator'),
      ...exists('WorkLog', ({ log }) => log.id, 'bureau DIRECTOR', 'bureau HR_OFFICER'),
      ...reads('SocialWorker', 'isUnused', ({ worker }) => worker.id, 'coordinator', 'bureau CLERK'),
      ...reads('SocialWorker', 'isIdle', ({ worker }) => worker.id, 'coordinator', 'bureau CLERK'),
      ...reads('Qualification', 'certificateNumber', ({ qualification }) => qualification.id, 'bureau HR_OFFICER', 'bureau DIRECTOR'),
      ...acts('socialWorkerRegister', ({ newcomer }) => ({ personId: newcomer.id }), 'bureau HR_OFFICER', 'apart HR_OFFICER'),
      ...acts('qualificationAdd', ({ worker }) => ({ socialWorkerId: worker.id, kind: 'DEGREE', title: '学士', issuedOn: '2015-07-01' }), 'bureau HR_OFFICER', 'bureau DIRECTOR'),
      ...acts('qualificationUpdate', ({ qualification }) => versioned('qualificationId', qualification, { title: '改' }), 'bureau AGENCY_MANAGER', 'bureau DIRECTOR'),
      ...acts('qualificationRegister', ({ qualification }) => versioned('qualificationId', qualification, { registeredOn: '2026-11-01' }), 'bureau HR_OFFICER', 'bureau DIRECTOR'),
      ...acts('qualificationWithdraw', ({ qualification }) => versioned('qualificationId', qualification, { withdrawnOn: '2026-11-01' }), 'bureau HR_OFFICER', 'person'),
      ...acts('employmentBegin', ({ worker, bureau }) => ({ unitId: bureau.id, socialWorkerId: worker.id, kind: 'CONCURRENT', validFrom: '2026-11-01' }), 'bureau HR_OFFICER', 'bureau DIRECTOR'),
      ...acts('employmentUpdate', ({ employment, post }) => versioned('employmentId', employment, { postId: post.id }), 'bureau HR_OFFICER', 'person'),
      ...acts('employmentEnd', ({ employment }) => versioned('employmentId', employment, { validTo: '2026-11-30' }), 'bureau AGENCY_MANAGER', 'bureau DIRECTOR'),
      ...acts('postOpen', ({ bureau }) => ({ code: 'NEW', title: '新岗', unitId: bureau.id, unitType: 'OTHER', kind: 'EXPLICIT', openedOn: '2026-11-01' }), 'bureau HR_OFFICER', 'apart HR_OFFICER'),
      ...acts('postUpdate', ({ post }) => versioned('postId', post, { title: '改' }), 'bureau HR_OFFICER', 'bureau DIRECTOR'),
      ...acts('postClose', ({ post }) => versioned('postId', post, { closedOn: '2026-11-30' }), 'bureau AGENCY_MANAGER', 'bureau CLERK'),
      ...acts('stationOpen', ({ bureau }) => ({ code: 'NEW', name: '新站', kind: 'SOCIAL_WORK', unitId: bureau.id, divisionId: bureau['division_id'], openedOn: '2026-11-01' }), 'bureau DIRECTOR', 'school DIRECTOR'),
      ...acts('stationUpdate', ({ station }) => versioned('stationId', station, { name: '改' }), 'bureau DIRECTOR', 'bureau HR_OFFICER'),
      ...acts('stationClose', ({ station }) => versioned('stationId', station, { closedOn: '2026-11-30' }), 'bureau DIRECTOR', 'coordinator'),
      ...acts('workLogEnter', ({ employment }) => ({ employmentId: employment.id, week: '2026-11-16', entries: [{ workedOn: '2026-11-17', hours: '2', category: 'CASE', origin: 'SELF_INITIATED' }] }), 'person', 'bureau DIRECTOR'),
      ...acts('workLogUpdate', ({ log }) => versioned('workLogId', log, { hours: '3' }), 'person', 'bureau DIRECTOR'),
      ...acts('workLogRemove', ({ log }) => versioned('workLogId', log), 'person', 'bureau DIRECTOR'),
      ...acts('workLogCorrect', ({ log }) => ({ workLogId: log.id, hours: '1', reason: '少记' }), 'person', 'bureau DIRECTOR', async ({ bureau }) => {
        await world.sql(`update work_log set worked_on = '2026-10-12', booked_on = '2026-10-12' where not exists (select 1 from period_lock where month = '2026-10')`)
        await world.sql(`insert into period_lock (id, unit_id, ledger, month, locked_on) values ('plck_x', $1, 'WORKLOGS', '2026-10', '2026-11-03') on conflict do nothing`, [bureau.id])
      }),
    },
    ids: ({ post, station, ofOffice }: Stage) => ({ Post: post.id, Station: station.id, SocialWorker: ofOffice.worker.id, Qualification: ofOffice.qualification.id, Employment: ofOffice.employment.id, WorkLog: ofOffice.log.id }),
  }
}
