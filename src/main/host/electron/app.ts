import { backendNames } from '../../engine/tensorflow/backend-names.ts'
import { EngineProcess } from '../engine-process/engine-process.ts'
import { logMemory } from './engine/log-memory.ts'
import { utilityEngine } from './engine/utility-engine.ts'
import { pathsOf } from './files/classify.ts'
import { choosePaths, saveFile } from './files/dialogs.ts'
import { openPath } from './files/opener.ts'
import { trashBin } from './files/trash-bin.ts'
import { listenForPages } from './link/listen-for-pages.ts'
import { WindowLink } from './link/window-link.ts'
import type { Log } from './log.ts'
import { buildMenu } from './menu/build-menu.ts'
import type { Electron, Parts } from './parts.ts'
import { guardQuit } from './quit.ts'
import { openExternal } from './security/external-links.ts'
import { denyNavigation } from './security/navigation.ts'
import { denyPermissions } from './security/permissions.ts'
import { registerScheme, serveWindow } from './security/serve-window.ts'
import { rememberRun } from './settings/recent-runs.ts'
import { openSettings, type SettingsOptions } from './settings/settings.ts'
import { beTheOnlyOne, type Started } from './single-instance.ts'
import { followTraining } from './training/follow-training.ts'
import { openMainWindow } from './window/main-window.ts'
import { recoverWindow } from './window/recovery.ts'
import { TheWindow } from './window/the-window.ts'

/** By which Windows knows whose notifications and taskbar button these are; the installer names the same. */
export const appId = 'org.twinlens.app'

export interface AppOptions {
  readonly parts: Parts
  readonly started: Started
  readonly store: Pick<SettingsOptions, 'open' | 'file'>
  readonly log: Log
  readonly platform: NodeJS.Platform
}

/**
 * The desktop program, from its start to its end. What must come before Electron is ready comes first; the rest in the order in
 * which one needs the other: settings, engine, window, menu.
 * @returns when the window is there, or at once if another Twinlens runs already
 */
export async function runApp(electron: Electron, options: AppOptions): Promise<void> {
  const { app } = electron
  const { parts, started, store, log, platform } = options
  const waiting: string[] = []
  let open = (path: string): void => void waiting.push(path)
  let show = (): void => undefined
  const onStarted = ({ argv, folder }: Started) => {
    show()
    for (const path of pathsOf(argv, folder)) open(path)
  }
  if (!beTheOnlyOne(app, started, onStarted)) return app.quit()
  app.enableSandbox()
  app.setAppUserModelId(appId)
  registerScheme(electron.protocol)
  denyNavigation(app, address => void openExternal(electron.shell, address, log.write))
  // macOS sends what to open before it says that it is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    show()
    open(path)
  })
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) =>
    log.write(`A process is gone: ${name ?? type}, ${reason}, exit code ${exitCode}.`),
  )
  await app.whenReady()

  denyPermissions(electron.session.defaultSession)
  serveWindow(electron.protocol, parts.renderer, log.write)
  const newChannel = () => new electron.MessageChannelMain()
  const engine = new EngineProcess({
    start: utilityEngine({
      fork: (entry, given, options) => electron.utilityProcess.fork(entry, given, options),
      newChannel,
      entry: parts.engine,
      digits: parts.digits,
      log: log.write,
    }),
    ladder: backendNames,
    backend: process.env['TWINLENS_BACKEND'] || undefined,
    log: log.write,
    onStop: log.write,
  })
  logMemory(app, () => engine.pid, log.write)
  const connect = engine.connect.bind(engine)
  const window = new TheWindow({
    open: () => openWindow(),
    mayClose: () => mayClose(),
    quit: () => app.quit(),
    platform,
  })
  const dialogs = { dialog: electron.dialog, window: () => window.current }
  const link = new WindowLink({
    connect,
    newChannel,
    saveFile: file => saveFile(dialogs, file),
    choosePaths: ({ kind }) => choosePaths(dialogs, kind),
    trashBin: async () => ({ trashed: await trashBin(electron.shell) }),
    log: log.write,
  })
  const tell = (sentence: string) => link.notices.put(sentence)
  const settings = openSettings({ ...store, tell, log: log.write })
  const menu = () =>
    buildMenu(electron, { platform, settings, link, log, open, window: () => window.current })
  const isTraining = followTraining({
    connect,
    powerSaveBlocker: electron.powerSaveBlocker,
    window: () => window.current,
    notify: (title, body) => {
      const notice = new electron.Notification({ title, body })
      notice.on('click', () => window.show())
      notice.show()
    },
    onSaved: folder => {
      rememberRun(settings, folder)
      app.addRecentDocument(folder)
      menu()
    },
    log: log.write,
  })
  const mayClose = guardQuit({
    app,
    dialog: electron.dialog,
    window: () => window.current,
    engine,
    isTraining,
    tell,
    log: log.write,
  })
  const openWindow = () => {
    const opened = openMainWindow({
      newWindow: given => new electron.BrowserWindow(given),
      screen: electron.screen,
      nativeTheme: electron.nativeTheme,
      settings,
      preload: parts.preload,
      log: log.write,
    })
    recoverWindow(opened, { dialog: electron.dialog, quit: () => app.quit(), log: log.write })
    return opened
  }
  listenForPages(electron.ipcMain, window, link, log.write)
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit()
  })

  show = () => window.show()
  open = path =>
    void openPath(path, { link }).catch((error: unknown) =>
      log.write(`${path} was not opened: ${String(error)}`),
    )
  show()
  menu()
  for (const path of [...waiting, ...pathsOf(started.argv, started.folder)]) open(path)
}
