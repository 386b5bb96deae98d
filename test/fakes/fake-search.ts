import type { Found, Placed, Points, Query } from '../../src/shared/contract.ts'
import { badFile, invalidInput } from '../../src/shared/errors.ts'
import { fakeDigit, fakeSide } from './fake-digits.ts'

/** Where a query falls: a test image at its point, any picture where one of the test images is, by its length. */
export function place(query: Query, points: Points | null): Placed {
  if (points === null) throw invalidInput('There is nothing to search before a training has begun.')
  const count = points.values.length / points.size
  if (query.kind === 'picture' && query.file.length === 0) throw badFile(query.name, 'it is empty.')
  const index = query.kind === 'test' ? query.index : query.file.length % count
  if (index >= count) throw invalidInput(`There is no test image ${index}.`)
  return {
    pixels: fakeDigit('test', index),
    steps: query.kind === 'test' ? [] : ['turned to grey', 'centred', `scaled to ${fakeSide} x ${fakeSide}`],
    width: query.kind === 'test' ? fakeSide : 256,
    height: query.kind === 'test' ? fakeSide : 192,
    point: points.values.slice(index * points.size, (index + 1) * points.size),
  }
}

/** The nearest by looking at every one. */
export function search(query: Query, count: number, points: Points | null): Found {
  const placed = place(query, points)
  const { values, size } = points ?? { values: new Float32Array(0), size: 1 }
  const all = Array.from({ length: values.length / size }, (_, index) => ({
    index,
    distance: distance(placed.point, values.subarray(index * size, (index + 1) * size)),
  }))
  const others = all.filter(({ index }) => query.kind === 'picture' || index !== query.index)
  const nearest = others.sort((a, b) => a.distance - b.distance || a.index - b.index).slice(0, count)
  return {
    query: placed,
    neighbours: {
      indices: Int32Array.from(nearest, ({ index }) => index),
      distances: Float64Array.from(nearest, found => found.distance),
    },
  }
}

export const distance = (a: Float32Array, b: Float32Array): number =>
  Math.hypot(...a.map((value, i) => value - (b[i] ?? 0)))
