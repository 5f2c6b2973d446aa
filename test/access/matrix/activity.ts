import type { Built } from '../../support/build.js'
import { activitySamples, figureSamples, membershipSample, reportedSamples, type Places, type Sample } from '../../support/samples.js'
import type { World } from '../../support/world.js'
import { casesOn, versioned, type Base, type Case, type Part } from './cases.js'

interface Stage extends Base {
  places: Places
  association: Built
  reported: Record<string, Built>
}
const placesOf = ({ places, association }: Stage, sample: Sample): Places => (sample === membershipSample ? { ...places, unitId: association.id } : places)

/** What units report, and figures: the unit's DIRECTOR enters and others do not; SYSTEM_ADMIN keeps figures. */
export function activityPart(world: World): Part {
  const { exists, acts } = casesOn<Stage>(world)
  const both = (sample: Sample, allowed: string, denied: string): Record<string, Case<Stage>> => ({
    ...acts(`${sample.name}Create`, (stage) => sample.values(placesOf(stage, sample), 10), allowed, denied),
    ...acts(`${sample.name}Update`, ({ reported }) => versioned(`${sample.name}Id`, reported[sample.type]!, sample.change), allowed, denied),
  })
  return {
    async stage(base) {
      const association = await world.build.unit({ divisionId: base.province.id, kind: 'ASSOCIATION' })
      await world.build.person({ login: 'association CLERK', unit: association.id, role: 'CLERK' })
      const stage = { ...base, association, places: { divisionId: base.province.id, unitId: base.bureau.id, basisId: base.mandate['basis_id'] as string }, reported: {} as Record<string, Built> }
      for (const sample of activitySamples) stage.reported[sample.type] = await world.build.row(sample.table, sample.prefix, sample.values(placesOf(stage, sample), 0))
      return stage
    },
    registry: Object.assign(
      {},
      ...[...reportedSamples, membershipSample].map(({ type }) => exists(type, ({ reported }) => reported[type]!.id, 'apart CLERK', 'bureau SECURITY_ADMIN')),
      ...reportedSamples.map((sample) => both(sample, 'bureau DIRECTOR', 'school DIRECTOR')),
      both(membershipSample, 'association CLERK', 'bureau DIRECTOR'),
      ...figureSamples.map((sample) => both(sample, 'bureau SYSTEM_ADMIN', 'bureau DIRECTOR')),
    ) as Record<string, Case<Stage>>,
    ids: ({ reported }: Stage) => Object.fromEntries(Object.entries(reported).map(([type, { id }]) => [type, id])),
  }
}
