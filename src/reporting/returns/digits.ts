import { fenOf } from '../../kernel/index.js'

/** Rounds a fraction of whole numbers half away from zero. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n
  const [of, by] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator]
  const whole = (2n * of + by) / (2n * by)
  return isNegative ? -whole : whole
}

function written(scaled: bigint, digits: number): string {
  const text = String(scaled < 0n ? -scaled : scaled).padStart(digits + 1, '0')
  const sign = scaled < 0n ? '-' : ''
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** A number with two places at most, in hundredths: what counts, hours and amounts are added in. */
export const hundredthsOf = (value: string): bigint => fenOf(value)

/** So many hundredths in a unit of `per`, with `digits` places. */
export const inUnits = (hundredths: bigint, per: number, digits: number): string => written(rounded(hundredths * 10n ** BigInt(digits), 100n * BigInt(per)), digits)

/** A share in percent; null of nothing. */
export const percent = (part: bigint, whole: bigint, digits: number): string | null => (whole === 0n ? null : written(rounded(part * 100n * 10n ** BigInt(digits), whole), digits))

const scaleOf = (text: string): number => text.split('.')[1]?.length ?? 0
const scaled = (text: string, digits: number): bigint => {
  const [whole, fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(digits, '0'))
}

/** Numbers as they are written, added exactly. */
export function added(values: readonly string[]): string {
  const digits = Math.max(0, ...values.map(scaleOf))
  return written(values.reduce((sum, value) => sum + scaled(value, digits), 0n), digits)
}

/** The first less the second, as they are written. */
export const less = (value: string, other: string): string => added([value, other.startsWith('-') ? other.slice(1) : `-${other}`])

/** -1, 0 or 1: numbers as they are written, compared exactly. */
export function compared(one: string, other: string): number {
  const digits = Math.max(scaleOf(one), scaleOf(other))
  const difference = scaled(one, digits) - scaled(other, digits)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}
