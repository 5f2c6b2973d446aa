import { checkCertificateNumber, checkKind, Employment, Post, Qualification, QualificationNumber, SocialWorker, Station, type CredentialLevel, type QualificationKind } from '../modules/posts/index.js'
import { attributesImport, divisions, foundRow, initiatives, link, ordered, people, plain, socialWorkers, units, type Reference, type Told } from './attributes.js'
import { choice, day, text } from './columns.js'
import { say } from './fault.js'
import { postsByCode, type PostFound } from './references.js'
import { credentialLevels, employmentKinds, postKinds, postUnitTypes, qualificationKinds, stationKinds } from './terms.js'
import { workLogImport } from './worklogs.import.js'

const required = { required: true }
const posts: Reference<PostFound> = { find: postsByCode, of: { en: 'post', zh: '岗位' } }
const unit = link(units, '单位 单位代码 所在单位', required)
const socialWorker = link(socialWorkers, '人员 人员编号 社会工作者', required)
const level = plain('text', choice(credentialLevels), '等级 职业水平等级')
const code = (chinese: string) => plain('text', text(40), chinese, required)

const socialWorkerImport = attributesImport({ entity: SocialWorker, key: ['person'], within: 'person', attributes: { person: link(people, '人员 人员编号', required) } })

const qualificationImport = attributesImport({
  entity: Qualification, key: ['socialWorker', 'kind', 'title'], within: 'socialWorker',
  apart: { entity: QualificationNumber, owner: 'qualification', attributes: ['certificateNumber'] },
  attributes: {
    socialWorker, level,
    kind: plain('text', choice(qualificationKinds), '资质类别 类别', required),
    title: plain('text', text(), '资质名称 名称', required),
    issuer: plain('text', text(), '颁发机构'),
    issuedOn: plain('day', day, '颁发日期', required),
    withdrawnOn: plain('day', day, '撤销日期'),
    registeredOn: plain('day', day, '登记日期'),
    registeredUntil: plain('day', day, '登记有效期止 登记有效期'),
    certificateNumber: plain('text', text(20), '证书管理号 管理号', { personal: true }),
  },
  check(row, told) {
    const said = told as { kind: QualificationKind; level?: CredentialLevel | null; issuedOn: string; registeredOn?: string | null; registeredUntil?: string | null; certificateNumber?: string | null }
    row.meets('level', () => checkKind(said.kind, said.level ?? null, said))
    if (said.certificateNumber) row.meets('certificateNumber', (name) => checkCertificateNumber(said.certificateNumber!, said.issuedOn, name))
    if (!said.registeredOn !== !said.registeredUntil) row.refuse('registeredUntil', say('A registration has a first day and an end.', '登记须同时填写登记日期和有效期止。'))
    if (said.registeredOn && said.registeredOn < said.issuedOn) row.refuse('registeredOn', say('It is registered on the day of issue or later.', '登记日期不得早于颁发日期。'))
    ordered('registeredOn', 'registeredUntil', false)(row, told)
    ordered('issuedOn', 'withdrawnOn', false)(row, told)
  },
})

const postImport = attributesImport({
  entity: Post, key: ['code'], within: 'code', check: ordered('openedOn', 'closedOn', false),
  attributes: {
    code: code('岗位编号 编号'), unit,
    title: plain('text', text(), '岗位名称 名称', required),
    unitType: plain('text', choice(postUnitTypes), '单位类型', required),
    kind: plain('text', choice(postKinds), '岗位性质', required),
    grade: plain('text', choice(credentialLevels), '岗位等级'),
    openedOn: plain('day', day, '设置日期', required),
    closedOn: plain('day', day, '撤销日期'),
    initiative: link(initiatives, '所属联合行动 联合行动'),
  },
})

const employmentImport = attributesImport({
  entity: Employment, key: ['socialWorker', 'unit', 'kind', 'validFrom'], within: 'socialWorker',
  attributes: {
    socialWorker, unit, post: link(posts, '岗位 岗位编号'),
    kind: plain('text', choice(employmentKinds), '从业方式', required),
    validFrom: plain('day', day, '起始日期 入职日期', required),
    validTo: plain('day', day, '终止日期 离职日期'),
  },
  // Full-time in one unit at a time; otherwise once in a unit.
  alone: { alike: ({ socialWorker: who, unit: where, kind }: Told) => `${who} ${kind} ${kind === 'FULL_TIME' ? '' : where}`, what: { en: 'The person has another employment of this kind', zh: '期间内该人员已有同类从业' } },
  check(row, told, found) {
    const post = foundRow<PostFound>(found, 'post', told['post'])
    if (post && post.unitId !== told['unit']) row.refuse('post', say('The post belongs to another unit.', '该岗位不属于此单位。'))
  },
})

const stationImport = attributesImport({
  entity: Station, key: ['code'], within: 'code', check: ordered('openedOn', 'closedOn', false),
  attributes: {
    code: code('站点编号 编号'), unit, division: link(divisions, '服务区划 区划', required),
    name: plain('text', text(), '社会工作服务站（室、中心） 站点名称 名称', required),
    kind: plain('text', choice(stationKinds), '站点类别', required),
    openedOn: plain('day', day, '设立日期', required),
    closedOn: plain('day', day, '撤销日期'),
  },
})

export const postsImports = {
  'social-workers': socialWorkerImport,
  qualifications: qualificationImport,
  posts: postImport,
  employments: employmentImport,
  stations: stationImport,
  worklogs: workLogImport,
}
