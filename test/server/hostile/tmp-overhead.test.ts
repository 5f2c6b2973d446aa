import { readFileSync } from 'node:fs'
import { it } from '@jest/globals'
import { parse, separateOperations, print, validate, specifiedRules } from 'graphql'
import { createCost } from '../../../src/server/cost.js'
import { createDocumentCheck, measure } from '../../../src/server/document-limits.js'
import { checkVariables } from '../../../src/server/variable-limits.js'
import { Budget } from '../../../src/server/budget.js'
import { readTrustedDocuments } from '../../../src/server/trusted-documents.js'
import { useWorld } from '../../support/world.js'
const world = useWorld()
it('measures', async () => {
  const doc = separateOperations(parse(readFileSync('schema/operations/portal.graphql', 'utf8')))['JointInitiatives']!
  const text = print(doc)
  const check = createDocumentCheck(world.backbone.schema)
  const cost = createCost(world.backbone.schema)
  const op = doc.definitions[0] as never
  const budget = new Budget(1e12)
  const trusted = readTrustedDocuments({ TRUSTED_DOCUMENTS: 'schema/operations/manifest.json', TRUSTED_DOCUMENTS_ONLY: false })
  const time = async (name: string, n: number, f: (i: number) => unknown) => { for (let i = 0; i < n; i++) { const r = f(i); if (r instanceof Promise) await r } const t = process.cpuUsage(); for (let i = 0; i < n; i++) { const r = f(i); if (r instanceof Promise) await r } ; const u = process.cpuUsage(t); console.log(name, ((u.user + u.system) / n).toFixed(1), 'us') }
  await time('document known', 20000, () => check(text))
  await time('document new', 500, (i) => check(text + '#' + Math.random()))
  await time('cost known', 20000, (i) => cost(doc, op, { first: 10 + i % 20 }))
  const fresh = () => JSON.parse(JSON.stringify(op))
  await time('cost new document', 1000, () => cost(doc, fresh(), { first: 20 }))
  await time('variables', 20000, () => checkVariables({ first: 20 }))
  await time('budget', 20000, async () => { await budget.check('a'); await budget.spend('a', 3731) })
  await time('all', 20000, async (i) => { trusted.resolve({ query: text }, false); check(text); checkVariables({ first: 20 }); await budget.check('a'); cost(doc, op, { first: 20 }); await budget.spend('a', 3731) })
  const evil = '{ a { ' + 'b { c } '.repeat(50) + ' ' + Array.from({length: 49}, (_, i) => `f${i} { ${'x '.repeat(15)} }`).join(' ') + ' } }'
  await time('hostile but within, new', 100, () => check(evil + '#' + Math.random()))
  const e = parse(evil)
  await time('  parse', 100, () => parse(evil, {noLocation: true}))
  await time('  measure', 100, () => measure(e))
  await time('  validate of graphql-js on the same', 50, () => validate(world.backbone.schema, e, specifiedRules, { maxErrors: 5 }))
  const worst = '{ tasks { ' + 'nodes { id title } '.repeat(50) + 'edges { node { id parent { id parent { id ' + 'title '.repeat(49) + '} } } } '.repeat(1) + ' } }'
  const w = parse(worst); check(worst)
  await time('  validate of graphql-js on equal fields', 50, () => validate(world.backbone.schema, w, specifiedRules, { maxErrors: 5 }))
}, 120000)
