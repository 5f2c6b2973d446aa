import { expect, it } from '@jest/globals'
import { tellError } from '../../src/server/log.js'

it('blots out long numbers of an error and leaves ids whole, whatever digits they hold', () => {
  const id = 'att_01m86zk9f4e0097011d9b28har'
  expect(tellError(new Error(`${id} of 11010519491231002X, 13800138000, x_${id.slice(4)}`)).message).toBe(`${id} of …, …, x_01m86zk9f4e…d9b28har`)
})
