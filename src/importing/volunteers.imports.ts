import { dayOf } from '../kernel/index.js'
import { Commendation, Complaint, mobileShape, nationalNumberShape, Volunteer, VolunteerContact, VolunteerNoticeRule, VolunteerService, VolunteerTeam, VolunteerTraining } from '../modules/volunteers/index.js'
import { attributesImport, divisions, documents, foundRow, link, ordered, plain, socialWorkers, units, type Reference, type Told } from './attributes.js'
import { choice, day, instant, text, whole } from './columns.js'
import { say } from './fault.js'
import { teamsByCode, volunteersByCode, type TeamFound, type VolunteerFound } from './workforce.references.js'
import { complaintStatuses, divisionLevels, organiserTypes, teamKinds, volunteerOrigins, volunteerStatuses } from './terms.js'

const required = { required: true }
const teams: Reference<TeamFound> = { find: teamsByCode, of: { en: 'team', zh: '志愿者队伍' } }
const volunteers: Reference<VolunteerFound> = { find: volunteersByCode, of: { en: 'volunteer', zh: '志愿者' } }
const division = link(divisions, '区划 区划代码', required)
const team = link(teams, '队伍编号 队伍', required)
const shaped = (max: number, { shape, en, zh }: { shape: { test(text: string): boolean }; en: string; zh: string }) => text(max, { shape: shape as RegExp, said: { en: `The cell ${en}`, zh: `单元格${zh}` } })

const noticeRuleImport = attributesImport({
  entity: VolunteerNoticeRule, key: ['division', 'validFrom'], within: 'division', alone: { alike: ['division'], what: { en: 'The division has another rule', zh: '期间内该区划已有公示期规则' } },
  attributes: { division, days: plain('whole', whole(0, 366), '公示天数', required), validFrom: plain('day', day, '起始日期', required), validTo: plain('day', day, '终止日期'), basis: link(documents, '依据文件', required) },
})

const teamImport = attributesImport({
  entity: VolunteerTeam, key: ['code'], within: 'code', check: ordered('foundedOn', 'endedOn', false),
  attributes: {
    code: plain('text', text(40), '队伍编号 编号', required), name: plain('text', text(), '队伍名称 名称', required), kind: plain('text', choice(teamKinds), '队伍类别 类别', required),
    unit: link(units, '所属单位 单位代码', required), leader: link(socialWorkers, '带领社工', required), foundedOn: plain('day', day, '成立日期', required), endedOn: plain('day', day, '解散日期'),
  },
})

const volunteerImport = attributesImport({
  entity: Volunteer, key: ['code'], within: 'code', apart: { entity: VolunteerContact, owner: 'volunteer', attributes: ['name', 'mobile', 'nationalNumber'] },
  attributes: {
    code: plain('text', text(40), '志愿者编号 编号', required), team, origin: plain('text', choice(volunteerOrigins), '来源', required), status: plain('text', choice(volunteerStatuses), '注册状态 状态', required),
    noticeFrom: plain('day', day, '公示开始日期', required), noticeTo: plain('day', day, '公示结束日期', required), registeredOn: plain('day', day, '注册日期'), endedOn: plain('day', day, '注销日期'),
    registeredNationallyOn: plain('day', day, '全国系统注册日期'), name: plain('text', text(80), '姓名', { required: true, personal: true }), mobile: plain('text', shaped(11, mobileShape), '手机', { personal: true }),
    nationalNumber: plain('text', shaped(20, nationalNumberShape), '全国志愿服务信息系统编号', { personal: true }),
  },
  derived: { properties: { unit: 'link' }, of: (told, found) => ({ unit: foundRow<TeamFound>(found, 'team', told['team'])!.unitId }) },
  check(row, told) {
    ordered('noticeFrom', 'noticeTo', true)(row, told)
    const [isIn, isOut] = [['REGISTERED', 'WITHDRAWN'].includes(told['status'] as string), ['REFUSED', 'WITHDRAWN'].includes(told['status'] as string)]
    if (isIn !== Boolean(told['registeredOn'])) row.refuse('registeredOn', say('The state and the day of registration do not fit.', '注册状态与注册日期不符。'))
    if (isOut !== Boolean(told['endedOn'])) row.refuse('endedOn', say('The state and the last day do not fit.', '注册状态与注销日期不符。'))
    if (Boolean(told['nationalNumber']) !== Boolean(told['registeredNationallyOn'])) row.refuse('registeredNationallyOn', say('Number and day of the national system go together.', '全国系统编号与注册日期须同时填写。'))
  },
})

