import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, sep } from 'node:path'

const archive = `${sep}app.asar${sep}`

/**
 * Where Node finds the engine. It cannot look into an archive as Electron's Node does: what is inside is copied out, and
 * the real files beside it are linked, so that native libraries are loaded from the package itself.
 */
export function outOfArchive(
  entry: string,
  environment: NodeJS.ProcessEnv,
): { entry: string; env: NodeJS.ProcessEnv } {
  if (!entry.includes(archive)) return { entry, env: environment }
  const [before = '', path = ''] = entry.split(archive)
  const copy = mkdtempSync(join(tmpdir(), 'twinlens-asar-'))
  for (const folder of ['build/electron', 'node_modules', 'resources']) {
    unpack(join(before, 'app.asar'), join(before, 'app.asar.unpacked'), copy, folder)
  }
  copyFileSync(join(before, 'app.asar', 'package.json'), join(copy, 'package.json'))
  const env = Object.entries(environment).map(([name, value = '']) => [
    name,
    value.replace(`${before}${archive}`, `${copy}${sep}`),
  ])
  return { entry: join(copy, path), env: Object.fromEntries(env) as NodeJS.ProcessEnv }
}

function unpack(packed: string, unpacked: string, copy: string, path: string): void {
  mkdirSync(join(copy, path), { recursive: true })
  for (const name of readdirSync(join(packed, path))) {
    const file = join(path, name)
    const target = join(copy, file)
    if (statSync(join(packed, file)).isDirectory()) unpack(packed, unpacked, copy, file)
    else if (existsSync(join(unpacked, file))) symlinkSync(join(unpacked, file), target)
    else {
      mkdirSync(dirname(target), { recursive: true })
      copyFileSync(join(packed, file), target)
    }
  }
}
