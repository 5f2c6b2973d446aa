// INI-0001 is the policy itself as an initiative; its six children are the six mechanisms; their tasks are the policy's measures, in our own words.
// A task line: title|requirement|expected result|lead kind|co-operating kinds (letters as in KINDS), all of the province.

export const KINDS: Record<string, string> = {
  P: 'PARTY_COMMITTEE', O: 'ORGANISATION_DEPARTMENT', S: 'PARTY_SOCIAL_WORK', C: 'CIVIL_AFFAIRS', R: 'HUMAN_RESOURCES_SOCIAL_SECURITY', E: 'EDUCATION',
  J: 'JUSTICE', H: 'HEALTH', F: 'FINANCE', U: 'TRADE_UNION', Y: 'YOUTH_LEAGUE', W: 'WOMENS_FEDERATION', A: 'ASSOCIATION', V: 'VOLUNTEER_ORGANISATION', G: 'SERVICE_AGENCY',
};

export const POLICY = {
  title: '社区社工人才合力总行动',
  summary: '由省委领导、组织部门统筹，把分散在各部门的人、岗、钱、机构和培养拧成一股绳，补上能力、结构、服务、数量四块短板，让社区居民遇到难处时找得到专业的社工。',
  participants: 'P LEADERSHIP;S RESPONSIBLE;R RESPONSIBLE;C RESPONSIBLE;E RESPONSIBLE;J COOPERATING;H COOPERATING;F COOPERATING;U COOPERATING;Y COOPERATING;W COOPERATING',
};

export interface PolicyChild { mechanism: string; title: string; summary: string; lead: string; participants: string; tasks: string[] }

