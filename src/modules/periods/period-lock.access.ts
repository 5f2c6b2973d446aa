/*
 * Which months of a unit are locked is read in the unit itself, by those who take part in the work.
 * DIRECTOR of the unit locks every ledger; HR_OFFICER of the unit locks WORKLOGS and PAY, FINANCE_OFFICER of the unit locks MONEY. Nobody unlocks.
 */
import { sql } from 'kysely'
import { accessTable, act, all, any, can, condition, open, scope, signedIn } from '../../access/index.js'

const record = { id: open, version: open, createdAt: open, updatedAt: open }
const isStaff = condition({ sentence: { en: 'the ledger is WORKLOGS or PAY', zh: '账册为工作日志或薪酬' }, columns: ['ledger'], sql: (row) => sql`${row.column('ledger')} in ('WORKLOGS', 'PAY')` })
const isMoney = condition({ sentence: { en: 'the ledger is MONEY', zh: '账册为经费' }, columns: ['ledger'], sql: (row) => sql`${row.column('ledger')} = 'MONEY'` })

export const periodLockAccess = accessTable({
  PeriodLock: { ...record, unit: open, ledger: open, month: open, lockedOn: open, lockedBy: open },
  Unit: { periodLocks: open },
  Query: { periodLock: signedIn, periodLocks: signedIn },
  Mutation: {
    periodLock: act('PeriodLock', any(can('period:lock').ownUnit('unitId'), all(can('period:lockStaff').ownUnit('unitId'), isStaff), all(can('period:lockMoney').ownUnit('unitId'), isMoney))),
  },
})

export const periodLockScopes = [scope('PeriodLock', can('work:takePart').ownUnit('unitId'))]
