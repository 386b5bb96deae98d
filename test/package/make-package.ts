import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
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
  const config = {
    extends: join(root, 'electron-builder.yml'),
    directories: { app, output: join(work, 'out') },
    electronDist: electron,
    // This Electron is older than fuses are.
    electronFuses: null,
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
