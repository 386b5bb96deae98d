import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import {
  bytes,
  count,
  doubles,
  floats,
  index,
  indices,
  labels,
  nothing,
  share,
  splitSchema,
} from './values.ts'

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

/** Random pairs of different images of one split, as `verification.ts` draws them. Distances are Euclidean, in features. */
const pairFiguresSchema = z.object({
  similarPairs: index,
  dissimilarPairs: index,
  meanSimilar: share,
  meanDissimilar: share,
  /** Contrastive loss of a pair, similar and dissimilar pairs counting alike, as in training; null without a margin. */
  loss: share,
  auc: share,
  eer: share,
  eerThreshold: share,
  /** Share of the dissimilar pairs whose distance is within a quarter of the margin from the margin. */
  atMargin: share,
})
export type PairFigures = z.infer<typeof pairFiguresSchema>

const rocSchema = z.object({
  /** Distances, ascending: at each, every pair up to it is accepted. Not evenly apart: as many as the rates need. */
  thresholds: doubles,
  /** Share of the dissimilar pairs accepted. */
  falseAccept: doubles,
  /** Share of the similar pairs refused. */
  falseReject: doubles,
})
export type Roc = z.infer<typeof rocSchema>

const histogramSchema = z.object({
  /** Bin i holds the distances from i to i + 1 times this; the last one also those beyond. */
  width: z.number(),
  similar: indices,
  dissimilar: indices,
})
export type Histogram = z.infer<typeof histogramSchema>

/** How a training went on images it does not learn from, and on as many that it does: one entry an evaluation. */
const heldOutSchema = z.object({
  iterations: indices,
  /** Share of sampled test images named rightly by their 5 nearest others in the sample. */
  accuracy: floats,
  meanSimilar: floats,
  meanDissimilar: floats,
  auc: floats,
  loss: floats,
  /** Of sampled training images. */
  trainAuc: floats,
  trainLoss: floats,
})
export type HeldOutSeries = z.infer<typeof heldOutSchema>

const measuresSchema = z.object({
  training: index,
  iteration: index,
  oldestIteration: index,
  /** Null of an encoder that was not trained here. */
  margin: z.number().nullable(),
  precisionAt9: share,
  /** Root of the mean squared distance of the test images to their common centre. */
  spread: z.number(),
  test: pairFiguresSchema,
  /** Null until a training's end: only then is it known where all training images fall. */
  train: pairFiguresSchema.nullable(),
  roc: rocSchema,
  histogram: histogramSchema,
  heldOut: heldOutSchema,
})
export type Measures = z.infer<typeof measuresSchema>

/** What the embedding is worth, image by image and as a whole. */
export const analysisCalls = {
  /** The 5-NN analysis of every test image by the points' newest state. */
  analyse: call({ input: nothing, output: analysisSchema }),
  /** How well distance tells classes apart, by the points' newest state, and how that came about. */
  measure: call({ input: nothing, output: measuresSchema }),
} as const
