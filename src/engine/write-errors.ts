import { OptimisticLockError } from '@mikro-orm/core'
import { Problem } from '../kernel/index.js'

interface DatabaseError {
  code?: string
  constraint?: string
  table?: string
  detail?: string
  cause?: unknown
}

const causeOf = (error: unknown): DatabaseError => {
  for (let at = error as DatabaseError | undefined, depth = 0; at && depth < 5; at = at.cause as DatabaseError | undefined, depth++) if (typeof at.code === 'string' && /^[0-9A-Z]{5}$/.test(at.code)) return at
  return {}
}

/** Deadlock, serialization failure: the transaction was rolled back whole and may be tried again. */
export const isRetryable = (error: unknown): boolean => ['40001', '40P01'].includes(causeOf(error).code ?? '')

/** Raised by `heli_refuse`: the guards did not hold of what the change left. */
export const isRefused = (error: unknown): boolean => causeOf(error).code === 'HL403'

const meanings = new Map<string, (field?: string) => Problem>()
/** What a violated constraint means to the user. */
export const constraintMeans = (constraint: string, problem: () => Problem): void => void meanings.set(constraint, problem)

const fieldOf = (constraint: string, table: string | undefined): string =>
  constraint.replace(new RegExp(`^${table ?? ''}_`), '').replace(/_(unique|foreign|check|key|excl)$/, '').replace(/_id$/, '').replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase())

/** The problem that an error of the write path stands for, or undefined where it is a fault of ours. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  if (error instanceof OptimisticLockError) return stale()
  const { code, constraint, table } = causeOf(error)
  if (!code || !constraint) return undefined
  const meaning = meanings.get(constraint)
  if (meaning) return meaning()
  const field = `input.${fieldOf(constraint, table)}`
  switch (code) {
    case '23505':
      return new Problem('TAKEN', field, { en: `${field} is already used by another row. Choose another one.`, zh: `${field} 已被占用，请更换。` })
    case '23503':
      return new Problem('IN_USE', field, { en: `${field} refers to a row that is not there, or is still referred to.`, zh: `${field} 所指对象不存在，或仍被引用。` })
    case '23514':
      return new Problem('OUT_OF_RANGE', field, { en: `${field} has a value that is not allowed.`, zh: `${field} 的值不被允许。` })
    case '23P01':
      return new Problem('OVERLAP', field, { en: `${field} overlaps another period. Change its dates.`, zh: `${field} 与其他期间重叠，请调整日期。` })
    default:
      return undefined
  }
}

export const stale = (currentVersion?: number, changedFields?: string[]): Problem =>
  new Problem(
    'CONFLICT',
    'input.expectedVersion',
    {
      en: `Somebody changed the row since you read it${changedFields?.length ? ` (${changedFields.join(', ')})` : ''}. Read it again and repeat your change.`,
      zh: `您读取之后该行已被他人修改${changedFields?.length ? `（${changedFields.join('、')}）` : ''}，请重新读取后再修改。`,
    },
    { ...(currentVersion !== undefined ? { currentVersion } : {}), ...(changedFields ? { changedFields } : {}) },
  )
