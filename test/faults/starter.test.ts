import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from '@jest/globals'

const starter = pathToFileURL(join(resolve(), 'src', 'start', 'right-node.mjs')).href
const program = `import(${JSON.stringify(starter)}).then(({ runsOnRightNode }) => { if (runsOnRightNode()) { setInterval(() => undefined, 1_000); process.send('up') } })`

it('a process that was started by another ends when that one is killed outright', async () => {
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...process.env, HELI_RIGHT_NODE: '1' } })
  expect((await once(child, 'message'))[0]).toBe('up')
  // What the kernel does with the channel of a killed process.
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([null, 'SIGTERM'])
})
