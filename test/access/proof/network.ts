/** A small coordination network made at random, as rows, with every kind of case that a rule speaks of; and its way into the database. */
import { type Assignment, type Initiative, Snapshot, type Tables, tableNames, type Row, type Task, type Unit } from '../oracle/snapshot.js'
import { keptTotals, type MoneyTables } from '../oracle/snapshot-money.js'
import { viewerOfPerson, viewerOfToken, type Viewer } from '../oracle/words.js'
import { lockMonths } from './network-periods.js'
import { employ, logWork } from './network-posts.js'
import { reportActivities } from './network-activity.js'
import { measure } from './network-indicators.js'
import { payWorkers } from './network-pay.js'
import { fillReturns } from './network-returns.js'
import { strengthen } from './network-capability.js'
import { askForExports } from './network-exports.js'
import { fund } from './network-money.js'
import { serve } from './network-services.js'
import { gatherVolunteers } from './network-volunteers.js'
import { tender } from './network-tenders.js'
import { random, type Random } from './random.js'
import { today, type World } from '../../support/world.js'

export interface Network {
  seed: number
  tables: Tables
  snapshot: Snapshot
  viewers: Viewer[]
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
export const dayFrom = (days: number): string => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

const roles = ['COORDINATOR', 'DIRECTOR', 'CLERK', 'HR_OFFICER', 'FINANCE_OFFICER', 'PRACTITIONER', 'AGENCY_MANAGER', 'BI_READER', 'AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']
/** These three exclude each other and every other role. */
const alone = ['AUDITOR', 'SECURITY_ADMIN', 'SYSTEM_ADMIN']
const joint = roles.filter((role) => !alone.includes(role))
const mechanisms = ['ORGANISATION_LEADERSHIP', 'PROFESSIONAL_POSTS', 'FUNDING', 'REMUNERATION', 'SERVICE_AGENCIES', 'CAPABILITY']
const taskStatuses = ['DRAFT', 'PENDING_ISSUE', 'ISSUED', 'ACCEPTED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'CLOSED', 'SUSPENDED', 'TERMINATED']
const assignmentStatuses = ['PROPOSED', 'ISSUED', 'ACCEPTED', 'REFUSED', 'IN_PROGRESS', 'REPORTED', 'RETURNED', 'COMPLETED', 'EXCUSED', 'TERMINATED']

export const emptyTables = (): Tables => Object.fromEntries(tableNames.map((name) => [name, []])) as unknown as Tables

/** Measures that something counts towards. */
const measures = ['POSTS_OPENED', 'PEOPLE_TRAINED', 'PLANS_CARRIED_OUT', 'FUNDS_SPENT']
function aim(chance: Random, add: Add, tables: Tables): void {
  for (const initiative of tables.initiative) for (const measure of chance.some(measures, 1 + chance.below(measures.length))) add('initiative_target', 'targ', { initiativeId: initiative.id, measure, amount: `${1 + chance.below(99)}.00`, dueOn: chance.chance(0.5) ? dayFrom(chance.below(300)) : null })
}

export function makeNetwork(seed: number): Network {
  const chance = random(seed)
  const tables = emptyTables()
  const add = adder(chance, tables)

  const divisions = placeDivisions(add)
  const units = placeUnits(chance, add, divisions, tables)
  chargeUnits(chance, add, units, tables)
  appointPeople(chance, add, units, tables)
  launchInitiatives(chance, add, units, tables)
  issueTasks(chance, add, units, tables)
  keepHistory(chance, add, tables)
  convene(random(seed), add, units, tables)
  keepTrail(chance, add, units, tables)
  // Last, so that a seed still means the network that it meant before.
  setDictionaries(chance, add, tables)
  attachFiles(chance, add, units, tables)
  accompany(chance, add, units, tables)
  appraise(random(seed), add, units, tables)
  remind(chance, add, tables)
  lockMonths(random(seed), add, units, tables)
  employ(random(seed), add, units, tables)
  reportActivities(random(seed), add, units, tables)
  fund(chance, add, units, tables)
  gatherVolunteers(random(seed), add, units, tables)
  logWork(random(seed), add, units, tables)
  aim(random(seed), add, tables)
  serve(random(seed), add, units, tables)
  tender(chance, add, units, tables)
  strengthen(random(seed), add, units, tables)
  payWorkers(random(seed), add, units, tables)
  measure(random(seed), add, tables)
  askForExports(random(seed), add, tables)
  fillReturns(random(seed), add, units, tables)
  return { seed, tables, ...viewed(tables) }
}

/** The same rows looked at anew, after some of them have changed. */
export function viewed(tables: Tables): { snapshot: Snapshot; viewers: Viewer[] } {
  const snapshot = new Snapshot(tables, today)
  const people = tables.account.map(({ subject, personId }) => viewerOfPerson(snapshot, subject, personId))
  const tokens = tables.service_token.filter(({ revokedAt, expiresAt }) => !revokedAt && expiresAt > `${today}T12`).map(({ tokenHash }) => viewerOfToken(snapshot, tokenHash))
  return { snapshot, viewers: [...people, ...tokens] }
}

export type Add = <N extends keyof Tables>(table: N, prefix: string, values: Omit<Tables[N][number], keyof Row> & Partial<Row>) => Tables[N][number]

/** Adds rows to tables, each with an id and instants of its own. */
export function adder(chance: Random, tables: Tables): Add {
  let made = 0
  return (table, prefix, values) => {
    let low = ''
    for (let at = 0; at < 14; at++) low += alphabet[chance.below(32)]
    const at = String(made++).padStart(6, '0')
    const createdAt = new Date(Date.parse('2026-01-01T00:00:00Z') + chance.below(40) * 3_600_000 * 24).toISOString()
    const row = { id: `${prefix}_01k${at}000${low}`, version: 1, createdAt, updatedAt: createdAt, ...values }
    ;(tables[table] as unknown[]).push(row)
    return row as never
  }
}

type DivisionRow = Tables['division'][number]

function placeDivisions(add: Add): DivisionRow[] {
  const make = (code: string, name: string, level: string, parent?: DivisionRow, endedOn: string | null = null) =>
    add('division', 'div', { code, name, level, parentId: parent?.id ?? null, revision: null, endedOn })
  const north = make('330000', '甲省', 'PROVINCE')
  const south = make('320000', '乙省', 'PROVINCE')
  const city = make('330100', '甲一市', 'PREFECTURE', north)
  const town = make('330200', '甲二市', 'PREFECTURE', north)
  const filler = make('339000', '省直辖县级行政区划', 'PREFECTURE', north)
  const county = make('330106', '甲一区', 'COUNTY', city)
  const sister = make('330110', '甲一县', 'COUNTY', city)
  const far = make('330203', '甲二区', 'COUNTY', town)
  const direct = make('339005', '直管市', 'COUNTY', filler)
  const street = make('330106005', '街道', 'TOWNSHIP', county)
  const community = make('330106005001', '社区', 'COMMUNITY', street)
  const southern = make('320100', '乙一市', 'PREFECTURE', south)
  const former = make('330199', '旧区', 'COUNTY', city, '2019-01-01')
  return [north, south, city, town, filler, county, sister, far, direct, street, community, southern, former]
}

function placeUnits(chance: Random, add: Add, divisions: DivisionRow[], tables: Tables): Unit[] {
  const systems = ['民政', '教育', '卫生'].map((name) => add('unit_system', 'usys', { name, validFrom: '2010-01-01', validTo: null }))
  let credit = 0
  const make = (division: DivisionRow, kind: string, more: Partial<Unit> = {}): Unit => {
    const above = tables.unit.filter((one) => one.kind === kind && one.divisionId === division.parentId && !one.endedOn)
    const code = `${division.code}-${kind}-${tables.unit.length}`
    const unit = add('unit', 'unit', {
      code, name: `${division.name}${kind}`, shortName: chance.chance(0.3) ? `简${tables.unit.length}` : null, kind, divisionId: division.id,
      lineParentId: above[0]?.id ?? null, creditCode: chance.chance(0.4) ? `9990${String(++credit).padStart(14, '0')}` : null, systemId: chance.chance(0.3) ? chance.pick(systems).id : null,
      institutionKind: null, legalForm: null, registrationLevel: null, foundedOn: '2004-01-01', endedOn: null, successorId: null, ...more,
    })
    add('unit_name', 'uname', { unitId: unit.id, name: unit.name, validFrom: '2004-01-01', validTo: null })
    return unit
  }
  for (const division of divisions) {
    if (['省直辖县级行政区划', '旧区'].includes(division.name)) continue
    if (division.level === 'TOWNSHIP') make(division, 'SUBDISTRICT_TOWN')
    else if (division.level === 'COMMUNITY') make(division, 'COMMUNITY', { lineParentId: tables.unit.find(({ kind }) => kind === 'SUBDISTRICT_TOWN')!.id })
    else {
      make(division, 'PARTY_COMMITTEE')
      make(division, 'ORGANISATION_DEPARTMENT')
      make(division, 'CIVIL_AFFAIRS')
      if (chance.chance(0.6)) make(division, 'EDUCATION')
      if (chance.chance(0.5)) make(division, 'PARTY_SOCIAL_WORK')
      if (chance.chance(0.5)) make(division, 'TRADE_UNION')
      if (chance.chance(0.6)) make(division, 'SERVICE_AGENCY', { lineParentId: null, legalForm: 'SOCIAL_SERVICE_INSTITUTION', registrationLevel: division.level })
    }
  }
  // Ended long ago, ended today (so no longer there), and ending tomorrow (so still there).
  const successor = tables.unit.find(({ kind }) => kind === 'CIVIL_AFFAIRS')!
  for (const endedOn of ['2021-05-25', today, dayFrom(1)]) make(chance.pick(divisions.filter(({ level }) => level === 'COUNTY' || level === 'PREFECTURE').filter(({ name }) => !['省直辖县级行政区划', '旧区'].includes(name))), 'POVERTY_ALLEVIATION', { endedOn, successorId: successor.id })
  // A line that crosses divisions, and one that runs through an ended unit.
  const [gone] = tables.unit.filter(({ kind }) => kind === 'POVERTY_ALLEVIATION')
  make(divisions[7]!, 'PUBLIC_INSTITUTION', { lineParentId: chance.pick(tables.unit.filter(({ divisionId }) => divisionId === divisions[2]!.id)).id })
  make(divisions[5]!, 'PUBLIC_INSTITUTION', { lineParentId: gone!.id })
  return tables.unit
}

function chargeUnits(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const papers = Array.from({ length: 4 }, (_none, at) => add('policy_document', 'doc', { number: `示发〔2008〕${at + 1}号`, title: `文件${at}`, kind: at % 2 ? 'VOLUNTEERING' : 'SOCIAL_WORK', issuedOn: '2008-01-01', supersedesId: at ? tables.policy_document[0]!.id : null }))
  for (const paper of papers) add('document_issuer', 'diss', { documentId: paper.id, unitId: chance.pick(units).id })
  const charge = (unit: Unit, role: string, validFrom: string, validTo: string | null, divisionId = unit.divisionId, mechanism: string | null = null) =>
    add('mandate', 'mand', { unitId: unit.id, divisionId, mechanism, role, validFrom, validTo, basisId: chance.pick(papers).id })
  const offices = units.filter(({ kind }) => kind === 'ORGANISATION_DEPARTMENT')
  for (const [at, office] of offices.entries()) {
    const other = units.find(({ kind, divisionId }) => kind === 'PARTY_SOCIAL_WORK' && divisionId === office.divisionId)
    // The first two always coordinate; among the rest some lost it today, some get it tomorrow, some handed it over, one keeps that of a division it left.
    const turn = at < 3 ? 'holds' : chance.pick(['holds', 'holds', 'lost today', 'tomorrow', 'handed over', 'none', 'left'])
    if (turn === 'holds') charge(office, 'OVERALL_COORDINATION', chance.pick(['2008-03-01', today]), chance.pick([null, dayFrom(1)]))
    if (turn === 'lost today') charge(office, 'OVERALL_COORDINATION', '2008-03-01', today)
    if (turn === 'tomorrow') charge(office, 'OVERALL_COORDINATION', dayFrom(1), null)
    if (turn === 'handed over') {
      charge(office, 'OVERALL_COORDINATION', '2008-03-01', '2023-07-01')
      if (other) charge(other, 'OVERALL_COORDINATION', '2023-07-01', null)
    }
    if (turn === 'left') charge(office, 'OVERALL_COORDINATION', '2008-03-01', null, tables.division.find(({ name }) => name === '旧区')!.id === office.divisionId ? office.divisionId : tables.division.find(({ name }) => name === '旧区')!.id)
    if (tables.mandate.filter(({ divisionId }) => divisionId === tables.division.find(({ name }) => name === '旧区')!.id).length > 1) tables.mandate.pop()
  }
  for (const [at, committee] of units.filter(({ kind }) => kind === 'PARTY_COMMITTEE').entries()) {
    const turn = at < 3 ? 'holds' : chance.pick(['holds', 'lost today', 'none'])
    if (turn !== 'none') charge(committee, 'LEADERSHIP', '2008-03-01', turn === 'holds' ? null : today)
  }
  for (const unit of chance.some(units.filter(({ kind }) => ['CIVIL_AFFAIRS', 'EDUCATION'].includes(kind)), 8)) charge(unit, 'RESPONSIBLE', '2008-03-01', null, unit.divisionId, chance.pick(mechanisms))
}

function appointPeople(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  let number = 0
  const person = () => {
    const at = ++number
    const made = add('person', 'pers', { code: `P-${String(at).padStart(3, '0')}`, name: `示${at}`, title: chance.chance(0.5) ? '主任' : null, officePhone: chance.chance(0.7) ? `0571-0${String(at).padStart(7, '0')}` : null })
    add('account', 'acct', { issuer: 'test', subject: made.code, personId: made.id, blockedAt: null })
    if (chance.chance(0.9)) add('person_contact', 'pcon', { personId: made.id, mobile: chance.chance(0.92) ? `154${String(10_000_000 + chance.below(89_999_999))}` : null })
    if (chance.chance(0.9)) {
      const birthDate = `19${60 + chance.below(39)}-0${1 + chance.below(9)}-1${chance.below(10)}`
      add('person_private', 'ppri', { personId: made.id, nationalId: `999999${birthDate.replaceAll('-', '')}${String(1000 + chance.below(8999))}`, birthDate: chance.chance(0.9) ? birthDate : null, partyMember: chance.pick([true, false, null]) })
    }
    return made
  }
  const appoint = (personId: string, unit: Unit, role: string | null, isMain: boolean, validFrom = '2020-01-01', validTo: string | null = null) => add('appointment', 'appt', { personId, unitId: unit.id, role, isMain, validFrom, validTo })
  const living = units.filter(({ endedOn }) => !endedOn || endedOn > today)

  const provincial = living.filter(({ divisionId }) => divisionId === tables.division[0]!.id)

  // Who must be there for a rule to have its say.
  for (const office of units.filter(({ kind, id }) => kind === 'ORGANISATION_DEPARTMENT' || tables.mandate.some(({ unitId, role }) => unitId === id && role === 'OVERALL_COORDINATION'))) appoint(person().id, office, 'COORDINATOR', chance.chance(0.8))
  for (const committee of units.filter(({ kind }) => kind === 'PARTY_COMMITTEE')) appoint(person().id, committee, 'DIRECTOR', chance.chance(0.8))
  for (const role of alone) for (let at = 0; at < (role === 'AUDITOR' ? 5 : 2); at++) appoint(person().id, at < 2 ? chance.pick(provincial) : chance.pick(living), role, true)
  for (let at = 0; at < 3; at++) appoint(person().id, at === 0 ? chance.pick(provincial) : chance.pick(living), 'BI_READER', true)
  const busy = chance.some(living, 7)
  for (const unit of busy) for (const role of ['CLERK', 'HR_OFFICER']) appoint(person().id, unit, role, true)

  // Anybody else: up to three places, past, present or to come; one person may hold BI_READER beside another role.
  while (number < 72) {
    const { id } = person()
    const places = chance.below(4)
    for (let at = 0; at < places; at++) {
      const [from, to] = chance.pick([['2020-01-01', null], ['2020-01-01', null], ['2020-01-01', dayFrom(1)], ['2020-01-01', today], [today, null], [dayFrom(1), null], ['2020-01-01', '2024-01-01']] as const)
      appoint(id, chance.chance(0.6) ? chance.pick(busy) : chance.pick(units), chance.chance(0.1) ? null : chance.pick(joint), at === 0 && chance.chance(0.8), from, to)
    }
  }
  const serve = (at: number, role: string, unit: Unit, expiresAt = '2027-12-31T00:00:00.000Z', revokedAt: string | null = null) => add('service_token', 'stok', { name: `工具${at}`, tokenHash: `hash-${at}`, role, unitId: unit.id, expiresAt, revokedAt })
  for (const [at, role] of ['BI_READER', 'BI_READER', 'COORDINATOR', 'AUDITOR', 'CLERK', 'HR_OFFICER', 'DIRECTOR'].entries()) serve(at, role, role === 'COORDINATOR' ? units.find(({ kind }) => kind === 'ORGANISATION_DEPARTMENT')! : chance.pick(at === 0 ? [units[0]!] : living))
  serve(7, 'CLERK', living[0]!, '2026-01-01T00:00:00.000Z')
  serve(8, 'CLERK', living[0]!, '2027-12-31T00:00:00.000Z', '2026-11-01T00:00:00.000Z')
}

/** Neighbouring years with a few days each; policies of supervision, one that ended and one that follows it. */
function setDictionaries(chance: Random, add: Add, tables: Tables): void {
  for (const year of [2025, 2026]) {
    const { id } = add('calendar_year', 'caly', { year, basis: `示发明电〔${year - 1}〕${1 + chance.below(9)}号` })
    for (const on of chance.some(['01-01', '05-01', '10-01', '10-02', '10-03'], 3)) add('calendar_day', 'cald', { yearId: id, on: `${year}-${on}`, kind: 'HOLIDAY', name: on === '01-01' ? '元旦' : '国庆节' })
  }
  add('calendar_day', 'cald', { yearId: tables.calendar_year[1]!.id, on: '2026-10-10', kind: 'MAKE_UP_WORKDAY', name: '国庆节' })
  const rule = (division: DivisionRow, validFrom: string, validTo: string | null) => {
    const { id } = add('supervision_policy', 'supp', { divisionId: division.id, name: `规则${tables.supervision_policy.length}`, validFrom, validTo, basisId: chance.pick(tables.policy_document).id, acceptWithinDays: 1 + chance.below(5), reportEveryDays: 5 + chance.below(20) })
    if (chance.chance(0.6)) add('light_rule', 'lrul', { policyId: id, level: 'NONE', colour: '绿', trigger: null, threshold: null, sendsSlip: false })
    for (const trigger of chance.some(['DAYS_TO_DUE', 'DAYS_LATE', 'BEHIND_OR_POOR'], 2)) add('light_rule', 'lrul', { policyId: id, level: chance.pick(['APPROACHING', 'LATE', 'SERIOUS']), colour: '红', trigger, threshold: 1 + chance.below(20), sendsSlip: chance.chance(0.5) })
  }
  const [north, , city] = tables.division
  rule(north!, '2024-01-01', today)
  rule(north!, today, null)
  rule(city!, '2024-01-01', null)
}

function launchInitiatives(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const placed = tables.division.filter(({ id }) => units.some(({ divisionId }) => divisionId === id))
  for (let at = 0; at < 26; at++) {
    const division = chance.pick(placed)
    const near = units.filter(({ divisionId }) => divisionId === division.id)
    const staffed = units.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role !== 'SYSTEM_ADMIN'))
    // A draft is for those who work in its lead unit, so there are some.
    const crowded = staffed.filter(({ id }) => tables.appointment.filter(({ unitId }) => unitId === id).length > 3)
    const lead = at % 4 === 0 ? chance.pick(crowded) : chance.chance(0.5) ? chance.pick(near) : chance.pick(staffed)
    const initiative: Initiative = add('initiative', 'init', {
      code: `I-${String(at).padStart(3, '0')}`, title: `行动${at}`, summary: chance.chance(0.6) ? `概述${at}` : null, mechanisms: chance.some(mechanisms, 1 + chance.below(2)), divisionId: division.id,
      visibility: chance.chance(0.4) ? 'NETWORK' : 'PARTICIPANTS', startsOn: chance.chance(0.7) ? dayFrom(-chance.below(200)) : null, endsOn: chance.chance(0.6) ? dayFrom(chance.below(300)) : null,
      status: at % 4 === 0 ? 'DRAFT' : chance.pick(['PLANNED', 'ACTIVE', 'ACTIVE', 'SUSPENDED', 'CLOSED', 'CANCELLED']), leadUnitId: lead.id,
      parentId: at > 4 && chance.chance(0.4) ? tables.initiative[chance.below(at)]!.id : null, documentId: chance.chance(0.4) ? chance.pick(tables.policy_document).id : null, updateEveryDays: 30,
    })
    const participants = [lead, ...chance.some((chance.chance(0.5) ? near : units).filter((unit) => unit !== lead), chance.below(4))]
    for (const unit of participants) add('participation', 'part', { initiativeId: initiative.id, unitId: unit.id, role: chance.pick(['RESPONSIBLE', 'COOPERATING']) })
    for (let more = chance.below(3); more > 0; more--) add('milestone', 'mile', { initiativeId: initiative.id, title: `节点${at}-${more}`, dueOn: dayFrom(chance.below(200)), reachedOn: chance.chance(0.3) ? dayFrom(-1) : null })
    for (let more = chance.below(3); more > 0; more--) add('initiative_update', 'upd', { initiativeId: initiative.id, reportedOn: dayFrom(-chance.below(60)), health: chance.pick(['ON_TRACK', 'AT_RISK', 'OFF_TRACK']), text: `情况${at}-${more}`, changes: chance.chance(0.5) ? '无变化' : null, authorId: chance.chance(0.7) ? chance.pick(tables.person).id : null })
  }
}

