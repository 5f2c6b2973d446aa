/** The words of the access chapter: who a viewer is, what counts for it today, and the three relations between its place and a row. */
import type { Row, Snapshot, Unit } from './snapshot.js'

/** One appointment that counts today. */
export interface Place {
  role: string
  unit: Unit
}

/** A person with the appointments in force today, or a service token with one; `personId` is absent for a token: `self` is false. */
export interface Viewer {
  login: string
  snapshot: Snapshot
  personId: string | null
  places: readonly Place[]
}

/** Whether a half-open interval `[validFrom, validTo)` holds today. */
export const inForce = ({ validFrom, validTo }: { validFrom: string; validTo: string | null }, today: string): boolean => validFrom <= today && (validTo === null || today < validTo)

/** An ended unit grants nothing. */
const isEnded = (unit: Unit, today: string): boolean => unit.endedOn !== null && unit.endedOn <= today

/** A place of which a role is known, in a unit that has not ended. */
function place(snapshot: Snapshot, unitId: string, role: string | null): Place[] {
  const unit = snapshot.one('unit', unitId)
  return role && unit && !isEnded(unit, snapshot.today) ? [{ role, unit }] : []
}

export function viewerOfPerson(snapshot: Snapshot, login: string, personId: string): Viewer {
  const places = snapshot.where('appointment', 'personId', personId).filter((one) => inForce(one, snapshot.today)).flatMap(({ unitId, role }) => place(snapshot, unitId, role))
  return { login, snapshot, personId, places }
}

export function viewerOfToken(snapshot: Snapshot, tokenHash: string): Viewer {
  const [token] = snapshot.where('service_token', 'tokenHash', tokenHash)
  return { login: `service:${tokenHash}`, snapshot, personId: null, places: token ? place(snapshot, token.unitId, token.role) : [] }
}

export const ownUnit = ({ unit }: Place, unitId: string): boolean => unit.id === unitId
/** That unit, or one below it by line. */
export const inUnit = (snapshot: Snapshot, { unit }: Place, unitId: string): boolean => snapshot.upwards('unit', unitId).has(unit.id)
/** A unit above the place's own in its line. */
export const aboveInLine = (snapshot: Snapshot, { unit }: Place, unitId: string): boolean => unit.id !== unitId && snapshot.upwards('unit', unit.id).has(unitId)
/** The division of the place's unit, or one below it. */
export const inDivision = (snapshot: Snapshot, { unit }: Place, divisionId: string): boolean => snapshot.upwards('division', divisionId).has(unit.divisionId)

/** Whether the unit is charged with a role for the very division in which it stands, today. */
const holds = (snapshot: Snapshot, unit: Unit, role: string): boolean =>
  snapshot.where('mandate', 'unitId', unit.id).some((mandate) => mandate.role === role && mandate.divisionId === unit.divisionId && inForce(mandate, snapshot.today))

/** COORDINATOR, while its unit holds OVERALL_COORDINATION of its division. */
export const coordinates = (snapshot: Snapshot, { role, unit }: Place): boolean => role === 'COORDINATOR' && holds(snapshot, unit, 'OVERALL_COORDINATION')
/** A DIRECTOR of the LEADERSHIP unit, who reads what that coordinator reads. */
export const leads = (snapshot: Snapshot, { role, unit }: Place): boolean => role === 'DIRECTOR' && holds(snapshot, unit, 'LEADERSHIP')

/** The main appointment's unit; none where no main appointment is in force. */
export function unitOfPerson(snapshot: Snapshot, personId: string): Unit | undefined {
  const main = snapshot.where('appointment', 'personId', personId).find((one) => one.isMain && inForce(one, snapshot.today))
  return main && snapshot.one('unit', main.unitId)
}

/** What each rule says by itself, and what they say together. A rule that has nothing to say of this case is left out. */
export interface Verdict {
  allowed: boolean
  rules: Readonly<Record<string, boolean>>
}

export const verdict = (rules: Record<string, boolean>, alsoTold: Record<string, boolean> = {}): Verdict => ({ allowed: Object.values(rules).some(Boolean), rules: { ...rules, ...alsoTold } })

export type FieldPage<R> =
  | { kind: 'value'; of: (row: R, snapshot: Snapshot, viewer: Viewer) => unknown; readable?: (viewer: Viewer, row: R) => Verdict; never?: readonly ('filter' | 'order')[] }
  /** A value that rests on the calendar or on several rows; its type alone is checked, and that all paths agree. */
  | { kind: 'derived'; mayBeNull?: true }
  | { kind: 'one'; type: string; of: (row: R, snapshot: Snapshot, viewer: Viewer) => Row | undefined }
  | { kind: 'many'; type: string; of: (row: R, snapshot: Snapshot) => Row[] }

/** One page of the oracle: which rows of a type there are for a viewer, and what each field holds. */
export interface Page<R extends Row = Row> {
  type: string
  rows: (snapshot: Snapshot) => R[]
  visible: (viewer: Viewer, row: R) => Verdict
  fields: Readonly<Record<string, FieldPage<R>>>
}

export const value = <R, K extends keyof R & string>(column: K): FieldPage<R> => ({ kind: 'value', of: (row) => row[column] })
export const one = <R>(type: string, of: (row: R, snapshot: Snapshot, viewer: Viewer) => Row | undefined): FieldPage<R> => ({ kind: 'one', type, of })
export const many = <R>(type: string, of: (row: R, snapshot: Snapshot) => Row[]): FieldPage<R> => ({ kind: 'many', type, of })
export const derived: FieldPage<any> = { kind: 'derived' }
/** The same, where there may be none. */
export const derivedIfAny: FieldPage<any> = { kind: 'derived', mayBeNull: true }

/** What every row carries. */
export const ofEveryRow = { id: value<Row, 'id'>('id'), version: value<Row, 'version'>('version'), createdAt: value<Row, 'createdAt'>('createdAt'), updatedAt: value<Row, 'updatedAt'>('updatedAt') } as const

/** Open to every signed-in viewer. */
export const everySignedInViewer = (): Verdict => verdict({ 'every signed-in viewer': true })
