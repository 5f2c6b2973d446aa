import { newId } from '../../src/kernel/id.js'

type Sql = <R = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<R[]>
type Row = Record<string, unknown>
export interface Built {
  id: string
  [column: string]: any
}

let counter = 0
const next = () => ++counter
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

export interface Build {
  division(values?: Row): Promise<Built>
  unit(values?: Row): Promise<Built>
  document(values?: Row): Promise<Built>
  mandate(values: Row): Promise<Built>
  /** With `login` an account; with `unit` a main appointment, in `role` where given; with `mobile` or `nationalId` its parts. */
  person(values?: Row): Promise<Built>
  appointment(values: Row): Promise<Built>
  initiative(values?: Row): Promise<Built>
  participation(values: Row): Promise<Built>
  task(values?: Row): Promise<Built>
  assignment(values: Row): Promise<Built>
  conference(values?: Row): Promise<Built>
  meeting(values?: Row): Promise<Built>
  resolution(values?: Row): Promise<Built>
  /** A task's or track's side objects: `taskId` and `unitId` are the assignment's. */
  progressReport(values: Row): Promise<Built>
  review(values: Row): Promise<Built>
  extensionRequest(values: Row): Promise<Built>
  comment(values: Row): Promise<Built>
  /** Nothing to its account. */
  unitScore(values: Row): Promise<Built>
  /** By hand, under appeal; unit and month are the score's. */
  deduction(values: Row): Promise<Built>
  /** A reminder of a track, APPROACHING and no slip where nothing else is said. */
  reminder(values: Row): Promise<Built>
  row(table: string, prefix: string, values: Row): Promise<Built>
  /** Working calendars of plain weeks, Monday to Friday: 2026 and 2027 where no years are given. */
  calendar(...years: number[]): Promise<void>
  /** A province with its coordinating unit and a signed-in coordinator `coordinator`. */
  network(): Promise<{ province: Built; office: Built; coordinator: Built }>
}

