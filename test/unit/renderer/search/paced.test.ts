import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { paced } from '../../../../src/renderer/search/paced.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

describe('paced', () => {
  it('runs at once, then no more often than its pace, and never drops the last wish', async () => {
    let runs = 0
    const { wish } = paced(async () => void runs++, 1000)
    for (let i = 0; i < 49; i++) {
      wish()
      await vi.advanceTimersByTimeAsync(100)
    }
    // Not quite five seconds: at 0, 1, 2, 3 and 4.
    expect(runs).toBe(5)
    await vi.advanceTimersByTimeAsync(1000)
    expect(runs).toBe(6)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(runs).toBe(6)
  })

  it('never runs twice at a time', async () => {
    const finish: (() => void)[] = []
    const { wish } = paced(() => new Promise(resolve => finish.push(resolve)), 10)
    wish()
    wish()
    await vi.advanceTimersByTimeAsync(5000)
    expect(finish).toHaveLength(1)
    finish[0]?.()
    await vi.advanceTimersByTimeAsync(0)
    expect(finish).toHaveLength(2)
  })
})
