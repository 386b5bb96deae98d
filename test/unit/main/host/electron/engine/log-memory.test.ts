import { EventEmitter } from 'node:events'
import type { App, ProcessMetric } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { logMemory } from '../../../../../../src/main/host/electron/engine/log-memory.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('the engine’s memory is written down when it has changed by a tenth, until the program ends', () => {
  const logged: string[] = []
  let kilobytes = 500_000
  const metrics = () => [
    { pid: 1, memory: { workingSetSize: 90_000 } },
    { pid: 2, memory: { workingSetSize: kilobytes } },
  ]
  const app = Object.assign(new EventEmitter(), { getAppMetrics: metrics as () => ProcessMetric[] })
  let pid: number | undefined = 2
  logMemory(
    app as unknown as App,
    () => pid,
    text => logged.push(text),
  )
  const minute = () => vi.advanceTimersByTime(60_000)
  minute()
  kilobytes = 510_000
  minute()
  kilobytes = 900_000
  minute()
  pid = undefined
  minute()
  expect(logged).toEqual(['The engine holds 500 MB.', 'The engine holds 900 MB.'])
  app.emit('will-quit')
  pid = 2
  kilobytes = 100_000
  minute()
  expect(logged).toHaveLength(2)
})
