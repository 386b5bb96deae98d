import { describe, expect, it } from 'vitest'
import { boundsOf, type Scene, xOf, yOf } from '../../../../src/renderer/explorer/scene.ts'
import { ballOf, type Rotation, turnOf } from '../../../../src/renderer/explorer/turn.ts'

const scene: Scene = {
  values: Float32Array.of(0, 0, 0, 0, 2, 0, 4, 0, 1, 1, 1, 1),
  size: 4,
  count: 3,
  labels: Uint16Array.of(0, 1, 2),
  horizontal: 0,
  vertical: 1,
}
/** A quarter turn about the vertical axis: what lay behind comes to the right. */
const quarter: Rotation = [0, 0, 1, 0, 1, 0, -1, 0, 0]

describe('turned points', () => {
  it('go round their pivot, which stays where it is', () => {
    const turned = { ...scene, turn: turnOf(2, quarter, { pivot: [1, 0.5, 2], radius: 5 }) }
    // (2, 0, 4) lies (1, -0.5, 2) from the pivot: 2 to its right, half below.
    expect([xOf(turned, 1), yOf(turned, 1)]).toEqual([3, 0])
    const pivot = { ...turned, values: Float32Array.of(1, 0.5, 2, 0), count: 1 }
    expect([xOf(pivot, 0), yOf(pivot, 0)]).toEqual([1, 0.5])
  })

  it('are as they were without a rotation', () => {
    const still = {
      ...scene,
      turn: turnOf(2, [1, 0, 0, 0, 1, 0, 0, 0, 1], { pivot: [1, 0.5, 2], radius: 5 }),
    }
    for (let i = 0; i < 3; i++) expect([xOf(still, i), yOf(still, i)]).toEqual([xOf(scene, i), yOf(scene, i)])
  })

  it('stay in one frame however they are turned', () => {
    const ball = ballOf(scene, 2)!
    const frames = [0, 0.4, 1.1, 2.7].map(angle => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      const turned = { ...scene, turn: turnOf(2, [c, 0, s, 0, 1, 0, -s, 0, c], ball) }
      const frame = boundsOf(turned, 3)!
      for (let i = 0; i < 3; i++) {
        expect(xOf(turned, i)).toBeGreaterThanOrEqual(frame.minX)
        expect(xOf(turned, i)).toBeLessThanOrEqual(frame.maxX)
      }
      return frame
    })
    for (const frame of frames) expect(frame).toEqual(frames[0])
  })

  it('have no frame where nothing is a number', () => {
    const none = {
      ...scene,
      values: new Float32Array(12).fill(Number.NaN),
      turn: turnOf(2, quarter, { pivot: [0, 0, 0], radius: 1 }),
    }
    expect(boundsOf(none, 3)).toBeNull()
  })
})
