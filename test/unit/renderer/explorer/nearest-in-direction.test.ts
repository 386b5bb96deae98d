import { describe, expect, it } from 'vitest'
import { nearestInDirection, nextInOrder } from '../../../../src/renderer/explorer/nearest-in-direction.ts'
import { everyone, sceneOf } from './scenes.ts'

const view = { scaleX: 100, scaleY: 100, originX: 0, originY: 0 }
const cross = sceneOf([
  [0, 0, 0],
  [1, 0.2, 0],
  [2, 0, 1],
  [-1, -0.5, 0],
  [0.1, 1, 0],
  [0, -3, 0],
  [0, 0, 0],
])

describe('nearest point in a direction', () => {
  it.each([
    ['right', 1],
    ['left', 3],
    ['up', 4],
    ['down', 5],
  ] as const)('finds the one to the %s', (direction, index) => {
    expect(nearestInDirection(cross, view, 0, direction, everyone)).toBe(index)
  })

  it('leaves out what is hidden', () => {
    expect(nearestInDirection(cross, view, 0, 'right', index => index !== 1)).toBe(2)
  })

  it('says so where there is none', () => {
    expect(nearestInDirection(cross, view, 2, 'right', everyone)).toBe(-1)
  })

  it('never goes to a point at the same place or to one that is not a number', () => {
    const scene = sceneOf([
      [0, 0, 0],
      [0, 0, 0],
      [Number.NaN, 0, 0],
    ])
    expect(nearestInDirection(scene, view, 0, 'right', everyone)).toBe(-1)
  })

  it('measures on the screen, where axes may differ in scale', () => {
    const scene = sceneOf([
      [0, 0, 0],
      [1, 1.5, 0],
    ])
    expect(nearestInDirection(scene, view, 0, 'right', everyone)).toBe(-1)
    expect(nearestInDirection(scene, { ...view, scaleY: 10 }, 0, 'right', everyone)).toBe(1)
  })
})

describe('next in order', () => {
  it('goes round both ends and over hidden points', () => {
    const odd = (index: number) => index % 2 === 1
    expect(nextInOrder(6, 1, 1, odd)).toBe(3)
    expect(nextInOrder(6, 5, 1, odd)).toBe(1)
    expect(nextInOrder(6, 1, -1, odd)).toBe(5)
  })

  it('starts at the first point when none is pointed at', () => {
    expect(nextInOrder(6, -1, 1, everyone)).toBe(0)
  })

  it('finds none where all are hidden', () => {
    expect(nextInOrder(6, 0, 1, () => false)).toBe(-1)
  })
})
