import { describe, expect, it } from 'vitest'
import { boundsOfMarks, coordinatesOf } from '../../../../src/renderer/explorer/place.ts'
import { boundsOf, type Scene, xOf, yOf } from '../../../../src/renderer/explorer/scene.ts'
import { sceneOf } from './scenes.ts'

const three: Scene = {
  values: Float32Array.of(1, 2, 3, 4, 5, 6),
  size: 3,
  count: 2,
  labels: Uint16Array.of(0, 1),
  horizontal: 2,
  vertical: 0,
}
const strip: Scene = {
  ...three,
  size: 1,
  count: 6,
  labels: Uint16Array.of(0, 0, 1, 1, 2, 2),
  horizontal: 0,
  vertical: null,
}

describe('scene', () => {
  it('draws the features that were chosen', () => {
    expect([xOf(three, 1), yOf(three, 1)]).toEqual([6, 4])
  })

  it('gives a strip a row a class, the first on top, that do not overlap', () => {
    for (let i = 0; i < strip.count; i++) {
      expect(Math.abs(yOf(strip, i) + (strip.labels[i] as number))).toBeLessThan(0.5)
    }
  })

  it('bounds what is finite', () => {
    const scene = sceneOf([
      [1, 2, 0],
      [Number.NaN, 9, 0],
      [-1, 5, 1],
      [Number.POSITIVE_INFINITY, 0, 1],
    ])
    expect(boundsOf(scene, 2)).toEqual({ minX: -1, maxX: 1, minY: 2, maxY: 5 })
  })

  it('has no bounds where nothing is finite', () => {
    expect(boundsOf(sceneOf([[Number.NaN, 1, 0]]), 1)).toBeNull()
  })

  it('bounds a strip by its rows, those of classes without points too', () => {
    expect(boundsOf(strip, 4)).toEqual({ minX: 1, maxX: 6, minY: -3.5, maxY: 0.5 })
  })
})

describe('place', () => {
  it('of a picture takes the drawn features of its point', () => {
    const place = { kind: 'picture', point: Float32Array.of(7, 8, 9) } as const
    expect(coordinatesOf(three, place)).toEqual([9, 7])
    expect(coordinatesOf(strip, place)).toEqual([7, 0.5])
  })

  it('frames all marks with room around them', () => {
    const scene = sceneOf([
      [0, 0, 0],
      [2, 1, 0],
      [9, 9, 0],
    ])
    const marks = [0, 1].map(index => ({ place: { kind: 'point', index } as const, text: '', asked: false }))
    expect(boundsOfMarks(scene, marks)).toEqual({ minX: -1, maxX: 3, minY: -1, maxY: 2 })
    expect(boundsOfMarks(scene, [])).toBeNull()
  })
})
