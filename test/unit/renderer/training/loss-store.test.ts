import { describe, expect, test } from 'vitest'
import { LossStore } from '../../../../src/renderer/training/loss-store.ts'

const losses = (firstIteration: number, count: number, training = 1) => ({
  training,
  firstIteration,
  losses: Float32Array.from({ length: count }, (_, i) => firstIteration + i),
})

const all = (store: LossStore) => Array.from({ length: store.count }, (_, i) => store.at(i + 1))
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('the loss store', () => {
  test('keeps losses in order across the edges of its chunks', () => {
    const store = new LossStore()
    for (let first = 1; first < 50_000; first += 7001) expect(store.append(losses(first, 7001))).toBe(true)
    expect(all(store)).toEqual(upTo(store.count))
    expect(store.count).toBe(8 * 7001)
  })

  test('doubles nothing that comes again', () => {
    const store = new LossStore()
    store.append(losses(1, 10))
    expect(store.append(losses(5, 10))).toBe(true)
    expect(store.append(losses(1, 3))).toBe(true)
    expect(all(store)).toEqual(upTo(14))
  })

  test('refuses what would leave a gap, and says where to go on', () => {
    const store = new LossStore()
    store.append(losses(1, 10))
    expect(store.append(losses(12, 5))).toBe(false)
    expect(all(store)).toEqual(upTo(10))
    expect(store.nextIteration(1)).toBe(11)
    expect(store.nextIteration(2)).toBe(1)
  })

  test('begins anew with the first losses of another training, and keeps the old ones while a later part comes', () => {
    const store = new LossStore()
    store.append(losses(1, 10))
    expect(store.append(losses(5, 5, 2))).toBe(false)
    expect(store.training).toBe(1)
    expect(store.append(losses(1, 3, 2))).toBe(true)
    expect([store.training, all(store)]).toEqual([2, [1, 2, 3]])
  })

  test('knows nothing outside of what is there', () => {
    const store = new LossStore()
    store.append(losses(1, 2))
    expect([store.at(0), store.at(3)]).toEqual([Number.NaN, Number.NaN])
  })
})
