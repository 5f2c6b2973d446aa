import type { Role } from '../access/index.js'
import type { OpeningMeasure, PilotKind, PlanKind } from '../modules/activity/index.js'
import type { DeductionReason } from '../modules/appraisal/index.js'
import type { AgencyRating, SupportKind } from '../modules/agencies/index.js'
import type { CalendarDayKind } from '../modules/calendar/index.js'
import type { MeetingStatus, ResolutionStatus } from '../modules/conferences/index.js'
import type { DivisionLevel } from '../modules/divisions/index.js'
import type { FundingPurpose, FundingSource } from '../modules/funding/index.js'
import type { Health, InitiativeStatus, Visibility } from '../modules/initiatives/index.js'
import type { ContractFunding, ContractStatus, EvaluationResult, EvaluationSide, EvaluationStage, LotStatus, MilestoneStatus } from '../modules/procurement/index.js'
import type { MicroPaymentKind, MicroProjectKind, MicroProjectStatus, MicroVerdict, SupervisorRung } from '../modules/capability/index.js'
import type { ComplaintStatus, OrganiserType, TeamKind, VolunteerOrigin, VolunteerStatus } from '../modules/volunteers/index.js'
import type { LightLevel, LightTrigger } from '../modules/supervision/index.js'
import type { CredentialLevel, EmploymentKind, PostKind, PostUnitType, QualificationKind, StationKind, WorkCategory, WorkOrigin } from '../modules/posts/index.js'
import type { ConsultationStatus, ServiceMethod, ServicePlanStatus, SurveyStatus } from '../modules/services/index.js'
import type { AssignmentRole, AssignmentStatus, TaskSource, TaskStatus, Urgency } from '../modules/tasks/index.js'
import type { DocumentKind, LegalForm, MandateRole, Mechanism, UnitKind } from '../modules/units/index.js'

/*
 * The Chinese terms under which a cell may name a value, apart by spaces, the usual one first.
 * The types make the lists complete: a new value of an enumeration does not compile without its term here.
 */
type Terms<K extends string> = Readonly<Record<K, string>>

export const divisionLevels: Terms<DivisionLevel> = {
  PROVINCE: '省级 省 自治区 直辖市',
  PREFECTURE: '地市级 地级 地市 市级',
  COUNTY: '县区级 县级 区县 县',
  TOWNSHIP: '乡镇街道级 乡级 乡镇 街道 乡镇街道',
  COMMUNITY: '社区 村级 社区级 村',
}

export const unitKinds: Terms<UnitKind> = {
  PARTY_COMMITTEE: '党委',
  ORGANISATION_DEPARTMENT: '组织部 组织部门',
  PARTY_SOCIAL_WORK: '社会工作部 社工部',
  POLITICAL_LEGAL: '政法委 政法',
  CIVIL_AFFAIRS: '民政 民政部门',
  HUMAN_RESOURCES: '人事',
  LABOUR_SOCIAL_SECURITY: '劳动和社会保障 劳动社会保障',
  HUMAN_RESOURCES_SOCIAL_SECURITY: '人力资源和社会保障 人社 人力社保',
  EDUCATION: '教育',
  JUSTICE: '司法 司法行政',
  HEALTH: '卫生健康 卫健',
  FINANCE: '财政',
  PUBLIC_SECURITY: '公安',
  POVERTY_ALLEVIATION: '扶贫',
  PETITIONS: '信访',
  TRADE_UNION: '工会 总工会',
  YOUTH_LEAGUE: '共青团 团委',
  WOMENS_FEDERATION: '妇联',
  DISABLED_FEDERATION: '残联',
  PUBLIC_INSTITUTION: '事业单位',
  SUBDISTRICT_TOWN: '街道乡镇 乡镇街道 街道 乡镇',
  COMMUNITY: '社区',
  SERVICE_AGENCY: '民办社会工作服务机构 社工机构 民办机构',
  VOLUNTEER_ORGANISATION: '志愿服务组织 志愿者组织',
  ASSOCIATION: '行业协会 协会',
}

export const legalForms: Terms<LegalForm> = { SOCIAL_ORGANISATION: '社会团体', SOCIAL_SERVICE_INSTITUTION: '社会服务机构 民办非企业单位', FOUNDATION: '基金会' }