/** Makes rows with all that they need; nothing is shared between tests and nothing depends on order. */
export function builder(sql: Sql): Build {
  const row = async (table: string, prefix: string, values: Row): Promise<Built> => {
    const all: Row = { id: newId(prefix), ...values }
    const names = Object.keys(all).filter((name) => all[name] !== undefined)
    const [made] = await sql<Built>(
      `insert into "${table}" (${names.map((name) => `"${snake(name)}"`).join(', ')}) values (${names.map((_name, at) => `$${at + 1}`).join(', ')}) returning *`,
      names.map((name) => all[name]),
    )
    return made!
  }
  const trackOf = async (id: unknown) => (await sql<{ taskId: string; unitId: string }>('select task_id as "taskId", unit_id as "unitId" from assignment where id = $1', [id]))[0]!
  const build: Build = {
    row,
    division: (values = {}) => row('division', 'div', { code: String(100000 + next()), name: `区划${counter}`, level: values['parentId'] ? 'COUNTY' : 'PROVINCE', ...values }),
    async unit(values = {}) {
      const divisionId = values['divisionId'] ?? (await build.division()).id
      return row('unit', 'unit', { code: `U-${next()}`, name: `单位${counter}`, kind: 'CIVIL_AFFAIRS', foundedOn: '2004-01-01', ...values, divisionId })
    },
    document: (values = {}) => row('policy_document', 'doc', { number: `示发〔2008〕${next()}号`, title: `文件${counter}`, kind: 'SOCIAL_WORK', issuedOn: '2008-01-01', ...values }),
    async mandate(values) {
      const [unit] = await sql<{ division_id: string }>('select division_id from unit where id = $1', [values['unitId']])
      return row('mandate', 'mand', { divisionId: unit!.division_id, role: 'RESPONSIBLE', validFrom: '2008-03-01', ...values, basisId: values['basisId'] ?? (await build.document()).id })
    },
    async person({ login, unit, role, from, mobile, nationalId, birthDate, partyMember, ...values } = {}) {
      const person = await row('person', 'pers', { code: `P-${next()}`, name: `示${counter}`, ...values })
      if (login) await row('account', 'acct', { issuer: 'test', subject: login, personId: person.id })
      if (unit) await build.appointment({ personId: person.id, unitId: unit, role: role ?? null, isMain: true, validFrom: from ?? '2020-01-01' })
      if (mobile !== undefined) await row('person_contact', 'pcon', { personId: person.id, mobile })
      if (nationalId !== undefined || birthDate !== undefined || partyMember !== undefined) await row('person_private', 'ppri', { personId: person.id, nationalId, birthDate, partyMember })
      return person
    },
    appointment: (values) => row('appointment', 'appt', { isMain: false, validFrom: '2020-01-01', ...values }),
    async initiative(values = {}) {
      const leadUnitId = (values['leadUnitId'] as string | undefined) ?? (await build.unit()).id
      const [lead] = await sql<{ division_id: string }>('select division_id from unit where id = $1', [leadUnitId])
      const id = newId('init')
      const all: Row = { id, code: `I-${next()}`, title: `行动${counter}`, mechanisms: ['FUNDING'], visibility: 'NETWORK', status: 'ACTIVE', divisionId: lead!.division_id, ...values, leadUnitId }
      const names = Object.keys(all)
      // The lead's participation and the initiative need each other; the reference is checked at the end of the statement.
      const [made] = await sql<Built>(
        `with i as (insert into initiative (${names.map(snake).join(', ')}) values (${names.map((_name, at) => `$${at + 1}`).join(', ')}) returning *),
         p as (insert into participation (id, initiative_id, unit_id, role) values ($${names.length + 1}, $1, $${names.length + 2}, 'RESPONSIBLE')) select * from i`,
        [...names.map((name) => all[name]), newId('part'), leadUnitId],
      )
      return made!
    },
    participation: (values) => row('participation', 'part', { role: 'COOPERATING', ...values }),
    async task({ leadUnitId, ...values } = {}) {
      const issuingUnitId = values['issuingUnitId'] ?? (await build.unit()).id
      const task = await row('task', 'task', { code: `T-${next()}`, title: `任务${counter}`, source: 'INITIATIVE', status: 'IN_PROGRESS', dueOn: '2026-12-31', ...values, issuingUnitId })
      if (leadUnitId) await build.assignment({ taskId: task.id, unitId: leadUnitId, role: 'LEAD' })
      return task
    },
    assignment: (values) => row('assignment', 'asgn', { role: 'COOPERATING', status: 'IN_PROGRESS', dueOn: '2026-12-31', ...values }),
    async calendar(...years) {
      for (const year of years.length > 0 ? years : [2026, 2027]) await row('calendar_year', 'caly', { year, basis: `示发〔${year - 1}〕9号` })
    },
    async conference(values = {}) {
      const convenorId = values['convenorId'] ?? (await build.unit()).id
      const [convenor] = await sql<{ division_id: string }>('select division_id from unit where id = $1', [convenorId])
      return row('joint_conference', 'conf', { code: `C-${next()}`, name: `联席会议${counter}`, divisionId: convenor!.division_id, foundedOn: '2024-01-01', ...values, convenorId })
    },
    async meeting(values = {}) {
      const conferenceId = values['conferenceId'] ?? (await build.conference()).id
      return row('meeting', 'meet', { number: next(), heldOn: '2026-11-10', title: `会议${counter}`, status: 'HELD', ...values, conferenceId })
    },
    async resolution(values = {}) {
      const meetingId = values['meetingId'] ?? (await build.meeting()).id
      return row('resolution', 'reso', { number: next(), text: `议定${counter}`, ...values, meetingId })
    },
    async progressReport(values) {
      return row('progress_report', 'prog', { ...(await trackOf(values['assignmentId'])), periodFrom: '2026-11-01', periodTo: '2026-11-20', percent: 40, text: '进展', reportedOn: '2026-11-20', ...values })
    },
    async review(values) {
      const { taskId } = await trackOf(values['assignmentId'])
      return row('review', 'revw', { taskId, verdict: 'GOOD', text: '复核', reviewedOn: '2026-11-21', ...values })
    },
    async extensionRequest(values) {
      return row('extension_request', 'extr', { ...(await trackOf(values['assignmentId'])), requestedOn: '2026-11-20', oldDueOn: '2026-12-10', newDueOn: '2026-12-18', reason: '协调', progressSoFar: '过半', ...values })
    },
    unitScore: (values) =>
      row('unit_score', 'usco', { trackCount: 0, dueCount: 0, onTimeCount: 0, lateCount: 0, lateDays: 0, reportedCount: 0, returnedCount: 0, acceptedCount: 0, acceptanceDays: 0, extensionCount: 0, pointsDeducted: '0', score: '100', ...values }),
    async deduction(values) {
      const [score] = await sql<{ periodId: string; unitId: string }>('select period_id as "periodId", unit_id as "unitId" from unit_score where id = $1', [values['unitScoreId']])
      return row('deduction', 'dedu', { ...score!, reason: 'MANUAL', points: '1.5', text: '扣分', occurredOn: '2026-10-10', appealStatus: 'APPEALED', appealText: '申诉', appealedOn: '2026-11-02', ...values })
    },
    async reminder(values) {
      const { taskId, unitId: toUnitId } = await trackOf(values['assignmentId'])
      const [task] = await sql<{ unitId: string }>('select issuing_unit_id as "unitId" from task where id = $1', [taskId])
      return row('reminder', 'rmnd', { taskId, unitId: task!.unitId, toUnitId, level: 'APPROACHING', text: '催办', sentOn: '2026-11-20', round: 0, ...values })
    },
    comment: (values) => row('comment', 'cmnt', { visibility: 'ALL', text: '批注', ...values }),
    async network() {
      const province = await build.division({ code: '330000', name: '示例省' })
      const office = await build.unit({ divisionId: province.id, kind: 'ORGANISATION_DEPARTMENT', name: '省委组织部' })
      await build.mandate({ unitId: office.id, role: 'OVERALL_COORDINATION' })
      const coordinator = await build.person({ login: 'coordinator', unit: office.id, role: 'COORDINATOR' })
      return { province, office, coordinator }
    },
  }
  return build
}
