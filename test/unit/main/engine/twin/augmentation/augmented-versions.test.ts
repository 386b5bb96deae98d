import { expect, test } from 'vitest'
import type { LabelledImages } from '../../../../../../src/main/engine/data/data-set.ts'
import { augmentBatch } from '../../../../../../src/main/engine/twin/augmentation/augment.ts'
import { augmentedVersions } from '../../../../../../src/main/engine/twin/augmentation/augmented-versions.ts'

const [height, width] = [16, 20]
const none = { shift: 0, rotation: 0, scaling: 0, elastic: 0, noise: 0 }

/** Five pictures in colour, none like another. */
const images: LabelledImages = {
  pixels: Uint8Array.from({ length: 5 * height * width * 3 }, (_, i) => (i * i + 31 * i) % 256),
  labels: Uint16Array.of(0, 1, 0, 1, 0),
  count: 5,
  height,
  width,
  channels: 3,
}
const indices = Int32Array.of(3, 1)

test('versions of images are those of the first iterations of a training of the seed', async () => {
  const augmentation = { shift: 2, rotation: 15, scaling: 10, elastic: 1, noise: 4 }
  const found = await augmentedVersions(images, indices, { ...augmentation, seed: 9, versions: 3 })
  const expected = [1, 2, 3].flatMap(iteration =>
    [...augmentBatch(images, indices, augmentation, 9, iteration)].map(value => Math.round(255 * value)),
  )
  expect([...found]).toEqual(expected)
})

test('where nothing is changed they are the images to the last value', async () => {
  const found = await augmentedVersions(images, indices, { ...none, seed: 9, versions: 2 })
  const each = height * width * 3
  const pair = [...images.pixels.subarray(3 * each, 4 * each), ...images.pixels.subarray(each, 2 * each)]
  expect([...found]).toEqual([...pair, ...pair])
})

test('whoever no longer wants them ends the work', async () => {
  const over = new AbortController()
  over.abort()
  const asked = augmentedVersions(images, indices, { ...none, seed: 9, versions: 2 }, over.signal)
  await expect(asked).rejects.toThrow('The preview was cancelled.')
})