export const CHILDREN: PolicyChild[] = [
  {
    mechanism: 'ORGANISATION_LEADERSHIP', title: '组织推动：党委领导、部门合力', lead: 'O OVERALL_COORDINATION',
    summary: '让社会工作进规划、进议程、进干部课堂，各部门按分工一起推。', participants: 'P LEADERSHIP;S RESPONSIBLE;C RESPONSIBLE;R RESPONSIBLE;E RESPONSIBLE;J COOPERATING;H COOPERATING;U COOPERATING;Y COOPERATING;W COOPERATING',
    tasks: [
      '提请省委常委会每年听取一次社会工作专题汇报|汇报讲清上年成效、短板和下一步安排，会后形成分工|会议议程和分工方案|S|O C',
      '在省级发展规划中单列社会工作人才指标|指标可统计、可考核，写明责任单位和年度进度|规划文本与指标解释|S|C R F',
      '厘清各部门社会工作职责边界|列出主责、协办和共管事项，交叉处给出处理规则|职责分工表|O|S C R E',
      '建立省级社会工作联席机制|确定召集人、成员单位和联络员，每季度至少碰头一次|联席机制方案及联络员名册|S|C J U Y',
      '开展什么是社会工作系列科普|用案例讲明白社工与行政人员、义工的区别|科普读本、短视频和投放统计|S|E Y W',
      '为市县主要负责同志开设社会工作课程|讲清社工在化解矛盾、稳定社会中的作用|课程大纲、讲义和参训统计|O|S E',
    ],
  },
  {
    mechanism: 'PROFESSIONAL_POSTS', title: '岗位开发：让社工有岗、有时间、做专业', lead: 'S RESPONSIBLE',
    summary: '开发专业岗位，减掉社区的行政杂务，按需求自主设计服务，并由社工带动志愿者。', participants: 'O OVERALL_COORDINATION;R RESPONSIBLE;C RESPONSIBLE;E COOPERATING;J COOPERATING;H COOPERATING;Y COOPERATING;W COOPERATING',
    tasks: [
      '出台社区社会工作岗位开发指引|分领域给出岗位职责、等级和配备参考数|岗位开发指引|R|C H J',
      '压减社区社工承担的上级交办事务|摸清交办来源，提出削减清单并按季通报占比|削减清单与季度通报|C|O R',
      '推行社工自主需求调查制度|调查由社工独立完成，报告先与社区商量再定计划|调查制度与示范报告|C|R E',
      '试点社工独立制定并实施服务项目|每市选若干社区，计划、实施、记录由社工负责|试点名单和项目计划汇编|C|H J W',
      '壮大民间志愿服务队伍|支持居民自发组队，完善注册、保险和激励|队伍发展统计|Y|V W U',
      '建立社工带志愿者、志愿者带居民的接力机制|明确带领比例、培训要求和受助者回馈通道|接力机制方案与试点小结|Y|C V W',
    ],
  },
  {
    mechanism: 'FUNDING', title: '经费保障：多方出资、购买服务', lead: 'C RESPONSIBLE',
    summary: '财政为主、多方参与，把社工服务买得到、买得好、付得及时。', participants: 'O OVERALL_COORDINATION;S RESPONSIBLE;F RESPONSIBLE;R COOPERATING;J COOPERATING;U COOPERATING',
    tasks: [
      '提高财政投向公共服务社工项目的份额|提出三年递增目标并逐年公布执行情况|三年投入方案|F|S',
      '设计适合社会工作的财政科目与拨付规则|让资金随服务走，缩短到账时间|科目说明和拨付规则|F|R S',
      '完善购买社会工作服务制度|统一需求论证、评审、评价、付款四个环节|制度文本与操作流程|S|F J',
      '在养老、儿童、救助等领域扩大购买社工服务|以专业服务量确定预算，公开服务标准|购买计划和执行统计|S|F W',
      '建立服务方与购买方双向选择办法|允许机构择社区、社区择机构，过程有记录|双向选择办法|S|F A',
    ],
  },
  {
    mechanism: 'REMUNERATION', title: '薪酬激励：让社工留得住', lead: 'R RESPONSIBLE',
    summary: '改变无偿兼职、报酬偏低的状况，使社工收入与同级专业人员看齐。', participants: 'O OVERALL_COORDINATION;S RESPONSIBLE;C COOPERATING;F COOPERATING;U COOPERATING',
    tasks: [
      '构建政府、社会、单位、个人共担的投入办法|测算各方分担比例，明确兜底责任|分担办法与测算表|F|S C',
      '制定全省社工薪酬指导办法|按地区和等级给出下限与参考值，每年更新|指导办法及年度标准|S|F U',
      '摸清兼职和无偿社工底数|区分专职、兼职、无偿，提出有酬化步骤|底数报告|C|S U',
      '健全社会工作表彰奖励制度|突出一线和长期服务者，奖励与等级晋升衔接|表彰奖励办法|S|U C',
      '改善一线社工福利与工作环境|社会保险应保尽保，落实个案室等基本条件|改善情况通报|U|C S',
      '监测社工薪酬与同层次专业人员的比值|只公布汇总结果，比值低于一的地区说明原因|年度监测报告|U|F S',
    ],
  },
  {
    mechanism: 'SERVICE_AGENCIES', title: '机构培育：扶持民办社工机构', lead: 'C RESPONSIBLE',
    summary: '用稳定的预算、起步资助和督导支持，让民办机构接得住、接得久。', participants: 'O OVERALL_COORDINATION;S RESPONSIBLE;F COOPERATING;E COOPERATING;W COOPERATING;Y COOPERATING',
    tasks: [
      '将购买社工服务列入各级年度预算|逐步替代一事一报的项目申请，保证服务不断档|预算编列情况表|F|S',
      '为新办社工机构提供起步资金|明确条件、额度和监督方式|起步资助办法和名册|S|F A',
      '向民办机构派驻督导|优先支持成立不满三年的机构|派驻安排与督导记录|S|E A',
      '奖励社区与机构结对服务|按服务成效给予社区与机构双方激励|结对奖励方案|S|W Y',
      '开展机构连续承接政府服务试点|合同期延长到二至三年，评估合格自动续接|试点评估报告|F|S A',
    ],
  },
  {
    mechanism: 'CAPABILITY', title: '能力提升：在学中做、在做中学', lead: 'E RESPONSIBLE',
    summary: '培训打底、项目练手、督导引路，积累本土实务经验。', participants: 'O OVERALL_COORDINATION;S RESPONSIBLE;R RESPONSIBLE;C RESPONSIBLE;H COOPERATING;U COOPERATING;Y COOPERATING',
    tasks: [
      '实施社区社工分级培训计划|按初任、骨干、督导三级设课，每年更新|培训计划与实施统计|R|C S',
      '举办公益创投大赛练兵|社工自行找需求、写方案、做预算，全程有人指导|大赛方案和入选项目|C|Y S',
      '设立社工小额项目和微基金|单个额度小，放手让一线社工设计与实施|微基金章程和立项清单|S|C U',
      '全面推行社工督导制度|规定督导资格、频次和记录，结果用于考核|督导制度与覆盖率统计|S|R A',
      '建立本土实务案例库|每个案例写清问题、方法、效果和反思|案例库及入库标准|C|H A',
      '打通高校课程与社区实务|院校派师生驻点，社区开放实习岗位|校社合作协议|R|C S',
    ],
  },
];
