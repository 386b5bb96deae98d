import { beforeAll, describe, expect, test } from 'vitest'
import { pointAt } from '../../../../../src/main/engine/embedding/nearest.ts'
import { createNearestIndex } from '../../../../../src/main/engine/embedding/nearest-index.ts'
import { type SearchQuery, searchPoints } from '../../../../../src/main/engine/embedding/search-points.ts'
import { type GalleryPart, joinParts } from '../../../../../src/main/engine/embedding/searched-points.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { noClass, originNames } from '../../../../../src/shared/contract.ts'
import { useBackend } from '../../../../support/backends.ts'

beforeAll(() => useBackend('cpu'))

/** A gallery in which many points are tied, and a fifth has no class. */
function part(origin: GalleryPart['origin'], count: number, size: number, seed: number): GalleryPart {
  const random = Random.seeded(seed, 'display')
  const values = Float32Array.from({ length: count * size }, () => random.below(6))
  const label = (): number => (random.below(5) === 0 ? noClass : random.below(4))
  return { origin, embedding: { values, count, size }, labels: Uint16Array.from({ length: count }, label) }
}

function brute(parts: readonly GalleryPart[], { point, itself }: SearchQuery) {
  const all = parts.flatMap(({ origin, embedding, labels }) =>
    Array.from(labels, (label, index) => {
      const other = pointAt(embedding, index)
      // Squares of halves are summed without rounding: what is tied here is tied there.
      const square = point.reduce((sum, value, d) => sum + (value - (other[d] as number)) ** 2, 0)
      return { origin, index, label, distance: Math.sqrt(square) }
    }),
  )
  const others = all.filter(
    ({ origin, index }) => itself === null || origin !== itself.origin || !itself.indices.includes(index),
  )
  return others.toSorted((a, b) => a.distance - b.distance)
}

describe.each([2, 5])('searchPoints in %i dimensions', size => {
  const parts = [part('test', 700, size, 1), part('train', 300, size, 2)]
  const queries: [string, SearchQuery][] = [
    ['a picture', { point: new Float32Array(size).fill(2.5), label: noClass, itself: null }],
    [
      'a test image',
      {
        point: pointAt(parts[0]!.embedding, 40),
        label: 2,
        itself: { origin: 'test', indices: Int32Array.of(40) },
      },
    ],
    [
      'a mean of several',
      {
        point: new Float32Array(size).fill(3),
        label: 1,
        itself: { origin: 'train', indices: Int32Array.of(3, 9, 200, 999) },
      },
    ],
  ]

  test.each(queries)(
    '%s: neighbours, classes and extremes are those of looking at every point',
    (_, query) => {
      for (const classes of [undefined, Uint16Array.of(0, 3)]) {
        for (const use of ['once', 'often'] as const) {
          const view = (wanted: Uint16Array | undefined) => {
            const points = joinParts(parts, wanted)
            return { points, index: createNearestIndex(points.embedding, use) }
          }
          const [all, labelled] = [view(undefined), view(Uint16Array.of(0, 1, 2, 3))]
          const same = { at: (distance: number) => 1 / (1 + distance) }
          const found = searchPoints({ wanted: view(classes), all, labelled }, query, 60, same)
          const sorted = brute(parts, query)
          const wanted = sorted
            .filter(({ label }) => classes === undefined || classes.includes(label))
            .slice(0, 60)
          // The order of ties is that of the list: test before train, then by index, which the sort above keeps.
          expect([...found.neighbours.indices]).toEqual(wanted.map(({ index }) => index))
          expect([...found.neighbours.labels]).toEqual(wanted.map(({ label }) => label))
          expect(Array.from(found.neighbours.origins, origin => originNames[origin])).toEqual(
            wanted.map(({ origin }) => origin),
          )
          found.neighbours.distances.forEach((distance, i) => {
            expect(distance).toBeCloseTo(wanted[i]!.distance, 12)
            expect(found.neighbours.same[i]).toBe(1 / (1 + distance))
          })
          const label = found.class!.label
          const known = sorted.filter(one => one.label !== noClass)
          if (query.label === noClass) {
            const five = known.slice(0, 5).map(one => one.label)
            const votes = (of: number): number => five.filter(one => one === of).length
            expect(votes(label)).toBe(Math.max(...five.map(votes)))
          } else expect(found.class).toEqual({ label: query.label, known: true })
          const other = known.find(one => one.label !== label)!
          const own = known.filter(one => one.label === label)
          const farthest = Math.max(...own.map(one => one.distance))
          expect(found.nearestOther).toMatchObject({
            origin: other.origin,
            index: other.index,
            label: other.label,
          })
          expect(found.farthestOwn).toMatchObject({
            label,
            index: own.find(one => one.distance === farthest)!.index,
          })
          expect(found.farthestOwn?.distance).toBeCloseTo(farthest, 12)
        }
      }
    },
  )
})

test('where nothing has a class, none is said and there are no extremes', () => {
  const { origin, embedding } = part('pictures', 20, 2, 3)
  const parts = [{ origin, embedding, labels: new Uint16Array(20).fill(noClass) }]
  const view = (classes?: Uint16Array) => {
    const points = joinParts(parts, classes)
    return { points, index: createNearestIndex(points.embedding, 'once') }
  }
  const query = { point: Float32Array.of(0, 0), label: noClass, itself: null }
  const views = { wanted: view(), all: view(), labelled: view(Uint16Array.of(0)) }
  const found = searchPoints(views, query, 9, undefined)
  expect(found).toMatchObject({ class: null, nearestOther: null, farthestOwn: null })
  expect(found.neighbours.indices).toHaveLength(9)
  expect(found.neighbours.same.every(Number.isNaN)).toBe(true)
})
