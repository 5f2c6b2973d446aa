import type { Built } from './build.js'
import type { World } from './world.js'

type Row = Record<string, unknown>

/** Makes what is kept of pay. */
export function buildPay({ build }: World) {
  return {
    guidance: (values: Row): Promise<Built> => build.row('pay_guidance', 'pgui', { level: 'ASSISTANT', year: 2026, floor: '5000', comparableMedian: '8000', ...values }),
    /** The pay of a month with its amount. */
    async record({ amount = '6000', ...values }: Row): Promise<Built> {
      const made = await build.row('pay_record', 'prec', { level: 'ASSISTANT', paidOn: '2026-10-10', ...values })
      await build.row('pay_amount', 'pamt', { recordId: made.id, amount })
      return made
    },
    threshold: (values: Row): Promise<Built> => build.row('pay_threshold', 'pthr', { minPersons: 5, validFrom: '2024-01-01', ...values }),
    publication: (values: Row): Promise<Built> => build.row('pay_publication', 'ppub', { year: 2024, publishedOn: '2025-03-01', ...values }),
    figure: (values: Row): Promise<Built> => build.row('pay_figure', 'pfig', { isTotal: true, level: 'ASSISTANT', isSuppressed: false, persons: 40, medianPay: '6500', ...values }),
  }
}
