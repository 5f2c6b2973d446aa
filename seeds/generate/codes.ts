// Check characters of the codes used in China: GB 32100 (social credit), GB 11714 (organisation) and GB 11643 (identity).

const CREDIT = '0123456789ABCDEFGHJKLMNPQRTUWXY';

export function creditCheck(first17: string): string {
  let sum = 0;
  let weight = 1;
  for (const character of first17) {
    const value = CREDIT.indexOf(character);
    if (value < 0) throw new Error(`no character of a credit code: ${character}`);
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return CREDIT[(31 - (sum % 31)) % 31] as string;
}

export const creditValid = (code: string): boolean =>
  /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code) && creditCheck(code.slice(0, 17)) === code[17];

function organisationCheck(first8: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first8[index]), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 'X' : check === 11 ? '0' : String(check);
}

/** An invented credit code: category, six digits of the division, then an organisation number 9990nnnn that is plainly none. */
export function inventedCredit(category: string, division: string, serial: number): string {
  const organisation = `9990${String(serial).padStart(4, '0')}`;
  const first17 = `${category}${division.slice(0, 6)}${organisation}${organisationCheck(organisation)}`;
  return first17 + creditCheck(first17);
}

export function identityCheck(first17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return '10X98765432'[sum % 11] as string;
}

/** An invented identity number: region 999999 exists nowhere. */
export function inventedIdentity(birthDate: string, serial: number): string {
  const first17 = `999999${birthDate.replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
  return first17 + identityCheck(first17);
}
