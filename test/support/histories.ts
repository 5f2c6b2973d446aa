import type { Built } from './build.js'
import type { World } from './world.js'

export type Told = readonly [day: string, what: string | { act: string; dueOn: string }, more?: { dueOn?: string; unitId?: string }]

/** Tracks whose steps are recorded on days of the past, by the same triggers that record those of today. */
export class Histories {
  constructor(private readonly world: World) {}

  /** A task and its one track, entered as PROPOSED on 1 September 2026 unless it says otherwise. */
  async track({ issuingUnitId, unitId, dueOn, status = 'PROPOSED', createdAt = '2026-09-01T01:00:00Z', ...more }: { issuingUnitId: string; unitId: string; dueOn: string | null; status?: string; createdAt?: string; [column: string]: unknown }, script: readonly Told[]): Promise<{ task: Built; track: Built }> {
    const task = await this.world.build.task({ issuingUnitId, status: 'IN_PROGRESS', issuedOn: '2026-09-01', dueOn, createdAt, ...more })
    const track = await this.world.build.assignment({ taskId: task.id, unitId, status, dueOn, createdAt })
    await this.tell(track, script)
    return { task, track }
  }

  /** Each entry is a state or an act that moves the due day, with what else changes. */
  async tell({ id }: Built, script: readonly Told[]): Promise<void> {
    for (const [day, what, more = {}] of script) {
      const set = { ...(typeof what === 'string' ? { status: what } : { due_on: what.dueOn }), ...(more.dueOn ? { due_on: more.dueOn } : {}), ...(more.unitId ? { unit_id: more.unitId } : {}) }
      await this.#step('assignment', id, day, typeof what === 'string' ? 'step' : what.act, set)
    }
  }

  suspend = ({ id }: Built, day: string) => this.#step('task', id, day, 'taskSuspend', { status: 'SUSPENDED', suspended_from: 'IN_PROGRESS', suspended_with: id, suspended_on: day })
  resume = ({ id }: Built, day: string) => this.#step('task', id, day, 'taskResume', { status: 'IN_PROGRESS' })

  async #step(table: string, id: string, day: string, act: string, set: Record<string, string>): Promise<void> {
    const names = Object.keys(set)
    await this.world.sql(`with told as (select set_config('heli.act', $1, true) as act) update ${table} set ${names.map((name, at) => `${name} = $${at + 3}`).join(', ')} from told where told.act is not null and id = $2`, [JSON.stringify({ act, day }), id, ...Object.values(set)])
  }
}
