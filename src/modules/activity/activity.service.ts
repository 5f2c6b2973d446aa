import { register } from '../../engine/index.js'
import { Given, Problem } from '../../kernel/index.js'
import { Division } from '../divisions/index.js'
import { PolicyDocument, Unit } from '../units/index.js'
import { IncentiveMeasure, KeyActivity, Pilot, PilotKind, PlanInclusion, PlanKind, PublicityActivity, RecordingCoverage, SocialWorkSection } from './activity.entity.js'
import { AssociationMembership, DivisionStatistic, OpeningCount, OpeningMeasure } from './figure.entity.js'

const choice = (of: () => object) => (description: string, options = {}) => Given.choice(of, description, options)
const divisionId = [Given.id, 'The division (区划).', { to: Division, isFixed: true }] as const
const unitId = [Given.id, 'The unit that reports it (填报单位).', { to: Unit, isFixed: true }] as const
const documentId = [Given.id, 'The document (文件).', { to: PolicyDocument, clearable: true }] as const
const year = [Given.whole, 'Year (年度).', { min: 2000, max: 2100, isFixed: true }] as const
const count = (says: string) => [Given.whole, says, { min: 0 }] as const
const long = { max: 4000 }

/** The end is not before the start; `isLast`: it is the last day and may be the first. */
export function checkDates(from: string, to: string | null | undefined, isLast: boolean, field: string): void {
  if (!to || (isLast ? to >= from : to > from)) return
  throw new Problem('OUT_OF_RANGE', field, isLast ? { en: 'The last day is not before the first.', zh: '结束日期不得早于开始日期。' } : { en: 'The end must be later than the start.', zh: '终止日期须晚于起始日期。' })
}

export const planInclusions = register(PlanInclusion, {
  name: 'planInclusion', what: 'that social work was taken into a plan (纳入规划)',
  attributes: {
    divisionId, unitId, documentId,
    kind: [choice(() => PlanKind), 'Kind of plan (规划类别).'],
    plan: [Given.text, 'Name of the plan (规划名称).'],
    text: [Given.text, 'What the plan says of it (纳入内容).', long],
    includedOn: [Given.day, 'Day of the plan (规划发布日期).'],
  },
})

export const publicityActivities = register(PublicityActivity, {
  name: 'publicityActivity', what: 'an activity of publicity (宣传教育)',
  attributes: {
    divisionId, unitId,
    title: [Given.text, 'Title (活动名称).'],
    summary: [Given.text, 'What was done (活动内容).', { clearable: true, max: 4000 }],
    heldOn: [Given.day, 'Day, the first of several (活动日期).'],
    attendances: count('People reached, by attendance (参加人次).'),
  },
})

export const sections = register(SocialWorkSection, {
  name: 'socialWorkSection', what: 'a section for social work (社会工作科室)',
  attributes: {
    unitId,
    name: [Given.text, 'Name of the section (科室名称).'],
    foundedOn: [Given.day, 'First day (设立日期).'],
    endedOn: [Given.day, 'First day on which it no longer exists (撤销日期).', { clearable: true }],
  },
  check: (_work, { foundedOn, endedOn }) => checkDates(foundedOn, endedOn, false, 'input.endedOn'),
})

export const coverages = register(RecordingCoverage, {
  name: 'recordingCoverage', what: 'a place or unit that records voluntary service (志愿服务记录工作)',
  attributes: {
    divisionId, unitId,
    coveredUnitId: [Given.id, 'The unit that records, where it is one unit (开展记录工作的单位).', { to: Unit, clearable: true, isFixed: true }],
    validFrom: [Given.day, 'First day (开始日期).'],
    validTo: [Given.day, 'First day on which it no longer records (停止日期).', { clearable: true }],
  },
  check: (_work, { validFrom, validTo }) => checkDates(validFrom, validTo, false, 'input.validTo'),
  begin: (_work, row) => {
    if (row.coveredUnit && row.coveredUnit.division.id !== row.division.id) throw new Problem('OUT_OF_RANGE', 'input.coveredUnitId', { en: 'The unit that records stands in the division.', zh: '开展记录工作的单位须在该区划内。' })
  },
})

export const incentives = register(IncentiveMeasure, {
  name: 'incentiveMeasure', what: 'a measure that encourages volunteers (激励保障措施)',
  attributes: { divisionId, unitId, documentId, year, title: [Given.text, 'Title (措施名称).'], text: [Given.text, 'What it gives (主要内容).', long] },
})

export const keyActivities = register(KeyActivity, {
  name: 'keyActivity', what: 'a key activity of voluntary service (重点活动)',
  attributes: {
    divisionId, unitId,
    name: [Given.text, 'Name (活动名称).'],
    summary: [Given.text, 'Summary (活动简介).', long],
    startsOn: [Given.day, 'First day (开始日期).'],
    endsOn: [Given.day, 'Last day (结束日期).', { clearable: true }],
  },
  check: (_work, { startsOn, endsOn }) => checkDates(startsOn, endsOn, true, 'input.endsOn'),
})

export const pilots = register(Pilot, {
  name: 'pilot', what: 'a pilot, programme or project (试点示范、工程、计划、项目)',
  attributes: {
    divisionId, unitId,
    kind: [choice(() => PilotKind), 'Kind (类别).'],
    name: [Given.text, 'Name (名称).'],
    summary: [Given.text, 'Summary (简介).', long],
    places: [Given.text, 'Regions and units that take part (涉及地区和单位).', { max: 1000 }],
    poorCounties: count('Counties in poverty that it covers (覆盖贫困地区县数量).'),
    poorVillages: count('Villages in poverty that it covers (覆盖贫困村数量).'),
    funds: [Given.money, 'Money put in, in yuan (投入资金).', { min: 0 }],
    startsOn: [Given.day, 'First day (开始日期).'],
    endsOn: [Given.day, 'Last day (结束日期).', { clearable: true }],
  },
  check: (_work, { startsOn, endsOn }) => checkDates(startsOn, endsOn, true, 'input.endsOn'),
})

export const statistics = register(DivisionStatistic, {
  name: 'divisionStatistic', what: 'figures of a division in a year (区划统计数据)', once: ['division', 'year'],
  attributes: {
    divisionId, year,
    residentPopulation: [Given.whole, 'Resident population at the end of the year, persons (常住人口).', { min: 1 }],
    source: [Given.text, 'Where the figure comes from (数据来源).'],
  },
})

export const memberships = register(AssociationMembership, {
  name: 'associationMembership', what: 'members and Party organisation of an association (行业协会会员情况)', once: ['unit', 'year'],
  attributes: {
    unitId, year,
    unitMembers: count('Unit members (单位会员).'),
    personalMembers: count('Personal members (个人会员).'),
    hasPartyOrganisation: [Given.flag, 'It has a Party organisation (是否成立党组织).'],
  },
  begin: (_work, { unit: { kind } }) => {
    if (kind !== 'ASSOCIATION') throw new Problem('OUT_OF_RANGE', 'input.unitId', { en: `Members are those of an ASSOCIATION; the unit is ${kind}.`, zh: `仅行业协会填报会员情况，该单位类别为 ${kind}。` })
  },
})

export const openings = register(OpeningCount, {
  name: 'openingCount', what: 'a count from before Heli (期初数)', once: ['division', 'measure', 'year'],
  attributes: {
    divisionId, year,
    measure: [choice(() => OpeningMeasure), 'What is counted (指标).', { isFixed: true }],
    count: count('The count, in the unit of its measure (数值).'),
    source: [Given.text, 'Where the figure comes from (数据来源).'],
  },
})
