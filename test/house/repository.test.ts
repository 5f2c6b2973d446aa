import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from '@jest/globals'

interface Manifest {
  [part: string]: Record<string, string>
}
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Manifest & { version?: string; resolved?: string; integrity?: string; link?: boolean; os?: unknown; cpu?: unknown }> }
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).split('\n').filter((file) => file && existsSync(file))
const readable = files.map((file) => [file, readFileSync(file)] as const).filter(([, bytes]) => !bytes.subarray(0, 8_000).includes(0)).map(([file, bytes]) => [file, bytes.toString('utf8')] as const)
const naming = (pattern: RegExp) => readable.filter(([, text]) => pattern.test(text)).map(([file, text]) => `${file}: ${pattern.exec(text)![0]}`)

describe('package.json', () => {
  it('asks for exact versions', () => {
    const loose = kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {}).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)).map(([name, version]) => `${kind} ${name}@${version}`))
    expect(loose).toEqual([])
  })

  it('is what the lock file locks', () => {
    for (const kind of kinds) expect(lock.packages['']![kind]).toEqual(manifest[kind])
  })
})

describe('package-lock.json', () => {
  it('says what a package is and not where from, so that it installs from any registry', () => {
    const packages = Object.entries(lock.packages).filter(([place, { link }]) => place !== '' && !link)
    expect(packages.length).toBeGreaterThan(300)
    expect(packages.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place)).toEqual([])
    expect(packages.filter(([, { version }]) => !version).map(([place]) => place)).toEqual([])
    expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"')
  })

  it('holds a checksum of every package that is installed everywhere', () => {
    const checked = Object.entries(lock.packages).filter(([place, { link, os, cpu }]) => place !== '' && !link && !os && !cpu)
    expect(checked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([place]) => place)).toEqual([])
  })
})

describe('the repository', () => {
  it('names no place outside itself', () => {
    // Written so that this file does not name them either.
    expect(naming(/\.\.\/sh[a]red\b|(?<![\w.@-])\/w[o]rk\b/)).toEqual([])
    const home = dirname(process.cwd())
    if (home.length > 1) expect(readable.filter(([, text]) => text.includes(`${home}/`)).map(([file]) => file)).toEqual([])
  })

  it('names no host of a package registry', () => {
    expect(naming(/\bregistry\.[a-z]+\.[a-z]+|\bnpm(js|mirror)\.(org|com)|\bverdacc[i]o\b|\bartifact[o]ry\b|\/repository\/npm/i)).toEqual([])
  })

  it('keeps nothing that is built or secret', () => {
    expect(files.filter((file) => /^(node_modules|dist|\.heli|coverage)\/|\.log$|(^|\/)\.env|issuer\.json$|\.npmrc$/.test(file))).toEqual([])
  })
})
