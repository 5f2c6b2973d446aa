import type { Built } from '../../support/build.js'
import { buildReturns, smallLayout } from '../../support/build-returns.js'
import type { World } from '../../support/world.js'
import { casesOn, versioned, type Base, type Part } from './cases.js'

type Returned = Record<'draft' | 'complete' | 'sent' | 'approved' | 'locked' | 'cityReturn' | 'figure' | 'oldFigure' | 'correction' | 'returnText' | 'returnForm' | 'returnCity', Built>
type Stage = Base & Returned

/** Returns of the province in each state, and one of a city that the province's coordinator approves; a text of the bureau. */
export function returnsPart(world: World): Part {
  const { reads, exists, acts } = casesOn<Stage>(world)
  const leader = 'return leader'
  const place = ({ province, returnForm, bureau }: Stage) => ({ divisionId: province.id, year: 2023, formId: returnForm.id, tableNumber: 1, rowKey: 'ONE', columnKey: 'note', unitId: bureau.id })
  return {
    async stage({ province, bureau }) {
      const { build } = world
      const make = buildReturns(world)
      const committee = await build.unit({ divisionId: province.id, kind: 'PARTY_COMMITTEE' })
      const [known] = await world.sql<{ id: string }>(`select m.unit_id as id from mandate m where m.division_id = $1 and m.role = 'LEADERSHIP' and m.valid_to is null`, [province.id])
      if (!known) await build.mandate({ unitId: committee.id, role: 'LEADERSHIP' })
      await build.person({ login: leader, unit: known?.id ?? committee.id, role: 'DIRECTOR' })
      const returnForm = await make.form()
      const returnCity = await build.division({ level: 'PREFECTURE', parentId: province.id })
      const own = { divisionId: province.id, formId: returnForm.id }
      const layout = JSON.stringify({ tables: [{ ...smallLayout.tables[0]!, columns: smallLayout.tables[0]!.columns.slice(0, 1) }] })
      const empty = await make.form({ key: 'posts', layout, firstYear: 2010, lastYear: 2018 })
      const locked = await make.submitted('LOCKED', { ...own, year: 2020, returnedReason: '数据有误' })
      const figure = await make.figure({ submissionId: locked.id })
      return {
        returnForm, returnCity, locked, figure, oldFigure: await make.figure({ submissionId: (await make.submitted('APPROVED', { ...own, year: 2019, edition: 2 })).id }),
        draft: await make.submission({ ...own, year: 2024 }), complete: await make.submission({ divisionId: province.id, formId: empty.id, year: 2018 }), sent: await make.submitted('SUBMITTED', { ...own, year: 2022 }),
        approved: await make.submitted('APPROVED', { ...own, year: 2021 }), cityReturn: await make.submitted('SUBMITTED', { divisionId: returnCity.id, formId: returnForm.id }),
        correction: await make.correction({ submissionId: locked.id, figureId: figure.id }), returnText: await make.text({ ...own, year: 2022, unitId: bureau.id, status: 'WRITTEN', text: '说明' }),
      }
    },
    registry: {
      ...exists('ReturnText', ({ returnText }) => returnText.id, 'bureau CLERK', 'apart CLERK'),
      ...exists('ReturnSubmission', ({ sent }) => sent.id, leader, 'bureau DIRECTOR'),
      ...exists('ReturnFigure', ({ oldFigure }) => oldFigure.id, 'coordinator', 'bureau DIRECTOR'),
      ...exists('ReturnCorrection', ({ correction }) => correction.id, 'coordinator', 'bureau DIRECTOR'),
      ...reads('ReturnSubmission', 'returnedReason', ({ locked }) => locked.id, 'coordinator', 'bureau DIRECTOR'),
      ...acts('returnFormCreate', () => ({ key: 'next', titleZh: '新表', firstYear: 2026, layout: JSON.stringify(smallLayout) }), 'bureau SYSTEM_ADMIN', 'coordinator'),
      ...acts('returnFormUpdate', ({ returnForm }) => versioned('returnFormId', returnForm, { lastYear: 2030 }), 'bureau SYSTEM_ADMIN', 'coordinator'),
      ...acts('returnTextAsk', place, 'coordinator', leader),
      ...acts('returnTextWrite', ({ returnText }) => versioned('returnTextId', returnText, { text: '改' }), 'bureau CLERK', 'coordinator'),
      ...acts('returnTextFinish', ({ returnText }) => versioned('returnTextId', returnText), 'bureau DIRECTOR', 'coordinator'),
      ...acts('returnTextSendBack', ({ returnText }) => versioned('returnTextId', returnText, { reason: '补充' }), 'coordinator', 'bureau DIRECTOR', async ({ returnText }) => world.sql(`update return_text set status = 'FINAL' where id = $1`, [returnText.id])),
      ...acts('returnOpen', ({ province, returnForm }) => ({ divisionId: province.id, year: 2025, formId: returnForm.id }), 'coordinator', leader),
      ...acts('returnSubmit', ({ complete }) => versioned('submissionId', complete), 'coordinator', leader),
      ...acts('returnApprove', ({ sent }) => versioned('submissionId', sent), leader, 'coordinator'),
      ...acts('returnSendBack', ({ sent }) => versioned('submissionId', sent, { reason: '有误' }), leader, 'coordinator'),
      ...acts('returnLock', ({ approved }) => versioned('submissionId', approved), leader, 'coordinator'),
      ...acts('returnCorrect', ({ figure }) => ({ figureId: figure.id, newValue: '9', reason: '漏报' }), 'coordinator', leader, async ({ correction }) => world.sql('delete from return_correction where id = $1', [correction.id])),
      ...acts('returnCorrectionDecide', ({ correction }) => versioned('correctionId', correction, { status: 'APPROVED' }), leader, 'coordinator'),
    },
    ids: ({ returnForm, returnText, locked, figure, correction }: Stage) => ({ ReturnForm: returnForm.id, ReturnText: returnText.id, ReturnSubmission: locked.id, ReturnFigure: figure.id, ReturnCorrection: correction.id }),
  }
}
