// Transpiles src/ and migrations/ into dist/. Type checking is `npm run check`: a start must not wait for it.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const folders = ['src', 'migrations']
const manifestFile = join(root, 'dist', '.build.json')

const options = {
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
}

/** Brings dist/ up to date; returns how many files were written and removed. */
export async function build() {
  const sources = await listSources()
  const known = await readManifest()
  const changed = [...sources].filter(([file, stamp]) => known[file] !== stamp || !existsSync(outputOf(file)))
  const gone = (Object.keys(known).length > 0 ? Object.keys(known) : await listOutputs()).filter((file) => !sources.has(file))
  if (changed.length === 0 && gone.length === 0) return { written: 0, removed: 0 }

  if (changed.length > 0) {
    // Loaded only here: its native binary costs more than the whole check of an unchanged tree.
    const { transform } = await import('@swc/core')
    await Promise.all(changed.map(([file]) => emit(transform, file)))
  }
  await Promise.all(gone.flatMap((file) => [outputOf(file), `${outputOf(file)}.map`]).map((file) => rm(file, { force: true })))
  await replaceFile(manifestFile, JSON.stringify({ options: optionsStamp(), files: Object.fromEntries(sources) }))
  return { written: changed.length, removed: gone.length }
}

async function emit(transform, file) {
  const output = outputOf(file)
  const source = await readFile(join(root, file), 'utf8')
  const { code, map } = await transform(source, { ...options, filename: join(root, file), sourceFileName: relative(dirname(output), join(root, file)).split(sep).join('/') })
  await mkdir(dirname(output), { recursive: true })
  await replaceFile(`${output}.map`, map)
  await replaceFile(output, `${code}\n//# sourceMappingURL=${output.slice(dirname(output).length + 1)}.map\n`)
}

async function listSources() {
  const found = new Map()
  for (const folder of folders) {
    if (!existsSync(join(root, folder))) continue
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    await Promise.all(
      files.map(async (entry) => {
        const path = join(entry.parentPath ?? entry.path, entry.name)
        const { mtimeMs, size } = await stat(path)
        found.set(relative(root, path), `${mtimeMs}:${size}`)
      }),
    )
  }
  return found
}

// Without a usable manifest dist/ itself tells what was once built: a left-over file could still be imported.
async function listOutputs() {
  const found = []
  for (const folder of folders.filter((folder) => existsSync(join(root, 'dist', folder)))) {
    for (const name of await readdir(join(root, 'dist', folder), { recursive: true })) {
      if (name.endsWith('.js')) found.push(join(folder, name.replace(/\.js$/, '.ts')))
    }
  }
  return found
}

async function readManifest() {
  try {
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8'))
    return manifest.options === optionsStamp() ? manifest.files : {}
  } catch {
    return {}
  }
}

function optionsStamp() {
  const compiler = join(root, 'node_modules', '@swc', 'core', 'package.json')
  const version = existsSync(compiler) ? JSON.parse(readFileSync(compiler, 'utf8')).version : 'none'
  return createHash('sha256').update(JSON.stringify([version, options])).digest('hex')
}

function outputOf(file) {
  return join(root, 'dist', file.replace(/\.ts$/, '.js'))
}

// Two starts may build at the same time; a reader must never see half a file.
async function replaceFile(file, text) {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  await writeFile(draft, text)
  await rename(draft, file)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const started = performance.now()
  const { written, removed } = await build()
  console.log(`build: ${written} written, ${removed} removed, ${Math.round(performance.now() - started)} ms`)
}
