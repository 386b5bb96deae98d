import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { bytes, count, floats, index, indices, labels, nothing, splitSchema } from './values.ts'

/** Stands for a class where there is none: an image without any neighbour. */
export const noClass = 0xffff

const analysisSchema = z.object({
  training: index,
  /** Of the points that were analysed, as in `Points`. */
  iteration: index,
  oldestIteration: index,
  /**
   * Whose points the neighbours are. `train`: the training images, as in the 5-NN accuracy of a finished run. `test`: the
   * other test images (leave-one-out), while a training runs, since only test images are followed then.
   */
  gallery: splitSchema,
  /** Neighbours of each test image: 5. */
  size: count,
  /** Gallery indices, nearest first, [testCount, size]; -1 where there are fewer. */
  neighbours: indices,
  /** Classes of those, [testCount, size]; `noClass` where there are fewer. */
  neighbourLabels: labels,
  /**
   * The class that most of the neighbours have, [testCount]; of classes equally frequent, the one whose nearest member is
   * nearer; `noClass` where there are no neighbours.
   */
  predicted: labels,
  /** 1 where that is the image's own class, [testCount]. */
  agrees: bytes,
  /** Share of the neighbours that are of the predicted class, 0 to 1, [testCount]. */
  confidence: floats,
  /**
   * The same share with each neighbour weighing one by its distance, [testCount]: tells images of equal confidence apart.
   * Neighbours at no distance at all take the whole weight.
   */
  weight: floats,
})
export type Analysis = z.infer<typeof analysisSchema>

/** What the embedding is worth, image by image and as a whole. */
export const analysisCalls = {
  /** The 5-NN analysis of every test image by the points' newest state. */
  analyse: call({ input: nothing, output: analysisSchema }),
} as const
