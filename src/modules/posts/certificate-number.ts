import { Problem } from '../../kernel/index.js'

const shape = /^(19[89]\d|20\d\d)\d{11,16}$/

/** Throws `MALFORMED` for a number that is not the control number of a credential (管理号): 15 to 20 digits, the first four the year of the examination, which is not later than the year of issue. */
export function checkCertificateNumber(number: string, issuedOn: string, field: string): void {
  // The number itself is never repeated: an error message is a door too.
  if (!shape.test(number)) throw new Problem('MALFORMED', field, { en: `${field} must be 15 to 20 digits that begin with the year of the examination. Compare it with the certificate.`, zh: `${field} 须为 15 至 20 位数字，前四位为考试年份，请核对证书。` })
  if (number.slice(0, 4) > issuedOn.slice(0, 4)) throw new Problem('MALFORMED', field, { en: `${field} names a year later than that of issue (${issuedOn.slice(0, 4)}). Compare it with the certificate.`, zh: `${field} 的年份晚于颁发年份（${issuedOn.slice(0, 4)}），请核对证书。` })
}
