import { existsSync } from 'node:fs'
import { root } from './paths.mjs'
import { run } from './run.mjs'

/**
 * Runs npm in the clone, also from inside an npm script.
 * @param {string[]} words
 * @param {import('./lock.mjs').Lock} lock
 */
export function npm(words, lock) {
  const script = process.env.npm_execpath ?? ''
  // npm may just have removed the Node that runs this (node_modules/.bin comes first in npm scripts): prefer npm's own.
  const node = [process.env.npm_node_execpath ?? '', process.execPath].find(
    path => path !== '' && existsSync(path),
  )
  const options = { cwd: root, env: environment(), limitMs: 1_800_000, started: lock.alsoHeldBy }
  if (/npm-cli\.js$/.test(script) && existsSync(script) && node !== undefined) {
    return run(node, [script, ...words], options)
  }
  // On Windows npm is a batch file, which only a shell runs. No word here holds anything a shell would change.
  return run('npm', words, { ...options, shell: process.platform === 'win32' })
}

/** Settings of the person (registry, proxy) stay; what describes the outer script goes, like the silence of `npm run -s`. */
function environment() {
  const outer =
    /^(npm_lifecycle_|npm_package_|npm_command$|npm_config_(engine|local_prefix|ignore_scripts|omit|loglevel)$|INIT_CWD$)/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)))
}