function issueTasks(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const assign = (task: Task, unit: Unit, role: 'LEAD' | 'COOPERATING'): Assignment => {
    const staff = tables.appointment.filter(({ unitId }) => unitId === unit.id).map(({ personId }) => personId)
    const someone = () => (chance.chance(0.25) ? null : staff.length > 0 && chance.chance(0.6) ? chance.pick(staff) : chance.pick(tables.person).id)
    const at = tables.assignment.length
    return add('assignment', 'asgn', {
      taskId: task.id, unitId: unit.id, role, personId: someone(), liaisonId: someone(), dueOn: chance.chance(0.8) ? dayFrom(chance.below(80) - 40) : null, status: chance.pick(assignmentStatuses), progress: chance.below(101),
      internalNote: chance.chance(0.75) ? `note-${String(chance.below(1_000_000)).padStart(6, '0')}-${at}` : null,
      acceptBy: dayFrom(chance.below(30) - 15), reportBy: chance.chance(0.5) ? dayFrom(chance.below(30) - 15) : null, acceptedOn: chance.chance(0.5) ? dayFrom(-chance.below(20)) : null,
      reportedOn: chance.chance(0.3) ? dayFrom(-chance.below(20)) : null, completedOn: chance.chance(0.2) ? dayFrom(-chance.below(20)) : null,
    })
  }
  const staffed = units.filter(({ id }) => tables.appointment.some(({ unitId }) => unitId === id))
  const make = (parent: Task | undefined): void => {
    const at = tables.task.length
    const initiative = parent ? parent.initiativeId : chance.chance(0.65) ? chance.pick(tables.initiative).id : null
    const candidates = parent ? tables.assignment.filter(({ taskId }) => taskId === parent.id).map(({ unitId }) => units.find(({ id }) => id === unitId)!) : []
    const issuing = candidates.length > 0 ? chance.pick(candidates) : chance.pick(staffed)
    const task = add('task', 'task', {
      code: `T-${String(at).padStart(3, '0')}`, title: `任务${at}`, requirement: chance.chance(0.5) ? `要求${at}` : null, source: chance.pick(['INITIATIVE', 'MEETING_RESOLUTION', 'LEADER_INSTRUCTION', 'DOCUMENT']), initiativeId: initiative,
      issuingUnitId: issuing.id, urgency: chance.pick(['NORMAL', 'URGENT', 'MAJOR']), confidential: parent?.confidential || chance.chance(0.3), issuedOn: chance.chance(0.7) ? dayFrom(-chance.below(90)) : null,
      dueOn: chance.chance(0.8) ? dayFrom(chance.below(80) - 40) : null, expectedResult: null, status: chance.chance(0.2) ? 'DRAFT' : chance.pick(taskStatuses), parentId: parent?.id ?? null,
      completedOn: chance.chance(0.2) ? dayFrom(-chance.below(20)) : null, closedOn: chance.chance(0.1) ? dayFrom(-chance.below(20)) : null, suspendedOn: null, suspendedFrom: null, suspendedWith: null,
    })
    if (task.status === 'SUSPENDED') Object.assign(task, { suspendedOn: dayFrom(-chance.below(20)), suspendedFrom: 'ISSUED', suspendedWith: task.id })
    const assigned = chance.some(chance.chance(0.6) ? staffed : units, 1 + chance.below(4))
    for (const [place, unit] of assigned.entries()) assign(task, unit, place === 0 && chance.chance(0.9) ? 'LEAD' : 'COOPERATING')
  }
  for (let at = 0; at < 70; at++) make(undefined)
  for (let at = 0; at < 60; at++) make(chance.chance(0.4) && tables.task.length > 70 ? chance.pick(tables.task.slice(70)) : chance.pick(tables.task.slice(0, 70)))
}

