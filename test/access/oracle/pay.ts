/**
 * "PayRecord: self and ownUnit HR_OFFICER." COORDINATOR: "not single pay records". "What you may not read you may not filter, order … by": amounts by nobody. "Published figures (pay by region, grade and
 * year …): fixed definitions, no caller's filter." Guidance and thresholds are a dictionary.
 */
import type { Snapshot } from './snapshot.js'
import type { PayFigure, PayGuidance, PayPublication, PayRecord, PayThreshold } from './snapshot-pay.js'
import { isSelf, workerOf } from './posts.js'
import { everySignedInViewer, many, ofEveryRow, one, ownUnit, value, verdict, type FieldPage, type Page, type Verdict, type Viewer } from './words.js'

const concerned = (viewer: Viewer, row: PayRecord): Verdict =>
  verdict({ self: isSelf(viewer, workerOf(viewer.snapshot, row).personId), 'ownUnit HR_OFFICER': viewer.places.some((place) => place.role === 'HR_OFFICER' && ownUnit(place, row.unitId)) })
const fenOf = (amount: string) => Math.round(Number(amount) * 100)
const amountOf = (row: PayRecord, snapshot: Snapshot) => snapshot.where('pay_amount', 'recordId', row.id)[0]?.amount ?? null

function isBelowFloor(row: PayRecord, snapshot: Snapshot): boolean | null {
  if (row.correctsId !== null) return null
  const unit = snapshot.one('unit', row.unitId)!
  for (const divisionId of snapshot.upwards('division', unit.divisionId)) {
    const guidance = snapshot.where('pay_guidance', 'divisionId', divisionId).find(({ level, year }) => level === row.level && year === Number(row.paidOn.slice(0, 4)))
    if (guidance) return [row, ...snapshot.where('pay_record', 'correctsId', row.id)].reduce((sum, one) => sum + fenOf(amountOf(one, snapshot)!), 0) < fenOf(guidance.floor)
  }
  return null
}
const division: FieldPage<{ divisionId: string }> = one('Division', (row, snapshot) => snapshot.one('division', row.divisionId))
const basis: FieldPage<{ basisId: string }> = one('PolicyDocument', (row, snapshot) => snapshot.one('policy_document', row.basisId))

export const payGuidance: Page<PayGuidance> = {
  type: 'PayGuidance', rows: ({ tables }) => tables.pay_guidance, visible: everySignedInViewer,
  fields: { ...ofEveryRow, division, basis, level: value('level'), year: value('year'), floor: value('floor'), comparableMedian: value('comparableMedian') },
}
export const payRecord: Page<PayRecord> = {
  type: 'PayRecord', rows: ({ tables }) => tables.pay_record, visible: concerned,
  fields: {
    ...ofEveryRow, level: value('level'), paidOn: value('paidOn'), reason: value('reason'),
    amount: { kind: 'value', of: amountOf }, isBelowFloor: { kind: 'value', of: isBelowFloor },
    socialWorker: one('SocialWorker', workerOfRecord), unit: one('Unit', (row, snapshot) => snapshot.one('unit', row.unitId)), corrects: one('PayRecord', (row, snapshot) => snapshot.one('pay_record', row.correctsId)),
  },
}
function workerOfRecord(row: PayRecord, snapshot: Snapshot) {
  return snapshot.one('social_worker', row.socialWorkerId)
}
export const payThreshold: Page<PayThreshold> = {
  type: 'PayThreshold', rows: ({ tables }) => tables.pay_threshold, visible: everySignedInViewer,
  fields: { ...ofEveryRow, division, basis, minPersons: value('minPersons'), validFrom: value('validFrom'), validTo: value('validTo') },
}
export const payPublication: Page<PayPublication> = {
  type: 'PayPublication', rows: ({ tables }) => tables.pay_publication, visible: everySignedInViewer,
  fields: {
    ...ofEveryRow, division, year: value('year'), publishedOn: value('publishedOn'), threshold: one('PayThreshold', (row, snapshot) => snapshot.one('pay_threshold', row.thresholdId)),
    publishedBy: one('Person', (row, snapshot) => snapshot.one('person', row.publishedById)), figures: many('PayFigure', (row, snapshot) => snapshot.where('pay_figure', 'publicationId', row.id)),
  },
}
export const payFigure: Page<PayFigure> = {
  type: 'PayFigure', rows: ({ tables }) => tables.pay_figure, visible: everySignedInViewer,
  fields: {
    ...ofEveryRow, division, isTotal: value('isTotal'), level: value('level'), isSuppressed: value('isSuppressed'), persons: value('persons'), medianPay: value('medianPay'), comparableMedian: value('comparableMedian'),
    parityIndex: value('parityIndex'), belowFloorPersons: value('belowFloorPersons'), publication: one('PayPublication', (row, snapshot) => snapshot.one('pay_publication', row.publicationId)),
  },
}
