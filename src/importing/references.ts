import type { Run } from '../database.js'
import type { DivisionLevel } from '../modules/divisions/index.js'
import type { UnitKind } from '../modules/units/index.js'
import { distinct, grouped, indexed } from './stored.js'

export type Codes = Iterable<string | null | undefined>

/** One query for all references of a file to one table, by natural key. */
export async function find<T extends { key: string }>(run: Run, text: string, codes: Codes): Promise<Map<string, T>> {
  const wanted = distinct(codes)
  return wanted.length === 0 ? new Map() : indexed(await run<T>({ text, values: [wanted] }), ({ key }) => key)
}

export interface DivisionFound {
  key: string
  id: string
  name: string
  level: DivisionLevel
}

export const divisionsByCode = (run: Run, codes: Codes): Promise<Map<string, DivisionFound>> => find(run, `select id, code as key, name, level from division where code = any($1::text[])`, codes)

export interface UnitFound {
  key: string
  id: string
  kind: UnitKind
  divisionId: string
  divisionCode: string
  divisionEndedOn: string | null
  foundedOn: string
  endedOn: string | null
  linePath: string
  divisionPath: string
}

export const unitsByCode = (run: Run, codes: Codes): Promise<Map<string, UnitFound>> =>
  find(
    run,
    `select u.id, u.code as key, u.kind, u.division_id as "divisionId", d.code as "divisionCode", d.ended_on as "divisionEndedOn", u.founded_on as "foundedOn", u.ended_on as "endedOn",
      u.line_path as "linePath", u.division_path as "divisionPath"
     from unit u join division d on d.id = u.division_id where u.code = any($1::text[])`,
    codes,
  )

export interface DocumentFound {
  key: string
  id: string
  issuedOn: string
}

export const documentsByNumber = (run: Run, numbers: Codes): Promise<Map<string, DocumentFound>> =>
  find(run, `select id, number as key, issued_on as "issuedOn" from policy_document where number = any($1::text[])`, numbers)

export interface InitiativeFound {
  key: string
  id: string
  status: string
}

export const initiativesByCode = (run: Run, codes: Codes): Promise<Map<string, InitiativeFound>> => find(run, `select id, code as key, status from initiative where code = any($1::text[])`, codes)

export interface Place {
  unitId: string
  from: string
  to: string | null
}

export interface PersonFound {
  key: string
  id: string
  places: Place[]
}

/** People with every place that they ever had. */
export async function peopleByCode(run: Run, codes: Codes): Promise<Map<string, PersonFound>> {
  const people = await find<PersonFound>(run, `select id, code as key from person where code = any($1::text[])`, codes)
  const ids = [...people.values()].map(({ id }) => id)
  const places = grouped(
    ids.length === 0 ? [] : await run<Place & { personId: string }>({ text: `select person_id as "personId", unit_id as "unitId", valid_from as "from", valid_to as "to" from appointment where person_id = any($1::text[])`, values: [ids] }),
    ({ personId }) => personId,
  )
  for (const person of people.values()) person.places = places.get(person.id) ?? []
  return people
}

export interface TaskFound {
  key: string
  id: string
  status: string
  dueOn: string | null
  issuedOn: string | null
  parentId: string | null
  parentCode: string | null
  initiativeId: string | null
  confidential: boolean
  issuer: { id: string; code: string; kind: UnitKind; linePath: string; divisionPath: string }
}

export const tasksByCode = (run: Run, codes: Codes): Promise<Map<string, TaskFound>> =>
  find(
    run,
    `select t.id, t.code as key, t.status, t.due_on as "dueOn", t.issued_on as "issuedOn", t.parent_id as "parentId", p.code as "parentCode", t.initiative_id as "initiativeId", t.confidential,
      jsonb_build_object('id', u.id, 'code', u.code, 'kind', u.kind, 'linePath', u.line_path, 'divisionPath', u.division_path) as issuer
     from task t join unit u on u.id = t.issuing_unit_id left join task p on p.id = t.parent_id where t.code = any($1::text[])`,
    codes,
  )

export interface ConferenceFound {
  key: string
  id: string
  foundedOn: string
  endedOn: string | null
}

export const conferencesByCode = (run: Run, codes: Codes): Promise<Map<string, ConferenceFound>> =>
  find(run, `select id, code as key, founded_on as "foundedOn", ended_on as "endedOn" from joint_conference where code = any($1::text[])`, codes)

export interface MeetingFound {
  key: string
  id: string
  status: string
  heldOn: string
  /** The convenor, and the units that were members on the day of the meeting. */
  takingPart: string[]
}

/** The meetings of conferences, by code of the conference and number. */
export const meetingsByKey = (run: Run, conferences: Codes): Promise<Map<string, MeetingFound>> =>
  find(
    run,
    `select m.id, c.code || ' ' || m.number as key, m.status, m.held_on as "heldOn", c.convenor_id || array(select cm.unit_id from conference_member cm
      where cm.conference_id = c.id and cm.joined_on <= m.held_on and (cm.left_on is null or cm.left_on > m.held_on)) as "takingPart"
     from meeting m join joint_conference c on c.id = m.conference_id where c.code = any($1::text[])`,
    conferences,
  )

/** Social workers, by the code of the person. */
export const socialWorkersByPerson = (run: Run, codes: Codes): Promise<Map<string, { key: string; id: string }>> =>
  find(run, `select w.id, p.code as key from social_worker w join person p on p.id = w.person_id where p.code = any($1::text[])`, codes)

export interface PostFound {
  key: string
  id: string
  unitId: string
}

export const postsByCode = (run: Run, codes: Codes): Promise<Map<string, PostFound>> => find(run, `select id, code as key, unit_id as "unitId" from post where code = any($1::text[])`, codes)

export const surveysByCode = (run: Run, codes: Codes): Promise<Map<string, { key: string; id: string; unitId: string; finishedOn: string | null }>> =>
  find(run, `select id, code as key, unit_id as "unitId", finished_on as "finishedOn" from needs_survey where code = any($1::text[])`, codes)

/** Consultations, by the code of the survey and the day for which they were planned. */
export const consultationsByKey = (run: Run, keys: Codes): Promise<Map<string, { key: string; id: string; surveyId: string }>> =>
  find(run, `select c.id, s.code || ' ' || c.planned_on as key, c.survey_id as "surveyId" from consultation c join needs_survey s on s.id = c.survey_id where s.code || ' ' || c.planned_on = any($1::text[])`, keys)

export const plansByCode = (run: Run, codes: Codes): Promise<Map<string, { key: string; id: string; status: string; startsOn: string }>> =>
  find(run, `select id, code as key, status, starts_on as "startsOn" from service_plan where code = any($1::text[])`, codes)
