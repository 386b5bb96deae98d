import { z } from 'zod'
import { bytes, channels, count, index } from './values.ts'

/** A part of a picture, in its own pixels, once it stands upright. */
const areaSchema = z.object({ left: index, top: index, width: count, height: count })
export type Area = z.infer<typeof areaSchema>

/**
 * How a picture becomes what the network sees. The defaults are what the recipe's digits need; each answer shows what
 * they did (`Stage`), so that one can change what they got wrong.
 */
export const preparationSchema = z.object({
  /** Only this part of the picture; null for all of it. */
  area: areaSchema.nullable().default(null),
  /** The network learned light on dark. `auto` inverts where the border is light. */
  invert: z.enum(['auto', 'yes', 'no']).default('auto'),
  /** Above the background, 0 to 255: what is as bright becomes white and the rest black. Null leaves the greys. */
  threshold: z.int().min(1).max(255).nullable().default(null),
  /**
   * `content` crops to what stands out, `whole` leaves the picture, `auto` is `content` but takes a picture that has the
   * network's size and a dark background as it is.
   */
  crop: z.enum(['auto', 'content', 'whole']).default('auto'),
  /**
   * `mass`: 20 of 28 pixels, centred by its mass, as digits are. `centre`: 20 of 28 pixels, centred by its box. `fill`: as
   * large as it fits, its shape kept. `stretch`: to every edge.
   */
  fit: z.enum(['mass', 'centre', 'fill', 'stretch']).default('mass'),
})
export type Preparation = z.infer<typeof preparationSchema>

export const defaultPreparation: Preparation = preparationSchema.parse({})

/** One step of the preparation, as a picture: the last one is the network's view. */
export const stageSchema = z.object({
  /** What was done, for a person. */
  words: z.string(),
  /** The picture's size after it, in pixels. */
  width: count,
  height: count,
  /** It made small: [shownHeight * shownWidth * channels], no side longer than `longestShown`. */
  pixels: bytes,
  shownWidth: count,
  shownHeight: count,
  channels,
})
export type Stage = z.infer<typeof stageSchema>

export const longestShown = 96