function keepHistory(chance: Random, add: Add, tables: Tables): void {
  const someone = () => (chance.chance(0.7) ? chance.pick(tables.person).id : null)
  const step = (values: Partial<Tables['task_step'][number]> & { taskId: string }) => {
    const seq = tables.task_step.length + 1
    const { createdAt: _createdAt, updatedAt: _updatedAt, version: _version, ...entry } = add('task_step', 'step', {
      seq, assignmentId: null, at: new Date(Date.parse('2026-10-01T00:00:00Z') + seq * 60_000).toISOString(), onDay: dayFrom(-chance.below(40)), act: chance.pick([null, 'taskIssue', 'assignmentAccept']), personId: someone(),
      note: chance.chance(0.3) ? `理由${seq}` : null, taskFrom: null, taskTo: null, trackFrom: null, trackTo: null, dueFrom: dayFrom(chance.below(40) - 20), dueTo: dayFrom(chance.below(40) - 20), unitFromId: null, unitToId: null, ...values,
    })
    tables.task_step[seq - 1] = entry as never
  }
  // One step each, and it led to what the row holds now, as in a real history.
  for (const { id, status, dueOn } of chance.some(tables.task, 50)) step({ taskId: id, taskFrom: chance.pick(taskStatuses), taskTo: status, dueTo: dueOn })
  for (const { id, taskId, unitId, status, dueOn } of chance.some(tables.assignment, 80)) {
    step({ taskId, assignmentId: id, trackFrom: chance.pick(assignmentStatuses), trackTo: status, dueTo: dueOn, unitFromId: chance.pick(tables.unit).id, unitToId: unitId })
  }
}

