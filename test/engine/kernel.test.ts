import 'reflect-metadata'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseValue } from 'graphql'
import { DateTime, Day, dayOf, faultsOf, fenOf, Given, isDay, isWithin, languageOf, lifecycle, Money, newId, overlaps, prefixOf, Problem, yuanOf } from '../../src/kernel/index.js'
import { initiativeLifecycle } from '../../src/modules/initiatives/initiative.lifecycle.js'
import { checkNationalId } from '../../src/modules/people/index.js'
import { checkCreditCode, documentNumberFault } from '../../src/modules/units/index.js'

const thrown = (work: () => unknown): Problem => {
  try {
    work()
  } catch (error) {
    return error as Problem
  }
  throw new Error('nothing was refused')
}

describe('ids', () => {
  it('are a prefix and 26 characters, and tell their prefix again', () => {
    const id = newId('task')
    expect(id).toMatch(/^task_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
    expect(prefixOf(id)).toBe('task')
  })

  it('sort in the order of their making, ten thousand of them, and none comes twice', () => {
    const made = Array.from({ length: 10_000 }, () => newId('x'.repeat(2)))
    expect([...made].sort()).toEqual(made)
    expect(new Set(made).size).toBe(10_000)
  })

  it('are UUIDs of version 7 with the time of their making', () => {
    const before = Date.now()
    const [, text] = newId('task').split('_')
    const bits = [...text!].reduce((value, character) => (value << 5n) | BigInt('0123456789abcdefghjkmnpqrstvwxyz'.indexOf(character)), 0n)
    expect(Number((bits >> 76n) & 0xfn)).toBe(7)
    expect(Number((bits >> 62n) & 0x3n)).toBe(2)
    // Ten thousand within a millisecond borrow from the next ones.
    expect(Math.abs(Number(bits >> 80n) - before)).toBeLessThan(1_000)
  })

  it.each(['', 'task', 'task_', '_01h455vb4pex5vsknk084sn02q', 'TASK_01h455vb4pex5vsknk084sn02q', 'task_81h455vb4pex5vsknk084sn02q', 'task_01h455vb4pex5vsknk084sn02', 'task_01h455vb4pex5vsknk084sn02qq', 'task_01h455vb4pex5vsknk084sn02i', 'task_01H455VB4PEX5VSKNK084SN02Q', ' task_01h455vb4pex5vsknk084sn02q', 'task_01h455vb4pex5vsknk084sn02q\n', 't_01h455vb4pex5vsknk084sn02q'])('%j is none', (text) => expect(prefixOf(text)).toBeUndefined())
})

describe('days', () => {
  it.each(['2026-11-23', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s exists', (day) => expect(isDay(day)).toBe(true))
  it.each(['2026-02-30', '2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '2026-1-1', '20260101', '2026-01-01T00:00:00Z', '', '0000-01-01', '10000-01-01', '２０２６-01-01', '2026-01-01\n'])('%j does not', (day) => expect(isDay(day)).toBe(false))

  it('begin at midnight in Shanghai', () => {
    expect(dayOf(new Date('2026-11-22T15:59:59.999Z'))).toBe('2026-11-22')
    expect(dayOf(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23')
    expect(dayOf(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01')
  })

  it('lie in [from, to), an absent end being open', () => {
    expect([isWithin('2026-01-01', '2026-01-01', '2026-01-02'), isWithin('2026-01-02', '2026-01-01', '2026-01-02'), isWithin('2025-12-31', '2026-01-01', null), isWithin('2026-01-01', undefined, null)]).toEqual([true, false, false, true])
  })

  it('of two periods are shared or not, the same both ways round', () => {
    const day = fc.integer({ min: 0, max: 9 })
    const period = fc.tuple(day, fc.option(day)).map(([from, length]) => [from, length === null ? null : from + 1 + length] as const)
    const text = (at: number) => `2026-01-${String(at + 1).padStart(2, '0')}`
    fc.assert(
      fc.property(period, period, ([a, b], [c, d]) => {
        const shared = [...Array(40).keys()].some((at) => at >= a && (b === null || at < b) && at >= c && (d === null || at < d))
        expect(overlaps(text(a), b === null ? null : text(b), text(c), d === null ? null : text(d))).toBe(shared)
        expect(overlaps(text(c), d === null ? null : text(d), text(a), b === null ? null : text(b))).toBe(shared)
      }),
    )
  })
})

describe('scalars', () => {
  it('Day takes an existing day and nothing else, in variables and in documents', () => {
    expect(Day.parseValue('2026-11-23')).toBe('2026-11-23')
    expect(Day.parseLiteral(parseValue('"2026-11-23"'))).toBe('2026-11-23')
    for (const value of ['2026-02-30', 20261123, null, '', ['2026-11-23'], new Date()]) expect(() => Day.parseValue(value)).toThrow(/existing calendar day written YYYY-MM-DD/)
    for (const literal of ['"2026-02-30"', '20261123', 'TODAY', 'true']) expect(() => Day.parseLiteral(parseValue(literal))).toThrow(/existing calendar day/)
  })

  it('DateTime takes ISO 8601 with an offset and milliseconds, and tells UTC', () => {
    expect(DateTime.parseValue('2026-11-23T09:00:00+08:00')).toBe('2026-11-23T01:00:00.000Z')
    expect(DateTime.parseValue('2026-11-23T09:00Z')).toBe('2026-11-23T09:00:00.000Z')
    expect(DateTime.parseValue('2026-11-23T09:00:00.123456Z')).toBe('2026-11-23T09:00:00.123Z')
    expect(DateTime.parseValue(1_795_395_600_000)).toBe('2026-11-23T01:00:00.000Z')
    expect(DateTime.parseLiteral(parseValue('1795395600000'))).toBe('2026-11-23T01:00:00.000Z')
    expect(DateTime.serialize(new Date('2026-11-23T01:00:00Z'))).toBe('2026-11-23T01:00:00.000Z')
  })

  // Without an offset the answer would depend on where the server stands.
  it.each(['2026-11-23', '2026-11-23T09:00:00', '2026-11-23 09:00:00Z', '2026-02-30T09:00:00Z', '2026-11-23T25:00:00Z', '2026-11-23T09:00:00+99:00', 'now', '', null, true, Number.NaN, 8.64e15 + 1])('DateTime refuses %j', (value) => {
    expect(() => DateTime.parseValue(value)).toThrow(/ISO 8601 with an offset/)
  })
})

describe('money', () => {
  it.each([['5', '5.00'], ['0.1', '0.10'], ['-3.05', '-3.05'], ['-0', '0.00'], ['007', '7.00'], [12.5, '12.50'], [9_999_999_999_999.99, '9999999999999.99'], ['9999999999999.99', '9999999999999.99']])('%j is %s', (given, text) => {
    expect(Money.parseValue(given)).toBe(text)
    expect(Money.parseLiteral(parseValue(JSON.stringify(given)))).toBe(text)
  })

  it.each(['', '1.005', '.5', '1.', '1,000', '1e3', '１', '10000000000000', ' 1', '+1', '--1', null, true, 0.1 + 0.2, Number.NaN, ['1']])('%j is none', (given) => {
    expect(() => Money.parseValue(given)).toThrow(/amount in yuan written in digits/)
  })

  it('is added in fen without losing one, below nothing too', () => {
    expect([fenOf('0.01'), fenOf('-0.50'), fenOf('1234567890123456.78'), fenOf('3')]).toEqual([1n, -50n, 123_456_789_012_345_678n, 300n])
    expect([0n, 1n, -1n, -50n, 100n, 123_456_789_012_345_678n].map(yuanOf)).toEqual(['0.00', '0.01', '-0.01', '-0.50', '1.00', '1234567890123456.78'])
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }), (fen) => expect(fenOf(yuanOf(fen))).toBe(fen)))
  })

  it('that is given is at least one fen, or within the bounds that the input sets', () => {
    class Paid {
      declare amount?: string
      declare correction?: string
    }
    Given.money('An amount.', { max: 100 })(Paid.prototype, 'amount')
    Given.money('A signed amount.', { min: -Infinity })(Paid.prototype, 'correction')
    const told = (given: Partial<Paid>) => faultsOf(Object.assign(new Paid(), given)).map((fault) => [fault.code, fault.field, fault.message])
    expect(told({ amount: '0.01', correction: '-99999.00' })).toEqual([])
    expect(told({ amount: '100.00' })).toEqual([])
    expect(told({ amount: '0.00' })).toEqual([['OUT_OF_RANGE', 'input.amount', 'input.amount must be at least 0.01 yuan; it is 0.00.']])
    expect(told({ amount: '100.01' })).toEqual([['OUT_OF_RANGE', 'input.amount', 'input.amount must be at most 100 yuan; it is 100.01.']])
    expect(faultsOf(Object.assign(new Paid(), { amount: '-1.00' }))[0]!.in('zh').message).toBe('input.amount 须不少于 0.01 元，当前为 -1.00。')
  })
})

describe('languages', () => {
  it.each([[undefined, 'en'], ['', 'en'], ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'], ['en-GB,zh;q=0.5', 'en'], ['fr, de, zh', 'zh'], ['fr', 'en'], ['ZH', 'zh']])('%j asks for %s', (header, language) => expect(languageOf(header)).toBe(language))
})

describe('a lifecycle', () => {
  const legal = { DRAFT: ['PLANNED', 'CANCELLED'], PLANNED: ['ACTIVE', 'CANCELLED'], ACTIVE: ['SUSPENDED', 'CLOSED', 'CANCELLED'], SUSPENDED: ['ACTIVE', 'CANCELLED'], CLOSED: [], CANCELLED: [] }

  it('lets through the steps of its table and no other, of every pair of states', () => {
    expect([initiativeLifecycle.initial, ...initiativeLifecycle.states].sort()).toEqual(['DRAFT', ...Object.keys(legal)].sort())
    for (const from of initiativeLifecycle.states) {
      expect(initiativeLifecycle.next(from)).toEqual(legal[from])
      for (const to of initiativeLifecycle.states) {
        expect([from, to, initiativeLifecycle.may(from, to)]).toEqual([from, to, (legal[from] as string[]).includes(to)])
        if (initiativeLifecycle.may(from, to)) expect(() => initiativeLifecycle.check(from, to, 'input.id')).not.toThrow()
        else expect(thrown(() => initiativeLifecycle.check(from, to, 'input.id'))).toMatchObject({ code: 'ILLEGAL_TRANSITION', field: 'input.id' })
      }
    }
  })

  it('names what may follow, in both languages', () => {
    const refused = thrown(() => initiativeLifecycle.check('DRAFT', 'ACTIVE', 'input.initiativeId'))
    expect(refused.in('en').message).toBe('DRAFT cannot become ACTIVE. It may become: PLANNED, CANCELLED.')
    expect(refused.in('zh').message).toBe('状态 DRAFT 不能变为 ACTIVE，可变为：PLANNED, CANCELLED。')
    expect(thrown(() => lifecycle<'A'>('A', { A: [] }).check('A', 'A', 'f')).in('zh').message).toBe('状态 A 不能变为 A，可变为：无（终态）。')
  })
})

describe('a unified social credit code', () => {
  it.each(['91331081307655191L', '91350100M000100Y43'])('%s is one', (code) => expect(() => checkCreditCode(code, 'input.creditCode')).not.toThrow())

  it('with another check character is told which it should be', () => {
    const refused = thrown(() => checkCreditCode('91310115MA1H8R7C6D', 'input.creditCode'))
    expect(refused).toMatchObject({ code: 'MALFORMED', field: 'input.creditCode' })
    expect(refused.message).toMatch(/^input\.creditCode has the check character D, which should be \w\. Compare it with the certificate\.$/)
    expect(refused.in('zh').message).toContain('校验码为 D')
  })

  it.each(['', '9133108130765519', '91331081307655191LL', '91331081307655191l', '9133108130765519IL', '91331081307655191 ', '９1331081307655191L'])('%j has not its shape', (code) => {
    expect(thrown(() => checkCreditCode(code, 'f'))).toMatchObject({ code: 'MALFORMED', field: 'f' })
  })

  it('does not survive one changed character, nor two neighbours in each other\'s place', () => {
    const good = '91331081307655191L'
    for (let at = 0; at < 17; at++) {
      for (const character of '0123456789ABCDEFGHJKLMNPQRTUWXY') if (character !== good[at]) expect(thrown(() => checkCreditCode(good.slice(0, at) + character + good.slice(at + 1), 'f')).code).toBe('MALFORMED')
      if (at < 16 && good[at] !== good[at + 1]) expect(thrown(() => checkCreditCode(good.slice(0, at) + good[at + 1] + good[at] + good.slice(at + 2), 'f')).code).toBe('MALFORMED')
    }
  })
})

describe('a resident identity number', () => {
  it.each(['11010519491231002X', '440524188001010014'])('%s is one', (number) => expect(() => checkNationalId(number, 'f')).not.toThrow())

  it.each(['110105194912310021', '11010519490231002X', '11010519491331002X', '11010519491231002x', '1101051949123100', '', '440524188001010015'])('%j is none, and the refusal does not repeat it', (number) => {
    const refused = thrown(() => checkNationalId(number, 'input.nationalId'))
    expect(refused).toMatchObject({ code: 'MALFORMED', field: 'input.nationalId' })
    if (number) for (const language of ['en', 'zh'] as const) expect(refused.in(language).message).not.toContain(number.slice(0, 6))
  })
})

describe('a document number', () => {
  it('names its year between 〔 and 〕, which is the year of issue', () => {
    expect(documentNumberFault('民发〔2016〕186号', '2016-10-14')).toBeUndefined()
    expect(documentNumberFault('民发〔2016〕186号', '2017-01-01')!.en).toBe('names the year 2016, but the document was issued in 2017.')
  })

  it.each(['民发[2016]186号', '民发〔2016〕186', '〔2016〕186号', '民发〔16〕186号', '民发 〔2016〕186号', '民发〔2016〕号', '民发〔2016〕1234567号', ''])('%j is none', (number) => {
    expect(documentNumberFault(number, '2016-10-14')!.zh).toContain('〔2016〕')
  })
})
