import { expect, it } from 'vitest'
import { inOrder, readerOf } from '../../../../../src/renderer/explorer/selection/table-order.ts'
import { shownImages } from '../../../../../src/renderer/explorer/splits/shown-images.ts'
import type { Points } from '../../../../../src/shared/contract.ts'

const images = shownImages(Uint16Array.of(3, 1, 1), Uint16Array.of(0, 2))
const points: Points = {
  training: 1,
  iteration: 1,
  oldestIteration: 1,
  size: 2,
  values: Float32Array.of(0, 5, 1, Number.NaN, 2, 4, 3, 9, 4, 1),
}
const indices = Int32Array.of(0, 1, 2, 4)

it('orders by class and by feature, equal ones by index, unknown ones last either way', () => {
  const byClass = readerOf('class', images, points, null)
  expect(Array.from(inOrder(indices, false, byClass))).toEqual([1, 2, 4, 0])
  expect(Array.from(inOrder(indices, true, byClass))).toEqual([0, 4, 1, 2])
  const bySecond = readerOf('feature 1', images, points, null)
  expect(Array.from(inOrder(indices, false, bySecond))).toEqual([4, 2, 0, 1])
  expect(Array.from(inOrder(indices, true, bySecond))).toEqual([0, 2, 4, 1])
  expect(Array.from(indices)).toEqual([0, 1, 2, 4])
})

it('orders by split, and by index in each', () => {
  const all = Int32Array.of(0, 1, 2, 3, 4)
  expect(Array.from(inOrder(all, true, readerOf('split', images, points, null)))).toEqual([3, 4, 0, 1, 2])
  expect(Array.from(inOrder(all, false, readerOf('index', images, points, null)))).toEqual([0, 3, 1, 4, 2])
})

it('knows nothing of the neighbours before they are analysed', () => {
  expect(readerOf('confidence', images, points, null)(0)).toBeNaN()
})
