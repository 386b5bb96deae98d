import { describe, expect, test } from 'vitest'
import { portPair } from '../../../../src/shared/rpc/port.ts'

const closing = (port: { onClose(listener: () => void): void }) =>
  new Promise<void>(resolve => port.onClose(resolve))

describe('a pair of ports', () => {
  test('delivers in order, in a later turn, and shares nothing', async () => {
    const [a, b] = portPair()
    const got: unknown[] = []
    b.onMessage(message => got.push(message))
    const message = { values: Float32Array.of(1) }
    a.post(message)
    a.post('second')
    message.values[0] = 2
    expect(got).toEqual([])
    a.close()
    await closing(b)
    expect(got).toEqual([{ values: Float32Array.of(1) }, 'second'])
  })

  test('closes once on both sides, is silent then, and tells who asks late', async () => {
    const [a, b] = portPair()
    let closes = 0
    a.onClose(() => closes++)
    b.onClose(() => closes++)
    const got: unknown[] = []
    a.onMessage(message => got.push(message))
    b.post('on its way when the other side closes')
    a.close()
    a.close()
    a.post('into nothing')
    await Promise.all([closing(a), closing(b)])
    b.close()
    await closing(b)
    expect(closes).toBe(2)
    expect(got).toEqual([])
  })

  test('throws for what cannot be carried', () => {
    const [a] = portPair()
    expect(() => a.post(() => undefined)).toThrow()
  })
})
