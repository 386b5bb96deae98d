import { gatherPixels, type LabelledImages } from '../../data/data-set.ts'
import { type Augmentation, augmentBatch, isAugmented } from './augment.ts'

/** A batch's images as this iteration sees them, [indices.length, pixels], 0 to 1. */
export const batchPixels = (
  settings: Augmentation & { readonly images: LabelledImages; readonly seed: number },
  indices: Int32Array,
  iteration: number,
): Float32Array =>
  isAugmented(settings)
    ? augmentBatch(settings.images, indices, settings, settings.seed, iteration)
    : gatherPixels(settings.images, indices)
