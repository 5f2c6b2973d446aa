const places = 4
const one = 10n ** BigInt(places)

/** Exact decimal text as whole ten-thousandths: sums and counts have two places at most, and what is averaged four. */
export function unitsOf(text: string): bigint {
  const [whole = '0', part = ''] = text.replace('-', '').split('.')
  const units = BigInt(whole) * one + BigInt(part.slice(0, places).padEnd(places, '0'))
  return text.startsWith('-') ? -units : units
}

/** The same back: without places where there are none. */
export function textOf(units: bigint): string {
  const size = units < 0n ? -units : units
  const part = String(size % one).padStart(places, '0').replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${size / one}${part ? `.${part}` : ''}`
}

/** Quotient to four digits, halves away from zero; null where nothing stands below. */
export function quotient(above: string, below: string): string | null {
  const [up, down] = [unitsOf(above), unitsOf(below)]
  if (down === 0n) return null
  const twice = (2n * one * up) / down
  return textOf((twice + (twice < 0n ? -1n : 1n)) / 2n)
}

export const sum = (texts: readonly string[]): string => textOf(texts.reduce((total, text) => total + unitsOf(text), 0n))
export const difference = (text: string, other: string): string => textOf(unitsOf(text) - unitsOf(other))
export const compare = (text: string, other: string): number => (unitsOf(text) < unitsOf(other) ? -1 : unitsOf(text) > unitsOf(other) ? 1 : 0)
