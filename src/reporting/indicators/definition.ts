import { enumeration } from '../../kernel/index.js'
import type { Mechanism } from '../../modules/units/index.js'
import type { Period, Reckoning, RowsOf } from '../figures/index.js'

export const IndicatorFamily = enumeration('IndicatorFamily', "The four problems that the policy names (四类突出问题), of which each indicator tells one.", {
  COMPETENCE: 'Competence (综合能力)',
  STRUCTURE: 'Structure of the people (人员结构)',
  SERVICE: 'Professional service (专业服务)',
  HEADCOUNT: 'Size of the workforce and what it rests on (队伍总量)',
})
export type IndicatorFamily = keyof typeof IndicatorFamily

export const IndicatorMeasure = enumeration('IndicatorMeasure', 'In what a value is told (计量单位).', {
  SHARE: 'Share, 0 to 1 (占比)',
  RATIO: 'Quotient (比值)',
  GROWTH: 'Growth as a share of the figure before, which may be negative (增长率)',
  COUNT: 'Number (个)',
  PERSONS: 'Persons (人)',
  HOURS: 'Hours (小时)',
  DAYS: 'Days (天)',
  POINTS: 'Points, 0 to 100 (分)',
})
export type IndicatorMeasure = keyof typeof IndicatorMeasure

export const IndicatorDirection = enumeration('IndicatorDirection', 'Which values are the better ones (指标方向).', {
  HIGHER: 'The higher the better (越高越好)',
  LOWER: 'The lower the better (越低越好)',
})
export type IndicatorDirection = keyof typeof IndicatorDirection

export const IndicatorTiming = enumeration('IndicatorTiming', 'What time an indicator is about (时间口径).', {
  PERIOD: 'What happened in the period (期间数)',
  DAY: 'What stood on the last day of the period, or stands today where it has not ended (时点数)',
  TODAY: 'What stands today; of a period that has ended it tells nothing (当前数)',
})
export type IndicatorTiming = keyof typeof IndicatorTiming

export const IndicatorDimension = enumeration('IndicatorDimension', 'By what an indicator is told apart (统计维度).', {
  DIVISION: 'By the divisions directly below, and the division itself for the units that stand in it directly (下级区划)',
  UNIT: 'By unit (单位)',
  UNIT_KIND: 'By kind of unit (单位类别)',
  GRADE: 'By level of the credential (职业水平等级)',
  MONTH: 'By month (月)',
  QUARTER: 'By quarter (季度)',
  YEAR: 'By year (年)',
})
export type IndicatorDimension = keyof typeof IndicatorDimension

/** Of what an indicator is asked. `path`: of the division. */
export interface Extent {
  divisionId: string
  path: string
  isProvince: boolean
  period: Period
  before: Period
  /** Whether the period is a whole year, as figures of a year are. */
  isYear: boolean
  /** It is told apart by the divisions below: figures that are kept of a division are then theirs. */
  isApart?: boolean
  /** The last year that has ended by the end of the period or by today: figures of divisions are told of ended years. */
  endedYear: number
}

/** A part of a numerator or denominator: rows, which of them, and what is reckoned over them. */
export interface Term {
  list: RowsOf['list']
  filter: (at: Extent) => RowsOf['filter']
  reckon: Reckoning
  /** It is taken away. */
  minus?: true
}

export interface Definition {
  name: string
  nameZh: string
  family: IndicatorFamily
  mechanism: Mechanism
  measure: IndicatorMeasure
  direction: IndicatorDirection
  timing: IndicatorTiming
  /** The formula in words; `version` grows with it. */
  formula: string
  formulaZh: string
  version: number
  /** Section of the policy that it answers to, restated. */
  clause: Clause
  numerator: readonly Term[]
  /** None for a plain number. */
  denominator?: readonly Term[]
  /** Types whose rows the terms' filters lead over: whoever sees no row of them is told nothing, and not a number that leaves them out. */
  over?: readonly string[]
  /** Rows of these would be suppressed figures: with any, the value is suppressed too. */
  suppressed?: Term
  /** The figures of parts do not add up to that of the whole, so it is not told apart by divisions below, which are put together of others. */
  isNotAdditive?: true
  /** Without a row it tells nothing, and not 0. */
  isOfRowsOnly?: true
  /** Only by grade is it a number; the value of the whole is the least of the grades. */
  leastOfGrades?: true
}

export interface Clause {
  section: string
  en: string
  zh: string
}
const clause = (section: string, en: string, zh: string): Clause => ({ section, en, zh })

/** Sections of the policy, each in words of our own. */
export const clauses = {
  leadership: clause('一', 'The work has a place on the agenda, and each unit does its part', '党委领导、组织部门牵头，各部门分工负责、密切配合'),
  posts: clause('二（1）', 'Posts of social work stay independent and are not used up by administrative work', '社工岗位保持独立性，防止行政化'),
  independence: clause('二（2）', 'Social workers survey needs, consult with the community, plan and serve on their own', '独立开展需求调研，与社区协商后设计并实施服务计划'),
  volunteers: clause('二（3）', 'Social workers lead volunteers, volunteers serve, and those served become volunteers', '社工引领义工、义工服务群众、群众参与义工'),
  funding: clause('三', 'Money comes from several sources and above all from the public budget', '多渠道筹资，加大财政投入'),
  tender: clause('三（2）', 'Services are bought in competition, with selection from both sides', '政府购买服务，市场竞争、双向选择'),
  pay: clause('四', 'Work is paid, and not below that of professionals of the same level', '改变无偿和低薪，薪酬不低于同等层次专业技术人员'),
  agencies: clause('五', 'Buying of services is part of the annual budget, so that agencies serve without gaps', '购买服务纳入年度预算，持续承接、常态运行'),
  support: clause('五（2）', 'Agencies are supported with start-up money, supervision and partners in communities', '以开办经费、督导支持、社区合作扶持机构'),
  supervision: clause('六（2）', 'Social workers work under supervision', '实施社工督导制度'),
  learning: clause('六（1）', 'Knowledge is taught and skill grows in practice, with small projects too', '加强专业教育培训，以公益创投、小项目、小基金锻炼能力'),
} as const

export const define = <const K extends string>(definitions: Readonly<Record<K, Definition>>): Readonly<Record<K, Definition>> => definitions
