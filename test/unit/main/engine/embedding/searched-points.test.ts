import { describe, expect, test } from 'vitest'
import {
  type GalleryPart,
  hasUnknown,
  joinParts,
  positionOf,
  without,
} from '../../../../../src/main/engine/embedding/searched-points.ts'
import { noClass } from '../../../../../src/shared/contract.ts'

const part = (origin: GalleryPart['origin'], labels: number[]): GalleryPart => ({
  origin,
  embedding: {
    values: Float32Array.from(labels.flatMap((label, i) => [label, i])),
    count: labels.length,
    size: 2,
  },
  labels: Uint16Array.from(labels),
})
const fourOfTest = part('test', [0, 1, 2, 1])
const train = part('train', [1, 0, noClass])

describe('joinParts', () => {
  test('of one whole gallery copies no point', () => {
    expect(joinParts([fourOfTest]).embedding).toBe(fourOfTest.embedding)
  })

  test('keeps where each point is from, its class and its coordinates', () => {
    const { embedding, labels, origins, indices } = joinParts([fourOfTest, train])
    expect([...labels]).toEqual([0, 1, 2, 1, 1, 0, noClass])
    expect([...origins]).toEqual([0, 0, 0, 0, 1, 1, 1])
    expect([...indices]).toEqual([0, 1, 2, 3, 0, 1, 2])
    expect([...embedding.values.subarray(8, 12)]).toEqual([1, 0, 0, 1])
  })

  test('leaves out the classes that are not asked for, and what has none', () => {
    const { embedding, labels, origins, indices } = joinParts([fourOfTest, train], Uint16Array.of(1))
    expect([...labels]).toEqual([1, 1, 1])
    expect([...origins]).toEqual([0, 0, 1])
    expect([...indices]).toEqual([1, 3, 0])
    expect([...embedding.values]).toEqual([1, 1, 1, 3, 1, 0])
    expect(hasUnknown(joinParts([train]))).toBe(true)
    expect(joinParts([fourOfTest], Uint16Array.of(9)).embedding.count).toBe(0)
  })
})

test('an image is found where it is, whatever was left out', () => {
  for (const points of [
    joinParts([fourOfTest, train]),
    joinParts([fourOfTest, train], Uint16Array.of(0, 1)),
  ]) {
    for (let position = 0; position < points.indices.length; position++) {
      const origin = points.origins[position] === 0 ? 'test' : 'train'
      expect(positionOf(points, origin, points.indices[position] as number)).toBe(position)
    }
    expect(positionOf(points, 'pictures', 0)).toBe(-1)
    expect(positionOf(points, 'test', 4)).toBe(-1)
  }
  expect(positionOf(joinParts([fourOfTest], Uint16Array.of(1)), 'test', 0)).toBe(-1)
})

test('without some points the others stay as they are', () => {
  const { indices, labels } = without(joinParts([fourOfTest]), new Set([0, 2]))
  expect([...indices]).toEqual([1, 3])
  expect([...labels]).toEqual([1, 1])
})
