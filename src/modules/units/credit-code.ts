import { Problem } from '../../kernel/index.js'

const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const shape = /^[0-9A-HJ-NPQRTUWXY]{18}$/

/** The check character of a unified social credit code's first 17 (GB 32100: weights 3^(i-1) mod 31). */
export function checkCharacter(first17: string): string {
  let weight = 1
  let sum = 0
  for (const character of first17) {
    sum += characters.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return characters[(31 - (sum % 31)) % 31]!
}

/** Throws `MALFORMED` naming what is wrong with a unified social credit code. */
export function checkCreditCode(code: string, field: string): void {
  if (!shape.test(code)) {
    throw new Problem('MALFORMED', field, {
      en: `${field} must be 18 digits and capital letters without I, O, Z, S and V (GB 32100).`,
      zh: `${field} 须为 18 位数字或大写字母，且不含 I、O、Z、S、V（GB 32100）。`,
    })
  }
  const check = checkCharacter(code.slice(0, 17))
  if (code[17] !== check) {
    throw new Problem('MALFORMED', field, {
      en: `${field} has the check character ${code[17]}, which should be ${check}. Compare it with the certificate.`,
      zh: `${field} 的校验码为 ${code[17]}，应为 ${check}，请核对登记证书。`,
    })
  }
}
