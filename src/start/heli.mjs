#!/usr/bin/env node
import { runsOnRightNode } from './right-node.mjs'

if (runsOnRightNode()) {
  process.setSourceMapsEnabled(true)
  const { build } = await import('./build.mjs')
  await build()
  await import(new URL('../../dist/src/cli.js', import.meta.url).href)
}
