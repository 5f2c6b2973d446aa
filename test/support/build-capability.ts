import type { Built } from './build.js'
import { buildPosts } from './build-posts.js'
import type { World } from './world.js'

type Row = Record<string, unknown>
let counter = 0
const next = () => ++counter

/** Makes courses, supervision and micro-projects, with all that they need. */
export function buildCapability(world: World) {
  const { build } = world
  return {
    training: (values: Row): Promise<Built> => build.row('training', 'trai', { code: `T-${next()}`, title: `培训${counter}`, startsOn: '2026-05-05', endsOn: '2026-05-06', hours: '16', isContinuingEducation: true, ...values }),
    attendance: (values: Row): Promise<Built> => build.row('training_attendance', 'tatt', { hours: '16', isPassed: true, ...values }),
    educationRule: (values: Row): Promise<Built> => build.row('continuing_education_rule', 'cedu', { level: 'ASSISTANT', hours: '72', validFrom: '2020-01-01', ...values }),
    ratio: (values: Row): Promise<Built> => build.row('supervision_ratio', 'srat', { rung: 'JUNIOR', maxSupervisees: 2, sessionEveryDays: 30, validFrom: '2020-01-01', ...values }),
    supervisor: (values: Row): Promise<Built> => build.row('supervisor', 'spvr', { rung: 'JUNIOR', validFrom: '2021-01-01', ...values }),
    /** Of two new workers where none are given. */
    async supervision(values: Row): Promise<Built> {
      const worker = async (key: string) => values[key] ?? (await buildPosts(world).worker({ unit: values['unitId'] })).id
      return build.row('supervision', 'spvn', { validFrom: '2026-01-01', ...values, supervisorId: await worker('supervisorId'), superviseeId: await worker('superviseeId') })
    },
    session: (values: Row): Promise<Built> => build.row('supervision_session', 'sses', { heldOn: '2026-11-01', hours: '1.5', text: '督导', ...values }),
    /** With what its state asks for. */
    project: ({ status = 'NEED', ...values }: Row): Promise<Built> => {
      const at = ['NEED', 'CALLED', 'IN_REVIEW', 'CONTRACTED', 'RUNNING', 'EVALUATED', 'CLOSED'].indexOf(status as string)
      return build.row('micro_project', 'mprj', {
        code: `M-${next()}`, title: `微项目${counter}`, kind: 'SMALL_PROJECT', need: '需求', status, ...(at >= 1 ? { calledOn: '2026-09-01', callUntil: '2026-12-31' } : {}), ...(at >= 2 ? { proposal: '方案' } : {}),
        ...(at >= 3 ? { amount: '30000', contractedOn: '2026-10-01', dueOn: '2027-03-31' } : {}), ...(at >= 5 ? { evaluatedOn: '2026-11-20', verdict: 'PASSED', evaluation: '合格' } : {}),
        ...(at === 6 || status === 'CANCELLED' ? { endedOn: '2026-11-21' } : {}), ...values, ...(at < 2 ? { carrierId: null } : {}),
      })
    },
    payment: (values: Row): Promise<Built> => build.row('micro_payment', 'mpay', { kind: 'FIRST', amount: '10000', paidOn: '2026-11-02', ...values }),
  }
}
