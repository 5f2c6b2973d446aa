/*
 * Automatic escalation: the supervision slips that are due are sent as the service tokens named `escalation`, each through the API with its own rights, so that nothing is seen or done
 * that such a token could not see or do by hand. A token of the division itself comes before one of a division above it. Several runs at once, and one killed at any moment, send each slip once:
 * what is due is asked again under the lock of the track, in the transaction that sends it.
 */
import { graphql, type ExecutionResult } from 'graphql'
import type { Backbone } from '../backbone.js'
import { dayOf, newId } from '../kernel/index.js'

export const escalationName = 'escalation'
export const noIdentity = `Issue a service token of the coordinating unit: heli token issue --name ${escalationName} --role COORDINATOR --unit <code>.`

export interface SentSlip {
  level: string
  slipYear: number
  slipNumber: number
  unit: { name: string }
  toUnit: { name: string }
  task: { code: string; title: string }
}

export interface Escalation {
  sent: number
  /** Service tokens as which it acted. */
  identities: number
  /** Tracks whose slip could not be sent, each in a sentence; the next run tries again. */
  faults: string[]
}

export const saySlip = ({ level, slipYear, slipNumber, unit, toUnit, task }: SentSlip): string => `${unit.name}〔${slipYear}〕${slipNumber}号 ${level} ${task.code} → ${toUnit.name}`

const dueDocument = `query ($after: String!) {
  assignments(first: 100, after: $after, filter: { status: { in: [ISSUED, ACCEPTED, IN_PROGRESS, RETURNED] }, slipDue: { isNull: false } }) {
    pageInfo { hasNextPage endCursor } nodes { id viewerCan { reminderSend { allowed } } }
  }
}`
const sendDocument = `mutation ($input: ReminderSendInput!) { reminderSend(input: $input) {
  reminder { level slipYear slipNumber unit { name } toUnit { name } task { code title } } userErrors { code message }
} }`

interface DuePage {
  assignments: { pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: { id: string; viewerCan: { reminderSend: { allowed: boolean } } }[] }
}
interface Sending {
  reminderSend: { reminder: SentSlip | null; userErrors: { code: string; message: string }[] }
}

/** Sends every slip that is due now and that an identity may send. `onSent` hears of each once it is committed. */
export async function escalate(backbone: Backbone, onSent: (slip: SentSlip) => void = () => {}): Promise<Escalation> {
  const hashes = await identities(backbone)
  const outcome: Escalation = { sent: 0, identities: hashes.length, faults: [] }
  for (const hash of hashes) await escalateAs(backbone, hash, outcome, onSent)
  return outcome
}

async function escalateAs(backbone: Backbone, tokenHash: string, outcome: Escalation, onSent: (slip: SentSlip) => void): Promise<void> {
  for (let after = '', hasNextPage = true; hasNextPage; ) {
    const { assignments } = await ask<DuePage>(backbone, tokenHash, dueDocument, { after })
    for (const { id, viewerCan } of assignments.nodes) {
      if (!viewerCan.reminderSend.allowed) continue
      const { reminder, userErrors } = (await ask<Sending>(backbone, tokenHash, sendDocument, { input: { idempotencyKey: newId('job'), assignmentId: id, dueSlip: true } })).reminderSend
      if (reminder) {
        outcome.sent++
        onSent(reminder)
      } else if (!userErrors.every(({ code }) => isSettledElsewhere.has(code))) outcome.faults.push(`${id}: ${userErrors.map(({ message }) => message).join(' ')}`)
    }
    after = assignments.pageInfo.endCursor
    hasNextPage = assignments.pageInfo.hasNextPage
  }
}

/** Another run sent it, or the track moved on, between the question and the act. */
const isSettledElsewhere = new Set(['NOT_DUE', 'ILLEGAL_TRANSITION', 'SUSPENDED'])

async function ask<T>(backbone: Backbone, tokenHash: string, source: string, variableValues: Record<string, unknown>): Promise<T> {
  // Asked anew each time: a right taken away meanwhile is gone with the next act.
  const contextValue = await backbone.contextFor({ identity: { kind: 'service', tokenHash }, language: 'zh', strict: false, requestId: escalationName, isRouter: false })
  const { data, errors } = (await graphql({ schema: backbone.schema, source, contextValue, variableValues })) as ExecutionResult
  if (errors) throw errors[0]!.originalError ?? errors[0]!
  await contextValue.recordReads()
  return data as T
}

const live = `t.name = '${escalationName}' and t.revoked_at is null and t.expires_at > now()`

async function identities({ database }: Backbone): Promise<string[]> {
  const found = await database.read<{ hash: string }>({ text: `select t.token_hash as hash from service_token t join unit u on u.id = t.unit_id where ${live} order by length(u.division_path) desc, t.id`, values: [] })
  return found.map(({ hash }) => hash)
}

/** Names of divisions with running tasks whose rules send slips, and with no identity that may send them; at most five. */
export async function divisionsWithoutIdentity({ database }: Backbone): Promise<string[]> {
  const found = await database.read<{ name: string }>({
    text: `select distinct d.name from task k
      left join initiative i on i.id = k.initiative_id join unit iu on iu.id = k.issuing_unit_id join division d on d.id = coalesce(i.division_id, iu.division_id)
      where k.status in ('ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED') and exists (select 1 from light_rule r where r.policy_id = k.policy_id and r.sends_slip)
        and not exists (select 1 from service_token t join unit u on u.id = t.unit_id
          join mandate m on m.unit_id = u.id and m.division_id = u.division_id and m.role = 'OVERALL_COORDINATION' and m.valid_from <= $1 and (m.valid_to is null or m.valid_to > $1)
          where ${live} and t.role = 'COORDINATOR' and (u.ended_on is null or u.ended_on > $1) and d.path ^@ u.division_path)
      order by d.name limit 5`,
    values: [dayOf(new Date())],
  })
  return found.map(({ name }) => name)
}

/** Whether the day is a working day by the statutory calendar; null where its year is missing. */
export async function isWorkingDay({ database }: Backbone, day: string): Promise<boolean | null> {
  const [found] = await database.read<{ works: boolean | null }>({ text: 'select heli_is_working_day($1::date) as works', values: [day] })
  return found!.works
}
