/** Courses with attendances, rules, a ladder with pairings and sessions in and out of rhythm, micro-projects in every state with their payments. */
import type { Tables, Unit } from '../oracle/snapshot.js'
import { dayFrom, type Add } from './network.js'
import type { Random } from './random.js'

const levels = ['ASSISTANT', 'SOCIAL_WORKER', 'SENIOR']
const rungs = ['ASSISTANT', 'JUNIOR', 'INTERMEDIATE', 'SENIOR']

export function strengthen(chance: Random, add: Add, units: Unit[], tables: Tables): void {
  const staffed = units.filter(({ id }) => tables.appointment.some(({ unitId, role }) => unitId === id && role !== null && role !== 'SYSTEM_ADMIN'))
  const basis = () => chance.pick(tables.policy_document).id
  const someone = () => (chance.chance(0.2) ? null : chance.pick(tables.person).id)
  const initiative = () => (chance.chance(0.4) ? chance.pick(tables.initiative).id : null)
  for (const division of chance.some(tables.division, 6)) {
    const validTo = chance.chance(0.3) ? dayFrom(-1) : null
    for (const level of levels) add('continuing_education_rule', 'cedu', { divisionId: division.id, level, hours: `${24 * (1 + levels.indexOf(level))}.00`, validFrom: '2020-01-01', validTo, basisId: basis() })
    for (const rung of rungs) add('supervision_ratio', 'srat', { divisionId: division.id, rung, maxSupervisees: 3 + chance.below(5), sessionEveryDays: 20 + chance.below(20), validFrom: '2020-01-01', validTo, basisId: basis() })
  }
  for (const unit of chance.some(staffed, 14)) {
    const code = `T-${String(tables.training.length).padStart(3, '0')}`
    const startsOn = dayFrom(-chance.below(500))
    const course = add('training', 'trai', { code, title: `培训${code}`, unitId: unit.id, startsOn, endsOn: startsOn, hours: '16.00', isContinuingEducation: chance.chance(0.7), otherAttendances: chance.below(40), initiativeId: initiative() })
    for (const worker of chance.some(tables.social_worker, 6)) add('training_attendance', 'tatt', { trainingId: course.id, socialWorkerId: worker.id, hours: chance.pick(['16.00', '8.50']), isPassed: chance.chance(0.8) })
  }
  for (const worker of chance.some(tables.social_worker, 16)) {
    add('supervisor', 'spvr', { socialWorkerId: worker.id, unitId: chance.pick(staffed).id, rung: chance.pick(rungs), validFrom: '2021-01-01', validTo: chance.chance(0.2) ? dayFrom(-30) : null, basisId: basis() })
    for (const supervisee of chance.some(tables.social_worker.filter(({ id }) => id !== worker.id), 3)) {
      const pair = add('supervision', 'spvn', { supervisorId: worker.id, superviseeId: supervisee.id, unitId: chance.pick(staffed).id, sessionEveryDays: chance.pick([null, 20, 30]), validFrom: dayFrom(-200), validTo: chance.pick([null, null, dayFrom(0), dayFrom(1)]) })
      for (let at = chance.below(4); at > 0; at--) add('supervision_session', 'sses', { supervisionId: pair.id, heldOn: dayFrom(-chance.below(80)), hours: '1.50', text: `督导${tables.supervision_session.length}` })
    }
  }
  for (const unit of [...chance.some(staffed, 14), ...chance.some(units, 8)]) propose(chance, add, unit, chance.pick(staffed.filter(({ id }) => id !== unit.id)), { tables, someone, initiative })
}

const order = ['NEED', 'CALLED', 'IN_REVIEW', 'CONTRACTED', 'RUNNING', 'EVALUATED', 'CLOSED']

function propose(chance: Random, add: Add, unit: Unit, carrier: Unit, { tables, someone, initiative }: { tables: Tables; someone: () => string | null; initiative: () => string | null }): void {
  const status = chance.pick([...order, 'CANCELLED', 'RUNNING', 'EVALUATED'])
  const reached = (state: string) => status !== 'CANCELLED' && order.indexOf(status) >= order.indexOf(state)
  const code = `M-${String(tables.micro_project.length).padStart(3, '0')}`
  const verdict = reached('EVALUATED') ? chance.pick(['PASSED', 'FAILED']) : null
  const project = add('micro_project', 'mprj', {
    code, title: `微项目${code}`, kind: chance.pick(['VENTURE_PHILANTHROPY', 'SMALL_PROJECT', 'SMALL_FUND']), status, unitId: unit.id, carrierId: reached('IN_REVIEW') ? carrier.id : null, need: '需求', proposal: reached('IN_REVIEW') ? '方案' : null,
    amount: reached('CONTRACTED') ? '30000.00' : null, calledOn: reached('CALLED') ? dayFrom(-90) : null, callUntil: reached('CALLED') ? dayFrom(chance.pick([-1, 0, 9])) : null, contractedOn: reached('CONTRACTED') ? dayFrom(-60) : null,
    dueOn: reached('CONTRACTED') ? dayFrom(60) : null, evaluatedOn: verdict ? dayFrom(-9) : null, verdict, evaluation: verdict ? `评估${code}` : null, evaluatedById: verdict ? someone() : null, endedOn: ['CLOSED', 'CANCELLED'].includes(status) ? dayFrom(-2) : null, initiativeId: initiative(),
  })
  const pay = (kind: string, amount: string) => add('micro_payment', 'mpay', { microProjectId: project.id, unitId: unit.id, kind, amount, paidOn: dayFrom(-chance.below(50)), paidById: someone() })
  if (reached('CONTRACTED') && chance.chance(0.8)) pay('FIRST', '12000.50')
  if (reached('RUNNING') && chance.chance(0.5)) pay('INTERIM', '6000.00')
  if (verdict === 'PASSED' && chance.chance(0.6)) pay('LAST', '9000.00')
}