export const mechanisms: Terms<Mechanism> = {
  ORGANISATION_LEADERSHIP: '组织领导 组织推动',
  PROFESSIONAL_POSTS: '专业岗位 岗位开发',
  FUNDING: '经费保障',
  REMUNERATION: '薪酬 薪酬保障',
  SERVICE_AGENCIES: '民办机构',
  CAPABILITY: '专业能力 能力提升',
}

export const mandateRoles: Terms<MandateRole> = {
  LEADERSHIP: '领导',
  OVERALL_COORDINATION: '综合协调 牵头抓总 综合协调、牵头抓总',
  RESPONSIBLE: '具体负责 负责',
  COOPERATING: '密切配合 配合',
}

export const documentKinds: Terms<DocumentKind> = { SOCIAL_WORK: '社会工作', VOLUNTEERING: '志愿服务' }

export const roles: Terms<Role> = {
  COORDINATOR: '协调办',
  DIRECTOR: '单位负责人 负责人',
  CLERK: '经办 经办人',
  HR_OFFICER: '人事干部',
  FINANCE_OFFICER: '财务',
  PRACTITIONER: '社会工作者 社工',
  AGENCY_MANAGER: '机构负责人',
  BI_READER: '数据分析',
  AUDITOR: '审计管理员',
  SECURITY_ADMIN: '安全管理员',
  SYSTEM_ADMIN: '系统管理员',
}

export const calendarDayKinds: Terms<CalendarDayKind> = { HOLIDAY: '法定节假日 节假日 放假 休', MAKE_UP_WORKDAY: '调休上班 补班 上班 班' }

export const lightLevels: Terms<LightLevel> = { NONE: '正常', APPROACHING: '临近', LATE: '逾期 滞后', SERIOUS: '严重逾期 严重' }

export const lightTriggers: Terms<LightTrigger> = {
  DAYS_TO_DUE: '距到期 距到期天数',
  DAYS_LATE: '逾期满 逾期天数',
  BEHIND_OR_POOR: '滞后或差 进度滞后',
  PREVIOUS_SLIP_UNANSWERED: '督办未反馈 上次督办未反馈',
}

export const visibilities: Terms<Visibility> = { NETWORK: '全网络 全网', PARTICIPANTS: '参与单位' }

export const initiativeStatuses: Terms<InitiativeStatus> = { DRAFT: '起草', PLANNED: '已立项', ACTIVE: '推进中', SUSPENDED: '暂停', CLOSED: '办结', CANCELLED: '撤销' }

export const healths: Terms<Health> = { ON_TRACK: '正常', AT_RISK: '存在风险 有风险', OFF_TRACK: '滞后' }

export const taskSources: Terms<TaskSource> = { INITIATIVE: '联合行动', MEETING_RESOLUTION: '议定事项', LEADER_INSTRUCTION: '领导批示', DOCUMENT: '文件' }

export const urgencies: Terms<Urgency> = { NORMAL: '一般', URGENT: '紧急', MAJOR: '重大' }

export const taskStatuses: Terms<TaskStatus> = {
  DRAFT: '拟立项',
  PENDING_ISSUE: '待交办',
  ISSUED: '已交办',
  ACCEPTED: '已签收 领办',
  IN_PROGRESS: '推进中',
  REPORTED: '已反馈',
  RETURNED: '退回重办',
  COMPLETED: '办结',
  CLOSED: '销号',
  SUSPENDED: '中止',
  TERMINATED: '终止',
}

export const assignmentRoles: Terms<AssignmentRole> = { LEAD: '牵头', COOPERATING: '配合' }

export const assignmentStatuses: Terms<AssignmentStatus> = {
  PROPOSED: '待交办',
  ISSUED: '已交办',
  ACCEPTED: '已签收',
  REFUSED: '拒收',
  IN_PROGRESS: '推进中',
  REPORTED: '已反馈',
  RETURNED: '退回重办',
  COMPLETED: '办结',
  EXCUSED: '免办',
  TERMINATED: '终止',
}

export const meetingStatuses: Terms<MeetingStatus> = { PLANNED: '拟召开', HELD: '已召开', CANCELLED: '取消' }

