/**
 * Packages Twinlens for the system it runs on. Arguments go to electron-builder: `npm run package -- --dir` makes the folder only.
 * ELECTRON_OVERRIDE_DIST_PATH names an Electron that is there already.
 */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { packaging, root, stageApp } from './package/stage.ts'
import { weigh } from './package/weigh.ts'

console.log('Gathering what an installed Twinlens holds ...')
weigh(stageApp())
rmSync(join(packaging, 'out'), { recursive: true, force: true })
const { ELECTRON_OVERRIDE_DIST_PATH: dist } = process.env
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/electron-builder/cli.js'),
    ...(dist === undefined || dist === '' ? [] : [`--config.electronDist=${dist}`]),
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
)
process.exitCode = status ?? 1
