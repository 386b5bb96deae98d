import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SetupError } from './failure.mjs'
import { makeFolderWhole, readJson, sha256, sweep, writeJson } from './files.mjs'
import { logPath, say } from './log.mjs'
import { node24 } from './node24.mjs'
import { modules, root } from './paths.mjs'
import { run } from './run.mjs'

/**
 * What the sources become; a test's files are none of it.
 * @typedef {{ name: string, what: string, sources: string[], runs: string[][] }} Build
 * @type {Build[]}
 */
const builds = [
  {
    name: 'renderer',
    what: 'the window',
    sources: ['src/renderer', 'src/shared', 'vite.config.ts', 'package-lock.json'],
    runs: [['--emptyOutDir']],
  },
  {
    name: 'electron',
    what: 'the desktop program',
    sources: ['src/main', 'src/shared', 'vite.desktop.config.ts', 'package-lock.json'],
    runs: [
      ['--config', 'vite.desktop.config.ts', '--emptyOutDir'],
      ['--config', 'vite.desktop.config.ts', '--mode', 'preload'],
    ],
  },
]

/** @param {Build} build */
const folderOf = ({ name }) => join(root, 'build', name)

/** Beside the folder, which is packaged as it is. @param {Build} build */
const stampOf = ({ name }) => join(root, 'build', `${name}.json`)

/** @param {Build} build @param {string} hash */
const isCurrent = (build, hash) => existsSync(folderOf(build)) && readJson(stampOf(build))?.sources === hash

export const buildsAreCurrent = () => builds.every(build => isCurrent(build, hashOf(build.sources)))

/** Builds the window's page, for every host, and main, engine and preload of the desktop's. @throws SetupError */
export async function makeBuilds() {
  for (const build of builds) {
    const hash = hashOf(build.sources)
    if (isCurrent(build, hash)) continue
    say(`Building ${build.what} ...`)
    sweep(join(root, 'build'))
    await makeFolderWhole(folderOf(build), async folder => {
      for (const words of build.runs) await vite([...words, '--outDir', folder], build)
    })
    writeJson(stampOf(build), { sources: hash })
  }
}

/** @param {string[]} words @param {Build} build */
async function vite(words, { what }) {
  const program = join(modules, 'vite', 'bin', 'vite.js')
  const { ok } = await run(node24(), [program, 'build', '--logLevel', 'warn', ...words], { cwd: root })
  if (ok) return
  throw new SetupError(`${what[0]?.toUpperCase()}${what.slice(1)} could not be built. Details: ${logPath()}`)
}

/** Two hundred small files take some ten milliseconds. @param {string[]} sources */
function hashOf(sources) {
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