export const resolutionStatuses: Terms<ResolutionStatus> = { AGREED: '已议定', TASKED: '已转任务', NOTED: '备案', DROPPED: '不再执行' }

/** Of those that rules set points for. */
export const deductionReasons: Terms<Exclude<DeductionReason, 'MANUAL'>> = { LATE_REPORT: '逾期未反馈 反馈逾期', LATE_ACCEPTANCE: '签收逾期', RETURNED: '退回重办 退回' }

export const planKinds: Terms<PlanKind> = { TALENT_PLAN: '人才发展规划 人才规划', DEVELOPMENT_PLAN: '经济社会发展规划', OTHER: '其他规划 其他' }

export const pilotKinds: Terms<PilotKind> = { POVERTY_DEMONSTRATION: '脱贫攻坚示范项目', PILOT: '试点示范', PROJECT: '工程、计划、项目 工程 计划 项目' }

export const openingMeasures: Terms<OpeningMeasure> = {
  REGISTERED_VOLUNTEERS: '注册志愿者总数 注册志愿者',
  NATIONALLY_REGISTERED_VOLUNTEERS: '在全国志愿服务信息系统中的注册志愿者数',
  VOLUNTEER_HOURS: '志愿服务时数 志愿服务总时数',
  TRAINING_ATTENDANCES: '培训人次',
  VOLUNTEER_TRAINING_ATTENDANCES: '志愿者培训人次 志愿者培训人数',
}

/** As the national return names them, the usual name first. */
export const fundingSources: Terms<FundingSource> = {
  FISCAL: '财政性资金 财政资金',
  WELFARE_LOTTERY: '福利彩票公益金 福彩金 福彩公益金',
  OTHER_LOTTERY: '其他彩票公益金',
  MINISTRY_LOTTERY: '部本级彩票金项目 部本级彩票金',
  SOCIAL: '社会资金 捐赠资金',
  EMPLOYER: '用人单位自筹 单位自筹',
  INDIVIDUAL: '个人 个人资金',
  OTHER: '其他资金 其他',
}

export const fundingPurposes: Terms<FundingPurpose> = { SOCIAL_WORK: '社会工作', VOLUNTEERING: '志愿服务', INCENTIVES: '志愿者激励保障 激励保障', VOLUNTEER_OPERATIONS: '志愿服务运营管理 运营管理' }

export const contractFundings: Terms<ContractFunding> = { ANNUAL_BUDGET: '年度预算', PROJECT_APPLICATION: '项目申请' }

/** Of lots that an import may bring: those that are settled or were opened. What is sealed comes from its bidder alone. */
export const openedLotStatuses: Terms<Extract<LotStatus, 'OPENED' | 'AWARDED' | 'CONTRACTED' | 'FAILED'>> = { OPENED: '已开标', AWARDED: '已定标', CONTRACTED: '已签约', FAILED: '流标' }

export const contractStatuses: Terms<ContractStatus> = { ACTIVE: '履行中', COMPLETED: '已完成', TERMINATED: '已终止' }

export const milestoneStatuses: Terms<MilestoneStatus> = { PLANNED: '待完成', REPORTED: '已报告', RETURNED: '退回', ACCEPTED: '已验收' }

export const evaluationStages: Terms<EvaluationStage> = { MID_TERM: '中期评估 中期', FINAL: '末期评估 末期' }

export const evaluationSides: Terms<EvaluationSide> = { PURCHASER: '购买方', AGENCY: '承接方' }

export const evaluationResults: Terms<EvaluationResult> = { PASSED: '合格', FAILED: '不合格' }

export const agencyRatings: Terms<AgencyRating> = { A1: '1A', A2: '2A', A3: '3A', A4: '4A', A5: '5A' }

export const supportKinds: Terms<SupportKind> = { START_UP: '起步资助', SUPERVISION: '派驻督导', COMMUNITY_PARTNERSHIP: '社区结对' }

export const credentialLevels: Terms<CredentialLevel> = { ASSISTANT: '助理社会工作师 助理 初级', SOCIAL_WORKER: '社会工作师 中级', SENIOR: '高级社会工作师 高级' }

