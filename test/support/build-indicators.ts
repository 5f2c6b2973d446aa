import type { Built } from './build.js'
import type { World } from './world.js'

type Row = Record<string, unknown>

/** Makes what is kept of indicators. */
export function buildIndicators({ build }: World) {
  return {
    threshold: (values: Row): Promise<Built> => build.row('indicator_threshold', 'ithr', { indicator: 'OVERDUE_SHARE', target: '0.1', warning: '0.2', validFrom: '2024-01-01', ...values }),
    figure: (values: Row): Promise<Built> => build.row('indicator_figure', 'ifig', { year: 2024, indicator: 'UNPAID_SHARE', isTotal: true, isSuppressed: false, persons: 40, numerator: '8', denominator: '40', publishedOn: '2025-03-01', ...values }),
  }
}
