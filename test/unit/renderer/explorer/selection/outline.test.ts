import { expect, it } from 'vitest'
import { Outline } from '../../../../../src/renderer/explorer/selection/outline.ts'

const area = { left: 10, top: 10, width: 100, height: 100 }
const view = { scaleX: 10, scaleY: 5, originX: 60, originY: 60 }

it('takes a lasso’s corners in order and leaves out those that cannot be told apart', () => {
  const outline = new Outline('lasso', area, { x: 20, y: 20 })
  for (const [x, y] of [
    [21, 20],
    [40, 20],
    [40, 50],
  ] as const)
    outline.draw({ x, y })
  expect(outline.corners).toEqual([
    { x: 20, y: 20 },
    { x: 40, y: 20 },
    { x: 40, y: 50 },
  ])
  expect(outline.path).toBe('M20.0 20.0L40.0 20.0L40.0 50.0Z')
  expect(Array.from(outline.polygon(view))).toEqual([-4, 8, -2, 8, -2, 2])
})

it('spans a box from where it began to where the pointer is, kept to the axes', () => {
  const outline = new Outline('box', area, { x: 50, y: 90 })
  outline.draw({ x: 70, y: 95 })
  outline.draw({ x: 20, y: 500 })
  expect(outline.corners).toEqual([
    { x: 50, y: 90 },
    { x: 20, y: 90 },
    { x: 20, y: 110 },
    { x: 50, y: 110 },
  ])
})
