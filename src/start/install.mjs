// Runs before `npm start` and `npm test`, on whatever Node the system has and before anything is installed: built-ins only.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const lockfile = join(root, 'package-lock.json')
const installed = join(root, 'node_modules', '.package-lock.json')

if (!isUpToDate()) {
  console.log('Installing dependencies (npm ci) ...')
  const npm = process.env.npm_execpath
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const { status, error } = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...options], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', options, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) {
    console.error(`The dependencies could not be installed${error ? ` (${error.message})` : ''}. Check the access to the npm registry, then run: npm ci`)
    process.exit(status ?? 1)
  }
}

// npm notes beside the packages what it installed. Compared by content: a checkout, and npm itself, touch the times of both files.
function isUpToDate() {
  if (!existsSync(installed)) return false
  if (!existsSync(lockfile)) return true
  const wanted = JSON.parse(readFileSync(lockfile, 'utf8')).packages
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages
  return Object.entries(wanted).every(([place, { version, optional, devOptional, peer, link }]) => {
    if (place === '' || link) return true
    // Absent optional packages are for other systems; absent peers were left out on purpose.
    return present[place] ? present[place].version === version : Boolean(optional || devOptional || peer)
  })
}
