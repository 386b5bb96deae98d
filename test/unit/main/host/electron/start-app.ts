import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { runApp } from '../../../../../src/main/host/electron/app.ts'
import { MainPort } from '../../../../../src/main/host/electron/link/main-port.ts'
import { defaultSettings, type Settings } from '../../../../../src/main/host/electron/settings/schema.ts'
import type { Started } from '../../../../../src/main/host/electron/single-instance.ts'
import { contract } from '../../../../../src/shared/contract.ts'
import { createClient } from '../../../../../src/shared/rpc/client.ts'
import type { FakePortMain } from '../../../../fakes/electron/channel.ts'
import { type FakeElectronOptions, fakeElectron } from '../../../../fakes/electron/electron.ts'
import { fakeFrame, fakePage } from '../../../../fakes/electron/window.ts'
import { anyTraining } from '../../../../fixtures/engine-process/fake-service.ts'
import { until } from '../../../../fixtures/engine-process/processes.ts'

export interface Setting extends Omit<FakeElectronOptions, 'beforeReady'> {
  /** What macOS sends before Electron is ready; $ is the folder. */
  readonly sent?: { readonly event: { preventDefault(): void }; readonly path: string }
  readonly started?: Started
  readonly platform?: NodeJS.Platform
  readonly settings?: Partial<Settings>
}

/** The whole desktop program on the fake Electron, with pictures and a run in a folder. */
export async function startApp(setting: Setting = {}) {
  const { started = { argv: [], folder: '/' }, platform = 'linux', settings: before = {}, sent } = setting
  const folder = mkdtempSync(join(tmpdir(), 'twinlens app '))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'cat.png'), 'cat')
  writeFileSync(join(folder, 'notes.txt'), 'notes')
  mkdirSync(join(folder, 'a run'))
  writeFileSync(join(folder, 'a run', 'manifest.json'), '{}')
  const settings: Settings = { ...defaultSettings, ...before }
  const logged: string[] = []
  const beforeReady: FakeElectronOptions['beforeReady'] = app => {
    if (sent !== undefined) app.emit('open-file', sent.event, sent.path.replace('$', folder))
  }
  const fake = fakeElectron({ ...setting, beforeReady })
  const { ipcMain, windows, app } = fake
  await runApp(fake.electron, {
    parts: { renderer: folder, preload: 'preload.cjs', engine: 'engine.js', digits: 'digits' },
    started: { argv: started.argv.map(path => path.replace('$', folder)), folder: started.folder },
    store: {
      file: join(folder, 'config.json'),
      open: () => ({
        get: key => settings[key],
        set: (key, value) => {
          settings[key] = value
        },
      }),
    },
    log: { file: join(folder, 'twinlens.log'), write: text => logged.push(text) },
    platform,
  })
  onTestFinished(() => {
    for (const { crash } of fake.engines) crash(0)
  })
  /** The newest window's page asks for its port, as the preload does. */
  const page = async () => {
    const shown = windows.at(-1)
    if (shown === undefined) throw new Error('There is no window.')
    const frame = fakeFrame('twinlens://app/index.html')
    ipcMain.emit('twinlens:ask', { sender: shown.webContents, senderFrame: frame })
    await until(() => shown.given.length > 0)
    const { client, engines } = fakePage(shown.given.at(-1) as FakePortMain)
    await client.engine()
    const engine = createClient(contract, new MainPort(engines[0] as unknown as Electron.MessagePortMain))
    return { client, engine }
  }
  /** Starts a training, and waits until the host knows of it. */
  const train = async () => {
    const { client, engine } = await page()
    await engine.start(anyTraining)
    await until(() => fake.blockers.size === 1)
    return { client, engine }
  }
  return { ...fake, folder, settings, logged, page, train, quit: () => app.quit() }
}

export async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item
  return undefined
}
