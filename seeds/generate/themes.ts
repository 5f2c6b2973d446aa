// Themes of the further initiatives: mechanisms (initial letters as in MECHANISM) | lead kind | other kinds | title | summary; {d} is the division.

export const MECHANISM: Record<string, string> = {
  o: 'ORGANISATION_LEADERSHIP', p: 'PROFESSIONAL_POSTS', f: 'FUNDING', r: 'REMUNERATION', s: 'SERVICE_AGENCIES', c: 'CAPABILITY',
};

/** Letters of kinds are those of policy.ts. */
export const THEMES: readonly string[] = [
  'p o|S|C R O|{d}社工站提质行动|把社工站建成居民家门口的专业服务点，人员、场地、制度三到位。',
  'p|C|S R|{d}社区减负增效行动|清理代办事务，让社工把时间用在服务上。',
  'c|E|R S C|{d}社工人才成长计划|分级培养、以赛促学，三年轮训一遍。',
  'f s|C|F S|{d}购买社工服务规范年|从需求论证到付款评价全流程立规矩。',
  'r|R|F U S|{d}社工薪酬对标工程|对标同级专业人员收入，补齐差距。',
  's|S|C F|{d}社工机构培育工程|孵化、督导、合作三措并举。',
  'p c|Y|C S|{d}青春志愿同行计划|社工带青年志愿者服务社区。',
  'p s|W|C S|{d}家庭社工守护行动|面向困难家庭和妇女儿童的专业陪伴。',
  'p r|U|R S|{d}职工社工服务计划|在园区和企业为职工提供心理与生活支持。',
  'p|J|C S|{d}社区矫正社工参与行动|以专业方法帮助对象融入社区。',
  'p c|H|C S|{d}医务社工拓展行动|医院与社区衔接，服务患者及家属。',
  'c|S|E R|{d}督导人才选育计划|选得出、用得好、留得下的本土督导。',
  'o|O|S C R E|{d}社会工作联席协同行动|部门信息互通、事项同办。',
  'o c|S|E Y|{d}社会工作宣传普及行动|让居民和干部都了解社工。',
  'c s|C|S Y|{d}公益微创投行动|小额资金撬动社区自己的办法。',
  'p f|C|F W|{d}困境儿童社工陪伴项目|一人一策，长期陪伴。',
  'p c s|C|H S|{d}居家养老社工支持项目|社工串起医养与邻里互助。',
  'f|F|C S|{d}社工服务资金直达行动|缩短从预算到机构账户的路程。',
  'r o|R|S U|{d}社工职业津贴落实行动|持证在岗应发尽发。',
  'p|S|Y C|{d}志愿服务时长规范行动|记录真实、激励有据。',
  's f|F|C S|{d}社工服务预算接续行动|合同不断档，服务不断线。',
  'c p|E|C S|{d}校社共建实习行动|高校师生进社区，岗位向学生开放。',
  'o p|O|S C|{d}基层治理社工融入行动|社工参与议事协商和矛盾调处。',
  'p c|C|S H|{d}精神障碍社区康复行动|康复、陪伴和家属支持一体推进。',
];

export const MILESTONES: readonly string[] = ['完成底数摸排', '实施方案印发', '资金拨付到位', '人员培训完成', '首批试点启动', '中期评估', '全面推开', '经验交流会', '成果验收', '形成制度文件'];
export const ON_TRACK: readonly string[] = ['底数已核清，试点按计划推进', '方案印发后各单位均已明确联络员', '首批服务点投入使用，居民反馈较好', '培训按期开班，参训率高于预期', '资金已下达，合同陆续签订', '督导进驻后服务记录质量明显提高'];
export const AT_RISK: readonly string[] = ['两个地方人员未到位，进度偏慢', '采购流程比预计长，可能影响四季度任务', '部分数据口径不一，正在重新核对', '社工流失较多，需补充人员'];
export const OFF_TRACK: readonly string[] = ['预算调整未获批，试点暂缓', '多项任务逾期，已发督办单', '承接机构退出，需要重新选择'];
