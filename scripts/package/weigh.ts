import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What an installed Twinlens is made of; the first that matches counts. */
const kinds: readonly (readonly [string, RegExp])[] = [
  ['TensorFlow', /^node_modules\/@tensorflow\//],
  ['WebGPU', /^node_modules\/webgpu\//],
  ['decoding of pictures', /^node_modules\/@napi-rs\//],
  ['digits', /^resources\//],
  ['window', /^build\/renderer\//],
  ['main and engine', /^build\/electron\//],
]

/** Megabytes by part, the heaviest first, on the console. */
export function weigh(folder: string): void {
  const bytes = new Map<string, number>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const name = relative(folder, path).replaceAll('\\', '/')
    const kind = kinds.find(([, pattern]) => pattern.test(name))?.[0] ?? 'the rest'
    bytes.set(kind, (bytes.get(kind) ?? 0) + statSync(path).size)
  }
  for (const [kind, count] of [...bytes].sort((a, b) => b[1] - a[1])) {
    console.log(`  ${(count / 1e6).toFixed(1).padStart(7)} MB  ${kind}`)
  }
}
