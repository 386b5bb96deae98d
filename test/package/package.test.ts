import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRun } from '../../src/main/engine/runs/run-folder.ts'
import { electron9 } from '../electron-9/get-electron.ts'
import { type Desktop, launch } from '../electron-9/launch.ts'
import { fillSmallJob } from '../support/window.ts'
import { makePackage } from './make-package.ts'

const long = 90_000
const electron = electron9()

test.runIf('reason' in electron)(`is not run: ${'reason' in electron ? electron.reason : ''}`, context => {
  context.skip()
})
const isRoot = process.getuid?.() === 0

describe.runIf('folder' in electron)('the packaged program', () => {
  const parent = mkdtempSync(join(tmpdir(), 'twinlens-package-'))
  const folder = join(parent, 'Zwillinge für alle')
  const resources = join(folder, 'resources')
  const files = (of: string): string[] =>
    readdirSync(of, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
  let desktop: Desktop
  const phase = (text: string) =>
    desktop.page.locator('.run-bar .phase', { hasText: new RegExp(`^${text}$`) }).waitFor({ timeout: long })
  const button = (name: string) => desktop.page.getByRole('button', { name, exact: true })

  beforeAll(async () => {
    await makePackage('folder' in electron ? electron.folder : '', folder)
    execFileSync('chmod', ['-R', 'a-w,a+rX', folder])
    chmodSync(parent, 0o755)
  })
  afterAll(async () => {
    await desktop?.close()
    execFileSync('chmod', ['-R', 'u+w', folder])
    rmSync(parent, { recursive: true, force: true })
  })

  test('holds one library of TensorFlow, this machine’s binaries only, and nothing of the workshop', () => {
    const names = [...listPackage(join(resources, 'app.asar'), { isPack: false }), ...files(resources)]
    expect(files(resources).filter(name => /libtensorflow_cc|libtensorflow\.so/.test(name))).toHaveLength(1)
    const binaries = files(resources).filter(name => name.endsWith('.node'))
    for (const name of binaries) expect(readFileSync(name).subarray(1, 4).toString()).toBe('ELF')
    expect(
      names.filter(name => /\.map$|\.ts$|node_modules\/(vite|vitest|electron|typescript)\//.test(name)),
    ).toEqual([])
    const about = JSON.parse(extractFile(join(resources, 'app.asar'), 'package.json').toString()) as object
    expect(about).toMatchObject({ name: 'twinlens', dependencies: expect.anything() })
  })

  test('keeps what the system loads outside the archive, and the rest inside', () => {
    const outside = files(join(resources, 'app.asar.unpacked')).map(name => name.slice(resources.length))
    expect(
      outside.filter(name => /tfjs_binding\.node|libtensorflow|-simd\.wasm/.test(name)).length,
    ).toBeGreaterThanOrEqual(4)
    expect(outside.filter(name => name.includes('/build/') && !name.endsWith('.wasm'))).toEqual([])
  })

  test('has its fuses set: no Node by environment or arguments, only this archive, cookies encrypted', async () => {
    const wire = await getCurrentFuseWire(join(folder, 'twinlens'))
    const [DISABLE, ENABLE] = ['0', '1'].map(state => state.charCodeAt(0))
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: DISABLE,
      [FuseV1Options.EnableCookieEncryption]: ENABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: DISABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
    })
  })

  test(`starts offline, ${isRoot ? 'as an ordinary user, ' : ''}from a folder that nobody may write to`, async () => {
    const before = statSync(folder).mtimeMs
    desktop = await launch(join(folder, 'twinlens'), { offline: true, ordinaryUser: true })
    await desktop.page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
    await desktop.page.getByText(/TensorFlow 2\.\d+.*, native/).waitFor({ timeout: long })
    expect(statSync(folder).mtimeMs).toBe(before)
  })

  test('trains on the bundled digits, with the library from inside the package', async () => {
    await fillSmallJob(desktop.page, 60)
    await button('Train').click()
    await phase('Done')
    const maps = readFileSync(`/proc/${desktop.enginePid()}/maps`, 'utf8')
    expect(maps).toContain(
      join(resources, 'app.asar.unpacked/node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/libtensorflow'),
    )
    expect(maps).not.toContain(join(import.meta.dirname, '../../node_modules/@tensorflow'))
    const run = await openRun((await desktop.page.locator('.result code').innerText()).trim())
    expect(run.losses).toHaveLength(60)
  })

  test('searches by a picture', async () => {
    await button('Random test image').click()
    await desktop.page
      .getByRole('button', { name: /^\d+: class .*, distance .*, test image \d+$/ })
      .nth(8)
      .waitFor({ timeout: long })
  })

  test('an engine that is killed while it trains is started again, and the last saved run is there', async () => {
    const saved = (await desktop.page.locator('.result code').innerText()).trim()
    await fillSmallJob(desktop.page, 100_000)
    await button('Train').click()
    await phase('Training')
    const before = desktop.enginePid()
    process.kill(before, 'SIGKILL')
    await desktop.page
      .locator('.notice', { hasText: 'The engine stopped unexpectedly and was started again.' })
      .waitFor({ timeout: long })
    await desktop.page.getByText('Connected', { exact: true }).waitFor({ timeout: long })
    expect(desktop.enginePid()).not.toBe(before)
    expect((await openRun(saved)).losses).toHaveLength(60)
    expect(existsSync(saved)).toBe(true)
  })
})
