import { compare, compareEnum, filterOf, orderOf, register, type Paging } from '../../engine/index.js'
import { Given, Problem } from '../../kernel/index.js'
import { checkRuleAlone, Division, DivisionFilter } from '../../modules/divisions/index.js'
import { PolicyDocument } from '../../modules/units/index.js'
import { catalogue, IndicatorKey } from './catalogue.js'
import { compare as order } from './decimal.js'
import { IndicatorThreshold } from './threshold.entity.js'

const IndicatorThresholdFilter: Function = filterOf('IndicatorThreshold', {
  id: compare.id, indicator: compareEnum('IndicatorKey', IndicatorKey), target: compare.decimal, warning: compare.decimal, validFrom: compare.day, validTo: compare.day, division: () => DivisionFilter,
})
export const thresholdPaging: Paging = { filter: IndicatorThresholdFilter, ...orderOf('IndicatorThreshold', ['indicator', 'validFrom', 'validTo', 'createdAt']) }

const shape = /^-?\d{1,12}(\.\d{1,4}0*)?$/

export const thresholds = register(IndicatorThreshold, {
  name: 'indicatorThreshold', what: 'what an indicator is to reach (指标目标值)',
  attributes: {
    divisionId: [Given.id, 'Division that sets it (区划).', { to: Division, isFixed: true }],
    indicator: [(description, options) => Given.choice(() => IndicatorKey, description, options), 'The indicator (指标).', { isFixed: true }],
    target: [Given.decimal, 'Value to reach, in the measure of the indicator: a share of 60 % is 0.6 (目标值).', { isFixed: true }],
    warning: [Given.decimal, 'Value beyond which it is far from the target: below it, or above it where lower is better (预警值).', { clearable: true, isFixed: true }],
    validFrom: [Given.day, 'First day (起始日期).', { isFixed: true }],
    validTo: [Given.day, 'First day on which it no longer holds (终止日期).', { clearable: true }],
    basisId: [Given.id, 'Document that it rests on (依据文件).', { to: PolicyDocument }],
  },
  check: async (work, rule) => {
    for (const name of ['target', 'warning'] as const) {
      const value = rule[name]
      if (value && !shape.test(value)) throw new Problem('OUT_OF_RANGE', `input.${name}`, { en: `A value has four places at most; got ${value}.`, zh: `最多四位小数，当前为 ${value}。` })
    }
    const { direction } = catalogue[rule.indicator]
    if (rule.warning && (direction === 'HIGHER' ? order(rule.warning, rule.target) > 0 : order(rule.warning, rule.target) < 0)) {
      throw new Problem('OUT_OF_RANGE', 'input.warning', { en: `With ${rule.indicator} ${direction === 'HIGHER' ? 'higher is better: the warning is not above' : 'lower is better: the warning is not below'} the target.`, zh: direction === 'HIGHER' ? '该指标越高越好，预警值不得高于目标值。' : '该指标越低越好，预警值不得低于目标值。' })
    }
    await checkRuleAlone(work, IndicatorThreshold, rule, ['indicator'])
  },
})
