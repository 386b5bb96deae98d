import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { watchInterrupts } from '../../../../../src/main/host/browser/interrupts.ts'

function start() {
  const source = new EventEmitter()
  let time = 0
  const interrupts = watchInterrupts(source, () => time)
  const send = (signal: string, at: number) => {
    time = at
    source.emit(signal, signal)
  }
  return { source, send, ...interrupts }
}

test('the first request to end is told, whichever it is', async () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    const { send, first, second } = start()
    send(signal, 0)
    expect(await first).toBe(signal)
    expect(second.aborted).toBe(false)
  }
})

test('Ctrl-C that npm passes on a second time is still the first', () => {
  const { send, second } = start()
  send('SIGINT', 100_000)
  send('SIGINT', 100_010)
  expect(second.aborted).toBe(false)
  send('SIGINT', 100_600)
  expect(second.aborted).toBe(true)
})

test('after the release signals do again what they did', () => {
  const { source, release } = start()
  release()
  expect(source.eventNames()).toEqual([])
})
