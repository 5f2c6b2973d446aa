import type { Work } from '../../engine/index.js'
import { Problem } from '../../kernel/index.js'
import { checkPast } from '../funding/index.js'
import { livingUnit } from '../initiatives/index.js'
import type { Unit } from '../units/index.js'
import { AgencyProfile, AgencySupport } from './agency.entity.js'
import type { AgencyProfileCreateInput, AgencyProfileUpdateInput, AgencyStaffReportInput, AgencySupportEndInput, AgencySupportGiveInput } from './agency.input.js'

export async function createProfile(work: Work, input: AgencyProfileCreateInput): Promise<AgencyProfile> {
  const unit = await agencyOf(work, input.unitId, 'input.unitId')
  return work.makes(rated(work, Object.assign(new AgencyProfile(), {
    unit, registrationLevel: input.registrationLevel, rating: input.rating ?? null, ratedOn: input.ratedOn ?? null, ratingValidTo: input.ratingValidTo ?? null, hasPartyOrganisation: input.hasPartyOrganisation ?? false,
    fullTimeStaff: null, partyMembers: null, reportedOn: null,
  })))
}

export async function updateProfile(work: Work, input: AgencyProfileUpdateInput): Promise<AgencyProfile> {
  const profile = await work.target(AgencyProfile, input.agencyProfileId, 'input.agencyProfileId', input.expectedVersion)
  for (const name of ['registrationLevel', 'rating', 'ratedOn', 'ratingValidTo', 'hasPartyOrganisation'] as const) if (input[name] !== undefined) Object.assign(profile, { [name]: input[name] })
  return rated(work, profile)
}

export async function reportStaff(work: Work, input: AgencyStaffReportInput): Promise<AgencyProfile> {
  const profile = await work.target(AgencyProfile, input.agencyProfileId, 'input.agencyProfileId', input.expectedVersion)
  if (input.partyMembers > input.fullTimeStaff) throw new Problem('OUT_OF_RANGE', 'input.partyMembers', { en: 'There are more party members than staff.', zh: '党员人数不能多于专职工作人员人数。' })
  return Object.assign(profile, { fullTimeStaff: input.fullTimeStaff, partyMembers: input.partyMembers, reportedOn: work.today })
}

export async function giveSupport(work: Work, input: AgencySupportGiveInput): Promise<AgencySupport> {
  if ((input.kind === 'START_UP') !== (input.amount !== undefined)) throw new Problem(input.amount === undefined ? 'REQUIRED' : 'AMBIGUOUS', 'input.amount', { en: 'An amount is given with START_UP, and only then.', zh: '起步资助须填写金额，其他方式不填。' })
  checkDates(input.startsOn, input.endsOn)
  const [agency, provider] = [await agencyOf(work, input.agencyId, 'input.agencyId'), await livingUnit(work, input.providerId, 'input.providerId')]
  return work.makes(Object.assign(new AgencySupport(), { agency, provider, kind: input.kind, amount: input.amount ?? null, startsOn: input.startsOn, endsOn: input.endsOn ?? null, note: input.note?.trim() ?? null }))
}

export async function endSupport(work: Work, input: AgencySupportEndInput): Promise<AgencySupport> {
  const support = await work.target(AgencySupport, input.supportId, 'input.supportId', input.expectedVersion)
  checkDates(support.startsOn, input.endsOn)
  return Object.assign(support, { endsOn: input.endsOn })
}

async function agencyOf(work: Work, id: string, field: string): Promise<Unit> {
  const unit = await livingUnit(work, id, field)
  if (unit.kind !== 'SERVICE_AGENCY') throw new Problem('OUT_OF_RANGE', field, { en: `${unit.name} is no private social-work agency.`, zh: `${unit.name} 不是民办社会工作服务机构。` })
  return unit
}

/** A grade has its day, and ends after it. */
function rated(work: Work, profile: AgencyProfile): AgencyProfile {
  const { rating, ratedOn, ratingValidTo } = profile
  checkPast(work, ratedOn, 'input.ratedOn')
  if (Boolean(rating) !== Boolean(ratedOn)) throw new Problem('REQUIRED', 'input.ratedOn', { en: 'A grade comes with its day, and a day with its grade.', zh: '评估等级与评估日期须同时填写。' })
  if (ratingValidTo && (!ratedOn || ratingValidTo <= ratedOn)) throw new Problem('OUT_OF_RANGE', 'input.ratingValidTo', { en: 'A grade ends after it was given.', zh: '等级失效日期须晚于评估日期。' })
  return profile
}

function checkDates(startsOn: string, endsOn: string | undefined): void {
  if (endsOn && endsOn < startsOn) throw new Problem('OUT_OF_RANGE', 'input.endsOn', { en: `It must not end before it starts (${startsOn}).`, zh: `结束日期不得早于开始日期（${startsOn}）。` })
}
