import { Problem } from '../kernel/index.js'
import { ContinuingEducationRule, MicroPayment, MicroProject, Supervision, SupervisionRatio, SupervisionSession, Supervisor, Training, TrainingAttendance } from '../modules/capability/index.js'
import { attributesImport, divisions, documents, foundRow, initiatives, link, ordered, plain, socialWorkers, units, type Reference } from './attributes.js'
import { choice, day, flag, ruled, text, whole, yuan, type Parse } from './columns.js'
import { say } from './fault.js'
import { microProjectsByCode, supervisionsByPair, trainingsByCode, type MicroProjectFound, type SupervisionFound } from './workforce.references.js'
import { credentialLevels, microPaymentKinds, microProjectKinds, microProjectStatuses, microVerdicts, supervisorRungs } from './terms.js'

const required = { required: true }
const trainings: Reference<{ id: string; hours: string }> = { find: trainingsByCode, of: { en: 'course', zh: '培训' } }
const projects: Reference<MicroProjectFound> = { find: microProjectsByCode, of: { en: 'micro-project', zh: '微项目' } }
const supervisions: Reference<SupervisionFound> = { find: supervisionsByPair, of: { en: 'supervision', zh: '督导结对' } }
const division = link(divisions, '区划 区划代码', required)
const basis = link(documents, '依据文件', required)
const rung = plain('text', choice(supervisorRungs), '督导等级', required)
const dates = { validFrom: plain('day', day, '起始日期', required), validTo: plain('day', day, '终止日期') }
const hoursUpTo = (most: number): Parse<string> => ruled((cell) => {
  if (!/^\d{1,4}(\.\d{1,2})?$/.test(cell) || Number(cell) <= 0 || Number(cell) > most) throw new Problem('OUT_OF_RANGE', null, { en: `Hours are more than 0 and at most ${most}, with two digits after the point at most.`, zh: `时数须大于 0 且不超过 ${most}，最多两位小数。` })
  return Number(cell).toFixed(2)
})

