// The documents: all invented, shaped like real ones. The number carries the year of issue in 〔〕.

import { writeCsv } from './csv.ts';
import type { Units } from './units.ts';

export interface PolicyDocument { number: string; title: string; kind: string; issuers: string; issuedOn: string; supersedes: string }

export const PATTERN_2008 = '浙组〔2008〕15号';
export const MERGER_2009 = '浙委〔2009〕32号';
export const SOCIAL_WORK_2023 = '浙委〔2023〕41号';
export const NEIGHBOUR_BASIS = { pattern: '苏组〔2008〕9号', merger: '苏委〔2009〕20号', socialWork: '苏委〔2023〕33号' };

const SHORT: Record<string, string> = {
  P: 'PARTY_COMMITTEE', O: 'ORGANISATION_DEPARTMENT', S: 'PARTY_SOCIAL_WORK', C: 'CIVIL_AFFAIRS', H: 'HUMAN_RESOURCES', L: 'LABOUR_SOCIAL_SECURITY',
  R: 'HUMAN_RESOURCES_SOCIAL_SECURITY', E: 'EDUCATION', J: 'JUSTICE', M: 'HEALTH', F: 'FINANCE', T: 'TRADE_UNION', Y: 'YOUTH_LEAGUE', W: 'WOMENS_FEDERATION',
};

/** number | title | kind (S social work, V volunteering) | division | issuers by letter | date | supersedes */
const DOCUMENTS = `
浙组〔2008〕15号|关于明确社区社会工作人才队伍建设各方职责分工的意见|S|330000|O H C E L|2008-02-20|
浙民〔2008〕77号|关于开展社区社会工作岗位试点的通知|S|330000|C H|2008-09-16|
浙委〔2009〕32号|关于机构改革后调整社会工作人才工作职责的通知|S|330000|P|2009-05-18|
浙民〔2011〕104号|社会工作服务站点建设指引（试行）|S|330000|C|2011-06-28|
浙人社〔2012〕58号|社会工作专业岗位薪酬指导办法（试行）|S|330000|R C F|2012-04-12|
浙财〔2013〕61号|政府向社会力量购买社会工作服务资金管理暂行办法|S|330000|F C|2013-08-09|
浙团〔2014〕23号|青年志愿者注册与服务时长记录规则|V|330000|Y C|2014-03-05|
浙民〔2016〕92号|民办社会工作服务机构等级评估办法|S|330000|C|2016-07-21|
浙教〔2017〕45号|社会工作专业实习基地建设办法|S|330000|E C|2017-05-11|
浙民〔2018〕120号|志愿服务组织孵化与骨干培养实施方案|V|330000|C Y W|2018-10-22|
浙司〔2019〕36号|社区矫正领域社会工作岗位设置意见|S|330000|J C R|2019-04-25|
浙卫〔2020〕51号|医务社会工作服务规范（试行）|S|330000|M C|2020-09-03|
浙工〔2021〕29号|职工服务领域社会工作者配备意见|S|330000|T C|2021-03-18|
浙民〔2021〕88号|乡镇街道社会工作站建设三年行动方案|S|330000|C F|2021-06-24|浙民〔2011〕104号
浙财〔2022〕47号|政府购买社会工作服务纳入年度预算管理办法|S|330000|F C|2022-07-14|浙财〔2013〕61号
浙妇〔2022〕18号|家庭领域社会工作服务指引|S|330000|W C|2022-05-12|
浙委〔2023〕41号|关于组建党委社会工作部门并调整社会工作人才职责的通知|S|330000|P|2023-06-19|
浙组〔2024〕6号|社区社会工作人才队伍建设行动方案（2024—2028年）|S|330000|O S R C E|2024-01-15|
浙社工〔2024〕12号|社会工作督导人才选拔与使用办法|S|330000|S R|2024-04-10|
浙人社〔2024〕73号|社会工作专业岗位薪酬指导办法|S|330000|R S F|2024-08-20|浙人社〔2012〕58号
浙社工〔2025〕9号|志愿服务激励与嘉许实施细则|V|330000|S Y|2025-03-04|浙团〔2014〕23号
浙民〔2025〕31号|民办社会工作服务机构培育扶持办法|S|330000|C F S|2025-05-20|浙民〔2016〕92号
杭组〔2024〕19号|杭州市社区社会工作人才重点任务清单|S|330100|O S|2024-03-21|
杭社工〔2025〕14号|杭州市社工站岗位说明书编制规程|S|330100|S C R|2025-06-17|
西组〔2025〕8号|西湖区社区工作事务准入清单|S|330106|O S C|2025-04-15|
苏组〔2008〕9号|关于社会工作人才队伍建设职责分工的意见|S|320000|O H C E L|2008-02-25|
苏委〔2009〕20号|关于机构改革后社会工作人才职责衔接的通知|S|320000|P|2009-05-20|
苏委〔2023〕33号|关于调整社会工作人才队伍建设职责的通知|S|320000|P|2023-06-20|
浙组〔2024〕18号|社会工作联合行动督查督办规则（试行）|S|330000|O|2024-03-11|
杭组〔2024〕22号|杭州市社会工作重点任务督查督办办法|S|330100|O|2024-03-28|
甬组〔2024〕16号|宁波市社会工作重点任务督办单管理办法|S|330200|O|2024-03-26|
`;

/** Bases of the rules of supervision, by division. */
export const SUPERVISION: Record<string, string> = { 330000: '浙组〔2024〕18号', 330100: '杭组〔2024〕22号', 330200: '甬组〔2024〕16号' };

export function buildDocuments(units: Units): PolicyDocument[] {
  const list = DOCUMENTS.trim().split('\n').map((line) => {
    const [number, title, kind, division, letters, issuedOn, supersedes] = line.split('|') as [string, string, string, string, string, string, string];
    const issuers = letters.split(' ').map((letter) => {
      const unit = units.at(division, SHORT[letter]!);
      if (unit === undefined) throw new Error(`no issuer ${letter} of ${number}`);
      return unit.code;
    });
    return { number, title, kind: kind === 'S' ? 'SOCIAL_WORK' : 'VOLUNTEERING', issuers: issuers.join(';'), issuedOn, supersedes };
  });
  writeCsv('documents.csv', 'number,title,kind,issuers,issuedOn,supersedes', list);
  return list;
}
