import type { Built } from '../../support/build.js'
import { buildPosts } from '../../support/build-posts.js'
import type { World } from '../../support/world.js'
import { casesOn, type Base, type Part } from './cases.js'

interface Stage extends Base {
  worker: Built
  qualification: Built
  post: Built
  employment: Built
  officeWorker: Built
  officeQualification: Built
  officeEmployment: Built
}

/** A worker of the bureau, and the coordinator as one. */
export function postsPart(world: World): Part {
  const { exists, reads } = casesOn<Stage>(world)
  return {
    async stage({ bureau, office, person }) {
      const make = buildPosts(world)
      const post = await make.post({ unitId: bureau.id })
      const working = async (personId: string, unitId: string) => {
        const worker = await make.worker({ personId })
        return { worker, qualification: await make.qualification({ socialWorkerId: worker.id, certificateNumber: `20190533033000000${worker.id.slice(-1).charCodeAt(0)}` }), employment: await make.employment({ socialWorkerId: worker.id, unitId }) }
      }
      const [{ person_id: coordinator }] = (await world.sql<{ person_id: string }>(`select person_id from account where subject = 'coordinator'`)) as [{ person_id: string }]
      const { worker: officeWorker, qualification: officeQualification, employment: officeEmployment } = await working(coordinator, office.id)
      return { post, ...(await working(person.id, bureau.id)), officeWorker, officeQualification, officeEmployment }
    },
    registry: {
      ...exists('SocialWorker', ({ worker }) => worker.id, 'apart CLERK', 'service:bi'),
      ...exists('Qualification', ({ qualification }) => qualification.id, 'bureau HR_OFFICER', 'coordinator'),
      ...exists('Employment', ({ employment }) => employment.id, 'bureau DIRECTOR', 'coordinator'),
      ...reads('SocialWorker', 'isIdle', ({ worker }) => worker.id, 'coordinator', 'bureau CLERK'),
      ...reads('Qualification', 'certificateNumber', ({ qualification }) => qualification.id, 'bureau HR_OFFICER', 'bureau DIRECTOR'),
    },
    ids: ({ post, officeWorker, officeQualification, officeEmployment }: Stage) => ({ Post: post.id, SocialWorker: officeWorker.id, Qualification: officeQualification.id, Employment: officeEmployment.id }),
  }
}
