import { sql } from 'kysely'
import { viewerSql, type Predicate, type RowRef } from '../../access/index.js'
import { inForce } from '../../engine/index.js'
import { CredentialLevel } from './social-worker.entity.js'

const levels = sql`array[${sql.join(Object.keys(CredentialLevel).map((level) => sql.lit(level)))}]`
const isValid = (alias: string): Predicate => {
  const [issued, withdrawn] = [sql.ref(`${alias}.issued_on`), sql.ref(`${alias}.withdrawn_on`)]
  return sql`${issued} <= ${viewerSql.today} and (${withdrawn} is null or ${withdrawn} > ${viewerSql.today})`
}

/** The highest level of the credentials that are valid today. */
export const gradeOf = (worker: RowRef): Predicate =>
  sql`(select gq.level from qualification gq where gq.social_worker_id = ${worker.column('id')} and gq.kind = 'CREDENTIAL' and ${isValid('gq')} order by array_position(${levels}, gq.level) desc limit 1)`

/** Has a valid credential and no employment in force today. */
export const isIdle = (worker: RowRef): Predicate =>
  sql`(exists (select 1 from qualification iq where iq.social_worker_id = ${worker.column('id')} and iq.kind = 'CREDENTIAL' and ${isValid('iq')})
    and not exists (select 1 from employment ie where ie.social_worker_id = ${worker.column('id')} and ${inForce('ie')}))`

/** Has a degree, credential or certificate of training that is valid today, and no employment in force today. */
export const isUnused = (worker: RowRef): Predicate =>
  sql`(exists (select 1 from qualification uq where uq.social_worker_id = ${worker.column('id')} and ${isValid('uq')})
    and not exists (select 1 from employment ue where ue.social_worker_id = ${worker.column('id')} and ${inForce('ue')}))`

/** A registration holds today. */
export const isRegistered = (qualification: RowRef): Predicate =>
  sql`coalesce(${qualification.column('registeredOn')} <= ${viewerSql.today} and ${qualification.column('registeredUntil')} > ${viewerSql.today} and (${qualification.column('withdrawnOn')} is null or ${qualification.column('withdrawnOn')} > ${viewerSql.today}), false)`
