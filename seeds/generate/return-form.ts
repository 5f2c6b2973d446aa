// The national return as it was filled in from 2019 on: tables, columns and checks. Another version is another such list.

import { writeCsv } from './csv.ts';

interface Column { key: string; headZh: string; unit?: string; kind: 'NUMBER' | 'TEXT' | 'DAY'; [more: string]: unknown }
const number = (key: string, headZh: string, unit: string, source: string, more: object = {}): Column => ({ key, headZh, unit, kind: 'NUMBER', source, ...more });
const field = (key: string, headZh: string, of: string, kind: Column['kind'] = 'TEXT', more: object = {}): Column => ({ key, headZh, kind, field: of, ...more });
const text = (key: string, headZh: string, source: string): Column => ({ key, headZh, kind: 'TEXT', source, isCollected: true });
const money = { digits: 2, per: 10_000 };
const funds = (key: string, headZh: string, source: string, ...sources: string[]): Column => number(key, headZh, '万元', source, { ...money, ...(sources.length > 0 ? { where: { FUNDING_SOURCE: sources } } : {}) });

const rows = (...labels: string[]) => labels.map((label) => ({ key: label, labelZh: label }));
const levels = [
  { key: 'PROVINCE', labelZh: '省级民政部门' },
  { key: 'PREFECTURE', labelZh: '地市级民政部门' },
  { key: 'COUNTY', labelZh: '县区级民政部门', values: ['COUNTY', 'TOWNSHIP', 'COMMUNITY'] },
];
const documents = [field('title', '文件名称', 'title'), field('number', '发文文号', 'number'), field('issuers', '发文单位', 'issuers'), field('issuedOn', '发文时间', 'issuedOn', 'DAY')];
const lotteries = ['WELFARE_LOTTERY', 'OTHER_LOTTERY', 'MINISTRY_LOTTERY'];
const others = ['SOCIAL', 'EMPLOYER', 'INDIVIDUAL', 'OTHER'];
const form = (key: string, headZh: string, legalForm: string): Column => number(key, headZh, '个', 'organisations', { where: { LEGAL_FORM: [legalForm] } });

