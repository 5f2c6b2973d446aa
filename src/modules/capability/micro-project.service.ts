import { register, type Work } from '../../engine/index.js'
import { fenOf, Given, Problem, yuanOf } from '../../kernel/index.js'
import { Initiative } from '../initiatives/index.js'
import { viewingPerson } from '../progress/index.js'
import { Unit } from '../units/index.js'
import { MicroPayment, MicroProject, MicroProjectKind } from './micro-project.entity.js'
import { notPassed } from './micro-project.facts.js'
import type { MicroProjectCallInput, MicroProjectContractInput, MicroProjectEndInput, MicroProjectEvaluateInput, MicroProjectPayInput, MicroProjectProposeInput, MicroProjectStepInput } from './micro-project.input.js'

export const microProjects = register(MicroProject, {
  name: 'microProject', what: 'a need that a micro-project may meet (微项目需求)', once: ['code'],
  attributes: {
    code: [Given.text, 'Code (项目编号).', { max: 40, isFixed: true }],
    unitId: [Given.id, 'Unit that pays (出资单位).', { to: Unit, isFixed: true }],
    title: [Given.text, 'Title (项目名称).'],
    kind: [(description: string, options = {}) => Given.choice(() => MicroProjectKind, description, options), 'Kind (类别).'],
    need: [Given.text, 'The need, without personal data of whoever has it (需求).', { max: 4000 }],
    initiativeId: [Given.id, 'Initiative that it serves (所属联合行动).', { to: Initiative, clearable: true }],
  },
  begin: (_work, project) => void (project.status = 'NEED'),
})

const projectOf = (work: Work, input: MicroProjectStepInput): Promise<MicroProject> => work.target(MicroProject, input.microProjectId, 'input.microProjectId', input.expectedVersion)

export async function callProject(work: Work, input: MicroProjectCallInput): Promise<MicroProject> {
  const project = await projectOf(work, input)
  if (input.callUntil < work.today) throw new Problem('OUT_OF_RANGE', 'input.callUntil', { en: 'The call lasts until today at the earliest.', zh: '征集截止日期不得早于今天。' })
  return Object.assign(project, { status: 'CALLED', calledOn: work.today, callUntil: input.callUntil })
}

export async function proposeProject(work: Work, input: MicroProjectProposeInput): Promise<MicroProject> {
  const project = await projectOf(work, input)
  const carrier = await work.reference(Unit, input.carrierId, 'input.carrierId')
  if (carrier.id === project.unit.id) throw new Problem('OUT_OF_RANGE', 'input.carrierId', { en: 'The unit that pays does not carry it out itself.', zh: '出资单位不得自行实施。' })
  return Object.assign(project, { status: 'IN_REVIEW', carrier, proposal: input.proposal.trim() })
}

export async function rejectProject(work: Work, input: MicroProjectEndInput): Promise<MicroProject> {
  return Object.assign(await projectOf(work, input), { status: 'CALLED', carrier: null, proposal: null })
}

export async function contractProject(work: Work, input: MicroProjectContractInput): Promise<MicroProject> {
  const project = await projectOf(work, input)
  if (input.dueOn <= work.today) throw new Problem('OUT_OF_RANGE', 'input.dueOn', { en: 'The work ends later than today.', zh: '实施截止日期须晚于今天。' })
  return Object.assign(project, { status: 'CONTRACTED', amount: input.amount, dueOn: input.dueOn, contractedOn: work.today })
}

export async function startProject(work: Work, input: MicroProjectStepInput): Promise<MicroProject> {
  return Object.assign(await projectOf(work, input), { status: 'RUNNING' })
}

export async function evaluateProject(work: Work, input: MicroProjectEvaluateInput): Promise<MicroProject> {
  return Object.assign(await projectOf(work, input), { status: 'EVALUATED', verdict: input.verdict, evaluation: input.evaluation.trim(), evaluatedOn: work.today, evaluatedBy: viewingPerson(work) })
}

export async function closeProject(work: Work, input: MicroProjectStepInput): Promise<MicroProject> {
  return Object.assign(await projectOf(work, input), { status: 'CLOSED', endedOn: work.today })
}

export async function cancelProject(work: Work, input: MicroProjectEndInput): Promise<MicroProject> {
  return Object.assign(await projectOf(work, input), { status: 'CANCELLED', endedOn: work.today })
}

/** A payment of today; the project is held meanwhile, so that two at once do not exceed the amount together. */
export async function payProject(work: Work, input: MicroProjectPayInput): Promise<MicroPayment> {
  const project = await projectOf(work, input)
  if ((input.kind === 'LAST') !== (project.status === 'EVALUATED')) throw notPassed()
  const paid = await work.em.find(MicroPayment, { microProject: project.id })
  if (input.kind !== 'INTERIM' && paid.some(({ kind }) => kind === input.kind)) throw paidAlready()
  const left = paid.reduce((rest, { amount }) => rest - fenOf(amount), fenOf(project.amount!))
  if (fenOf(input.amount) > left) throw new Problem('OUT_OF_RANGE', 'input.amount', { en: `${yuanOf(left)} yuan of the contract are left.`, zh: `合同余额为 ${yuanOf(left)} 元。` })
  const payment = Object.assign(new MicroPayment(), { microProject: project, unit: project.unit, kind: input.kind, amount: input.amount, paidOn: work.today, paidBy: viewingPerson(work) })
  // A payment changes what the project has left: the version that others hold must become stale.
  project.updatedAt = new Date()
  work.em.persist(payment)
  return payment
}
export const paidAlready = () => new Problem('TAKEN', 'input.kind', { en: 'This payment was made already.', zh: '该笔款项已支付。' })
