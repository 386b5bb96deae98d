/** In the page, before the preload: ports that main sends come as real ones. See electron.ts. */
type Message = { id: number; data: unknown; ids: number[] } | { id: number; closed: true }
type Listener = (event: object, ...given: unknown[]) => void
interface Renderer {
  on(channel: string, listener: Listener): unknown
  send(channel: string, ...given: unknown[]): void
}
declare const require: (name: string) => { ipcRenderer: Renderer }
const { ipcRenderer: real } = require(['elect', 'ron'].join(''))

const ports = new Map<number, MessagePort>()

function open(id: number): MessagePort {
  const { port1, port2 } = new MessageChannel()
  ports.set(id, port1)
  port1.addEventListener('message', ({ data }) => real.send('stand-in', { id, data, ids: [] }))
  port1.start()
  return port2
}

real.on('stand-in', (_event, given) => {
  const message = given as Message
  if ('closed' in message) ports.get(message.id)?.close()
  else ports.get(message.id)?.postMessage(message.data, message.ids.map(open))
})

export const ipcRenderer = {
  send: (channel: string, ...given: unknown[]) => real.send(channel, ...given),
  on: (channel: string, listener: Listener) =>
    real.on('stand-in:port', (_event, sent, ids) => {
      if (sent === channel) listener({ ports: (ids as number[]).map(open) })
    }),
}

/** Until Electron 32 a file told its own path. */
export const webUtils = {
  getPathForFile: (file: File & { readonly path?: string }): string => file.path ?? '',
}
