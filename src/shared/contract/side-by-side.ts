import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { momentRefSchema } from './moments.ts'
import { pointsSchema } from './points.ts'
import { count, floats, index, indices, nothing, share } from './values.ts'

const savedRunSchema = z.object({
  /** Name of its folder. */
  run: z.string(),
  /** Null where the run cannot be read. */
  about: z
    .object({
      created: z.iso.datetime(),
      iterations: index,
      embeddingSize: count,
      margin: z.number(),
      seed: index,
      knnAccuracy: share,
    })
    .nullable(),
  /** Why it cannot be laid beside the open data set's points, for a person; null where it can. */
  why: z.string().nullable(),
})
export type SavedRun = z.infer<typeof savedRunSchema>

const sideBySideSchema = z.object({
  first: pointsSchema,
  second: pointsSchema,
  /**
   * The second's points turned, mirrored, scaled and moved onto the first's: [points, size], of the larger's size. Null
   * where they have too many features for it.
   */
  aligned: z
    .object({
      values: floats,
      size: count,
      /** Share of the first's spread that is left unexplained, from 0 to 1. */
      disparity: z.number(),
    })
    .nullable(),
  kept: z.object({
    /** Neighbours a point. */
    count: index,
    /** Each point's nearest in the first and in the second, nearest first: [points, count]. */
    first: indices,
    second: indices,
    /** Share of each point's neighbours that are the same in both, [points]. */
    shares: floats,
  }),
})
export type SideBySide = z.infer<typeof sideBySideSchema>

/** Two runs, or two moments of one. */
export const sideBySideCalls = {
  /** The saved runs, newest first. */
  savedRuns: call({ input: nothing, output: z.array(savedRunSchema) }),
  /** Iterations of the moments that a saved run keeps, ascending, its end not among them: [moments]. */
  runMoments: call({ input: z.object({ run: z.string().min(1) }), output: indices }),
  /** Two embeddings of the same test images, one laid over the other, and the neighbours that points keep. */
  sideBySide: call({
    input: z.object({ first: momentRefSchema, second: momentRefSchema, neighbours: count.max(100) }),
    output: sideBySideSchema,
  }),
} as const