/** Hours of a volunteer; one that starts within hours told before is refused, here as by the database. */
const serviceImport = attributesImport({
  entity: VolunteerService, key: ['volunteer', 'startsAt'], within: 'volunteer',
  attributes: {
    volunteer: link(volunteers, '志愿者编号 志愿者', required), startsAt: plain('instant', instant, '开始时间', required), endsAt: plain('instant', instant, '结束时间', required), activity: plain('text', text(1000), '服务内容', required),
  },
  derived: {
    properties: { team: 'link', unit: 'link', servedOn: 'day', hours: 'decimal' },
    of(told, found) {
      const { teamId, unitId } = foundRow<VolunteerFound>(found, 'volunteer', told['volunteer'])!
      return { team: teamId, unit: unitId, servedOn: dayOf(new Date(told['startsAt'] as string)), hours: hoursOf(told).toFixed(2) }
    },
  },
  check(row, told, found) {
    const { status } = foundRow<VolunteerFound>(found, 'volunteer', told['volunteer'])!
    if (status !== 'REGISTERED' && status !== 'WITHDRAWN') row.refuse('volunteer', say('The volunteer is not registered.', '该志愿者未注册。'))
    if (!(hoursOf(told) >= 0.01 && hoursOf(told) <= 24)) row.refuse('endsAt', say('Service ends after it began, at most 24 hours later.', '结束时间须晚于开始时间，且不超过 24 小时。'))
  },
  async checkAll(rows) {
    const last = new Map<unknown, Told>()
    for (const { row, told } of rows.toSorted((one, other) => ((one.told['startsAt'] as string) < (other.told['startsAt'] as string) ? -1 : 1))) {
      const before = last.get(told['volunteer'])
      if (before && (before['endsAt'] as string) > (told['startsAt'] as string)) row.refuse('startsAt', say('The same hours of this volunteer stand in another line.', '该志愿者的这段时间与另一行重叠。'))
      else last.set(told['volunteer'], told)
    }
  },
})
const hoursOf = (told: Told): number => (Date.parse(told['endsAt'] as string) - Date.parse(told['startsAt'] as string)) / 3_600_000

const trainingImport = attributesImport({
  entity: VolunteerTraining, key: ['unit', 'title', 'heldOn'], within: 'unit',
  attributes: {
    division, unit: link(units, '填报单位', required), organiser: plain('text', text(), '举办单位', required), organiserType: plain('text', choice(organiserTypes), '举办单位类别', required),
    title: plain('text', text(), '培训班名称', required), content: plain('text', text(4000), '培训内容', required), heldOn: plain('day', day, '培训日期', required), persons: plain('whole', whole(0, 999_999), '培训人数', required),
  },
})

const about = { team, volunteer: link(volunteers, '志愿者编号 志愿者') }
const commendationImport = attributesImport({
  entity: Commendation, key: ['team', 'volunteer', 'title', 'awardedOn'], within: 'team',
  attributes: { ...about, title: plain('text', text(), '荣誉名称', required), level: plain('text', choice(divisionLevels), '级别', required), awardedBy: plain('text', text(), '授予单位', required), awardedOn: plain('day', day, '授予日期', required) },
})
const complaintImport = attributesImport({
  entity: Complaint, key: ['team', 'volunteer', 'receivedOn'], within: 'team',
  attributes: {
    ...about, receivedOn: plain('day', day, '受理日期', required), text: plain('text', text(4000), '投诉内容', { required: true, personal: true }), status: plain('text', choice(complaintStatuses), '状态', required),
    outcome: plain('text', text(4000), '处理结果', { personal: true }), handledOn: plain('day', day, '办结日期'),
  },
  check(row, told) {
    const isOpen = told['status'] === 'RECEIVED'
    if (isOpen !== !told['outcome'] || isOpen !== !told['handledOn']) row.refuse('status', say('A settled complaint has an outcome and its day, an open one neither.', '已办结的投诉须填写处理结果和办结日期，未办结的不填。'))
  },
})

export const volunteerImports = {
  'volunteer-notice-rules': noticeRuleImport,
  'volunteer-teams': teamImport,
  volunteers: volunteerImport,
  'volunteer-services': serviceImport,
  'volunteer-trainings': trainingImport,
  commendations: commendationImport,
  complaints: complaintImport,
}
