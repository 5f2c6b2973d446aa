import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { Contract, ContractMilestone } from './contract.entity.js'
import type { ContractMilestoneAddInput, ContractMilestoneReportInput, ContractMilestoneReturnInput, ContractMilestoneStepInput } from './contract.input.js'

export async function addMilestone(work: Work, input: ContractMilestoneAddInput): Promise<ContractMilestone> {
  const contract = await work.target(Contract, input.contractId, 'input.contractId')
  if (input.dueOn < contract.startsOn || input.dueOn > contract.endsOn) throw new Problem('OUT_OF_RANGE', 'input.dueOn', { en: `The contract runs from ${contract.startsOn} to ${contract.endsOn}.`, zh: `合同期为 ${contract.startsOn} 至 ${contract.endsOn}。` })
  const number = (await work.em.count(ContractMilestone, { contract: contract.id })) + 1
  const milestone = Object.assign(new ContractMilestone(), { contract, number, title: input.title.trim(), dueOn: input.dueOn, status: 'PLANNED', reportedOn: null, report: null, acceptedOn: null, returnReason: null })
  work.em.persist(milestone)
  return milestone
}

export async function reportMilestone(work: Work, input: ContractMilestoneReportInput): Promise<ContractMilestone> {
  return Object.assign(await at(work, input), { status: 'REPORTED', reportedOn: work.today, report: input.report.trim() })
}

export async function acceptMilestone(work: Work, input: ContractMilestoneStepInput): Promise<ContractMilestone> {
  return Object.assign(await at(work, input), { status: 'ACCEPTED', acceptedOn: work.today })
}

export async function returnMilestone(work: Work, input: ContractMilestoneReturnInput): Promise<ContractMilestone> {
  return Object.assign(await at(work, input), { status: 'RETURNED', returnReason: input.reason.trim() })
}

const at = (work: Work, { milestoneId, expectedVersion }: ContractMilestoneStepInput): Promise<ContractMilestone> => work.target(ContractMilestone, milestoneId, 'input.milestoneId', expectedVersion)
