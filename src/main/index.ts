/**
 * Electron's entry. Built, it lies beside the preload and the engine's entry, and the window's folder next to theirs:
 * main.js, preload.cjs, engine.js, ../renderer; ../../resources is where it is among the sources.
 */
import { fileURLToPath } from 'node:url'
import * as electron from 'electron'
import { runApp } from './host/electron/app.ts'
import { openLog } from './host/electron/log.ts'
import { storeOf } from './host/electron/settings/electron-store.ts'

const { app, ipcMain } = electron
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const log = openLog(app.getPath('logs'))
process.on('unhandledRejection', error =>
  log.write(`Nobody handled: ${error instanceof Error ? error.stack : String(error)}`),
)

runApp(electron, {
  parts: {
    renderer: at('../renderer'),
    preload: at('preload.cjs'),
    engine: at('engine.js'),
    digits: at('../../resources/digits'),
  },
  // Unpackaged, Electron's own first argument is this program.
  started: { argv: process.argv.slice(app.isPackaged ? 1 : 2), folder: process.cwd() },
  store: storeOf(app, ipcMain),
  log,
  platform: process.platform,
}).catch((error: unknown) => {
  log.write(`Twinlens could not start: ${error instanceof Error ? error.stack : String(error)}`)
  electron.dialog.showErrorBox('Twinlens could not start.', `Its log: ${log.file}`)
  app.exit(1)
})