/** Conferences with members of every kind: before, today, from today on, until today, from tomorrow on, and again. */
function convene(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const staffed = units.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role !== null))
  // Units of a kind that is granted nothing, so that their sitting in a convenor or member is asked about.
  const watched = staffed.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role !== null && [...alone, 'BI_READER'].includes(role)))
  const loose = chance.some(tables.task, tables.task.length)
  for (let at = 0; at < 14; at++) {
    const convenor = chance.pick(at % 3 === 0 ? watched : staffed)
    const conference = add('joint_conference', 'conf', {
      code: `C-${String(at).padStart(2, '0')}`, name: `联席会议${at}`, divisionId: chance.chance(0.7) ? convenor.divisionId : chance.pick(units).divisionId, convenorId: convenor.id,
      documentId: chance.chance(0.5) ? chance.pick(tables.policy_document).id : null, foundedOn: '2024-01-01', endedOn: chance.chance(0.2) ? chance.pick([today, dayFrom(1), '2025-01-01']) : null,
    })
    const members = [...new Set([...chance.some(watched, 1), ...chance.some(staffed, 2 + chance.below(4))])]
    for (const unit of members) {
      const [joinedOn, leftOn] = chance.pick([['2024-01-01', null], ['2024-01-01', null], ['2024-01-01', dayFrom(1)], ['2024-01-01', today], [today, null], [dayFrom(1), null]] as const)
      const liaisonId = chance.chance(0.7) ? chance.pick(tables.person).id : null
      add('conference_member', 'cmem', { conferenceId: conference.id, unitId: unit.id, liaisonId, joinedOn, leftOn })
      if (leftOn === today && chance.chance(0.3)) add('conference_member', 'cmem', { conferenceId: conference.id, unitId: unit.id, liaisonId: null, joinedOn: today, leftOn: null })
    }
    for (let number = 1; number <= 1 + chance.below(3); number++) {
      const status = chance.pick(['HELD', 'HELD', 'PLANNED', 'CANCELLED'])
      const meeting = add('meeting', 'meet', { conferenceId: conference.id, number, heldOn: dayFrom(status === 'HELD' ? -chance.below(200) : chance.below(60)), title: `会议${at}-${number}`, minutes: status === 'HELD' && chance.chance(0.7) ? `纪要${at}-${number}` : null, status })
      for (let item = 1; status === 'HELD' && item <= 1 + chance.below(3); item++) {
        const outcome = chance.pick(['AGREED', 'TASKED', 'TASKED', 'NOTED', 'DROPPED'])
        const resolution = add('resolution', 'reso', { meetingId: meeting.id, number: item, text: `议定${at}-${number}-${item}`, responsibleId: chance.chance(0.6) ? chance.pick(members).id : null, dueOn: chance.chance(0.6) ? dayFrom(chance.below(90)) : null, status: outcome })
        for (const { id } of outcome === 'TASKED' ? loose.splice(0, 1 + chance.below(2)) : []) add('resolution_task', 'rtsk', { resolutionId: resolution.id, taskId: id })
      }
    }
  }
}

