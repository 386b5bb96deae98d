import { describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'
import { createExplorerState } from '../../../../../src/renderer/explorer/explorer-state.ts'
import {
  keep,
  keptListSchema,
  restore,
  restoreView,
} from '../../../../../src/renderer/explorer/history/kept-choices.ts'
import { packSet, unpackSet } from '../../../../../src/renderer/explorer/history/packed-set.ts'
import { PointSet } from '../../../../../src/renderer/explorer/point-set.ts'
import type { Points } from '../../../../../src/shared/contract.ts'

const images = (testCount: number) => ({
  id: 'digits',
  testCount,
  trainCount: 50,
  classes: ['a', 'b', 'c'],
})
const pointsAt = (...values: number[]): Points => ({
  training: 1,
  iteration: 1,
  oldestIteration: 1,
  size: 2,
  values: Float32Array.from(values),
})
const newState = (points: Points | null = null) =>
  createExplorerState({ data: shallowRef(null), points: shallowRef(points) })
/** Every other bit is a coin's: nothing packs it smaller. */
const random = (points: number) => {
  let seed = 1
  return PointSet.fromMask(
    Uint8Array.from({ length: points }, () => {
      seed = (seed * 48271) % 2147483647
      return (seed >> 8) & 1
    }),
  )
}

describe('a set in letters', () => {
  it('comes back as it was, of any number of points', () => {
    for (const points of [1, 7, 8, 9, 5000]) {
      const set = PointSet.of(points, [0, points - 1])
      expect(Array.from(unpackSet(packSet(set), points)?.indices ?? [])).toEqual(Array.from(set.indices))
    }
    expect(packSet(random(10_000))).toMatch(/^[\w-]{1,1700}$/)
  })

  it('is nothing where it is of other images, of none, or broken', () => {
    expect(unpackSet(packSet(PointSet.of(100, [3])), 200)).toBeNull()
    expect(unpackSet(packSet(PointSet.none(100)), 100)).toBeNull()
    expect(unpackSet('no set', 100)).toBeNull()
  })
})

describe('what is kept of the explorer', () => {
  it('is put back for the same images', () => {
    const state = newState()
    state.hidden.value = new Set([2])
    state.selected.value = random(10_000)
    state.only.value = PointSet.of(10_000, [5, 6])
    state.colouring.value = { by: 'confidence' }
    state.view.value = { minX: -1, maxX: 1, minY: 0, maxY: 2 }
    state.shapes.value = true
    const text = JSON.stringify(keep(state, images(10_000), []))
    expect(encodeURIComponent(text).length).toBeLessThan(3800)
    const [kept] = keptListSchema.parse(JSON.parse(text))
    const next = newState(pointsAt(0.5, 0.5, 9, 9))
    restore(next, kept!, images(10_000))
    restoreView(next, kept!)
    expect(next.hidden.value).toEqual(new Set([2]))
    expect(next.selected.value?.mask).toEqual(state.selected.value?.mask)
    expect(Array.from(next.only.value?.indices ?? [])).toEqual([5, 6])
    expect(next.colouring.value).toEqual({ by: 'confidence' })
    expect(next.view.value).toEqual(state.view.value)
    expect(next.shapes.value).toBe(true)
  })

  it('drops what fits no longer: classes, axes, and a view in which no point lies', () => {
    const state = newState()
    state.hidden.value = new Set([0, 7])
    state.view.value = { minX: 5, maxX: 6, minY: 5, maxY: 6 }
    const [kept] = keep(state, images(10), [])
    const next = newState(pointsAt(0, 0, 1, 1))
    restore(next, kept!, images(10))
    restoreView(next, kept!)
    expect(next.hidden.value).toEqual(new Set([0]))
    expect(next.view.value).toBeNull()
    restoreView(next, { ...kept!, axes: [0, 3], view: [0, 1, 0, 1] })
    expect([next.vertical.value, next.view.value]).toEqual([1, null])
    expect(keptListSchema.safeParse([{ ...kept, colouring: 'mood' }]).success).toBe(false)
  })

  it('keeps the newest data sets, as many as a cookie takes, and a table’s column as by class', () => {
    const state = newState()
    state.selected.value = random(5000)
    state.colouring.value = { by: 'column', table: 'a.csv', name: 'writer' }
    let list = keep(state, images(5000), [])
    for (const count of [5001, 5002, 5003, 5004]) {
      state.selected.value = random(count)
      list = keep(state, images(count), list)
    }
    expect(list[0]).toMatchObject({ of: 'digits 5004 3', colouring: 'class' })
    expect(list.length).toBeGreaterThan(1)
    expect(list.length).toBeLessThan(5)
    expect(encodeURIComponent(JSON.stringify(list)).length).toBeLessThanOrEqual(3300)
    state.selected.value = random(1_000_000)
    expect(keep(state, images(1_000_000), list)[0]).toMatchObject({ selected: null })
  })
})