const tables = [
  { number: 1, titleZh: '出台社会工作政策情况', rowKind: 'SOCIAL_WORK_DOCUMENT', columns: documents },
  {
    number: 2, titleZh: '民政事业单位社会工作科室和岗位情况', rowKind: 'INSTITUTION_KIND', rowHeadZh: '机构类别',
    rows: [...rows('养老', '精神疾病', '儿童福利', '救助管理', '殡葬', '婚姻家庭'), { key: '其他', labelZh: '其他', isRest: true }],
    columns: [number('sections', '设置社会工作科室', '个', 'sections'), number('posts', '设置社会工作岗位', '个', 'posts.institution')],
  },
  {
    number: 3, titleZh: '其他单位社会工作岗位开发设置情况', rowKind: 'POST_UNIT_TYPE', rowHeadZh: '单位类型',
    rows: [{ key: 'TOWNSHIP_COMMUNITY', labelZh: '乡镇、街道和社区' }, { key: 'OTHER_INSTITUTION', labelZh: '其他系统事业单位' }, { key: 'SOCIAL_ORGANISATION', labelZh: '社会组织' }, { key: 'OTHER', labelZh: '其他' }],
    columns: [
      number('posts', '岗位个数', '个', 'posts.explicit'), number('stations', '社会工作服务站（室、中心）', '个', 'stations.socialWork'),
      number('deFacto', '虽未明确为社会工作岗位，但实际岗位职责包括社会工作的', '个', 'posts.deFacto'), number('unused', '已取得学历学位、职业资格或培训证书但未从事社会工作的', '人', 'workers.unused'),
    ],
  },
  {
    number: 4, titleZh: '社会工作专业人才资源情况', rowKind: 'SYSTEM', rowHeadZh: '系统', rows: rows('民政', '公安（禁毒办）', '司法行政', '扶贫', '工会', '共青团', '综治', '教育', '人力社保', '卫健', '信访', '妇联', '残联'),
    columns: [number('workers', '社会工作专业人才数量', '人', 'workers'), { key: 'asOf', headZh: '截止日期', kind: 'DAY', source: 'asOf' }],
  },
  {
    number: 5, titleZh: '社会工作专业人才培训情况', rowKind: 'YEAR', rowHeadZh: '年度',
    columns: [number('attendances', '培训人次', '人次', 'training.attendances'), number('growth', '较去年增长量', '人次', 'training.attendances', { take: 'GROWTH' }), text('plan', '纳入省人才规划情况', 'plans.talent')],
  },
  {
    number: 6, titleZh: '社会工作行业协会情况', rowKind: 'REGISTRATION_LEVEL', rowHeadZh: '登记部门', rows: levels,
    columns: [number('associations', '协会数量', '个', 'associations'), number('party', '成立党组织', '个', 'associations.party'), number('unitMembers', '单位会员', '个', 'associations.unitMembers'), number('personalMembers', '个人会员', '人', 'associations.personalMembers')],
  },
  {
    number: 7, titleZh: '民办社会工作服务机构情况', rowKind: 'REGISTRATION_LEVEL', rowHeadZh: '登记部门', rows: levels,
    columns: [number('agencies', '机构数量', '个', 'agencies'), number('staff', '专职工作人员', '人', 'agencies.staff'), number('party', '基层党组织', '个', 'agencies.party'), number('partyMembers', '专职工作人员中的党员', '人', 'agencies.partyMembers')],
  },
  {
    number: 8, titleZh: '社会工作资金投入情况', rowKind: 'FUNDING_SOURCE', rowHeadZh: '资金来源',
    rows: [{ key: 'FISCAL', labelZh: '财政性资金' }, { key: 'WELFARE_LOTTERY', labelZh: '福利彩票公益金' }, { key: 'OTHER', labelZh: '其他资金', isRest: true }, { key: 'MINISTRY_LOTTERY', labelZh: '部本级彩票金项目' }],
    columns: [
      funds('amount', '投入总量（万元）', 'funds.socialWork'), number('growth', '较上年增长量（万元）', '万元', 'funds.socialWork', { take: 'GROWTH', ...money }), text('remarks', '备注', 'lines.remarks'), text('use', '资金用途', 'lines.use'),
    ],
  },
  {
    number: 9, titleZh: '开展社会工作试点示范、工程、计划、项目情况', rowKind: 'PILOT',
    columns: [
      field('kind', '类别', 'kind'), field('name', '名称', 'name'), field('summary', '简介', 'summary'), field('places', '涉及地区和单位', 'places'),
      field('poorCounties', '覆盖贫困地区县数量', 'poorCounties', 'NUMBER', { unit: '个' }), field('poorVillages', '覆盖贫困地区村数量', 'poorVillages', 'NUMBER', { unit: '个' }), field('funds', '投入资金（万元）', 'funds', 'NUMBER', { unit: '万元', ...money }),
    ],
  },
  { number: 10, titleZh: '出台志愿服务政策情况', rowKind: 'VOLUNTEERING_DOCUMENT', columns: documents },
  {
    number: 11, titleZh: '志愿服务组织情况', rowKind: 'REGISTRATION_LEVEL', rowHeadZh: '层级', rows: levels,
    columns: [
      form('associations', '社会团体', 'SOCIAL_ORGANISATION'), form('institutions', '社会服务机构', 'SOCIAL_SERVICE_INSTITUTION'), form('foundations', '基金会', 'FOUNDATION'),
      number('inside', '单位和社区内部成立的组织数', '个', 'teams.organisation'), number('teams', '社区内部队伍总数', '个', 'teams.community'), number('stations', '社区志愿服务站点数', '个', 'stations.volunteering'),
    ],
  },
  {
    number: 12, titleZh: '志愿者注册情况', rowKind: 'ONE', rowHeadZh: '地区',
    columns: [
      number('registered', '注册志愿者总数', '人', 'volunteers.registered'), number('share', '占当地居民人口总数的比例（%）', '%', 'volunteers.registered', { take: 'SHARE_OF_RESIDENTS', digits: 2 }),
      number('national', '在全国志愿服务信息系统中的注册志愿者数', '人', 'volunteers.national'),
    ],
  },
  {
    number: 13, titleZh: '志愿者培训情况', rowKind: 'COURSE',
    columns: [field('organiser', '举办单位', 'organiser'), field('title', '培训班名称', 'title'), field('content', '培训内容', 'content'), field('persons', '培训人数', 'persons', 'NUMBER', { unit: '人' })],
    totals: {
      rowKind: 'ORGANISER_TYPE', columns: { persons: 'courses.persons' },
      rows: [{ key: 'PARTY_GOVERNMENT', labelZh: '党政机关合计' }, { key: 'VOLUNTEER_ORGANISATION', labelZh: '志愿服务组织合计' }, { key: 'OTHER', labelZh: '其他组织合计' }],
    },
  },
  {
    number: 14, titleZh: '志愿服务活动情况', rowKind: 'ONE', rowHeadZh: '地区',
    columns: [number('hours', '志愿服务总时数', '小时', 'hours.all', { digits: 2 }), number('hoursOfYear', '其中本年时数', '小时', 'hours.year', { digits: 2 }), text('activities', '省级重点活动名称及简介', 'activities.key')],
  },
  {
    number: 15, titleZh: '志愿服务记录工作情况', rowKind: 'REGION', rowHeadZh: '地区',
    columns: [
      number('counties', '开展记录工作的县（市、区）数量', '个', 'coverage.counties'), number('townships', '开展记录工作的街（镇）数量', '个', 'coverage.townships'), number('communities', '开展记录工作的社区数量', '个', 'coverage.communities'),
      number('units', '开展记录工作的单位数量', '个', 'coverage.units'),
    ],
  },
  {
    number: 16, titleZh: '志愿者激励保障情况', rowKind: 'ONE', rowHeadZh: '地区',
    columns: [text('measures', '主要措施', 'measures.incentive'), funds('fiscal', '财政资金投入（万元）', 'funds.incentives', 'FISCAL'), funds('lottery', '福彩金投入（万元）', 'funds.incentives', 'WELFARE_LOTTERY')],
  },
  {
    number: 17, titleZh: '志愿服务资金投入情况', rowKind: 'FUNDING_LEVEL', rowHeadZh: '层级', rows: [{ key: 'OWN', labelZh: '省级层面' }, { key: 'ALL', labelZh: '全省总计' }],
    columns: [
      funds('fiscal', '财政性资金', 'funds.volunteering', 'FISCAL'), funds('lottery', '彩票公益金', 'funds.volunteering', ...lotteries), funds('other', '其他资金', 'funds.volunteering', ...others),
      { key: 'total', headZh: '总计', unit: '万元', kind: 'NUMBER', sum: ['fiscal', 'lottery', 'other'], digits: 2 }, funds('operations', '其中政府购买志愿服务运营管理的资金（万元）', 'funds.operations'),
    ],
  },
];