function attachFiles(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const types = [['application/pdf', 'pdf'], ['image/png', 'png'], ['text/csv', 'csv']] as const
  for (let at = 0; at < 60; at++) {
    const track = chance.pick(tables.assignment)
    const [mediaType, extension] = chance.pick(types)
    add('attachment', 'att', {
      taskId: track.taskId, assignmentId: chance.chance(0.7) ? track.id : null, fileName: `佐证${at}.${extension}`, mediaType, size: 1 + chance.below(1_000_000), sha256: String(at).padStart(64, '0'),
      uploadedById: chance.chance(0.8) ? chance.pick(tables.person).id : null, unitId: chance.chance(0.7) ? track.unitId : chance.pick(units).id, note: chance.chance(0.4) ? `说明${at}` : null,
      withdrawnAt: chance.chance(0.25) ? dayFrom(-1 - chance.below(30)) + 'T01:00:00.000Z' : null,
    })
  }
}

function keepTrail(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  // Half of the acts are of units that an auditor stands above or beside.
  const auditable = units.filter((unit, at) => at % 2 === 0 || tables.appointment.some(({ role, unitId }) => role === 'AUDITOR' && unitId === unit.id))
  for (let at = 1; at <= 24; at++) {
    const { createdAt: _createdAt, updatedAt: _updatedAt, version: _version, ...entry } = add('audit_entry', 'aud', {
      seq: String(1_000_000 + at), at: new Date(Date.parse('2026-11-01T00:00:00Z') + at * 60_000).toISOString(), verb: chance.pick(['taskUpdate', 'personUpdate', 'read']), subjectId: chance.pick(tables.task).id,
      unitIds: chance.some(auditable, chance.below(3)).map(({ id }) => id), personId: chance.chance(0.7) ? chance.pick(tables.person).id : null, tokenId: null, requestId: `r-${at}`,
    })
    tables.audit_entry[tables.audit_entry.length - 1] = entry as never
  }
}

