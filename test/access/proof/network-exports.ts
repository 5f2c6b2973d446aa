/** Exports of people and of tools, in every state. */
import type { Tables } from '../oracle/snapshot.js'
import type { Add } from './network.js'
import type { Random } from './random.js'

const states = ['QUEUED', 'RUNNING', 'DONE', 'FAILED', 'EXPIRED', 'CANCELLED']

export function askForExports(chance: Random, add: Add, tables: Tables): void {
  const owners = [...chance.some(tables.account, 16).map(({ personId }) => ({ personId, tokenId: null })), ...tables.service_token.map(({ id }) => ({ personId: null, tokenId: id }))]
  for (const owner of owners) {
    for (const state of chance.some(states, 1 + chance.below(3))) {
      const isDone = state === 'DONE' || state === 'EXPIRED'
      add('export_job', 'xjob', {
        ...owner, view: chance.pick(['units', 'tasks', 'worklogs']), format: chance.pick(['csv', 'parquet']), filter: chance.chance(0.3) ? '{"id":{"ne":"x"}}' : null, state,
        rowsDone: chance.below(900), rowsTotal: state === 'QUEUED' ? null : 1_000, asOf: state === 'QUEUED' ? null : '2026-11-20T01:00:00.000Z', finishedAt: isDone ? '2026-11-20T02:00:00.000Z' : null,
        expiresAt: isDone ? '2026-11-22T02:00:00.000Z' : null, sha256: isDone ? 'a'.repeat(64) : null, failure: state === 'FAILED' ? 'RIGHTS_CHANGED' : null, standing: 'b'.repeat(64),
      })
    }
  }
}
