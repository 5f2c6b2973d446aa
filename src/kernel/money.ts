import { GraphQLScalarType, Kind } from 'graphql'
import { complain } from './scalars.js'

// 15 digits in all: a JSON number still tells any two such amounts apart, and a sum of a hundred of the greatest fits its column.
const shape = /^(-?)0*(\d{1,13})(?:\.(\d{1,2}))?$/

const readMoney = (value: unknown): string => {
  const found = typeof value === 'string' || typeof value === 'number' ? shape.exec(String(value)) : null
  if (!found) throw complain(`Money must be an amount in yuan written in digits, with at most thirteen before the point and two after it, such as "1234.50"; got ${JSON.stringify(value)}`)
  const [, sign, yuan, fraction = ''] = found
  const text = `${yuan}.${fraction.padEnd(2, '0')}`
  return sign && text !== '0.00' ? `-${text}` : text
}

/** An amount in yuan, exact text with two places from the input to the answer: a binary fraction would lose fen. */
export const Money = new GraphQLScalarType<string, string>({
  name: 'Money',
  description: 'An amount of money in yuan (人民币元) to the fen, answered as text with two places such as "1234.50" (金额); a number is accepted too.',
  serialize: (value) => value as string,
  parseValue: readMoney,
  parseLiteral: (node) => readMoney(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : null),
})

/** The amount in fen, whole and exact: what amounts are added and compared in. Takes sums that no input could give. */
export function fenOf(amount: string): bigint {
  const [yuan, fraction = ''] = amount.split('.')
  return BigInt(yuan + fraction.padEnd(2, '0'))
}

/** Fen as an amount in yuan with two places. */
export function yuanOf(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0')
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
