import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { bytes, count, index, nothing, splitSchema } from './values.ts'

/** What a person decided of one image, counted as it is in the data set's own files. The files are never changed. */
export const correctionSchema = z.object({
  split: splitSchema,
  index,
  /** `keep`: its label is right, whatever its neighbours say. `exclude`: it is not trained or measured with. */
  decision: z.enum(['keep', 'relabel', 'exclude']),
  /** Its class from now on: its own one unless it is relabelled. */
  label: index,
})
export type Correction = z.infer<typeof correctionSchema>

const correctionsSchema = z.object({
  /** In the order in which they were decided. */
  list: z.array(correctionSchema.extend({ original: index })),
  /** The images of the list, one after another, each [height * width * channels]. */
  pixels: bytes,
  /** Which corrections the next training applies: equal for equal ones, empty for none. See `Training.corrections`. */
  key: z.string(),
})
export type Corrections = z.infer<typeof correctionsSchema>

const suspectSchema = z.object({
  split: splitSchema,
  /** Among the images as they are now, excluded ones left out; and as it is in the data set's own files. */
  index,
  source: index,
  label: index,
  /** The class that most of its neighbours have. */
  suggested: index,
  confidence: z.number(),
  /** Nearest first. */
  neighbours: z.array(z.object({ index, label: index })),
})
export type Suspect = z.infer<typeof suspectSchema>

const suspectsSchema = z.object({
  training: index,
  /** How many there are; those told of are the surest. */
  total: index,
  images: z.array(suspectSchema),
  /** Whose images the neighbours are: training images, or test images while those are not known. */
  gallery: splitSchema,
})
export type Suspects = z.infer<typeof suspectsSchema>

export const correctionCalls = {
  /**
   * Images whose neighbours agree, with confidence, on another class than their label, the surest first: test images by
   * the training images, training images by each other; test images by each other while a training runs.
   */
  suspects: call({ input: z.object({ most: count.max(500) }), output: suspectsSchema }),
  /** The corrections of the open data set. They are applied by the next training, and kept for the next time. */
  corrections: call({ input: nothing, output: correctionsSchema }),
  /** Adds one, in place of an earlier one of the same image. */
  correct: call({ input: correctionSchema, output: correctionsSchema }),
  /** Takes one back. */
  uncorrect: call({ input: z.object({ split: splitSchema, index }), output: correctionsSchema }),
  clearCorrections: call({ input: nothing, output: correctionsSchema }),
} as const
