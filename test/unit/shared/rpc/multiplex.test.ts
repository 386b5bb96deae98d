import { describe, expect, test } from 'vitest'
import { acceptPorts, joinPorts, openPorts } from '../../../../src/shared/rpc/multiplex.ts'
import { type Port, portPair } from '../../../../src/shared/rpc/port.ts'

const closing = (port: Port) => new Promise<void>(resolve => port.onClose(resolve))
const message = (port: Port) => new Promise<unknown>(resolve => port.onMessage(resolve))

/** An accepting side that answers each message with the number of its port, and an opening side. */
function start() {
  const [host, engine] = portPair()
  const accepted: Port[] = []
  acceptPorts(engine, port => {
    const number = accepted.push(port)
    port.onMessage(text => port.post(`${number}: ${String(text)}`))
  })
  return { host, engine, accepted, open: openPorts(host) }
}

describe('many ports over one', () => {
  test('keep their messages apart', async () => {
    const { open } = start()
    const [first, second] = [open(), open()]
    const answers = Promise.all([message(first), message(second)])
    second.post('b')
    first.post('a')
    expect(await answers).toEqual(['1: a', '2: b'])
  })

  test('close one by one, from either side', async () => {
    const { open, accepted } = start()
    const [first, second, third] = [open(), open(), open()]
    const answer = message(third)
    third.post('c')
    await answer
    const closed = closing(accepted[0] as Port)
    first.close()
    await closed
    accepted[1]?.close()
    await closing(second)
    const again = message(third)
    third.post('still there')
    expect(await again).toBe('3: still there')
  })

  test('all close with the one below, and one opened later at once', async () => {
    const { open, engine, host } = start()
    const ports = [open(), open()]
    engine.close()
    await Promise.all(ports.map(closing))
    await closing(host)
    await closing(open())
  })

  test('ignore what is no envelope, and channels that are not open', async () => {
    const { host, open, accepted } = start()
    for (const stray of [null, 'x', { type: 'open' }, { type: 'message', channel: 9, message: 1 }])
      host.post(stray)
    host.post({ type: 'close', channel: 9 })
    const port = open()
    host.post({ type: 'open', channel: 1 }) // a second time
    const answer = message(port)
    port.post('a')
    expect(await answer).toBe('1: a')
    expect(accepted).toHaveLength(1)
  })
})

describe('joined ports', () => {
  test('pass messages and the end on', async () => {
    const [window, windowEnd] = portPair()
    const { open, accepted } = start()
    joinPorts(windowEnd, open())
    const answer = message(window)
    window.post('hello')
    expect(await answer).toBe('1: hello')
    const closed = closing(accepted[0] as Port)
    window.close()
    await closed
  })

  test('both close when one cannot carry what the other sent', async () => {
    const [window, windowEnd] = portPair()
    const [engineEnd, engine] = portPair()
    const narrow: Port = {
      ...windowEnd,
      post: () => {
        throw new Error('too large')
      },
    }
    joinPorts(narrow, engineEnd)
    engine.post('anything')
    await Promise.all([closing(window), closing(engine)])
  })
})
