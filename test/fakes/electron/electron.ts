import type {
  App,
  Dialog,
  IpcMain,
  MenuItemConstructorOptions,
  NativeTheme,
  PowerSaveBlocker,
  Protocol,
  Rectangle,
  Screen,
  Session,
  Shell,
} from 'electron'
import type { Electron } from '../../../src/main/host/electron/parts.ts'
import { fakeService } from '../../fixtures/engine-process/fake-service.ts'
import { fakeChannel } from './channel.ts'
import { type Emits, fake, preventable } from './fake.ts'
import { fakeUtilityProcess } from './utility-process.ts'
import { type FakeWindow, fakeWindow } from './window.ts'

export interface FakeElectronOptions {
  /** Whether no other Twinlens runs. */
  readonly first?: boolean
  /** Which button is pressed in message boxes, in turn. */
  readonly answers?: number[]
  readonly screens?: readonly Rectangle[]
  /** What happens before Electron is ready. */
  readonly beforeReady?: (app: App & Emits) => void
}

/** The parts of Electron that the host uses, and a record of what it did with them. */
export function fakeElectron({ first = true, answers = [], screens, beforeReady }: FakeElectronOptions = {}) {
  const done: string[] = []
  const note = (what: string) => () => void done.push(what)
  const windows: FakeWindow[] = []
  const questions: string[] = []
  const blockers = new Set<number>()
  const notices: { readonly title: string; readonly body: string; click(): void }[] = []
  let menu: readonly MenuItemConstructorOptions[] = []
  let handler: ((request: Request) => Response | Promise<Response>) | undefined
  const engines = fakeUtilityProcess(() => fakeService())
  const areas = screens ?? [{ x: 0, y: 0, width: 1920, height: 1080 }]
  const displays = areas.map(workArea => ({ workArea }) as Electron.Display)

  /** As Electron does it: windows close after `before-quit`, unless that was prevented. */
  const quit = () => {
    const { event, prevented } = preventable()
    app.emit('before-quit', event)
    if (!prevented() && windows.every(({ window, close }) => window.isDestroyed() || close()))
      done.push('quit')
  }
  const app: App & Emits = fake<App>({
    requestSingleInstanceLock: () => first,
    enableSandbox: note('sandbox'),
    setAppUserModelId: note('app id'),
    whenReady: async () => {
      beforeReady?.(app)
      done.push('ready')
    },
    addRecentDocument: path => void done.push(`recent ${path}`),
    quit,
  })
  const session = fake<Session>({
    setPermissionRequestHandler: note('permission requests'),
    setPermissionCheckHandler: note('permission checks'),
    setDevicePermissionHandler: note('device permissions'),
  })
  // Functions, not classes: `new` of one that returns an object is that object.
  function BrowserWindow(options: Electron.BrowserWindowConstructorOptions) {
    const opened = fakeWindow(options)
    windows.push(opened)
    return opened.window
  }
  function Notification({ title = '', body = '' }: Electron.NotificationConstructorOptions) {
    const notice = fake<Electron.Notification>({ show: () => undefined })
    notices.push({ title, body, click: () => notice.emit('click') })
    return notice
  }
  function MessageChannelMain() {
    return fakeChannel()
  }
  const electron = {
    app,
    BrowserWindow,
    dialog: fake<Dialog>({
      showMessageBox: async (...given: unknown[]) => {
        const question = given.at(-1) as Electron.MessageBoxOptions
        questions.push(question.message)
        return { response: answers.shift() ?? question.cancelId ?? 0, checkboxChecked: false }
      },
    }),
    ipcMain: fake<IpcMain>(),
    protocol: fake<Protocol>({
      registerSchemesAsPrivileged: note('scheme'),
      handle: (_scheme, handle) => {
        handler = handle as typeof handler
      },
    }),
    session: { defaultSession: session },
    screen: fake<Screen>({
      getAllDisplays: () => displays,
      getPrimaryDisplay: () => displays[0] as Electron.Display,
    }),
    nativeTheme: fake<NativeTheme>({ shouldUseDarkColors: false }),
    powerSaveBlocker: fake<PowerSaveBlocker>({
      start: () => {
        const id = blockers.size + 1
        blockers.add(id)
        return id
      },
      stop: id => blockers.delete(id),
    }),
    shell: fake<Shell>({
      openExternal: async address => void done.push(`open ${address}`),
      trashItem: async path => void done.push(`trash ${path}`),
      showItemInFolder: path => void done.push(`show ${path}`),
    }),
    utilityProcess: { fork: engines.fork },
    MessageChannelMain,
    Notification,
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (template: MenuItemConstructorOptions[]) => {
        menu = template
      },
    },
  }
  return {
    electron: electron as unknown as Electron,
    app,
    ipcMain: electron.ipcMain,
    engines: engines.children,
    windows,
    done,
    questions,
    notices,
    blockers,
    menu: () => menu,
    request: (url: string, method = 'GET') => handler?.({ url, method } as Request),
  }
}
export type FakeElectron = ReturnType<typeof fakeElectron>
