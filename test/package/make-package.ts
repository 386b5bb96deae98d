import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stageApp } from '../../scripts/package/stage.ts'
import { buildForElectron9 } from '../electron-9/build.ts'

const root = join(import.meta.dirname, '../..')

/**
 * Packages Twinlens with Electron 9 as `npm run package -- --dir` does with today's, and copies the package to where it is to
 * be tried.
 * @param electron folder of Electron 9
 * @param folder that the package becomes
 */
export async function makePackage(electron: string, folder: string): Promise<void> {
  const work = join(root, 'build/package-check')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work, { recursive: true })
  await buildForElectron9(join(work, 'build'))
  const app = stageApp(join(work, 'build'), join(work, 'app'))
  const dist = join(work, 'electron')
  cpSync(electron, dist, { recursive: true })
  addFuses(join(dist, 'electron'))
  const config = {
    extends: join(root, 'electron-builder.yml'),
    directories: { app, output: join(work, 'out') },
    electronDist: dist,
    linux: { icon: join(work, 'icon.png') },
  }
  writeFileSync(join(work, 'config.json'), JSON.stringify(config))
  const builder = join(root, 'node_modules/electron-builder/cli.js')
  execFileSync(process.execPath, [builder, '--linux', '--dir', '--config', join(work, 'config.json')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  cpSync(join(work, 'out/linux-unpacked'), folder, { recursive: true })
  rmSync(work, { recursive: true, force: true })
}

/**
 * Electron 9 is older than fuses are. It gets their bytes, as later ones have them (electron/fuses, "Fuse wire"), all unset: what
 * packaging sets of them can be read back, and this Electron does not care.
 */
function addFuses(program: string): void {
  const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
  const count = 8
  appendFileSync(
    program,
    Buffer.from(`${sentinel}\u0001${String.fromCharCode(count)}${'0'.repeat(count)}`, 'latin1'),
  )
}
