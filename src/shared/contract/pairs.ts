import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { momentRefSchema } from './moments.ts'
import { count, doubles, index, indices } from './values.ts'

/** Test images, all arrays [pairs], the hardest first. */
const hardPairsSchema = z.object({
  first: indices,
  second: indices,
  /** As the loss has them. */
  distances: doubles,
  /** Size of the loss's gradient on either point. */
  pulls: doubles,
})
export type HardPairs = z.infer<typeof hardPairsSchema>

const hardestSchema = z.object({
  iteration: index,
  margin: z.number(),
  /** Similar pairs that lie far apart. */
  similar: hardPairsSchema,
  /** Dissimilar pairs inside the margin, the nearest first. */
  dissimilar: hardPairsSchema,
  /** Pairs looked at, and how many of the dissimilar ones lie inside the margin. */
  counts: z.object({ similar: index, dissimilar: index, inside: index }),
})
export type HardestPairs = z.infer<typeof hardestSchema>

/** What the loss still pulls at. */
export const pairCalls = {
  /** The hardest pairs of a moment among so many that are drawn by the seed, as the training draws them. */
  hardestPairs: call({
    input: z.object({
      of: momentRefSchema,
      drawn: count.max(100_000),
      seed: index,
      most: count.max(100),
    }),
    output: hardestSchema,
  }),
} as const
