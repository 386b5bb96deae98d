import { WebSocket } from 'ws'
import { socketPort } from '../../src/main/host/browser/socket-port.ts'
import { contract, type TwinlensContract } from '../../src/shared/contract.ts'
import { createClient } from '../../src/shared/rpc/client.ts'
import type { Client } from '../../src/shared/rpc/contract-types.ts'

/** A client of a running app without a browser: it exchanges the token for the cookie as a browser does. */
export async function connectClient(
  url: string,
): Promise<{ client: Client<TwinlensContract>; close: () => void }> {
  const entry = await fetch(url, { redirect: 'manual' })
  const cookie = entry.headers.get('set-cookie')?.split(';')[0] ?? ''
  const { origin, host } = new URL(url)
  const socket = new WebSocket(`ws://${host}/socket`, { headers: { cookie, origin } })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const port = socketPort(socket)
  return { client: createClient(contract, port), close: () => port.close() }
}
