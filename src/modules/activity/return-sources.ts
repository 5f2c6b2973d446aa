/** Where a column of the national return (2019 form) comes from: fields of the graph, by type, and how they make the figure. */
export interface ReturnSource {
  /** Number of the table, 1 to 17. */
  table: number
  /** The column as the return writes it. */
  column: string
  /** Module that keeps the rows. */
  module: string
  /** Fields that it is made of. */
  from: readonly string[]
  /** How, in one sentence. */
  how: string
}

const source = (table: number, column: string, module: string, from: string, how: string): ReturnSource => ({ table, column, module, from: from.split(' '), how })
const documents = (table: number, kind: string): ReturnSource[] => [
  source(table, '文件名称', 'units', 'PolicyDocument.title', `documents of kind ${kind} issued in the year`),
  source(table, '发文文号', 'units', 'PolicyDocument.number', 'as it stands'),
  source(table, '发文单位', 'units', 'DocumentIssuer.unit Unit.name', 'all issuers'),
  source(table, '发文时间', 'units', 'PolicyDocument.issuedOn', 'as it stands'),
]
const money = 'BudgetLine.source BudgetLine.purpose BudgetLine.year'
const opening = 'OpeningBalance.amount OpeningBalance.source OpeningBalance.year'

/** All 17 tables, column by column. Rows are those of the province's divisions; a year's figures of before Heli are added from the opening counts and balances. */
export const returnSources: readonly ReturnSource[] = [
  ...documents(1, 'SOCIAL_WORK'),
  source(2, '设置社会工作科室', 'activity', 'SocialWorkSection.unit SocialWorkSection.foundedOn SocialWorkSection.endedOn Unit.institutionKind', 'sections in force at the end of the year in civil-affairs institutions, by kind of institution'),
  source(2, '设置社会工作岗位', 'posts', 'Post.unitType Post.openedOn Post.closedOn Unit.institutionKind', 'posts of CIVIL_AFFAIRS_INSTITUTION open at the end of the year, by kind of institution'),
  source(3, '岗位个数', 'posts', 'Post.unitType Post.kind Post.openedOn Post.closedOn', 'EXPLICIT posts open at the end of the year, by type of unit'),
  source(3, '社会工作服务站（室、中心）', 'posts', 'Station.kind Station.unit Station.openedOn Station.closedOn', 'stations of SOCIAL_WORK open at the end of the year'),
  source(3, '虽未明确为社会工作岗位，但实际岗位职责包括社会工作的', 'posts', 'Post.unitType Post.kind', 'DE_FACTO posts open at the end of the year'),
  source(3, '已取得学历学位、职业资格或培训证书但未从事社会工作的', 'posts', 'SocialWorker.isUnused SocialWorker.person Person.unit Unit.kind', 'persons with a valid qualification and no employment in force today, by the unit that they belong to'),
  source(4, '社会工作专业人才数量', 'posts', 'SocialWorker.person Person.unit Unit.system UnitSystem.name', 'social workers by the system of the unit that they belong to today'),
  source(4, '截止日期', 'posts', 'SocialWorker.person', 'the day of the question: the day on which the persons are counted'),
  source(5, '培训人次', 'capability', 'Training.attendanceCount Training.startsOn OpeningCount.count', 'attendances of courses that began in the year, and OpeningCount TRAINING_ATTENDANCES of it'),
  source(5, '较去年增长量', 'activity', 'OpeningCount.measure OpeningCount.count Training.attendanceCount', 'less the same figure of the year before'),
  source(5, '纳入省人才规划情况', 'activity', 'PlanInclusion.kind PlanInclusion.text PlanInclusion.division', 'texts of TALENT_PLAN of the province'),
  source(6, '协会数量', 'units', 'Unit.kind Unit.registrationLevel Unit.endedOn', 'units of kind ASSOCIATION in force, by level of registration'),
  source(6, '成立党组织', 'activity', 'AssociationMembership.hasPartyOrganisation AssociationMembership.year', 'entries of the year with a Party organisation'),
  source(6, '单位会员', 'activity', 'AssociationMembership.unitMembers', 'sum of the year'),
  source(6, '个人会员', 'activity', 'AssociationMembership.personalMembers', 'sum of the year'),
  source(7, '机构数量', 'agencies', 'AgencyProfile.registrationLevel AgencyProfile.unit', 'agencies in force, by level of registration'),
  source(7, '专职工作人员', 'agencies', 'AgencyProfile.fullTimeStaff', 'sum'),
  source(7, '基层党组织', 'agencies', 'AgencyProfile.hasPartyOrganisation', 'agencies with one'),
  source(7, '专职工作人员中的党员', 'agencies', 'AgencyProfile.partyMembers', 'sum'),
  source(8, '投入总量（万元）', 'funding', `${money} Disbursement.amount Disbursement.arrivedOn`, 'money of SOCIAL_WORK that arrived in the year, by source, in 万元'),
  source(8, '较上年增长量（万元）', 'funding', `${money} ${opening}`, 'less the same figure of the year before'),
  source(8, '备注', 'funding', 'BudgetLine.remarks', 'remarks of the lines'),
  source(8, '资金用途', 'funding', 'BudgetLine.purpose', 'use of the lines'),
  source(9, '类别', 'activity', 'Pilot.kind', 'as it stands'),
  source(9, '名称', 'activity', 'Pilot.name', 'as it stands'),
  source(9, '简介', 'activity', 'Pilot.summary', 'as it stands'),
  source(9, '涉及地区和单位', 'activity', 'Pilot.places', 'as it stands'),
  source(9, '覆盖贫困地区县/村数量', 'activity', 'Pilot.poorCounties Pilot.poorVillages', 'as it stands'),
  source(9, '投入资金（万元）', 'activity', 'Pilot.funds', 'yuan ÷ 10,000'),
  ...documents(10, 'VOLUNTEERING'),
  source(11, '社会团体', 'units', 'Unit.kind Unit.legalForm Unit.registrationLevel', 'units of kind VOLUNTEER_ORGANISATION and form SOCIAL_ORGANISATION, by level'),
  source(11, '社会服务机构', 'units', 'Unit.kind Unit.legalForm Unit.registrationLevel', 'the same of form SOCIAL_SERVICE_INSTITUTION'),
  source(11, '基金会', 'units', 'Unit.kind Unit.legalForm Unit.registrationLevel', 'the same of form FOUNDATION'),
  source(11, '单位和社区内部成立的组织数', 'volunteers', 'VolunteerTeam.kind VolunteerTeam.endedOn', 'teams of kind ORGANISATION in force'),
  source(11, '社区内部队伍总数', 'volunteers', 'VolunteerTeam.kind VolunteerTeam.unit', 'teams of kind TEAM in force in communities'),
  source(11, '社区志愿服务站点数', 'posts', 'Station.kind Station.unit', 'stations of VOLUNTEERING open'),
  source(12, '注册志愿者总数', 'volunteers', 'Volunteer.status Volunteer.registeredOn OpeningCount.count', 'REGISTERED volunteers, and OpeningCount REGISTERED_VOLUNTEERS'),
  source(12, '占当地居民人口总数的比例（%）', 'activity', 'DivisionStatistic.residentPopulation Volunteer.status OpeningCount.count', 'of the residents of the year'),
  source(12, '在全国志愿服务信息系统中的注册志愿者数', 'volunteers', 'Volunteer.registeredNationallyOn OpeningCount.count', 'registered there, and OpeningCount NATIONALLY_REGISTERED_VOLUNTEERS'),
  source(13, '举办单位', 'volunteers', 'VolunteerTraining.organiser VolunteerTraining.organiserType', 'as it stands; totals by kind of organiser'),
  source(13, '培训班名称', 'volunteers', 'VolunteerTraining.title', 'as it stands'),
  source(13, '培训内容', 'volunteers', 'VolunteerTraining.content', 'as it stands'),
  source(13, '培训人数', 'volunteers', 'VolunteerTraining.persons', 'as it stands'),
  source(14, '志愿服务总时数', 'volunteers', 'VolunteerService.hours OpeningCount.count', 'all hours, and OpeningCount VOLUNTEER_HOURS of all years before'),
  source(14, '其中本年时数', 'volunteers', 'VolunteerService.hours VolunteerService.servedOn', 'hours of the year, corrections with the entry that they correct'),
  source(14, '省级重点活动名称及简介', 'activity', 'KeyActivity.name KeyActivity.summary KeyActivity.division', 'of the province'),
  source(15, '开展记录工作的县（市、区）数量', 'activity', 'RecordingCoverage.division RecordingCoverage.validFrom RecordingCoverage.validTo Division.level', 'rows in force without a single unit, of level COUNTY'),
  source(15, '开展记录工作的街（镇）数量', 'activity', 'RecordingCoverage.division Division.level', 'the same of level TOWNSHIP'),
  source(15, '开展记录工作的社区数量', 'activity', 'RecordingCoverage.division Division.level', 'the same of level COMMUNITY'),
  source(15, '开展记录工作的单位数量', 'activity', 'RecordingCoverage.coveredUnit', 'rows in force of a single unit'),
  source(16, '主要措施', 'activity', 'IncentiveMeasure.title IncentiveMeasure.text IncentiveMeasure.year', 'of the province and year'),
  source(16, '财政资金投入（万元）', 'funding', `${money} Disbursement.amount`, 'INCENTIVES of source FISCAL'),
  source(16, '福彩金投入（万元）', 'funding', `${money} Disbursement.amount`, 'INCENTIVES of source WELFARE_LOTTERY'),
  source(17, '财政性资金', 'funding', `${money} BudgetLine.level Disbursement.amount`, 'VOLUNTEERING and VOLUNTEER_OPERATIONS of source FISCAL; of lines of the own level, and of all'),
  source(17, '彩票公益金', 'funding', `${money} Disbursement.amount`, 'the same of the lotteries'),
  source(17, '其他资金', 'funding', `${money} Disbursement.amount`, 'the same of the other sources'),
  source(17, '总计', 'funding', `${money} Disbursement.amount`, 'sum of the three'),
  source(17, '其中政府购买志愿服务运营管理的资金（万元）', 'funding', `${money} Disbursement.amount`, 'VOLUNTEER_OPERATIONS'),
]
