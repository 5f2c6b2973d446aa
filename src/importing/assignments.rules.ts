import type { Run } from '../database.js'
import { isWithin } from '../kernel/index.js'
import { say } from './fault.js'
import type { TaskFound, UnitFound } from './references.js'
import type { FileRow } from './sheet.js'
import { grouped } from './stored.js'

/** An assignment as it will stand; without a row where only the database knows it. */
export interface Track {
  row?: FileRow<unknown>
  task: string
  role: string
}

const mostTracks = 50

/** Each task ends up with exactly one LEAD and a bounded number of units; otherwise all its rows in the file are refused. */
export function checkOneLead(tasks: Iterable<readonly Track[]>): void {
  for (const tracks of tasks) {
    const leads = tracks.filter(({ role }) => role === 'LEAD').length
    for (const { row } of tracks) {
      if (!row) continue
      if (leads === 0) row.refuse('role', say('The task would have no lead unit.', '该任务将没有牵头单位。'), say('Give one of its units the role LEAD.', '请将其中一个单位的角色填为“牵头”。'))
      if (leads > 1) row.refuse('role', say(`The task would have ${leads} lead units.`, `该任务将有 ${leads} 个牵头单位。`), say('Leave LEAD with one of them.', '请只保留一个牵头单位。'))
      if (tracks.length > mostTracks) row.refuse('unit', say(`The task would have ${tracks.length} units; at most ${mostTracks}.`, `该任务将有 ${tracks.length} 个承办单位，最多 ${mostTracks} 个。`))
    }
  }
}

const byLineAndDivision: readonly string[] = ['PARTY_COMMITTEE', 'SUBDISTRICT_TOWN']

/**
 * To which units the issuer of a child task may give it: those below by line; a Party committee, a subdistrict or town and the coordinating unit also those of its division.
 * A unit counts as coordinating when it did on the day of issue, or does today.
 */
export async function decompositions(run: Run, tasks: Iterable<TaskFound>, today: string): Promise<(task: TaskFound, unit: UnitFound) => boolean> {
  const issuers = [...new Set([...tasks].filter(({ parentId }) => parentId).map(({ issuer }) => issuer.id))]
  const coordinations = grouped(
    await run<{ id: string; from: string; to: string | null }>({ text: `select unit_id as id, valid_from as "from", valid_to as "to" from mandate where role = 'OVERALL_COORDINATION' and unit_id = any($1::text[])`, values: [issuers] }),
    ({ id }) => id,
  )
  return ({ issuer, issuedOn }, unit) => {
    if (unit.id === issuer.id) return false
    if (unit.linePath.startsWith(issuer.linePath)) return true
    const coordinates = () => (coordinations.get(issuer.id) ?? []).some(({ from, to }) => isWithin(today, from, to) || (issuedOn !== null && isWithin(issuedOn, from, to)))
    return unit.divisionPath.startsWith(issuer.divisionPath) && (byLineAndDivision.includes(issuer.kind) || coordinates())
  }
}
