import { z } from 'zod'
import { hyperparametersSchema } from '../hyperparameters.ts'
import { call } from '../rpc/contract-types.ts'
import { bytes, channels, count, index, indices, labels } from './values.ts'

export const augmentationSchema = hyperparametersSchema.pick({
  shift: true,
  rotation: true,
  scaling: true,
  elastic: true,
  noise: true,
})

export type AugmentationValues = z.infer<typeof augmentationSchema>

const previewSchema = z.object({
  /** Of the training images, [images]. */
  indices,
  labels,
  height: count,
  width: count,
  channels,
  /** As they are, [images, height * width * channels]. */
  originals: bytes,
  /** As a training sees them, to the nearest of 256 values, [versions, images, height * width * channels]. */
  versions: bytes,
})
export type AugmentationPreview = z.infer<typeof previewSchema>

export const augmentationCalls = {
  /**
   * What a training would make of some images: version i is what it sees in iteration i + 1 where its batch is of these.
   * Images and changes are drawn by the seed alone.
   */
  previewAugmentation: call({
    input: z.object({
      augmentation: augmentationSchema,
      images: count.max(16),
      versions: count.max(16),
      seed: index,
    }),
    output: previewSchema,
  }),
} as const
