import type { Built } from './build.js'
import type { World } from './world.js'

type Row = Record<string, unknown>
const number = (key: string, source: string, more: object = {}) => ({ key, headZh: key, unit: '个', kind: 'NUMBER', source, ...more })

/** A small form with a table of each sort: numbers with a sum, a share, a growth, a list, and a text that is collected. */
export const smallLayout = {
  tables: [
    { number: 1, titleZh: '岗位', rowKind: 'ONE', columns: [number('posts', 'posts.explicit'), number('deFacto', 'posts.deFacto'), { key: 'all', headZh: '合计', unit: '个', kind: 'NUMBER', sum: ['posts', 'deFacto'] }, { key: 'note', headZh: '说明', kind: 'TEXT', source: 'plans.talent', isCollected: true }] },
    { number: 2, titleZh: '注册', rowKind: 'ONE', columns: [number('registered', 'volunteers.registered'), number('share', 'volunteers.registered', { take: 'SHARE_OF_RESIDENTS', digits: 2 })] },
    { number: 3, titleZh: '培训', rowKind: 'YEAR', columns: [number('attendances', 'training.attendances'), number('growth', 'training.attendances', { take: 'GROWTH' })] },
    { number: 4, titleZh: '文件', rowKind: 'SOCIAL_WORK_DOCUMENT', columns: [{ key: 'number', headZh: '发文文号', kind: 'TEXT', field: 'number' }, { key: 'issuedOn', headZh: '发文时间', kind: 'DAY', field: 'issuedOn' }] },
  ],
  checks: [
    { key: 'total', kind: 'TOTAL', table: 1, columns: ['all', 'posts', 'deFacto'], severity: 'ERROR' },
    { key: 'notNegative', kind: 'NOT_NEGATIVE', table: 1, columns: ['posts', 'deFacto', 'all'], severity: 'ERROR' },
    { key: 'note', kind: 'TEXT', table: 1, columns: ['note'], severity: 'ERROR' },
    { key: 'share', kind: 'SHARE', table: 2, columns: ['share', 'registered'], severity: 'WARNING' },
    { key: 'growth', kind: 'GROWTH', table: 3, columns: ['growth', 'attendances'], severity: 'WARNING' },
    { key: 'submitted', kind: 'SUBMITTED', table: 3, columns: ['attendances'], severity: 'WARNING' },
    { key: 'numbers', kind: 'DOCUMENT_NUMBER', table: 4, columns: ['number', 'issuedOn'], severity: 'WARNING' },
  ],
}

/** Makes what is kept of returns. */
export function buildReturns({ build }: Pick<World, 'build'>) {
  return {
    form: (values: Row = {}): Promise<Built> => build.row('return_form', 'rfrm', { key: 'small', titleZh: '小表', firstYear: 2019, layout: JSON.stringify(smallLayout), ...values }),
    text: (values: Row): Promise<Built> => build.row('return_text', 'rtxt', { year: 2025, tableNumber: 1, rowKey: 'ONE', columnKey: 'note', ...values }),
    submission: (values: Row): Promise<Built> => build.row('return_submission', 'rsub', { year: 2025, ...values }),
    /** A return that was submitted once, and further as its state says. */
    submitted: (status: 'SUBMITTED' | 'APPROVED' | 'LOCKED', values: Row): Promise<Built> =>
      build.row('return_submission', 'rsub', {
        year: 2025, status, edition: 1, figuresHash: 'a'.repeat(64), submittedOn: '2026-02-01', ...(status === 'SUBMITTED' ? {} : { approvedOn: '2026-02-10' }), ...(status === 'LOCKED' ? { lockedOn: '2026-02-20' } : {}), ...values,
      }),
    figure: (values: Row): Promise<Built> => build.row('return_figure', 'rfig', { edition: 1, tableNumber: 1, rowNumber: 1, rowKey: 'ONE', rowLabel: '示例省', columnKey: 'posts', isNumber: true, value: '2', ...values }),
    correction: (values: Row): Promise<Built> => build.row('return_correction', 'rcor', { oldValue: '2', newValue: '3', reason: '漏报', proposedOn: '2026-03-01', ...values }),
  }
}
