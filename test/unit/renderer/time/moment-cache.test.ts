import { describe, expect, test } from 'vitest'
import { MomentCache } from '../../../../src/renderer/time/moment-cache.ts'
import type { Points } from '../../../../src/shared/contract.ts'

const bytesEach = 4 * 4
const pointsOf = (iteration: number): Points => ({
  training: 1,
  iteration,
  oldestIteration: iteration,
  values: new Float32Array(4).fill(iteration),
  size: 2,
})
const settle = () => new Promise(resolve => setTimeout(resolve, 0))

/** Answers when it is told to. */
function slowCache(bytes?: number) {
  const asked: number[] = []
  let answer: (how?: 'fail') => void = () => {}
  const cache = new MomentCache(
    iteration =>
      new Promise((resolve, reject) => {
        asked.push(iteration)
        answer = how => (how === 'fail' ? reject(new Error('gone')) : resolve(pointsOf(iteration)))
      }),
    bytes,
  )
  const next = async (how?: 'fail') => {
    answer(how)
    await settle()
  }
  return { cache, asked, next }
}

describe('MomentCache', () => {
  test('has one request on its way at a time, and newer wishes take the place of older ones', async () => {
    const { cache, asked, next } = slowCache()
    cache.want(1, 2, 3)
    cache.want(7, 8)
    cache.want(9, 1)
    expect(asked).toEqual([1])
    await next()
    expect(asked).toEqual([1, 9])
    await next()
    // 1 is here already: it was on its way when it was wished for again, and is asked for once more at most.
    expect(new Set(asked)).toEqual(new Set([1, 9]))
    expect(cache.get(9)).toEqual(pointsOf(9))
    expect(cache.get(7)).toBeUndefined()
  })

  test('never holds more than its bytes, and drops what was used longest ago', async () => {
    const { cache, next } = slowCache(3 * bytesEach)
    cache.want(1, 2, 3)
    for (let i = 0; i < 3; i++) await next()
    cache.get(1)
    cache.want(4)
    await next()
    expect(cache.bytes).toBe(3 * bytesEach)
    expect([1, 2, 3, 4].map(iteration => cache.get(iteration) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ])
  })

  test('what fails is told, and does not hold up the next', async () => {
    const { cache, asked, next } = slowCache()
    const failed: number[] = []
    cache.failed = iteration => failed.push(iteration)
    cache.want(1, 2)
    await next('fail')
    await next()
    expect(failed).toEqual([1])
    expect(asked).toEqual([1, 2])
    expect(cache.get(2)).toBeDefined()
  })

  test('what was on its way when it was cleared is not kept', async () => {
    const { cache, next } = slowCache()
    cache.want(1)
    cache.clear()
    await next()
    expect(cache.get(1)).toBeUndefined()
    expect(cache.bytes).toBe(0)
  })
})
