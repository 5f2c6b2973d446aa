import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, it } from '@jest/globals'

// What Git would take: a file that is not committed yet must already keep the rules.
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split('\n').filter((file) => /\.(ts|mjs)$/.test(file) && existsSync(file))
const text = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
const sources = files.filter((file) => file.startsWith('src/'))
const holding = (pattern: RegExp, among = sources) => among.filter((file) => pattern.test(text.get(file)!))

/** Lowest first. Parts on one line do not know each other. */
const layers = [
  ['kernel', 'formats'],
  ['access'],
  ['engine'],
  ['modules'],
  ['reporting'],
  ['environment'],
  ['database', 'sign-in'],
  ['audit', 'blobs', 'lot-keys', 'service-tokens', 'importing'],
  ['schema'],
  ['recognition', 'sql-roles'],
  ['backbone', 'contract', 'server'],
  ['exporting'],
  ['jobs'],
  ['demo', 'doctor', 'portal'],
  ['main', 'start'],
  ['cli'],
]
const rank = new Map(layers.flatMap((parts, at) => parts.map((part) => [part, at] as const)))
const partOf = (file: string) => /^src\/([^/.]+)/.exec(file)![1]!

const imported = (file: string): string[] =>
  [...text.get(file)!.matchAll(/(?:^|[\s;])(?:import|export)\b[^'"`;]*?from\s*['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|^import\s+['"](\.[^'"]+)['"]/gm)]
    .map(([, from, later, bare]) => normalize(join(dirname(file), (from ?? later ?? bare)!)).replace(/\.js$/, '.ts'))
const edges = sources.filter((file) => file.endsWith('.ts')).flatMap((file) => imported(file).map((target) => ({ file, target })))

const order = /modules = \[([^\]]+)\]/.exec(readFileSync('src/modules/index.ts', 'utf8'))![1]!.split(',').map((name) => name.trim()).filter(Boolean)
const parts = /reporting: readonly Module\[\] = \[([^\]]*)\]/.exec(readFileSync('src/reporting/index.ts', 'utf8'))![1]!.split(',').map((name) => name.trim()).filter(Boolean)
const folderOf = (folder: string) => (file: string) => new RegExp(`^src/${folder}/([^/]+)/`).exec(file)?.[1]

describe('direction of imports', () => {
  it('reads the imports at all', () => {
    expect(edges).toContainEqual({ file: 'src/schema.ts', target: 'src/engine/index.ts' })
    expect(edges).toContainEqual({ file: 'src/cli.ts', target: 'src/main.ts' })
    expect(edges.length).toBeGreaterThan(200)
  })

  it('every part of src has its place in the order', () => {
    expect([...new Set(sources.map(partOf))].filter((part) => !rank.has(part))).toEqual([])
  })

  it('goes from left to right only', () => {
    const faults = edges.filter(({ file, target }) => target.startsWith('src/') && partOf(file) !== partOf(target) && rank.get(partOf(target))! >= rank.get(partOf(file))!)
    expect(faults).toEqual([])
  })

  it('leaves src for migrations only', () => {
    expect(edges.filter(({ target }) => !target.startsWith('src/') && !target.startsWith('migrations/'))).toEqual([])
  })

  it('names modules in the order in which they are loaded, each with a folder', () => {
    expect(order.slice(0, 7)).toEqual(['divisions', 'units', 'people', 'calendar', 'supervision', 'initiatives', 'tasks'])
    expect(order.filter((name) => !existsSync(`src/modules/${name}/index.ts`))).toEqual([])
    expect(parts.filter((name) => !existsSync(`src/reporting/${name}/index.ts`))).toEqual([])
  })

  it.each([
    { folder: 'modules', within: order },
    { folder: 'reporting', within: parts },
  ])('enters a part of $folder through its index.ts, and from another only one above it', ({ folder, within }) => {
    const nameOf = folderOf(folder)
    const faults = edges.flatMap(({ file, target }) => {
      const [from, to] = [nameOf(file), nameOf(target)]
      if (!to || from === to) return []
      if (basename(target) !== 'index.ts') return [`${file} reaches past the index of ${to}: ${target}`]
      if (from && within.indexOf(to) >= within.indexOf(from)) return [`${file} imports ${to}, which is below ${from}`]
      return []
    })
    expect(faults).toEqual([])
  })
})

describe('one place for each thing', () => {
  it('has no file for whatever is left over', () => {
    expect(files.filter((file) => /(^|[/.-])(utils?|helpers?|managers?|commons?|misc|shared)([/.-]|$)/i.test(file))).toEqual([])
  })

  it('reads process.env in environment.ts alone', () => {
    const exempt = (file: string) => /^src\/start\/.*\.mjs$/.test(file) || file.startsWith('test/')
    expect(holding(/process\.env\b(?!`)/, files.filter((file) => !exempt(file)))).toEqual(['src/environment.ts'])
  })

  it('compiles SQL in statement.ts, and runs what it compiled in named places', () => {
    expect(holding(/new Kysely\b|new PostgresQueryCompiler\b/)).toEqual(['src/database/session-dialect.ts', 'src/engine/statement.ts'])
    // read.ts and direct.ts are the two roads of a read; work.ts judges inside the write transaction, fence.ts and sql-view.ts write what lives in the database, glance.ts looks at the text of a test.
    expect(holding(/\b(compile(WithSlots)?|keep)\(/).sort()).toEqual(['src/engine/direct.ts', 'src/engine/fence.ts', 'src/engine/glance.ts', 'src/engine/read.ts', 'src/engine/sql-view.ts', 'src/engine/statement.ts', 'src/engine/work.ts'])
    expect(holding(/connection\.read\b/)).toEqual(['src/engine/read.ts'])
    expect(holding(/getKysely\(/)).toEqual(['src/engine/work.ts'])
  })

  it('opens no database beneath the schema but through engine/read.ts', () => {
    const below = sources.filter((file) => /^src\/(kernel|access|engine|modules)\//.test(file))
    expect(holding(/database\.(read|snapshot|transaction)\b|\bopenDatabase\b/, below)).toEqual([])
  })

  it('forks an entity manager in mutation.ts alone', () => {
    expect(holding(/\.fork\(/)).toEqual(['src/engine/mutation.ts'])
  })

  it('has one try/catch around mutations', () => {
    expect(holding(/\btry\s*\{|\.catch\(/, sources.filter((file) => file.startsWith('src/modules/')))).toEqual([])
    expect(text.get('src/engine/mutation.ts')!.match(/\btry\s*\{/g)).toHaveLength(1)
    expect(holding(/\btry\s*\{/, sources.filter((file) => file.startsWith('src/engine/') || file === 'src/schema.ts'))).toEqual(['src/engine/cursor.ts', 'src/engine/mutation.ts'])
  })

  it('keeps a file of src within 260 lines', () => {
    const lines = (file: string) => text.get(file)!.split('\n').length - 1
    expect(sources.filter((file) => lines(file) > 260).map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })
})
