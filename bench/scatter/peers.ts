import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

// Set-up's scripts are JavaScript, which types do not follow.
const paths = pathToFileURL(join(import.meta.dirname, '../../scripts/setup/paths.mjs')).href
const { cacheFolder } = (await import(paths)) as { cacheFolder(): string }

export type ScatterPeer = 'deck.gl' | 'regl-scatterplot' | 'embedding-atlas'

/** Packages of each peer, pinned. */
const packages: Readonly<Record<ScatterPeer, readonly string[]>> = {
  'deck.gl': ['@deck.gl/core@9.4.0', '@deck.gl/layers@9.4.0'],
  'regl-scatterplot': ['regl-scatterplot@1.16.0', 'regl@2.1.1', 'pub-sub-es@3.0.0'],
  'embedding-atlas': ['embedding-atlas@0.20.0'],
}

/** Where a peer's packages lie; each peer has a folder of its own, so that one that cannot be had spoils no other. */
export interface Installed {
  readonly folder: string
  /** Of what was asked for, by package. */
  readonly versions: Readonly<Record<string, string>>
}

/** Into the project's cache, once for these versions. @throws Error, whose message is a sentence: it cannot be installed */
export async function installPeer(peer: ScatterPeer, say: (sentence: string) => void): Promise<Installed> {
  const wanted = packages[peer]
  const hash = createHash('sha256').update(wanted.join()).digest('hex').slice(0, 12)
  const folder = join(cacheFolder(), 'bench', `${peer}-${hash}`)
  // The folder is there before its packages are: what was interrupted is made again.
  const stamp = join(folder, 'packages.installed')
  if (!existsSync(stamp)) {
    say(`Installing ${peer} into the bench's cache; later runs find it there.`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
    const words = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', ...wanted]
    try {
      const shell = process.platform === 'win32'
      await promisify(execFile)('npm', words, { cwd: folder, maxBuffer: 1 << 26, shell })
    } catch (error) {
      const { stderr = '', message } = error as { stderr?: string; message: string }
      const cause = /npm error 404 +(The requested.*?) could not be found/.exec(stderr)?.[1]
      const told = cause === undefined ? (stderr.split('\n')[0] ?? message) : `${cause} cannot be had`
      throw new Error(`${peer} could not be installed: ${told}`)
    }
    writeFileSync(stamp, '')
  }
  return { folder, versions: Object.fromEntries(wanted.map(name => versionOf(folder, name))) }
}

function versionOf(folder: string, wanted: string): [string, string] {
  const name = wanted.slice(0, wanted.lastIndexOf('@'))
  const { version } = JSON.parse(
    readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'),
  ) as { version: string }
  return [name, version]
}
