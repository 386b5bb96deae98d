import { fork as forkNode } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { decodeFrame, encodeFrame } from '../../../src/shared/rpc/frame.ts'
import type { ChannelEnd } from '../../fakes/electron/channel-end.ts'
import { outOfArchive } from './asar.ts'
import { Bridge, type Bridged } from './channel.ts'

/**
 * A utility process, which Electron 9 lacks: Node 24, which is the Node of Electron 45's, with a parentPort by
 * engine-parent-port.mjs. Messages are frames in Base64, because Node 12 forks with JSON only.
 */
export class UtilityProcess extends EventEmitter {
  readonly stdout
  readonly stderr
  readonly #child
  readonly #bridge: Bridge

  constructor(entry: string, options: { env?: NodeJS.ProcessEnv }) {
    super()
    const { TWINLENS_TEST_NODE: node = '', TWINLENS_TEST_PARENT_PORT: parentPort = '' } = process.env
    const engine = outOfArchive(entry, options.env ?? {})
    this.#child = forkNode(engine.entry, [], {
      execPath: node,
      execArgv: ['--import', parentPort],
      env: engine.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#bridge = new Bridge(message => this.#send(message))
    this.#child.on('message', (text: string) =>
      this.#bridge.receive(decodeFrame(buffer(text)) as unknown as Bridged),
    )
    this.#child.once('error', error => console.error('The engine did not start:', error))
    this.#child.once('exit', code => {
      this.#bridge.end()
      this.emit('exit', code ?? 1)
    })
    setImmediate(() => this.emit('spawn'))
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  postMessage(data: unknown, ports: readonly ChannelEnd[] = []): void {
    this.#send({ id: 0, data, ids: ports.map(port => this.#bridge.carry(port)) })
  }

  kill(): boolean {
    return this.#child.kill()
  }

  #send(message: Bridged): void {
    if (this.#child.connected) this.#child.send(Buffer.from(encodeFrame(message)).toString('base64'))
  }
}

const buffer = (text: string): ArrayBuffer => {
  const { buffer: whole, byteOffset, byteLength } = Buffer.from(text, 'base64')
  return whole.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
}

export const utilityProcess = {
  fork: (entry: string, _words: readonly string[], options: { env?: NodeJS.ProcessEnv }) =>
    new UtilityProcess(entry, options),
}
