import type { Built } from '../../support/build.js'
import type { World } from '../../support/world.js'
import { casesOn, type Base, type Part } from './cases.js'

interface Stage extends Base {
  job: Built
}

/** An export of the coordinator's. */
export function exportsPart(world: World): Part {
  const { exists } = casesOn<Stage>(world)
  return {
    async stage() {
      const [{ id }] = (await world.sql<{ id: string }>(`select person_id as id from account where subject = 'coordinator'`)) as [{ id: string }]
      return { job: await world.build.row('export_job', 'xjob', { view: 'units', format: 'csv', state: 'RUNNING', rowsDone: 1, rowsTotal: 2, personId: id, standing: 'x' }) }
    },
    registry: exists('ExportJob', ({ job }) => job.id, 'coordinator', 'bureau DIRECTOR'),
    ids: ({ job }: Stage) => ({ ExportJob: job.id }),
  }
}
