import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kind, parse, print, separateOperations, type DefinitionNode, type DocumentNode } from 'graphql'
import { describe, doors, type Policy } from './access/index.js'
import { isStructural } from './engine/index.js'
import { projectRoot } from './environment.js'
import type { Heli } from './schema.js'

const notice = 'Emitted by `npm run schema`; a test fails when it is stale. Do not edit.'

/** The SDL with definitions, fields and values in order, so that a diff shows what changed and nothing else. */
export function emitSchema(sdl: string): string {
  const document = parse(sdl)
  const named = (node: object): string => ('name' in node ? (node.name as { value: string } | undefined)?.value ?? '' : '')
  const byName = (a: object, b: object) => (named(a) < named(b) ? -1 : 1)
  const ordered = (node: DefinitionNode): DefinitionNode => {
    const sorted = { ...node } as unknown as Record<string, object[]>
    for (const part of ['fields', 'values']) if (Array.isArray(sorted[part])) sorted[part] = [...sorted[part]].sort(byName)
    return sorted as unknown as DefinitionNode
  }
  const definitions = document.definitions.map(ordered).sort((a, b) => (a.kind === Kind.SCHEMA_EXTENSION ? -1 : b.kind === Kind.SCHEMA_EXTENSION ? 1 : byName(a, b)))
  return `# ${notice}\n${print({ ...document, definitions } as DocumentNode)}\n`
}

const cell = (text: string) => text.replaceAll('|', '\\|')

/** Every access row as a table a person can review, in the order of the modules. */
export function emitAccess(policy: Policy): string {
  const lines = [
    '# Who sees and does what',
    '',
    `${notice} The sentences are made from the guards that the SQL is made from, so they cannot say anything else.`,
    '',
    '`filter`, `order`, `group` and `aggregate` are as `read` unless a column says otherwise. Connections, edges and payloads are open with the field that returns them.',
  ]
  for (const [type, rows] of [...policy.rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (isStructural(type)) continue
    lines.push('', `## ${type}`, '')
    const scope = policy.scopes.get(type)
    if (scope) lines.push(`Rows: ${describe(scope.rows).en}.`, '', `可见范围：${describe(scope.rows).zh}。`, '')
    lines.push('| field | who reads it, or acts | other doors | written by |', '|---|---|---|---|')
    for (const [field, { row, act, authors }] of [...rows].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const others = doors.filter((door) => door !== 'read' && row[door]).map((door) => `${door}: ${describe(row[door]!).en}`)
      const what = act ? `on ${act.on}: ${describe(act.when).en}` : describe(row.read).en
      lines.push(`| \`${field}\` | ${cell(what)}${row.because ? ` — because ${cell(row.because)}` : ''} | ${cell(others.join('; '))} | ${authors.join(', ')} |`)
    }
  }
  return `${lines.join('\n')}\n`
}

/** Every named operation with the fragments that it needs, by the SHA-256 of its text: what a client sends instead of the text. */
export function emitManifest(texts: readonly string[]): string {
  const operations = texts.flatMap((text) => Object.entries(separateOperations(parse(text))))
  const byName = new Map<string, string>()
  for (const [name, document] of operations) {
    if (name === '') throw new Error('A trusted document has no name: write `query Name { … }`.')
    if (byName.has(name)) throw new Error(`Two trusted documents are called ${name}.`)
    byName.set(name, print(document))
  }
  const entries = [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, body]) => [createHash('sha256').update(body).digest('hex'), { name, body }])
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`
}

function operationTexts(): string[] {
  const folder = join(projectRoot, 'schema', 'operations')
  return readdirSync(folder).filter((name) => name.endsWith('.graphql')).sort().map((name) => readFileSync(join(folder, name), 'utf8'))
}

/** The committed files of `schema/`, by name. */
export const contractOf = ({ sdl, engine }: Pick<Heli, 'sdl' | 'engine'>): Readonly<Record<string, string>> => ({
  'schema.graphql': emitSchema(sdl),
  'access.md': emitAccess(engine.policy),
  'operations/manifest.json': emitManifest(operationTexts()),
})
