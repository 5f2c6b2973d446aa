/** "Counts, roll-ups and indicators use only what the viewer may read": what counts towards a target of an initiative is reckoned of visible rows, each found through visible rows. */
import { pages } from './pages.js'
import type { InitiativeTarget, Row, Tables } from './snapshot.js'
import type { Viewer } from './words.js'

/** Visible rows of a type that refer to one of those above. */
function below(viewer: Viewer, type: string, table: keyof Tables, reference: string, above: readonly string[]): Row[] {
  return (viewer.snapshot.tables[table] as unknown as (Row & Record<string, string>)[]).filter((row) => above.includes(row[reference]!) && pages[type]!.visible(viewer, row).allowed)
}
const ids = (rows: readonly Row[]) => rows.map(({ id }) => id)
const total = (rows: readonly Row[]) => (rows as unknown as { amount: string }[]).reduce((sum, { amount }) => sum + BigInt(amount.replace('.', '')), 0n)
const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`

export function achieved(viewer: Viewer, { measure, initiativeId }: InitiativeTarget): string {
  const { today } = viewer.snapshot
  switch (measure) {
    case 'POSTS_OPENED':
      return String((below(viewer, 'Post', 'post', 'initiativeId', [initiativeId]) as unknown as { openedOn: string }[]).filter(({ openedOn }) => openedOn <= today).length)
    case 'PLANS_CARRIED_OUT':
      return String((below(viewer, 'ServicePlan', 'service_plan', 'initiativeId', [initiativeId]) as unknown as { status: string }[]).filter(({ status }) => status === 'COMPLETED').length)
    case 'PEOPLE_TRAINED': {
      const courses = ids(below(viewer, 'Training', 'training', 'initiativeId', [initiativeId]))
      const workers = (below(viewer, 'TrainingAttendance', 'training_attendance', 'trainingId', courses) as unknown as { socialWorkerId: string }[]).map(({ socialWorkerId }) => socialWorkerId)
      return String([...new Set(workers)].filter((id) => pages['SocialWorker']!.visible(viewer, viewer.snapshot.one('social_worker', id)!).allowed).length)
    }
    case 'FUNDS_SPENT': {
      const lines = ids(below(viewer, 'BudgetLine', 'budget_line', 'initiativeId', [initiativeId]))
      const arrived = below(viewer, 'Disbursement', 'disbursement', 'allocationId', ids(below(viewer, 'Allocation', 'allocation', 'lineId', lines)))
      const paid = below(viewer, 'Payment', 'payment', 'contractId', ids(below(viewer, 'Contract', 'contract', 'lineId', lines)))
      const granted = below(viewer, 'MicroPayment', 'micro_payment', 'microProjectId', ids(below(viewer, 'MicroProject', 'micro_project', 'initiativeId', [initiativeId])))
      return yuan(total(arrived) + total(paid) + total(granted))
    }
    default:
      throw new Error(`nothing counts towards ${measure}`)
  }
}
