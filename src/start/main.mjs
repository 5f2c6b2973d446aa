import { runsOnRightNode } from './right-node.mjs'

// One process for building and serving, so that a signal to `npm start` reaches the server.
if (runsOnRightNode()) {
  const { build } = await import('./build.mjs')
  await build()
  await import(new URL('../../dist/src/main.js', import.meta.url).href)
}
