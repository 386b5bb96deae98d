import { z } from 'zod'
import { wireErrorSchema } from '../errors.ts'
import { call, every } from '../rpc/contract-types.ts'
import {
  addPicturesSchema,
  galleryPicturesSchema,
  gallerySchema,
  galleryStateSchema,
  originNames,
} from './galleries.ts'
import { stageSchema } from './preparation.ts'
import { outsiderSchema, placedSchema, querySchema } from './query.ts'
import { bytes, count, doubles, floats, index, indices, labels, nothing } from './values.ts'

/** Neighbours, nearest first; every array [found]. */
const neighboursSchema = z.object({
  /** Each in its own gallery. */
  indices,
  /** Euclidean, in the embedding. */
  distances: doubles,
  /** Where each is from: an index into `originNames`. */
  origins: bytes,
  /** Class of each, or `noClass`. */
  labels,
  /** Probability that it is of the query's class, by `Found.calibration`; NaN while there is none. */
  same: doubles,
})
export type FoundNeighbours = z.infer<typeof neighboursSchema>

const hitSchema = z.object({
  origin: z.enum(originNames),
  index,
  distance: z.number(),
  label: index,
  /** Null while there is no calibration. */
  same: z.number().nullable(),
})
export type Hit = z.infer<typeof hitSchema>

/** A distance to the training images, and the share of held-out images that have a smaller one. */
const unusualSchema = z.object({ distance: z.number(), percentile: z.number() })

const noveltySchema = z.object({
  /** The share of held-out test images that are less unusual than this one, 0 to 1. */
  percentile: z.number(),
  /** It is beyond `novelFrom`: unlike what was seen in training. One held-out image in a hundred is so too. */
  novel: z.boolean(),
  /** In the embedding, to the fifth nearest training image: nothing else is known of a mean. */
  embedding: unusualSchema,
  /** In pixels of brightness 0 to 1, to the nearest training image. */
  pixels: unusualSchema.nullable(),
  /** The same for pixels brought to mean 0 and length 1, 0 to 2: what is drawn, however faint. */
  shape: unusualSchema.nullable(),
  /** Held-out test images that it is measured against. */
  references: count,
})
export type Novelty = z.infer<typeof noveltySchema>
export const novelFrom = 0.99

const foundSchema = z.object({
  query: placedSchema,
  /** Nearest first; a query that is of the gallery is left out. */
  neighbours: neighboursSchema,
  /**
   * The query's class: its label, where it has one (`known`), or that of most of its five nearest, whichever classes are
   * asked for. Null where none of these has a class.
   */
  class: z.object({ label: index, known: z.boolean() }).nullable(),
  /** Over the whole gallery, whichever classes are asked for; null without a class, or where there is none. */
  nearestOther: hitSchema.nullable(),
  farthestOwn: hitSchema.nullable(),
  /** Whether it is unlike anything seen in training. Null before the end of a training. */
  novelty: noveltySchema.nullable(),
  /** What the probabilities come from, for a person. Null before the end of a training. */
  calibration: z.string().nullable(),
})
export type Found = z.infer<typeof foundSchema>

const choice = {
  count: count.max(100),
  gallery: gallerySchema.default({ kind: 'test' }),
  /** Classes that may be neighbours; all if left out. What has no class is left out when any are named. */
  classes: labels.optional(),
}

/** What a threshold does to pairs of held-out images. Up to it a pair counts as similar. */
const ratesSchema = z.object({
  threshold: z.number(),
  /** Share of dissimilar pairs that count as similar, and of similar pairs that do not; null where there are none. */
  falseAccept: z.number().nullable(),
  falseReject: z.number().nullable(),
  similarPairs: index,
  dissimilarPairs: index,
})
export type Rates = z.infer<typeof ratesSchema>

const verifiedSchema = z.object({
  /** A pair each, [pairs]: index in the first gallery, in the second. Nearest first. */
  first: indices,
  second: indices,
  distances: doubles,
  same: doubles,
  /** 1 where the pair counts as similar. */
  similar: bytes,
  rates: ratesSchema.nullable(),
})
export type Verified = z.infer<typeof verifiedSchema>
export const mostPairs = 250_000

const explainedSchema = z.object({
  distance: z.number(),
  /**
   * For each pixel, [height * width]: how much farther apart the two would fall without what is there (as the mean
   * training image is). Above 0 it is why they are near, below 0 it keeps them apart.
   */
  first: floats,
  second: floats,
})
export type Explained = z.infer<typeof explainedSchema>

/** Queries and what they are answered with. All but `prepare` and the galleries' own need a network that has learned. */
export const searchCalls = {
  /** The nearest images to a query, by the points' newest state. Exact. */
  search: call({ input: z.object({ query: querySchema, ...choice }), output: foundSchema }),
  /** A search for each query, a row as soon as it is there, in their order. What is wrong with one spoils no other. */
  searchMany: every({
    input: z.object({ queries: z.array(querySchema).min(1).max(200), ...choice }),
    item: z.object({ row: index, found: foundSchema.nullable(), error: wireErrorSchema.nullable() }),
  }),
  /** How far apart two images fall. */
  compare: call({
    input: z.object({ first: querySchema, second: querySchema }),
    output: z.object({
      first: placedSchema,
      second: placedSchema,
      distance: z.number(),
      /** Probability that they are of one class. Null before the end of a training. */
      same: z.number().nullable(),
    }),
  }),
  /** What becomes of a picture before the network sees it; nothing need have been learned. */
  prepare: call({
    input: z.object({ picture: outsiderSchema }),
    output: z.object({ pixels: bytes, steps: z.array(z.string()), stages: z.array(stageSchema) }),
  }),
  /**
   * Brings pictures to a gallery, a few at a time: whoever brings them knows how far it is, and cancels by bringing no
   * more. They are prepared once, and embedded again only when the network has changed.
   */
  addPictures: call({ input: addPicturesSchema, output: galleryStateSchema }),
  /** Pictures of a gallery, by index. */
  galleryPictures: call({
    input: z.object({ gallery: z.string(), indices }),
    output: galleryPicturesSchema,
  }),
  /** Forgets a gallery. One that is not there is no error. */
  dropGallery: call({ input: z.object({ gallery: z.string() }), output: nothing }),
  /** The run's error rates at a threshold, on random pairs of held-out images. Null before the end of a training. */
  errorRates: call({ input: z.object({ threshold: z.number() }), output: ratesSchema.nullable() }),
  /** Whether the pictures of two galleries are alike: all pairs (`mostPairs` at most), or the best for each of the first. */
  verify: call({
    input: z.object({
      first: z.string(),
      second: z.string(),
      threshold: z.number(),
      pairs: z.enum(['all', 'best']),
    }),
    output: verifiedSchema,
  }),
  /**
   * Why two images fall near: `occlusion` hides a patch at each place in turn (a few hundred passes, exact), `gradient` says
   * the same of every single pixel to first order (one pass).
   */
  explain: call({
    input: z.object({
      first: querySchema,
      second: querySchema,
      method: z.enum(['occlusion', 'gradient']),
      /** Side of the patch, in pixels. */
      patch: count.max(64).default(5),
    }),
    output: explainedSchema,
  }),
} as const
