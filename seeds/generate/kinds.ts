// The kinds of unit: how a unit of each kind is called at each level, when the kind began and ended, and its system in the national return.

export type Kind = string;
type Level = 'PROVINCE' | 'PREFECTURE' | 'COUNTY';

export interface KindRule {
  kind: Kind;
  /** Full name after the division's name, by level; a leading `^` puts 中共 before and 委 or 委员会 after it. */
  name: Record<Level, string>;
  short: Record<Level, string>;
  system: string;
  credit: string;
  chief: string;
  founded?: string;
  ended?: string;
  successor?: Kind;
  /** Earlier names: suffix by level and the day it was given up. */
  former?: { name: Record<Level, string>; until: string }[];
}

const bureau = (province: string, below: string): Record<Level, string> => ({ PROVINCE: province, PREFECTURE: below, COUNTY: below });
const both = (name: string): Record<Level, string> => bureau(name, name);
/** `%` in a short name stands for 省, 市, 区 or 县; without one it comes first. */
const placed = (short: string): string => (short.includes('%') ? short : `%${short}`);
const rule = (kind: Kind, name: Record<Level, string>, plain: Record<Level, string>, system: string, credit: string, chief: string, more: Partial<KindRule> = {}): KindRule =>
  ({ kind, name, short: { PROVINCE: placed(plain.PROVINCE), PREFECTURE: placed(plain.PREFECTURE), COUNTY: placed(plain.COUNTY) }, system, credit, chief, ...more });

export const GOVERNMENT: KindRule[] = [
  rule('PARTY_COMMITTEE', both('^委员会'), both('委'), '', '11', '书记'),
  rule('ORGANISATION_DEPARTMENT', both('^委组织部'), both('委组织部'), '', '11', '部长'),
  rule('PARTY_SOCIAL_WORK', both('^委社会工作部'), both('委社会工作部'), '', '11', '部长', { founded: '2023-07-01' }),
  rule('POLITICAL_LEGAL', both('^委政法委员会'), both('委政法委'), '综治', '11', '书记'),
  rule('CIVIL_AFFAIRS', bureau('民政厅', '民政局'), bureau('民政厅', '民政局'), '民政', '11', '局长'),
  rule('HUMAN_RESOURCES', bureau('人事厅', '人事局'), bureau('人事厅', '人事局'), '', '11', '局长', { ended: '2009-06-01', successor: 'HUMAN_RESOURCES_SOCIAL_SECURITY' }),
  rule('LABOUR_SOCIAL_SECURITY', bureau('劳动和社会保障厅', '劳动和社会保障局'), bureau('劳动保障厅', '劳动保障局'), '', '11', '局长', { ended: '2009-06-01', successor: 'HUMAN_RESOURCES_SOCIAL_SECURITY' }),
  rule('HUMAN_RESOURCES_SOCIAL_SECURITY', bureau('人力资源和社会保障厅', '人力资源和社会保障局'), bureau('人力社保厅', '人力社保局'), '人力社保', '11', '局长', { founded: '2009-06-01' }),
  rule('EDUCATION', bureau('教育厅', '教育局'), bureau('教育厅', '教育局'), '教育', '11', '局长'),
  rule('JUSTICE', bureau('司法厅', '司法局'), bureau('司法厅', '司法局'), '司法行政', '11', '局长'),
  rule('HEALTH', both('卫生健康委员会'), both('卫生健康委'), '卫健', '11', '主任', {
    former: [{ name: bureau('卫生厅', '卫生局'), until: '2014-05-01' }, { name: bureau('卫生和计划生育委员会', '卫生和计划生育局'), until: '2018-11-01' }],
  }),
  rule('FINANCE', bureau('财政厅', '财政局'), bureau('财政厅', '财政局'), '', '11', '局长'),
  rule('PUBLIC_SECURITY', bureau('公安厅', '公安局'), bureau('公安厅', '公安局'), '公安（禁毒办）', '11', '局长'),
  rule('POVERTY_ALLEVIATION', both('扶贫办公室'), both('扶贫办'), '扶贫', '11', '主任', { ended: '2021-05-25', former: [{ name: both('扶贫开发办公室'), until: '2010-04-01' }] }),
  rule('PETITIONS', both('信访局'), both('信访局'), '信访', '11', '局长', { former: [{ name: both('人民来访接待办公室'), until: '2009-03-01' }] }),
  rule('TRADE_UNION', both('总工会'), both('总工会'), '工会', '81', '主席'),
  rule('YOUTH_LEAGUE', both('~委员会'), both('团%委'), '共青团', '13', '书记'),
  rule('WOMENS_FEDERATION', both('妇女联合会'), both('妇联'), '妇联', '13', '主席'),
  rule('DISABLED_FEDERATION', both('残疾人联合会'), both('残联'), '残联', '13', '理事长'),
];

export const KIND = new Map(GOVERNMENT.map((entry) => [entry.kind, entry]));
export const CORE = ['PARTY_COMMITTEE', 'ORGANISATION_DEPARTMENT', 'PARTY_SOCIAL_WORK', 'CIVIL_AFFAIRS', 'HUMAN_RESOURCES', 'LABOUR_SOCIAL_SECURITY', 'HUMAN_RESOURCES_SOCIAL_SECURITY', 'EDUCATION'];
export const FURTHER = ['JUSTICE', 'HEALTH', 'TRADE_UNION', 'YOUTH_LEAGUE', 'WOMENS_FEDERATION', 'FINANCE', 'DISABLED_FEDERATION', 'POLITICAL_LEGAL'];
export const PARTNERS = ['SERVICE_AGENCY', 'VOLUNTEER_ORGANISATION', 'ASSOCIATION', 'PUBLIC_INSTITUTION'];

/** The name of a unit: 中共X委… and 共青团X委员会 put words around the division's name, the rest follows it. */
export function unitName(division: string, suffix: string): string {
  if (suffix.startsWith('^')) return `中共${division}${suffix.slice(1)}`;
  if (suffix.startsWith('~')) return `共青团${division}${suffix.slice(1)}`;
  return division + suffix;
}

/** Counties and cities of the demo that were called otherwise once: name and the day it was given up (rounded to months, demo data). */
export const OLD_DIVISION_NAMES: Record<string, { name: string; until: string }> = {
  330111: { name: '富阳市', until: '2015-02-01' },
  330112: { name: '临安市', until: '2017-08-01' },
  330213: { name: '奉化市', until: '2016-10-01' },
  330305: { name: '洞头县', until: '2015-08-01' },
  330603: { name: '绍兴县', until: '2013-11-01' },
  330604: { name: '上虞市', until: '2013-11-01' },
  331083: { name: '玉环县', until: '2017-05-01' },
};

/** Invented two-character names of agencies, volunteer organisations and associations. */
export const INVENTED = ['例和', '示同', '样新', '示善', '例安', '样益', '示禾', '例舟', '样桥', '示暖', '例友', '样邻', '示助', '例民', '样康', '示心', '例乐', '样禾', '示邻', '例光', '样晴', '示行', '例知', '样风', '示林'];
