import { Field, ID, InputType, Int } from 'type-graphql'
import { Money } from './money.js'
import { Problem } from './problem.js'
import { DateTime, Day, Decimal } from './scalars.js'

interface Rule {
  /** Explicit null is refused: the attribute cannot be emptied. */
  required: boolean
  min?: number
  max?: number
  pattern?: { shape: Pick<RegExp, 'test'>; en: string; zh: string }
  isText?: boolean
  /** A decimal amount: its bounds are of the number, told in this unit. */
  amountIn?: { en: string; zh: string }
  nested?: () => Function
}

const rules = new Map<Function, Map<string, Rule>>()

export interface InputOptions {
  /** May be left out. In an update everything may. */
  optional?: boolean
  /** Null empties the attribute. */
  clearable?: boolean
  min?: number
  max?: number
  pattern?: Rule['pattern']
}

const input = (graph: () => unknown, more: Partial<Rule> = {}) =>
  (description: string, { optional, clearable, min, max, pattern }: InputOptions = {}): PropertyDecorator =>
  (target, key) => {
    Field(graph as never, { description, nullable: (optional || clearable) ?? false })(target, key)
    const own = rules.get(target.constructor) ?? rules.set(target.constructor, new Map()).get(target.constructor)!
    const bounds = { ...(min !== undefined ? { min } : {}), ...(max !== undefined ? { max } : {}), ...(pattern ? { pattern } : {}) }
    own.set(key as string, { required: !clearable, ...more, ...bounds })
  }

const monthShape = { shape: /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/, en: 'is a month such as 2026-11.', zh: '须为月份，如 2026-11。' }

const twoPlaces = { shape: /^-?\d+(\.\d{1,2})?$/, en: 'has at most two decimal places.', zh: '最多两位小数。' }

/** Attributes of an input, each with the rule that its value must meet. */
export const Given = {
  text: (description: string, options: InputOptions = {}) => input(() => String, { isText: true })(description, { min: options.clearable ? 0 : 1, max: 200, ...options }),
  whole: input(() => Int),
  flag: input(() => Boolean),
  day: input(() => Day),
  /** A month such as `2026-11`, as text. */
  month: (description: string, options: InputOptions = {}) => input(() => String)(description, { ...options, pattern: monthShape }),
  instant: input(() => DateTime),
  decimal: input(() => Decimal),
  /** Yuan; at least 0.01 unless another `min` is given (a correction is signed: `min: -Infinity`). */
  money: (description: string, options: InputOptions = {}) => input(() => Money, { amountIn: { en: 'yuan', zh: '元' } })(description, { min: 0.01, ...options }),
  /** Hours with two decimal places at most; more than none and at most a day unless other bounds are given. */
  hours: (description: string, options: InputOptions = {}) => input(() => Decimal, { amountIn: { en: 'hours', zh: '小时' } })(description, { min: 0.01, max: 24, pattern: twoPlaces, ...options }),
  id: input(() => ID),
  ids: input(() => [ID]),
  choice: (of: () => object, description: string, options: InputOptions = {}) => input(of)(description, options),
  choices: (of: () => object, description: string, options: InputOptions = {}) => input(() => [of()])(description, options),
  parts: (of: () => Function, description: string, options: InputOptions = {}) => input(() => [of()], { nested: of })(description, options),
}

/** Sent with every create and transition: the same key and input again replay the first result (kept 24 hours). */
@InputType()
export abstract class IdempotentInput {
  @Given.text('Your own key for this act; send it again when you do not know whether the first try arrived (幂等键).', { max: 100 })
  idempotencyKey!: string
}

/** Sent with every update: the `version` that the change was made from. */
@InputType()
export abstract class VersionedInput extends IdempotentInput {
  @Given.whole('The `version` that you read; another one means somebody changed the row since (乐观锁).')
  expectedVersion!: number
}

const rulesOf = (type: Function): [string, Rule][] => {
  const found: [string, Rule][] = []
  for (let at: Function | null = type; at && at !== Function.prototype; at = Object.getPrototypeOf(at) as Function | null) found.push(...(rules.get(at) ?? []))
  return found
}

/** Every fault of an input, by field; none when it is good. */
export function faultsOf(given: object, type: Function = given.constructor, path = 'input'): Problem[] {
  return rulesOf(type).flatMap(([key, rule]) => {
    const value = (given as Record<string, unknown>)[key]
    const field = `${path}.${key}`
    if (value === undefined) return []
    if (value === null) return rule.required ? [new Problem('REQUIRED', field, { en: `${field} cannot be empty: leave it out to keep it.`, zh: `${field} 不能为空：不改则不要填写。` })] : []
    // PostgreSQL keeps no such character, and the embedded one takes it for the end of the statement.
    if (typeof value === 'string' && value.includes('\0')) return [new Problem('MALFORMED', field, { en: `${field} holds a NUL character. Remove it.`, zh: `${field} 含有空字符（NUL），请删除。` })]
    if (rule.nested) return (value as object[]).flatMap((each, at) => faultsOf(each, rule.nested!(), `${field}.${at}`))
    const malformed = rule.pattern && typeof value === 'string' && !rule.pattern.shape.test(value) ? [new Problem('MALFORMED', field, { en: `${field} ${rule.pattern.en}`, zh: `${field} ${rule.pattern.zh}` })] : []
    if (rule.amountIn) {
      if (malformed.length > 0) return malformed
      // 15 digits: the number tells any two amounts apart.
      if (Number(value) >= (rule.min ?? -Infinity) && Number(value) <= (rule.max ?? Infinity)) return []
      const [en, zh] = Number(value) < (rule.min ?? -Infinity) ? [`at least ${rule.min}`, `不少于 ${rule.min}`] : [`at most ${rule.max}`, `不超过 ${rule.max}`]
      return [new Problem('OUT_OF_RANGE', field, { en: `${field} must be ${en} ${rule.amountIn.en}; it is ${String(value)}.`, zh: `${field} 须${zh} ${rule.amountIn.zh}，当前为 ${String(value)}。` })]
    }
    const size = typeof value === 'string' ? [...value.trim()].length : typeof value === 'number' ? value : undefined
    if (size !== undefined && (size < (rule.min ?? -Infinity) || size > (rule.max ?? Infinity))) {
      const [en, zh] = rule.isText ? ['characters', '个字符'] : ['', '']
      return [new Problem('OUT_OF_RANGE', field, { en: `${field} must have ${rule.min ?? 0} to ${rule.max ?? 'any number of'} ${en}; it has ${size}.`.replace(/ ;/, ';'), zh: `${field} 须为 ${rule.min ?? 0} 至 ${rule.max ?? '不限'}${zh}，当前为 ${size}。` })]
    }
    return malformed
  })
}

/** The attributes that were sent, without the keys of the protocol. */
export function attributesOf<T extends object>(given: T): Partial<Omit<T, 'idempotencyKey' | 'expectedVersion'>> {
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => value !== undefined && key !== 'idempotencyKey' && key !== 'expectedVersion')) as never
}

