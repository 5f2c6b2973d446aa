import type { Built } from '../../support/build.js'
import { buildIndicators } from '../../support/build-indicators.js'
import { buildPay } from '../../support/build-pay.js'
import { buildPosts } from '../../support/build-posts.js'
import { today, type World } from '../../support/world.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

type Stage = Base & Record<'indicatorThreshold' | 'indicatorFigure' | 'coveredWorker', Built>

/** A threshold of the province and a figure that it published. */
export function indicatorsPart(world: World): Part {
  const { reads, exists, acts } = casesOn<Stage>(world)
  const system = 'bureau SYSTEM_ADMIN'
  return {
    async stage({ province, bureau, mandate }) {
      const make = buildIndicators(world)
      const basisId = mandate['basis_id']
      // The one that the part of pay made.
      const [known] = await world.sql<Built>('select id from pay_threshold limit 1')
      const threshold = known ?? (await buildPay(world).threshold({ divisionId: province.id, basisId }))
      const coveredWorker = await buildPosts(world).worker({ unit: bureau.id })
      return { coveredWorker, indicatorThreshold: await make.threshold({ divisionId: province.id, basisId }), indicatorFigure: await make.figure({ provinceId: province.id, divisionId: bureau['division_id'], thresholdId: threshold.id }) }
    },
    registry: {
      ...reads('SocialWorker', 'isSupervised', ({ coveredWorker }) => coveredWorker.id, 'bureau DIRECTOR', 'coordinator'),
      ...reads('Unit', 'isSupported', ({ bureau }) => bureau.id, 'coordinator', 'bureau CLERK'),
      ...exists('IndicatorFigure', ({ indicatorFigure }) => indicatorFigure.id, 'service:bi', 'coordinator'),
      ...acts('indicatorThresholdCreate', ({ province, mandate }) => ({ divisionId: province.id, indicator: 'FISCAL_SHARE', target: '0.7', warning: '0.5', validFrom: today, basisId: mandate['basis_id'] }), system, 'coordinator'),
      ...acts('indicatorThresholdUpdate', ({ indicatorThreshold }) => versioned('indicatorThresholdId', indicatorThreshold, { validTo: today }), system, 'coordinator'),
      ...acts('indicatorFiguresPublish', ({ province }) => ({ divisionId: province.id, year: 2025 }), 'coordinator', 'apart COORDINATOR'),
    },
    ids: ({ indicatorThreshold }: Stage) => ({ IndicatorThreshold: indicatorThreshold.id }),
  }
}
