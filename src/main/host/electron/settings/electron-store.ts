import { join } from 'node:path'
import type { App, IpcMain } from 'electron'
import ElectronStore from 'electron-store'
import type { Settings } from './schema.ts'
import type { SettingsOptions } from './settings.ts'

/** Settings in this person's folder of this program. */
export function storeOf(
  app: Pick<App, 'getPath'>,
  ipcMain: Pick<IpcMain, 'removeAllListeners'>,
): Pick<SettingsOptions, 'open' | 'file'> {
  return {
    file: join(app.getPath('userData'), 'config.json'),
    open: options => {
      // Migrations go by the program's version, which it asks `app` for.
      const store = new ElectronStore<Settings>(options)
      // It answers any page of any frame there with a path of this machine. Ours asks for nothing of the kind.
      ipcMain.removeAllListeners('electron-store-get-data')
      return store
    },
  }
}
