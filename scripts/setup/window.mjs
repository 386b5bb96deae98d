import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './failure.mjs'
import { makeFolderWhole, readJson, sha256, sweep, writeJson } from './files.mjs'
import { logPath, say } from './log.mjs'
import { node24 } from './node24.mjs'
import { modules, root } from './paths.mjs'
import { run } from './run.mjs'

const built = join(root, 'build', 'renderer')
const stamp = join(root, 'build', 'renderer.json')

/** What the window is built from; a test's files are none of it. */
const sources = ['src/renderer', 'src/shared', 'vite.config.ts', 'package-lock.json']

export const windowIsCurrent = () => existsSync(built) && readJson(stamp)?.sources === hashOfSources()

/** Builds the window's page for the browser host. @throws SetupError */
export async function buildWindow() {
  const hash = hashOfSources()
  if (existsSync(built) && readJson(stamp)?.sources === hash) return
  say('Building the window ...')
  sweep(join(root, 'build'))
  await makeFolderWhole(built, async folder => {
    const vite = join(modules, 'vite', 'bin', 'vite.js')
    const { ok } = await run(
      node24(),
      [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'],
      {
        cwd: root,
      },
    )
    if (!ok) throw new SetupError(`The window could not be built. Details: ${logPath()}`)
  })
  writeJson(stamp, { sources: hash })
}

/** Two hundred small files take some ten milliseconds. */
function hashOfSources() {
  const files = sources.flatMap(name => {
    const path = join(root, name)
    if (statSync(path).isFile()) return [path]
    const entries = readdirSync(path, { recursive: true, withFileTypes: true })
    // Node 20.12 and newer name the folder `parentPath`, older ones `path`.
    return entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath ?? entry.path, entry.name))
  })
  return sha256(
    files
      .sort()
      .map(file => `${file.slice(root.length)} ${sha256(readFileSync(file))}`)
      .join('\n'),
  )
}
