import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App, IpcMain } from 'electron'
import { expect, onTestFinished, test, vi } from 'vitest'
import { storeOf } from '../../../../../../src/main/host/electron/settings/electron-store.ts'
import { fake } from '../../../../../fakes/electron/fake.ts'

const ipcMain = fake<IpcMain>()

// The real one imports Electron, which plain Node does not have. This does what matters here, as version 11 does it.
vi.mock('electron-store', () => ({
  default: class {
    constructor() {
      ipcMain.on('electron-store-get-data', () => undefined)
    }
  },
}))

test('the settings’ own listener, which answers anyone, does not stay', () => {
  const folder = mkdtempSync(join(tmpdir(), 'twinlens store '))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const heard = vi.spyOn(ipcMain, 'on')
  const { open, file } = storeOf(fake<App>({ getPath: name => join(folder, name) }), ipcMain)
  open({})
  expect(file).toBe(join(folder, 'userData', 'config.json'))
  expect(heard).toHaveBeenCalledTimes(1)
  expect(ipcMain.listenerCount('electron-store-get-data')).toBe(0)
})
