import type { augmentationCalls } from '../../../shared/contract/augmentation.ts'
import type { Handlers } from '../../../shared/rpc/contract-types.ts'
import { imagesAt, shapeOf } from '../data/data-set.ts'
import { augmentedVersions } from '../twin/augmentation/augmented-versions.ts'
import { Random } from '../twin/random.ts'
import type { ServiceContext } from './context.ts'

export const augmentationHandlers = (context: ServiceContext) =>
  ({
    previewAugmentation: async ({ augmentation, images: count, versions, seed }, { signal }) => {
      const images = context.data().train
      const indices = Random.seeded(seed, 'display').sample(images.count, count)
      const { labels, pixels: originals } = imagesAt(images, indices)
      return {
        indices,
        labels,
        ...shapeOf(images),
        originals,
        versions: await augmentedVersions(images, indices, { ...augmentation, seed, versions }, signal),
      }
    },
  }) satisfies Handlers<typeof augmentationCalls>
