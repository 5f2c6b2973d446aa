import { AssociationMembership, DivisionStatistic, IncentiveMeasure, KeyActivity, OpeningCount, Pilot, PlanInclusion, PublicityActivity, RecordingCoverage, SocialWorkSection } from '../modules/activity/index.js'
import { attributesImport, divisions, documents, foundRow, link, ordered, plain, units } from './attributes.js'
import { choice, day, flag, tenThousandYuan, text, whole } from './columns.js'
import { say } from './fault.js'
import { openingMeasures, pilotKinds, planKinds } from './terms.js'

const required = { required: true }
const count = whole(0, 999_999_999)
const division = link(divisions, '区划 区划代码', required)
const unit = link(units, '填报单位 单位 单位代码', required)
const document = link(documents, '文件 发文文号 文号')
const year = plain('whole', whole(2000, 2100), '年度 年份', required)
const long = text(4000)

const planInclusionImport = attributesImport({
  entity: PlanInclusion, key: ['division', 'plan', 'includedOn'], within: 'division',
  attributes: { division, unit, kind: plain('text', choice(planKinds), '规划类别', required), plan: plain('text', text(), '规划名称', required), text: plain('text', long, '纳入内容 纳入规划情况', required), includedOn: plain('day', day, '规划发布日期', required), document },
})

const publicityImport = attributesImport({
  entity: PublicityActivity, key: ['unit', 'title', 'heldOn'], within: 'unit',
  attributes: { division, unit, title: plain('text', text(), '活动名称', required), summary: plain('text', long, '活动内容'), heldOn: plain('day', day, '活动日期', required), attendances: plain('whole', count, '参加人次', required) },
})

const sectionImport = attributesImport({
  entity: SocialWorkSection, key: ['unit', 'name'], within: 'unit', check: ordered('foundedOn', 'endedOn', false),
  attributes: { unit, name: plain('text', text(), '科室名称', required), foundedOn: plain('day', day, '设立日期', required), endedOn: plain('day', day, '撤销日期') },
})

const coverageImport = attributesImport({
  entity: RecordingCoverage, key: ['division', 'coveredUnit', 'validFrom'], within: 'division',
  alone: { alike: ['division', 'coveredUnit'], what: { en: 'The place or unit records already', zh: '期间内已登记开展记录工作' } },
  attributes: { division, unit, coveredUnit: link(units, '开展记录工作的单位'), validFrom: plain('day', day, '开始日期 起始日期', required), validTo: plain('day', day, '停止日期 终止日期') },
})

const incentiveImport = attributesImport({
  entity: IncentiveMeasure, key: ['division', 'year', 'title'], within: 'division',
  attributes: { division, unit, year, title: plain('text', text(), '措施名称', required), text: plain('text', long, '主要措施 主要内容', required), document },
})

const keyActivityImport = attributesImport({
  entity: KeyActivity, key: ['division', 'name', 'startsOn'], within: 'division', check: ordered('startsOn', 'endsOn', true),
  attributes: { division, unit, name: plain('text', text(), '重点活动名称 活动名称', required), summary: plain('text', long, '活动简介 简介', required), startsOn: plain('day', day, '开始日期', required), endsOn: plain('day', day, '结束日期') },
})

const pilotImport = attributesImport({
  entity: Pilot, key: ['division', 'kind', 'name'], within: 'division', check: ordered('startsOn', 'endsOn', true),
  attributes: {
    division, unit,
    kind: plain('text', choice(pilotKinds), '类别 项目类别', required),
    name: plain('text', text(), '名称 项目名称', required),
    summary: plain('text', long, '简介', required),
    places: plain('text', text(1000), '涉及地区和单位', required),
    poorCounties: plain('whole', count, '覆盖贫困地区县数量'),
    poorVillages: plain('whole', count, '覆盖贫困地区村数量 覆盖贫困村数量'),
    funds: plain('decimal', tenThousandYuan, '投入资金（万元）', required),
    startsOn: plain('day', day, '开始日期', required),
    endsOn: plain('day', day, '结束日期'),
  },
})

const statisticImport = attributesImport({
  entity: DivisionStatistic, key: ['division', 'year'], within: 'division',
  attributes: { division, year, residentPopulation: plain('whole', whole(1, 999_999_999), '常住人口 居民人口总数', required), source: plain('text', text(), '数据来源', required) },
})

const membershipImport = attributesImport({
  entity: AssociationMembership, key: ['unit', 'year'], within: 'unit',
  attributes: { unit, year, unitMembers: plain('whole', count, '单位会员', required), personalMembers: plain('whole', count, '个人会员', required), hasPartyOrganisation: plain('flag', flag, '成立党组织 是否成立党组织', required) },
  check: (row, told, found) => {
    const kind = foundRow<{ kind: string }>(found, 'unit', told['unit'])?.kind
    if (kind !== 'ASSOCIATION') row.refuse('unit', say('Members are those of an association.', '仅行业协会填报会员情况。'))
  },
})

const openingCountImport = attributesImport({
  entity: OpeningCount, key: ['division', 'year', 'measure'], within: 'division',
  attributes: { division, year, measure: plain('text', choice(openingMeasures), '指标', required), count: plain('whole', count, '数值', required), source: plain('text', text(), '数据来源', required) },
})

export const activityImports = {
  'plan-inclusions': planInclusionImport,
  'publicity-activities': publicityImport,
  'social-work-sections': sectionImport,
  'recording-coverages': coverageImport,
  'incentive-measures': incentiveImport,
  'key-activities': keyActivityImport,
  pilots: pilotImport,
  'division-statistics': statisticImport,
  'association-memberships': membershipImport,
  'opening-counts': openingCountImport,
}
