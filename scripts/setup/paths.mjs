import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
export const modules = join(root, 'node_modules')
export const tensorflowPackage = join(modules, '@tensorflow', 'tfjs-node-gpu')

function preferredCache() {
  const { env, platform } = process
  if (env.TWINLENS_CACHE) return env.TWINLENS_CACHE
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'twinlens')
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'twinlens', 'Cache')
  }
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'twinlens')
}

let cache = ''

/** The user's cache folder for downloads and engines, shared by all clones; inside the clone where it cannot be written. */
export function cacheFolder() {
  if (cache === '') {
    cache = preferredCache()
    try {
      mkdirSync(cache, { recursive: true })
    } catch {
      cache = join(root, 'build', 'cache')
      mkdirSync(cache, { recursive: true })
    }
  }
  return cache
}
