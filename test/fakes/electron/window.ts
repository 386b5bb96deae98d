import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents, WebFrameMain } from 'electron'
import { MainPort } from '../../../src/main/host/electron/link/main-port.ts'
import { desktopContract } from '../../../src/shared/desktop-contract.ts'
import { createClient } from '../../../src/shared/rpc/client.ts'
import type { FakePortMain } from './channel.ts'
import { type Emits, fake, preventable } from './fake.ts'

/** A window that does nothing but tell what was done to it. */
export function fakeWindow(options: BrowserWindowConstructorOptions = {}) {
  const done: string[] = []
  const progress: [number, string | undefined][] = []
  const given: FakePortMain[] = []
  const note = (what: string) => () => void done.push(what)
  let destroyed = false
  let focused = true
  const webContents = fake<WebContents>({
    reload: note('reload'),
    forcefullyCrashRenderer: note('crash'),
    postMessage: (_channel, _message, ports = []) => given.push(...(ports as unknown as FakePortMain[])),
  })
  const window = fake<BrowserWindow>({
    webContents,
    isDestroyed: () => destroyed,
    isFocused: () => focused,
    isMinimized: () => false,
    isMaximized: () => false,
    getNormalBounds: () => ({ x: 10, y: 20, width: 900, height: 600 }),
    setBackgroundColor: colour => void done.push(`background ${colour}`),
    setProgressBar: (value, options) => void progress.push([value, options?.mode]),
    loadURL: async address => void done.push(`load ${address}`),
    show: note('show'),
    focus: note('focus'),
    maximize: note('maximize'),
    restore: note('restore'),
  })
  return {
    window,
    webContents,
    options,
    done,
    progress,
    /** Ports that the page was given. */
    given,
    blur: () => {
      focused = false
    },
    /** As a person does. @returns whether it closed */
    close: (): boolean => {
      const { event, prevented } = preventable()
      window.emit('close', event)
      if (prevented()) return false
      destroyed = true
      window.emit('closed')
      return true
    },
  }
}
export type FakeWindow = ReturnType<typeof fakeWindow>

/** Of a message to main, where it came from. */
export const fakeFrame = (url: string, parent: WebFrameMain | null = null): WebFrameMain & Emits =>
  fake<WebFrameMain>({ url, parent })

/** The page's side of the port that it was given: what the window does in src/renderer. */
export function fakePage(end: FakePortMain) {
  const engines: FakePortMain[] = []
  end.on('message', ({ ports }: { ports: FakePortMain[] }) => engines.push(...ports))
  const port = new MainPort(end as unknown as Electron.MessagePortMain)
  return { client: createClient(desktopContract, port), engines, close: () => port.close() }
}
