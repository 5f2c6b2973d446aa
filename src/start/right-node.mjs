// A file started by hand runs on the system's Node; npm's scripts already run on the one in node_modules.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const oldest = [22, 17]
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

/** True when this process may go on; false when another one on a newer Node does the work instead. */
export function runsOnRightNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) {
    // Whoever kills the starter outright means this process too: without it nobody could tell it to stop.
    if (process.env.HELI_RIGHT_NODE && process.channel) process.on('disconnect', () => process.kill(process.pid, 'SIGTERM')).channel.unref()
    return true
  }

  const newer = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (process.env.HELI_RIGHT_NODE || !existsSync(newer)) {
    console.error(`Heli needs Node ${oldest.join('.')} or later; this is ${process.versions.node}. Run "npm ci" in ${root}: it brings one along.`)
    process.exit(1)
  }
  const child = spawn(newer, [...process.execArgv, ...process.argv.slice(1)], {
    stdio: process.platform === 'win32' ? 'inherit' : ['inherit', 'inherit', 'inherit', 'ipc'],
    shell: process.platform === 'win32',
    env: { ...process.env, HELI_RIGHT_NODE: '1' },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
  return false
}