const check = (key: string, kind: string, table: number, columns: string[], severity: 'ERROR' | 'WARNING' = 'ERROR', more: object = {}) => ({ key, kind, table, columns, severity, ...more });
const numbersOf = (table: (typeof tables)[number]): string[] => table.columns.filter(({ kind, key }) => kind === 'NUMBER' && key !== 'growth').map(({ key }) => key);
const checks = [
  ...tables.filter((table) => numbersOf(table).length > 0).map((table) => check(`notNegative${table.number}`, 'NOT_NEGATIVE', table.number, numbersOf(table))),
  check('documentNumber1', 'DOCUMENT_NUMBER', 1, ['number', 'issuedOn'], 'WARNING'),
  check('documentNumber10', 'DOCUMENT_NUMBER', 10, ['number', 'issuedOn'], 'WARNING'),
  check('growth5', 'GROWTH', 5, ['growth', 'attendances'], 'WARNING'),
  check('growth8', 'GROWTH', 8, ['growth', 'amount'], 'WARNING'),
  check('submitted5', 'SUBMITTED', 5, ['attendances'], 'WARNING'),
  check('submitted8', 'SUBMITTED', 8, ['amount'], 'WARNING'),
  check('submitted12', 'SUBMITTED', 12, ['registered', 'national'], 'WARNING'),
  check('plan5', 'TEXT', 5, ['plan']),
  check('party6', 'PART', 6, ['associations', 'party']),
  check('partyMembers7', 'PART', 7, ['staff', 'partyMembers']),
  check('party7', 'PART', 7, ['agencies', 'party']),
  check('use8', 'TEXT', 8, ['use'], 'WARNING'),
  check('share12', 'SHARE', 12, ['share', 'registered']),
  check('national12', 'PART', 12, ['registered', 'national']),
  check('year14', 'PART', 14, ['hours', 'hoursOfYear']),
  check('activities14', 'TEXT', 14, ['activities']),
  check('total15', 'TOTAL', 15, ['counties', 'townships', 'communities', 'units'], 'ERROR', { totalRow: 'TOTAL' }),
  check('measures16', 'TEXT', 16, ['measures']),
  check('total17', 'TOTAL', 17, ['total', 'fiscal', 'lottery', 'other']),
  check('operations17', 'PART', 17, ['total', 'operations']),
];

/** The form's layout as it is kept. */
export const layout2019 = JSON.stringify({ tables, checks });

export function buildReturnForms(): number {
  writeCsv('return-forms.csv', 'key,titleZh,firstYear,lastYear,layout,basis', [{ key: '2019', titleZh: '全国社会工作和志愿服务统计表（2019年表式）', firstYear: 2019, lastYear: '', layout: layout2019, basis: '' }]);
  return 1;
}
