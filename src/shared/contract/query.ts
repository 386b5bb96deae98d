import { z } from 'zod'
import { preparationSchema, stageSchema } from './preparation.ts'
import { bytes, count, floats, index, indices, splitSchema } from './values.ts'

/** A drawing pad has fewer: this bounds what a message may ask to be prepared. */
const mostCanvasPixels = 4_000_000

const pictureSchema = z.object({
  kind: z.literal('picture'),
  name: z.string(),
  /** The bytes of its file: PNG, JPEG, WebP, BMP, TIFF, GIF. */
  file: bytes,
  preparation: preparationSchema.optional(),
})

/** Grey pixels as they are drawn, of any size: the network's own, or a larger canvas. */
const canvasSchema = z
  .object({
    kind: z.literal('canvas'),
    name: z.string(),
    width: count,
    height: count,
    /** [height * width], 0 to 255. */
    pixels: bytes,
    preparation: preparationSchema.optional(),
  })
  .refine(({ width, height }) => width * height <= mostCanvasPixels, 'The drawing is too large.')
  .refine(
    ({ width, height, pixels }) => pixels.length === width * height,
    'The drawing has another number of pixels than its size says.',
  )

/** A picture that is not in the data set: it has to be prepared. */
export const outsiderSchema = z.discriminatedUnion('kind', [pictureSchema, canvasSchema])
export type Outsider = z.infer<typeof outsiderSchema>

/** What is searched for. */
export const querySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('test'), index }),
  /** After a training only, as everything that has to do with its training images. */
  z.object({ kind: z.literal('train'), index }),
  /** A picture of a gallery that `addPictures` made. */
  z.object({ kind: z.literal('member'), gallery: z.string(), index }),
  /** The mean of several images in the embedding. They are left out of the neighbours, as every query is. */
  z.object({ kind: z.literal('mean'), split: splitSchema, indices }),
  pictureSchema,
  canvasSchema,
])
export type Query = z.infer<typeof querySchema>

/** A query as the network has it. */
export const placedSchema = z.object({
  /** What the network sees, [height * width * channels] of the data set; the mean picture of several. */
  pixels: bytes,
  /** What was done to a picture on the way, in order; empty for an image of the data set. */
  steps: z.array(z.string()),
  /** The same, a picture each; empty for an image of the data set. */
  stages: z.array(stageSchema),
  /** Size of the picture as it came. */
  width: count,
  height: count,
  /** Where it falls, [embedding size]. */
  point: floats,
})
export type Placed = z.infer<typeof placedSchema>
