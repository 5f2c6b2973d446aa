import { expect, it } from '@jest/globals'
import { documentOf } from '../../src/engine/index.js'

it('a document is parsed once for each text, and a client that asks for ever other ones does not make the process grow', () => {
  const first = documentOf('{ viewer { id } }')
  expect(documentOf('{ viewer { id } }')).toBe(first)
  for (let at = 0; at < 500; at++) documentOf(`{ a${at}: viewer { id } }`)
  expect(documentOf('{ viewer { id } }')).not.toBe(first)
  expect(documentOf('{ a499: viewer { id } }')).toBe(documentOf('{ a499: viewer { id } }'))
})
