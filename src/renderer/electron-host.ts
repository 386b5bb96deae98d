import { z } from 'zod'
import { type DesktopContract, desktopContract } from '../shared/desktop-contract.ts'
import { TwinlensError } from '../shared/errors.ts'
import { createClient } from '../shared/rpc/client.ts'
import type { Client } from '../shared/rpc/contract-types.ts'
import { pause } from '../shared/rpc/flow.ts'
import { makePort, type PortControl } from '../shared/rpc/port.ts'
import type { Closed, Connection, Host, HostNews } from './host.ts'

type DesktopClient = Client<DesktopContract>

interface Desktop {
  readonly client: DesktopClient
  /** The engine's ports that came and were not taken yet. */
  readonly engines: MessagePort[]
}

/** Between two attempts at main's port, in ms: main asks for the page, so the wait is for its next one. */
const againMs = 200

/** Electron's host, behind the one port that the preload forwards. */
export function electronHost(page: Window): Host {
  let joined: Promise<Desktop> | undefined
  const join = (): Promise<Desktop> => {
    joined ??= askForPort(page).then(end => {
      const engines: MessagePort[] = []
      const { port, closed } = portOver(end, came => engines.push(...came))
      // Main leaves this page's port for that of a newer one.
      end.addEventListener('close', closed)
      port.onClose(() => {
        joined = undefined
      })
      return { client: createClient(desktopContract, port), engines }
    })
    return joined
  }
  return {
    connect: async () => openEngine(await join()),
    save: async (name, file) => {
      const { client } = await join()
      await client.saveFile({ name, file: new Uint8Array(await file.arrayBuffer()) })
    },
    disk: {
      choose: async kind => (await join()).client.choosePaths({ kind }),
      droppedPaths: () => droppedPaths(page),
    },
    trashBin: async () => (await (await join()).client.trashBin(undefined)).trashed,
    follow: (what, listener, signal) =>
      void follow(async () => (await join()).client, what, listener, signal),
  }
}

/** Goes on over main's next port when it leaves one. */
async function follow<What extends keyof HostNews>(
  desktop: () => Promise<DesktopClient>,
  what: What,
  listener: (item: HostNews[What]) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const stream = (await desktop())[what](undefined, { signal }) as AsyncIterable<HostNews[What]>
      for await (const item of stream) listener(item)
    } catch (error) {
      const left = error instanceof TwinlensError && error.kind === 'engine-crashed'
      if (!left && !signal.aborted) console.error(`No ${what} came:`, error)
    }
    await pause(againMs, signal)
  }
}

async function openEngine({ client, engines }: Desktop): Promise<Connection> {
  await client.engine()
  // The newest: an answer that nobody waited for any more may have left one.
  const end = engines.splice(0).at(-1)
  if (end === undefined) throw new Error('The host sent no port to the engine.')
  let closing: Closed = { by: 'connection', words: '' }
  const { port, closed } = portOver(end)
  // Main supervises the engine, so its word counts; the port's own end may come before or after.
  client.engineEnded().then(
    ({ words }) => {
      closing = { by: 'engine', words }
      closed()
    },
    () => closed(),
  )
  return { port, whyClosed: () => closing }
}

const droppedSchema = z.object({ droppedPaths: z.array(z.string()) })

/** The preload, which hears of a drop before the page, has posted its message by the time that the page asks. */
function droppedPaths(page: Window): Promise<readonly string[]> {
  return new Promise(resolve => {
    const take = ({ source, origin, data }: MessageEvent) => {
      const said = droppedSchema.safeParse(data)
      if (source !== page || origin !== page.location.origin || !said.success) return
      page.removeEventListener('message', take)
      resolve(said.data.droppedPaths)
    }
    page.addEventListener('message', take)
  })
}

/** A message that carries ports is the host's, the others are the other side's. */
function portOver(
  end: MessagePort,
  onPorts: (ports: readonly MessagePort[]) => void = () => undefined,
): PortControl {
  const control = makePort({ send: message => end.postMessage(message), close: () => end.close() })
  end.addEventListener('message', ({ data, ports }) => {
    if (ports.length > 0) onPorts(ports)
    else control.deliver(data)
  })
  end.start()
  return control
}

/** Asks the preload, and takes the port from nobody but this page itself. */
function askForPort(page: Window): Promise<MessagePort> {
  return new Promise(resolve => {
    const take = ({ source, origin, data, ports: [port] }: MessageEvent) => {
      const own = source === page && origin === page.location.origin
      if (!own || data !== 'twinlens:port' || port === undefined) return
      page.removeEventListener('message', take)
      resolve(port)
    }
    page.addEventListener('message', take)
    page.postMessage('twinlens:ask', page.location.origin)
  })
}
