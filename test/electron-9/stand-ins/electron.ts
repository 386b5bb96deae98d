/** Electron 9, with what of Electron 45 the program uses and this one lacks. */
import type * as Electron45 from 'electron'
import type { ChannelEnd } from '../../fakes/electron/channel-end.ts'
import { Bridge, type Bridged, MessageChannelMain } from './channel.ts'
import { utilityProcess } from './utility-process.ts'

type Contents = Electron45.WebContents & { destroyed?: boolean }
type Handler = (request: { method: string; url: string }) => Promise<StandInResponse>
/** Of Electron 9, what differs. */
interface Electron9 {
  readonly app: Electron45.App
  readonly ipcMain: Electron45.IpcMain
  readonly protocol: {
    registerSchemesAsPrivileged: Electron45.Protocol['registerSchemesAsPrivileged']
    registerBufferProtocol(
      scheme: string,
      handler: (request: { method: string; url: string }, callback: (response: object) => void) => void,
    ): void
  }
}

declare const require: (name: string) => unknown
// Not by its name, which stands for this file in this build.
const real = require(['elect', 'ron'].join('')) as Electron9 & typeof Electron45

class StandInResponse {
  readonly body: unknown
  readonly status: number
  readonly headers: Record<string, string>
  constructor(body: unknown, { status = 200, headers = {} }: { status?: number; headers?: object } = {}) {
    this.body = body
    this.status = status
    this.headers = headers as Record<string, string>
  }
}
Object.assign(globalThis, { Response: StandInResponse })

const bridges = new Map<number, Bridge>()

real.app.on('web-contents-created', (_event, created) => {
  const contents = created as Contents
  const bridge = new Bridge(message => {
    if (!contents.isDestroyed()) contents.send('stand-in', message)
  })
  bridges.set(contents.id, bridge)
  // Not when it starts to load: one that is refused does too, and its page stays.
  contents.on('did-navigate', () => bridge.end())
  const postMessage = (channel: string, _message: unknown, ports: readonly ChannelEnd[] = []) =>
    contents.send(
      'stand-in:port',
      channel,
      ports.map(port => bridge.carry(port)),
    )
  Object.assign(contents, {
    postMessage,
    setWindowOpenHandler: (decide: (details: { url: string }) => object) =>
      contents.on(
        'new-window' as never,
        ((event: Event, url: string) => {
          event.preventDefault()
          decide({ url })
        }) as never,
      ),
  })
})
real.ipcMain.on('stand-in', (event, message: Bridged) => bridges.get(event.sender.id)?.receive(message))

export const ipcMain = {
  on: (channel: string, listener: (event: object, ...given: unknown[]) => void) =>
    real.ipcMain.on(channel, (event, ...given: unknown[]) =>
      listener({ sender: event.sender, senderFrame: { url: event.sender.getURL(), parent: null } }, ...given),
    ),
  removeAllListeners: (channel: string) => real.ipcMain.removeAllListeners(channel),
  handle: real.ipcMain.handle.bind(real.ipcMain),
}

export const protocol = {
  registerSchemesAsPrivileged: real.protocol.registerSchemesAsPrivileged.bind(real.protocol),
  handle: (scheme: string, handler: Handler) =>
    real.protocol.registerBufferProtocol(scheme, ({ method, url }, callback) => {
      void handler({ method, url }).then(({ body, status, headers }) =>
        callback({
          statusCode: status,
          headers,
          mimeType: headers['Content-Type'],
          data: Buffer.from(body as Uint8Array),
        }),
      )
    }),
}

export const session = {
  get defaultSession() {
    const { defaultSession } = real.session
    return Object.assign(defaultSession, { setDevicePermissionHandler: () => undefined })
  },
}

// The sandbox of a Chromium of 2020 ends processes for what today's libc does in them, and cannot be had as root. The
// program starts with --no-sandbox, which this call would take back.
Object.assign(real.app, { enableSandbox: () => undefined })

export { MessageChannelMain, utilityProcess }
export const {
  app,
  BrowserWindow,
  dialog,
  Menu,
  nativeTheme,
  Notification,
  powerSaveBlocker,
  screen,
  shell,
} = real
const all: object = { ...real, ipcMain, protocol, session, MessageChannelMain, utilityProcess }
export default all