/** Reports, reviews, requests for more time and comments on some of the tracks and tasks. */
function accompany(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const someone = () => (chance.chance(0.2) ? null : chance.pick(tables.person).id)
  for (const { id: assignmentId, taskId, unitId, dueOn } of chance.some(tables.assignment, 90)) {
    const ofTrack = { assignmentId, taskId }
    for (let more = chance.below(3); more > 0; more--) {
      const isResult = chance.chance(0.3)
      const reportedOn = dayFrom(-chance.below(40))
      const report = add('progress_report', 'prog', { ...ofTrack, unitId, periodFrom: dayFrom(-60), periodTo: dayFrom(-40 - chance.below(20)), percent: isResult ? 100 : chance.below(101), text: `进展${tables.progress_report.length}`, isResult, reporterId: someone(), reportedOn })
      if (chance.chance(0.5)) add('review', 'revw', { ...ofTrack, reportId: chance.chance(0.7) ? report.id : null, verdict: chance.pick(['GOOD', 'FAIR', 'POOR']), text: `复核${tables.review.length}`, reviewerId: someone(), reviewedOn: dayFrom(-chance.below(30)) })
    }
    for (const status of chance.some(['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN'], chance.below(3))) {
      const oldDueOn = dueOn ?? today
      const isDecided = status === 'APPROVED' || status === 'REJECTED'
      add('extension_request', 'extr', {
        ...ofTrack, unitId, status, requestedOn: dayFrom(-chance.below(40)), requestedById: someone(), oldDueOn, newDueOn: dayFrom(90), reason: `理由${tables.extension_request.length}`, progressSoFar: '过半',
        decidedDueOn: status === 'APPROVED' ? dayFrom(80) : null, decidedOn: isDecided ? dayFrom(-1) : null, decidedById: isDecided ? someone() : null, decisionNote: status === 'REJECTED' ? '理由不足' : null,
      })
    }
  }
  // Half of the authors sit in a unit with people of its own, so that somebody reads what is internal to it.
  const staffed = units.filter(({ id }) => tables.appointment.filter(({ unitId, role }) => unitId === id && role !== null && role !== 'SYSTEM_ADMIN').length > 1)
  for (const task of chance.some(tables.task, 70)) {
    for (let more = chance.below(3); more > 0; more--) {
      const isWithdrawn = chance.chance(0.2)
      const author = chance.pick(chance.chance(0.5) ? staffed : units)
      const taking = chance.chance(0.6) ? tables.assignment.filter(({ taskId }) => taskId === task.id).map(({ unitId }) => unitId) : []
      add('comment', 'cmnt', {
        taskId: task.id, unitId: taking.length > 0 ? chance.pick(taking) : author.id, authorId: someone(), visibility: chance.pick(['INTERNAL', 'ALL']), text: isWithdrawn ? null : `批注${tables.comment.length}`,
        withdrawnAt: isWithdrawn ? new Date(Date.parse(`${today}T00:00:00Z`) - chance.below(1000) * 60_000).toISOString() : null,
      })
    }
  }
}

