import type { Augmentation } from '../../src/main/engine/twin/augmentation/augment.ts'
import { augmentedVersions } from '../../src/main/engine/twin/augmentation/augmented-versions.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import type { AugmentationPreview } from '../../src/shared/contract.ts'
import { fakeImages, fakeShape } from './fake-digits.ts'

/** Drawn digits, changed as the engine changes images. */
export async function fakeAugmentation(
  trainCount: number,
  asked: {
    readonly augmentation: Augmentation
    readonly images: number
    readonly versions: number
    readonly seed: number
  },
): Promise<AugmentationPreview> {
  const { augmentation, images, versions, seed } = asked
  const drawn = fakeImages('train', Random.seeded(seed, 'display').sample(trainCount, images))
  const { indices, labels, pixels: originals } = drawn
  const among = { ...fakeShape(), count: indices.length, pixels: originals, labels }
  const places = indices.map((_, i) => i)
  return {
    indices,
    labels,
    ...fakeShape(),
    originals,
    versions: await augmentedVersions(among, places, { ...augmentation, seed, versions }),
  }
}
