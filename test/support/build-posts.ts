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
    station: (values: Row): Promise<Built> => build.row('station', 'stat', { code: `Z-${next()}`, name: `站${counter}`, kind: 'SOCIAL_WORK', openedOn: '2020-01-01', ...values }),
    /** Two hours of casework out of a need of the community; `bookedOn` is the day of the work. */
    workLog: (values: Row): Promise<Built> => build.row('work_log', 'wlog', { workedOn: '2026-11-16', bookedOn: values['workedOn'] ?? '2026-11-16', hours: '2', category: 'CASE', origin: 'COMMUNITY_NEED', ...values }),
    /** Finished a month ago. */
    survey: (values: Row): Promise<Built> => build.row('needs_survey', 'nsrv', { code: `X-${next()}`, title: `调研${counter}`, status: 'FINISHED', startedOn: '2026-10-01', finishedOn: '2026-10-20', respondents: 60, findings: '助餐', ...values }),
    /** Held after that survey. */
    consultation: (values: Row): Promise<Built> => build.row('consultation', 'cslt', { plannedOn: `2026-10-${20 + (next() % 10)}`, status: 'HELD', heldOn: '2026-10-28', participants: 20, outcome: '同意', ...values }),
    /** Approved in November. */
    plan: (values: Row): Promise<Built> =>
      build.row('service_plan', 'plan', { code: `F-${next()}`, title: `计划${counter}`, targetGroup: '独居老人', plannedBeneficiaries: 40, startsOn: '2026-11-01', endsOn: '2026-12-31', status: 'APPROVED', submittedOn: '2026-11-02', approvedOn: '2026-11-03', ...values }),
    record: (values: Row): Promise<Built> => build.row('service_record', 'srec', { number: next(), servedOn: '2026-11-10', method: 'GROUP', beneficiaries: 12, hours: '1.5', ...values }),
  }
  return posts
}
