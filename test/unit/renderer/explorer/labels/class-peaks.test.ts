import { describe, expect, it } from 'vitest'
import { peaksOf } from '../../../../../src/renderer/explorer/labels/class-peaks.ts'
import { boundsOf } from '../../../../../src/renderer/explorer/scene.ts'
import { sceneOf } from '../scenes.ts'

const around = (x: number, y: number, label: number, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const angle = i * 2.4
    const away = 0.02 * Math.sqrt(i)
    return [x + away * Math.cos(angle), y + away * Math.sin(angle), label] as const
  })

describe('a class lies densest', () => {
  it('in the middle of its one lump', () => {
    const scene = sceneOf([...around(1, 2, 0, 100), ...around(8, 8, 1, 100)])
    const peaks = peaksOf(scene, 2, boundsOf(scene, 2)!)
    expect(Math.hypot(peaks[0]! - 1, peaks[1]! - 2)).toBeLessThan(0.15)
    expect(Math.hypot(peaks[2]! - 8, peaks[3]! - 8)).toBeLessThan(0.15)
  })

  it('in the larger of two lumps, not between them', () => {
    const scene = sceneOf([...around(0, 0, 0, 150), ...around(10, 10, 0, 100)])
    const peaks = peaksOf(scene, 1, boundsOf(scene, 1)!)
    expect(Math.hypot(peaks[0]!, peaks[1]!)).toBeLessThan(0.5)
  })

  it('nowhere without finite points', () => {
    const scene = sceneOf([
      [0, 0, 0],
      [1, 1, 0],
      [Number.NaN, 3, 1],
      [0, Number.POSITIVE_INFINITY, 1],
    ])
    const peaks = peaksOf(scene, 3, boundsOf(scene, 3)!)
    expect([...peaks.subarray(2)]).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN])
    expect(Number.isFinite(peaks[0])).toBe(true)
  })

  it('at the one place where all its points are', () => {
    const scene = sceneOf([
      [3, 3, 0],
      [3, 3, 0],
    ])
    expect([...peaksOf(scene, 1, boundsOf(scene, 1)!)]).toEqual([3, 3])
  })
})
