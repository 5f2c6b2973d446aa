import type { Built } from './build.js'
import type { World } from './world.js'

type Row = Record<string, unknown>
let counter = 0
const next = () => ++counter

/** Makes what the modules of posts, worklogs and services keep, with all that it needs. */
export function buildPosts({ build }: World) {
  const posts = {
    /** A person's record; without `personId` of a new person, for whom `build.person` takes the rest. */
    worker: async ({ personId, ...person }: Row = {}): Promise<Built> => build.row('social_worker', 'swrk', { personId: personId ?? (await build.person(person)).id }),
    /** A credential unless another kind is given; with `certificateNumber` its numbered certificate. */
    async qualification({ certificateNumber, ...values }: Row): Promise<Built> {
      const kind = values['kind'] ?? 'CREDENTIAL'
      const made = await build.row('qualification', 'qual', { kind, level: kind === 'CREDENTIAL' ? 'ASSISTANT' : null, title: `资质${next()}`, issuedOn: '2019-09-01', ...values })
      if (certificateNumber) await build.row('qualification_number', 'qnum', { qualificationId: made.id, certificateNumber })
      return made
    },
    post: (values: Row): Promise<Built> => build.row('post', 'post', { code: `G-${next()}`, title: `岗位${counter}`, unitType: 'TOWNSHIP_COMMUNITY', kind: 'EXPLICIT', openedOn: '2020-01-01', ...values }),
    /** Full-time since 2020 unless otherwise said. */
    employment: (values: Row): Promise<Built> => build.row('employment', 'empl', { kind: 'FULL_TIME', validFrom: '2020-01-01', ...values }),
  }
  return posts
}
