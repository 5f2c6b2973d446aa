import { isDay, Problem } from '../../kernel/index.js'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** Throws `MALFORMED` for a resident identity number that breaks GB 11643: 17 digits with a birth date inside, and a check character. */
export function checkNationalId(id: string, field: string): void {
  const isShaped = /^\d{17}[\dX]$/.test(id) && isDay(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`)
  const sum = isShaped ? weights.reduce((total, weight, at) => total + weight * Number(id[at]), 0) : 0
  if (!isShaped || checks[sum % 11] !== id[17]) {
    // The number itself is never repeated: an error message is a door too.
    throw new Problem('MALFORMED', field, { en: `${field} is not a resident identity number (GB 11643). Compare it with the document.`, zh: `${field} 不符合居民身份证号码规则（GB 11643），请核对证件。` })
  }
}
