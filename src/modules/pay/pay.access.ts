/*
 * "PayRecord: self and ownUnit HR_OFFICER": the social worker, and HR_OFFICER of the unit that pays, read a record, its amount, and whether it is below the floor; nobody else reads of it at all, the
 * coordinator and the auditor included. The database withholds the amounts by the same rule, and lists have no filter or order by them.
 * HR_OFFICER of the unit that pays enters and corrects.
 * Guidance and thresholds are a dictionary: every signed-in viewer reads them, SYSTEM_ADMIN keeps them.
 * Published figures are read by every signed-in viewer, as they were published. COORDINATOR of the province publishes.
 */
import { accessTable, act, any, can, open, scope, self, signedIn } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const concerned = any(self('socialWorker.personId'), can('pay:read').ownUnit('unitId'))
const keepsPay = can('pay:keep').ownUnit('unitId')

export const payAccess = accessTable({
  PayGuidance: { ...record, division: open, level: open, year: open, floor: open, comparableMedian: open, basis: open },
  PayRecord: { ...record, socialWorker: open, unit: open, level: open, paidOn: open, corrects: open, reason: open, amount: open, isBelowFloor: open },
  PayThreshold: { ...record, division: open, minPersons: open, validFrom: open, validTo: open, basis: open },
  PayPublication: { ...record, division: open, year: open, threshold: open, publishedOn: open, publishedBy: open, figures: open },
  PayFigure: { ...record, publication: open, division: open, isTotal: open, level: open, isSuppressed: open, persons: open, medianPay: open, comparableMedian: open, parityIndex: open, belowFloorPersons: open },
  Query: {
    payFiguresAggregate: signedIn,
    payGuidance: signedIn, payGuidances: signedIn, payRecord: signedIn, payRecords: signedIn, payThreshold: signedIn, payThresholds: signedIn, payPublication: signedIn, payPublications: signedIn,
    payFigure: signedIn, payFigures: signedIn,
  },
  Mutation: {
    payGuidanceCreate: act('PayGuidance', can('structure:keep')),
    payGuidanceUpdate: act('PayGuidance', can('structure:keep')),
    payThresholdCreate: act('PayThreshold', can('structure:keep')),
    payThresholdUpdate: act('PayThreshold', can('structure:keep')),
    payRecordEnter: act('Unit', can('pay:keep').ownUnit('id', { en: 'the unit that pays', zh: '发放单位' })),
    payRecordUpdate: act('PayRecord', keepsPay),
    payRecordCorrect: act('PayRecord', keepsPay),
    payFiguresPublish: act('PayPublication', can('pay:publish').inDivision('divisionId')),
  },
})

export const payScopes = [...['PayGuidance', 'PayThreshold', 'PayPublication', 'PayFigure'].map((type) => scope(type, signedIn)), scope('PayRecord', concerned)]
