import type { Run } from '../database.js'
import { find, type Codes } from './references.js'

export interface TeamFound {
  key: string
  id: string
  unitId: string
}

export const teamsByCode = (run: Run, codes: Codes): Promise<Map<string, TeamFound>> => find(run, `select id, code as key, unit_id as "unitId" from volunteer_team where code = any($1::text[])`, codes)

export interface VolunteerFound {
  key: string
  id: string
  teamId: string
  unitId: string
  status: string
}

export const volunteersByCode = (run: Run, codes: Codes): Promise<Map<string, VolunteerFound>> =>
  find(run, `select id, code as key, team_id as "teamId", unit_id as "unitId", status from volunteer where code = any($1::text[])`, codes)

export const trainingsByCode = (run: Run, codes: Codes): Promise<Map<string, { key: string; id: string; hours: string }>> => find(run, `select id, code as key, hours from training where code = any($1::text[])`, codes)

export interface MicroProjectFound {
  key: string
  id: string
  unitId: string
}

export const microProjectsByCode = (run: Run, codes: Codes): Promise<Map<string, MicroProjectFound>> => find(run, `select id, code as key, unit_id as "unitId" from micro_project where code = any($1::text[])`, codes)

export interface SupervisionFound {
  key: string
  id: string
  validFrom: string
  validTo: string | null
}

/** Supervisions, by the codes of supervisor and supervisee; the latest of two. */
export const supervisionsByPair = (run: Run, pairs: Codes): Promise<Map<string, SupervisionFound>> =>
  find(
    run,
    `select s.id, a.code || ' ' || b.code as key, s.valid_from as "validFrom", s.valid_to as "validTo" from supervision s join social_worker x on x.id = s.supervisor_id join person a on a.id = x.person_id
     join social_worker y on y.id = s.supervisee_id join person b on b.id = y.person_id where a.code || ' ' || b.code = any($1::text[]) order by s.valid_from`,
    pairs,
  )