/** Months of some divisions, published and not, with what was deducted; half of it from units with people of their own. */
function appraise(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const someone = () => (chance.chance(0.2) ? null : chance.pick(tables.person).id)
  const rules = ['LATE_REPORT', 'LATE_ACCEPTANCE', 'RETURNED'].map((reason) =>
    add('deduction_rule', 'drul', { divisionId: tables.division[0]!.id, reason, points: `${1 + chance.below(4)}.50`, maxPerMonth: chance.chance(0.5) ? '10.00' : null, validFrom: '2024-01-01', validTo: null, basisId: chance.pick(tables.policy_document).id }))
  const staffed = new Set(tables.appointment.filter(({ role }) => role !== null).map(({ unitId }) => unitId))
  for (const division of tables.division.filter(({ id }) => units.some(({ divisionId }) => divisionId === id))) {
    for (const month of chance.some(['2026-09', '2026-10', '2026-11'], 2)) {
      const isOut = month !== '2026-11' && chance.chance(0.5)
      const returnedReason = !isOut && chance.chance(0.5) ? `退回${tables.score_period.length}` : null
      const handed = isOut ? { submittedOn: today, submittedById: someone(), approvedOn: today, approvedById: someone() } : { submittedOn: null, submittedById: null, approvedOn: null, approvedById: null }
      const period = add('score_period', 'sper', { divisionId: division.id, month, status: isOut ? 'PUBLISHED' : 'OPEN', computedOn: today, ...handed, returnedReason, publishedOn: isOut ? today : null, publishedById: isOut ? someone() : null })
      const own = units.filter(({ divisionId }) => divisionId === division.id)
      for (const unit of [...new Set([...chance.some(own.filter(({ id }) => staffed.has(id)), 3), ...chance.some(own, 2)])]) {
        const [onTimeCount, lateCount, points] = [chance.below(4), chance.below(4), chance.below(120)]
        const score = add('unit_score', 'usco', {
          periodId: period.id, unitId: unit.id, trackCount: chance.below(9), dueCount: onTimeCount + lateCount, onTimeCount, lateCount, lateDays: chance.below(30), reportedCount: chance.below(4), returnedCount: chance.below(4),
          acceptedCount: chance.below(4), acceptanceDays: chance.below(20), extensionCount: chance.below(3), pointsDeducted: `${points}.00`, score: `${Math.max(100 - points, 0)}.00`,
        })
        const tracks = tables.assignment.filter(({ unitId }) => unitId === unit.id)
        for (let more = chance.below(4); more > 0; more--) {
          const rule = chance.chance(0.6) && tracks.length > 0 ? chance.pick(rules) : undefined
          const track = rule || (tracks.length > 0 && chance.chance(0.5)) ? chance.pick(tracks) : undefined
          const appealStatus = chance.pick(['NONE', 'APPEALED', 'UPHELD', 'CANCELLED'])
          const isDecided = appealStatus === 'UPHELD' || appealStatus === 'CANCELLED'
          add('deduction', 'dedu', {
            unitScoreId: score.id, periodId: period.id, unitId: unit.id, reason: rule?.reason ?? 'MANUAL', points: rule?.points ?? `${1 + chance.below(9)}.25`, occurredOn: `${month}-0${1 + chance.below(9)}`, daysLate: rule?.reason === 'LATE_REPORT' ? 1 + chance.below(20) : null,
            taskId: track?.taskId ?? null, assignmentId: track?.id ?? null, ruleId: rule?.id ?? null, isAutomatic: rule !== undefined, text: rule ? null : `扣分${tables.deduction.length}`, addedById: rule ? null : someone(),
            appealStatus, appealText: appealStatus === 'NONE' ? null : `申诉${tables.deduction.length}`, appealedOn: appealStatus === 'NONE' ? null : today, appealedById: appealStatus === 'NONE' ? null : someone(),
            decidedOn: isDecided ? today : null, decidedById: isDecided ? someone() : null, decisionNote: isDecided ? `裁定${tables.deduction.length}` : null, turn: 1 + tables.deduction.length,
          })
        }
      }
    }
  }
}

