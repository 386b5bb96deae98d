#!/usr/bin/env node
/**
 * Starts the command line. Its TypeScript sources run as they are, which Node does from 22.18 on; an older Node hands
 * over to the one that set-up installed beside this project.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = path => fileURLToPath(new URL(path, import.meta.url))
const installed = at('../node_modules')
const ownNode = at(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`)

if (!existsSync(installed)) {
  console.error('Twinlens is not set up yet. Run "npm run setup" in its folder first.')
  process.exitCode = 1
} else if (process.features.typescript) {
  const { main } = await import('../src/main/host/cli/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else if (existsSync(ownNode)) {
  const child = spawn(ownNode, [at('twinlens.js'), ...process.argv.slice(2)], { stdio: 'inherit' })
  // Ctrl-C reaches both processes: the other one saves what was learned, so this one waits for it. Other signals come
  // to this one alone.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1)
  })
} else {
  console.error(
    `Twinlens needs Node 22.18 or newer; this is ${process.version}. Run "npm run setup": it brings one.`,
  )
  process.exitCode = 1
}
