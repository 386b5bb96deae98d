import { expect, test } from 'vitest'
import { findSuspects } from '../../../../../src/main/engine/corrections/suspects.ts'
import type { LabelledEmbedding } from '../../../../../src/main/engine/embedding/embed.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

/** Three classes well apart; those of `wrong` have the next class's label. */
function classesOf(count: number, wrong: readonly number[], seed: number): LabelledEmbedding {
  const noise = Random.seeded(seed, 'display').normals(count * 2, 0.1)
  const values = noise.map((x, i) => x + (i % 2 === 0 ? 5 * (Math.floor(i / 2) % 3) : 0))
  const labels = Uint16Array.from({ length: count }, (_, i) => (wrong.includes(i) ? i + 1 : i) % 3)
  return { embedding: { values, count, size: 2 }, labels }
}

test('exactly the planted mislabels of both splits are found, with the class they are of', async () => {
  const train = classesOf(120, [7, 50], 1)
  const found = await findSuspects(classesOf(90, [31], 2), train)
  expect(found.map(({ split, index }) => `${split} ${index}`).sort()).toEqual([
    'test 31',
    'train 50',
    'train 7',
  ])
  for (const { index, label, suggested, confidence, neighbours } of found) {
    expect(suggested).toBe(index % 3)
    expect(label).toBe((index + 1) % 3)
    expect(confidence).toBeGreaterThanOrEqual(0.8)
    expect(neighbours).toHaveLength(5)
    for (const neighbour of neighbours) expect(neighbour.label).toBe(train.labels[neighbour.index])
  }
  const confidences = found.map(({ confidence }) => confidence)
  expect(confidences).toEqual([...confidences].sort((a, b) => b - a))
})

test('while training images are not known, test images are told by each other', async () => {
  const found = await findSuspects(classesOf(90, [31], 2), undefined)
  expect(found).toMatchObject([{ split: 'test', index: 31, suggested: 1 }])
})