/** Reminders of some tracks, half of them slips in the series of the issuing unit; sent before, on and after the days of reports. */
function remind(chance: Random, add: Add, tables: Tables): void {
  const numbers = new Map<string, number>()
  for (const { id: assignmentId, taskId, unitId: toUnitId } of chance.some(tables.assignment, 90)) {
    const unitId = tables.task.find(({ id }) => id === taskId)!.issuingUnitId
    for (let round = chance.below(3); round > 0; round--) {
      const isSlip = chance.chance(0.5)
      if (isSlip) numbers.set(unitId, (numbers.get(unitId) ?? 0) + 1)
      const isAutomatic = chance.chance(0.3)
      add('reminder', 'rmnd', {
        assignmentId, taskId, unitId, toUnitId, level: chance.pick(['APPROACHING', 'LATE', 'SERIOUS']), text: `催办${tables.reminder.length}`, sentOn: dayFrom(-chance.below(40)), round,
        sentById: isAutomatic || chance.chance(0.2) ? null : chance.pick(tables.person).id, isAutomatic, ruleId: isSlip && chance.chance(0.6) ? chance.pick(tables.light_rule).id : null,
        slipYear: isSlip ? 2026 : null, slipNumber: isSlip ? numbers.get(unitId)! : null,
      })
    }
  }
}

/** What the database adds up by itself comes in as nothing. */
const withoutTotals = (name: string, rows: readonly object[]) => {
  const totals = keptTotals[name as keyof MoneyTables]
  return totals ? rows.map((row) => ({ ...row, ...Object.fromEntries(totals.map((total) => [total, '0'])) })) : rows
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const asRecord = (row: object) => Object.fromEntries(Object.entries(row).map(([name, held]) => [snake(name), held]))

/** Puts the rows into the database, a statement a table. */
export async function load({ sql }: World, tables: Tables): Promise<void> {
  const insert = (name: string, rows: readonly object[], parameter: string) => {
    const columns = Object.keys(rows[0]!).map((column) => `"${snake(column)}"`).join(', ')
    return `insert into "${name}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${name}", ${parameter}::jsonb)`
  }
  for (const name of tableNames) {
    const rows = tables[name] as readonly object[]
    if (rows.length === 0 || name === 'participation') continue
    const body = name === 'audit_entry' ? rows.map((row) => ({ ...row, subjectIds: [], body: {}, previousHash: '0', hash: '0' })) : name === 'score_period' ? rows.map((row) => ({ ...row, status: 'OPEN', submittedOn: null, approvedOn: null, publishedOn: null })) : withoutTotals(name, rows)
    if (name === 'initiative') {
      // An initiative and its lead unit's participation need each other.
      await sql(`with i as (${insert(name, body, '$1')}) ${insert('participation', tables.participation, '$2')}`, [JSON.stringify(body.map(asRecord)), JSON.stringify(tables.participation.map(asRecord))])
    } else await sql(insert(name, body, '$1'), [JSON.stringify(body.map(asRecord))])
  }
  // A published month takes nothing in, so it is published last.
  await sql(`update score_period p set status = 'PUBLISHED', published_on = r.on, submitted_on = r.on, approved_on = r.on from jsonb_to_recordset($1::jsonb) r(id text, "on" date) where p.id = r.id`, [JSON.stringify(tables.score_period.filter(({ status }) => status === 'PUBLISHED').map(({ id, publishedOn }) => ({ id, on: publishedOn })))])
}
