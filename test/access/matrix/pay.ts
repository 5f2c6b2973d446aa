import type { Built } from '../../support/build.js'
import { buildPay } from '../../support/build-pay.js'
import { buildPosts } from '../../support/build-posts.js'
import { today, type World } from '../../support/world.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

type Stage = Base & Record<'guidance' | 'paid' | 'coordinatorsPay' | 'payThreshold' | 'publication' | 'figure' | 'paidWorker', Built>

/** A worker of the bureau and its pay; the coordinator's own. */
export function payPart(world: World): Part {
  const { exists, acts } = casesOn<Stage>(world)
  const [officer, system] = ['bureau HR_OFFICER', 'bureau SYSTEM_ADMIN']
  return {
    async stage({ bureau, office, province, mandate }) {
      const [make, posts] = [buildPay(world), buildPosts(world)]
      const basisId = mandate['basis_id']
      const worker = async (personId: string, unit: Built) => {
        const made = await posts.worker({ personId })
        await posts.employment({ socialWorkerId: made.id, unitId: unit.id })
        return made
      }
      const paidWorker = await worker((await world.build.person({ login: 'paid', unit: bureau.id })).id, bureau)
      const [account] = await world.sql<{ person_id: string }>(`select person_id from account where subject = 'coordinator'`)
      const [known] = await world.sql<Built>('select id from social_worker where person_id = $1', [account!.person_id])
      const own = known ?? (await worker(account!.person_id, office))
      const payThreshold = await make.threshold({ divisionId: province.id, basisId })
      const publication = await make.publication({ divisionId: province.id, thresholdId: payThreshold.id })
      return {
        paidWorker, guidance: await make.guidance({ divisionId: province.id, basisId }), paid: await make.record({ socialWorkerId: paidWorker.id, unitId: bureau.id }), coordinatorsPay: await make.record({ socialWorkerId: own.id, unitId: office.id }),
        payThreshold, publication, figure: await make.figure({ publicationId: publication.id, divisionId: province.id }),
      }
    },
    registry: {
      ...exists('PayRecord', ({ paid }) => paid.id, 'paid', 'coordinator'),
      ...acts('payGuidanceCreate', ({ province, mandate }) => ({ divisionId: province.id, level: 'SENIOR', year: 2027, floor: '9000', comparableMedian: '12000', basisId: mandate['basis_id'] }), system, officer),
      ...acts('payGuidanceUpdate', ({ guidance }) => versioned('payGuidanceId', guidance, { floor: '5100' }), system, 'coordinator'),
      ...acts('payThresholdCreate', ({ apart: { division_id }, mandate }) => ({ divisionId: division_id, minPersons: 6, validFrom: today, basisId: mandate['basis_id'] }), system, 'coordinator'),
      ...acts('payThresholdUpdate', ({ payThreshold }) => versioned('payThresholdId', payThreshold, { validTo: today }), system, officer),
      ...acts('payRecordEnter', ({ paidWorker, bureau }) => ({ socialWorkerId: paidWorker.id, unitId: bureau.id, level: 'ASSISTANT', paidOn: '2026-11-10', amount: '6000' }), officer, 'apart HR_OFFICER'),
      ...acts('payRecordUpdate', ({ paid }) => versioned('payRecordId', paid, { amount: '6100' }), officer, 'paid'),
      ...acts('payRecordCorrect', ({ paid }) => ({ payRecordId: paid.id, amount: '-100', reason: '误发' }), officer, 'paid'),
      ...acts('payFiguresPublish', ({ province }) => ({ divisionId: province.id, year: 2025 }), 'coordinator', 'apart COORDINATOR'),
    },
    ids: ({ guidance, coordinatorsPay, payThreshold, publication, figure }: Stage) => ({ PayGuidance: guidance.id, PayRecord: coordinatorsPay.id, PayThreshold: payThreshold.id, PayPublication: publication.id, PayFigure: figure.id }),
  }
}
