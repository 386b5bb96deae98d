import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  confusionOf,
  countIn,
  imagesOf,
  orderOf,
  shareOf,
  worstOf,
} from '../../../../src/renderer/quality/confusion.ts'
import { noClass } from '../../../../src/shared/contract/analysis.ts'
import type { Analysis } from '../../../../src/shared/contract.ts'

const classes = 4
const images = fc.array(
  fc.record({
    label: fc.nat(classes - 1),
    predicted: fc.nat(classes - 1),
    neighbours: fc.array(fc.nat(classes - 1), { minLength: 5, maxLength: 5 }),
    confidence: fc.constantFrom(0.4, 0.6, 0.8, 1),
  }),
  { minLength: 1, maxLength: 40 },
)
type Image = { label: number; predicted: number; neighbours: number[]; confidence: number }

const labelsOf = (all: readonly Image[]) => Uint16Array.from(all, ({ label }) => label)
function analysisOf(all: readonly Image[]): Analysis {
  return {
    training: 1,
    iteration: 1,
    oldestIteration: 1,
    gallery: 'train',
    size: 5,
    neighbours: new Int32Array(all.length * 5),
    neighbourLabels: Uint16Array.from(all.flatMap(({ neighbours }) => neighbours)),
    predicted: Uint16Array.from(all, ({ predicted }) => predicted),
    agrees: Uint8Array.from(all, ({ label, predicted }) => Number(label === predicted)),
    confidence: Float32Array.from(all, ({ confidence }) => confidence),
    weight: new Float32Array(all.length),
  }
}

describe('each cell, of any images', () => {
  test('counts the images of its row named as its column, and lists them, the surest first', () => {
    fc.assert(
      fc.property(images, all => {
        const [labels, analysis] = [labelsOf(all), analysisOf(all)]
        const confusion = confusionOf(labels, analysis, classes, 'predicted')
        for (let row = 0; row < classes; row++) {
          for (let column = 0; column < classes; column++) {
            const expected = all.flatMap(({ label, predicted }, i) =>
              label === row && predicted === column ? [i] : [],
            )
            expect(countIn(confusion, row, column)).toBe(expected.length)
            const found = [...imagesOf(labels, analysis, row, column, 'predicted')]
            expect([...found].sort((a, b) => a - b)).toEqual(expected)
            const sureness = found.map(i => all[i]?.confidence ?? 0)
            expect(sureness).toEqual([...sureness].sort((a, b) => b - a))
          }
        }
      }),
    )
  })

  test('counts the neighbours of its row’s images that are of its column', () => {
    fc.assert(
      fc.property(images, all => {
        const [labels, analysis] = [labelsOf(all), analysisOf(all)]
        const confusion = confusionOf(labels, analysis, classes, 'neighbours')
        const of = (row: number) => all.filter(({ label }) => label === row)
        for (let row = 0; row < classes; row++) {
          expect(confusion.rowTotals[row]).toBe(5 * of(row).length)
          const near = of(row).flatMap(({ neighbours }) => neighbours.filter(one => one === 2))
          expect(countIn(confusion, row, 2)).toBe(near.length)
          const listed = imagesOf(labels, analysis, row, 2, 'neighbours')
          expect(listed).toHaveLength(of(row).filter(({ neighbours }) => neighbours.includes(2)).length)
        }
      }),
    )
  })
})

test('an image without neighbours is in no cell', () => {
  const analysis = { ...analysisOf([]), predicted: Uint16Array.of(noClass), confidence: new Float32Array(1) }
  const { counts, rowTotals } = confusionOf(Uint16Array.of(1), analysis, classes, 'predicted')
  expect(counts.size).toBe(0)
  expect(rowTotals.every(count => count === 0)).toBe(true)
})

test('worst first: classes by their share among their own, cells by their share of the row', () => {
  const image = (label: number, predicted: number) => ({ label, predicted, neighbours: [], confidence: 1 })
  const all = [image(0, 0), image(0, 1), image(0, 1), image(1, 1), image(1, 1), image(2, 2), image(2, 0)]
  const confusion = confusionOf(labelsOf(all), analysisOf(all), classes, 'predicted')
  expect([...orderOf(confusion, 'worst')]).toEqual([0, 2, 1, 3])
  expect([...orderOf(confusion, 'class')]).toEqual([0, 1, 2, 3])
  expect(worstOf(confusion, 9)).toEqual([
    { row: 0, column: 1, count: 2, share: 2 / 3 },
    { row: 2, column: 0, count: 1, share: 0.5 },
  ])
  expect(shareOf(confusion, 3, 3)).toBe(0)
})

test('10,000 classes take no room for the cells without images', () => {
  const many = 10_000
  const labels = Uint16Array.from({ length: many }, (_, i) => i)
  const named = analysisOf(
    Array.from(labels, label => ({
      label,
      predicted: label === 7 ? 9_999 : label,
      neighbours: [],
      confidence: 1,
    })),
  )
  const confusion = confusionOf(labels, named, many, 'predicted')
  expect(confusion.counts.size).toBe(many)
  expect(worstOf(confusion, 12)).toEqual([{ row: 7, column: 9_999, count: 1, share: 1 }])
  expect(orderOf(confusion, 'worst')[0]).toBe(7)
})
