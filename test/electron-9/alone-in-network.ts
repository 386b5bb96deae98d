import { createConnection, createServer, type Server } from 'node:net'
import { join } from 'node:path'

/** Within its network the program has all ports to itself. */
const port = 9222

/** Joins a socket file to a port of the network that it runs in. */
const relay = `
const net = require('node:net')
net.createServer(one => {
  const other = net.createConnection(${port}, '127.0.0.1')
  one.pipe(other).pipe(one)
  for (const end of [one, other]) end.on('error', () => { one.destroy(); other.destroy() })
}).listen(process.argv[1])`

/**
 * A network with no other machine in it, nor this one: what the program would send goes nowhere. The test reaches it by a
 * socket file, which is no part of a network.
 */
export class AloneInNetwork {
  readonly port = port
  /** What the command is to begin with. */
  readonly prefix: readonly string[]
  readonly #socket: string
  #server: Server | undefined

  /** @param folder for the socket file */
  constructor(folder: string) {
    this.#socket = join(folder, 'relay')
    const script = `ip link set lo up && { "$1" -e "$2" "$3" & } && shift 3 && exec "$@"`
    this.prefix = ['unshare', '--net', 'sh', '-c', script, 'sh', process.execPath, relay, this.#socket]
  }

  /** @param address as the program knows it @returns the same, for this side */
  reach(address: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const server = createServer(one => {
        const other = createConnection(this.#socket)
        one.pipe(other).pipe(one)
        for (const end of [one, other]) {
          end.on('error', () => {
            one.destroy()
            other.destroy()
          })
        }
      })
      this.#server = server
      server.once('error', reject)
      server.listen(0, '127.0.0.1', () => {
        const own = server.address()
        if (own === null || typeof own === 'string') return reject(new Error('It has no port.'))
        resolve(address.replace(`:${port}/`, `:${own.port}/`))
      })
    })
  }

  close(): void {
    this.#server?.close()
  }
}