const trainingImport = attributesImport({
  entity: Training, key: ['code'], within: 'code', check: ordered('startsOn', 'endsOn', true),
  attributes: {
    code: plain('text', text(40), '培训编号 编号', required), unit: link(units, '举办单位', required), title: plain('text', text(), '培训名称', required), startsOn: plain('day', day, '开始日期', required), endsOn: plain('day', day, '结束日期', required),
    hours: plain('decimal', hoursUpTo(500), '学时', required), isContinuingEducation: plain('flag', flag, '是否计入继续教育', required), otherAttendances: plain('whole', whole(0, 999_999), '其他参训人次', required), initiative: link(initiatives, '所属联合行动'),
  },
})
const attendanceImport = attributesImport({
  entity: TrainingAttendance, key: ['training', 'socialWorker'], within: 'training',
  attributes: { training: link(trainings, '培训编号', required), socialWorker: link(socialWorkers, '人员编号 社会工作者', required), hours: plain('decimal', hoursUpTo(500), '参训学时', required), isPassed: plain('flag', flag, '是否合格', required) },
})
const educationRuleImport = attributesImport({
  entity: ContinuingEducationRule, key: ['division', 'level', 'validFrom'], within: 'division', alone: { alike: ['division', 'level'], what: { en: 'The division has another rule for this level', zh: '期间内该区划该等级已有规则' } },
  attributes: { division, level: plain('text', choice(credentialLevels), '等级', required), hours: plain('decimal', hoursUpTo(2000), '每登记周期学时', required), ...dates, basis },
})
const supervisorImport = attributesImport({
  entity: Supervisor, key: ['socialWorker', 'validFrom'], within: 'socialWorker', alone: { alike: ['socialWorker'], what: { en: 'The social worker stands on another rung', zh: '期间内该社会工作者已有督导等级' } },
  attributes: { socialWorker: link(socialWorkers, '人员编号 督导者', required), unit: link(units, '聘任单位', required), rung, ...dates, basis },
})
const ratioImport = attributesImport({
  entity: SupervisionRatio, key: ['division', 'rung', 'validFrom'], within: 'division', alone: { alike: ['division', 'rung'], what: { en: 'The division has another rule for this rung', zh: '期间内该区划该督导等级已有规则' } },
  attributes: { division, rung, maxSupervisees: plain('whole', whole(1, 200), '最多督导人数', required), sessionEveryDays: plain('whole', whole(1, 366), '督导间隔天数', required), ...dates, basis },
})
const supervisionImport = attributesImport({
  entity: Supervision, key: ['supervisor', 'supervisee', 'validFrom'], within: 'supervisor', alone: { alike: ['supervisor', 'supervisee'], what: { en: 'The two are paired already', zh: '期间内二人已结对' } },
  attributes: { supervisor: link(socialWorkers, '督导者', required), supervisee: link(socialWorkers, '被督导者', required), unit: link(units, '被督导者所在单位 单位', required), sessionEveryDays: plain('whole', whole(1, 366), '督导间隔天数'), ...dates },
  check: (row, told) => {
    if (told['supervisor'] === told['supervisee']) row.refuse('supervisee', say('Nobody supervises himself.', '不得自己督导自己。'))
  },
})
const sessionImport = attributesImport({
  entity: SupervisionSession, key: ['supervision', 'heldOn'], within: 'supervision',
  attributes: { supervision: link(supervisions, '督导者与被督导者', required), heldOn: plain('day', day, '督导日期', required), hours: plain('decimal', hoursUpTo(24), '时数', required), text: plain('text', text(4000), '督导内容', { required: true, personal: true }) },
  check: (row, told, found) => {
    const pair = foundRow<SupervisionFound>(found, 'supervision', told['supervision'])
    const heldOn = told['heldOn'] as string
    if (pair && (heldOn < pair.validFrom || (pair.validTo && heldOn >= pair.validTo))) row.refuse('heldOn', say('The day lies outside the supervision.', '督导日期不在结对期内。'))
  },
})
const reached = ['NEED', 'CALLED', 'IN_REVIEW', 'CONTRACTED', 'RUNNING', 'EVALUATED', 'CLOSED']
const projectImport = attributesImport({
  entity: MicroProject, key: ['code'], within: 'code',
  attributes: {
    code: plain('text', text(40), '项目编号 编号', required), title: plain('text', text(), '项目名称', required), kind: plain('text', choice(microProjectKinds), '类别', required), status: plain('text', choice(microProjectStatuses), '状态', required),
    unit: link(units, '出资单位', required), carrier: link(units, '实施单位'), need: plain('text', text(4000), '需求', required), proposal: plain('text', text(8000), '方案'), amount: plain('decimal', yuan, '签约金额'),
    calledOn: plain('day', day, '征集日期'), callUntil: plain('day', day, '征集截止日期'), contractedOn: plain('day', day, '签约日期'), dueOn: plain('day', day, '实施截止日期'), evaluatedOn: plain('day', day, '评估日期'),
    verdict: plain('text', choice(microVerdicts), '评估结论'), evaluation: plain('text', text(4000), '评估意见'), endedOn: plain('day', day, '结项日期'), initiative: link(initiatives, '所属联合行动'),
  },
  check: (row, told) => {
    const at = reached.indexOf(told['status'] as string)
    const needed = [...(at >= 2 ? ['carrier', 'proposal'] : []), ...(at >= 3 ? ['amount', 'contractedOn', 'dueOn'] : []), ...(at >= 5 ? ['verdict', 'evaluatedOn'] : []), ...(at === 6 || at < 0 ? ['endedOn'] : [])]
    for (const name of needed) if (!told[name]) row.refuse(name, say('The state asks for this cell.', '该状态须填写此项。'))
    if (told['carrier'] && told['carrier'] === told['unit']) row.refuse('carrier', say('The unit that pays does not carry it out itself.', '出资单位不得自行实施。'))
    if (at < 5 && told['verdict']) row.refuse('verdict', say('It is not evaluated yet.', '尚未评估，不应填写结论。'))
  },
})
const paymentImport = attributesImport({
  entity: MicroPayment, key: ['microProject', 'kind', 'paidOn'], within: 'microProject',
  attributes: { microProject: link(projects, '项目编号', required), kind: plain('text', choice(microPaymentKinds), '付款类别', required), amount: plain('decimal', yuan, '付款金额', required), paidOn: plain('day', day, '付款日期', required) },
  derived: { properties: { unit: 'link' }, of: (told, found) => ({ unit: foundRow<MicroProjectFound>(found, 'microProject', told['microProject'])!.unitId }) },
})

export const capabilityImports = {
  trainings: trainingImport,
  'training-attendances': attendanceImport,
  'continuing-education-rules': educationRuleImport,
  supervisors: supervisorImport,
  'supervision-ratios': ratioImport,
  supervisions: supervisionImport,
  'supervision-sessions': sessionImport,
  'micro-projects': projectImport,
  'micro-payments': paymentImport,
}
