// Gives a Node process what an engine in a utility process has: process.parentPort. See stand-ins/utility-process.ts.
import { EventEmitter } from 'node:events'
import { decodeFrame, encodeFrame } from '../../src/shared/rpc/frame.ts'

/** @type {Map<number, RemoteEnd>} */
const ends = new Map()

class RemoteEnd extends EventEmitter {
  #started = false
  /** @type {unknown[]} */
  #waiting = []
  constructor(id) {
    super()
    this.id = id
    ends.set(id, this)
  }
  postMessage(data) {
    send({ id: this.id, data, ids: [] })
  }
  start() {
    this.#started = true
    for (const data of this.#waiting.splice(0)) this.take(data)
  }
  close() {
    if (ends.delete(this.id)) send({ id: this.id, closed: true })
  }
  take(data) {
    if (this.#started) this.emit('message', { data, ports: [] })
    else this.#waiting.push(data)
  }
}

const send = message => process.send?.(Buffer.from(encodeFrame(message)).toString('base64'))

function receive(text, parent) {
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  const { id, data, ids, closed } = decodeFrame(bytes.buffer)
  if (id === 0) parent({ data, ports: ids.map(each => new RemoteEnd(each)) })
  else if (closed) {
    const end = ends.get(id)
    ends.delete(id)
    end?.emit('close')
  } else ends.get(id)?.take(data)
}

// Messages wait in the channel until somebody listens, as those of a parentPort do.
process.parentPort = { on: (_, listener) => process.on('message', text => receive(text, listener)) }
process.on('disconnect', () => process.exit())