export const qualificationKinds: Terms<QualificationKind> = { DEGREE: '学历学位 学历 学位', CREDENTIAL: '职业资格', TRAINING_CERTIFICATE: '培训证书' }

export const postKinds: Terms<PostKind> = { EXPLICIT: '明确设置', DE_FACTO: '实际岗位 未明确' }

/** As the return counts posts. */
export const postUnitTypes: Terms<PostUnitType> = {
  CIVIL_AFFAIRS_INSTITUTION: '民政事业单位',
  TOWNSHIP_COMMUNITY: '乡镇、街道和社区 乡镇街道和社区',
  OTHER_INSTITUTION: '其他系统事业单位',
  SOCIAL_ORGANISATION: '社会组织',
  OTHER: '其他',
}

export const employmentKinds: Terms<EmploymentKind> = { FULL_TIME: '专职', CONCURRENT: '兼职', UNPAID: '无薪 义务' }

export const stationKinds: Terms<StationKind> = { SOCIAL_WORK: '社会工作服务站 社工站', VOLUNTEERING: '志愿服务站点 志愿服务站' }

export const workCategories: Terms<WorkCategory> = { CASE: '个案', GROUP: '小组', COMMUNITY: '社区', SURVEY: '调研', SUPERVISION: '督导', TRAINING: '培训', ADMINISTRATIVE: '行政事务 行政' }

export const workOrigins: Terms<WorkOrigin> = { SUPERIOR_ASSIGNED: '上级交办', COMMUNITY_NEED: '社区需求', SELF_INITIATED: '自主开展' }

export const surveyStatuses: Terms<SurveyStatus> = { PLANNED: '拟开展', RUNNING: '调研中', FINISHED: '已完成', CANCELLED: '已取消' }

export const consultationStatuses: Terms<ConsultationStatus> = { PLANNED: '拟召开', HELD: '已召开', CANCELLED: '已取消' }

export const servicePlanStatuses: Terms<ServicePlanStatus> = { DRAFT: '起草', SUBMITTED: '待审批', RETURNED: '退回修改', APPROVED: '已批准', COMPLETED: '已完成', CANCELLED: '已取消' }

export const serviceMethods: Terms<ServiceMethod> = { CASE: '个案工作 个案', GROUP: '小组工作 小组', COMMUNITY: '社区工作 社区' }

export const teamKinds: Terms<TeamKind> = { ORGANISATION: '内部成立的组织 组织', TEAM: '社区内部队伍 队伍' }

export const volunteerOrigins: Terms<VolunteerOrigin> = { RESIDENT: '社区居民 居民', STUDENT: '学生', EMPLOYEE: '单位职工 职工', FORMER_BENEFICIARY: '受助后回馈', OTHER: '其他' }

export const volunteerStatuses: Terms<VolunteerStatus> = { NOTICE: '公示中', REGISTERED: '已注册', REFUSED: '不予注册', WITHDRAWN: '已注销' }

export const organiserTypes: Terms<OrganiserType> = { PARTY_GOVERNMENT: '党政机关', VOLUNTEER_ORGANISATION: '志愿服务组织', OTHER: '其他组织 其他' }

export const complaintStatuses: Terms<ComplaintStatus> = { RECEIVED: '已受理', UPHELD: '属实', DISMISSED: '不属实' }

export const supervisorRungs: Terms<SupervisorRung> = { ASSISTANT: '督导助理', JUNIOR: '初级督导', INTERMEDIATE: '中级督导', SENIOR: '高级督导' }

export const microProjectKinds: Terms<MicroProjectKind> = { VENTURE_PHILANTHROPY: '公益创投', SMALL_PROJECT: '小项目', SMALL_FUND: '小基金' }

export const microProjectStatuses: Terms<MicroProjectStatus> = {
  NEED: '需求征集',
  CALLED: '公开征集',
  IN_REVIEW: '评审中',
  CONTRACTED: '已签约',
  RUNNING: '实施中',
  EVALUATED: '已评估',
  CLOSED: '已结项',
  CANCELLED: '已取消',
}

export const microVerdicts: Terms<MicroVerdict> = { PASSED: '合格', FAILED: '不合格' }

export const microPaymentKinds: Terms<MicroPaymentKind> = { FIRST: '首款', INTERIM: '中期款', LAST: '末期款' }
