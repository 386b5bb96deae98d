import { z } from 'zod'
import { call, latest } from '../rpc/contract-types.ts'
import { pointsSchema } from './points.ts'
import { count, floats, index, indices } from './values.ts'

/** The moments that are kept of a training, oldest first. Both arrays are [moments]. */
const momentsSchema = z.object({
  training: index,
  /** Iteration of each moment's newest points: ascending, and what the moment is asked for by. */
  iterations: indices,
  /** Iteration of its oldest points: the same where all are of one moment. */
  oldestIterations: indices,
})
export type Moments = z.infer<typeof momentsSchema>

/** Points of the test images, wherever they are kept. */
export const momentRefSchema = z.discriminatedUnion('kind', [
  /** The newest. */
  z.object({ kind: z.literal('now') }),
  /** A kept moment of the training under way, or of the last one. */
  z.object({ kind: z.literal('training'), training: index, iteration: index }),
  /** A saved run, by its folder's name: at one of its kept moments, or at its end. */
  z.object({ kind: z.literal('run'), run: z.string().min(1), iteration: index.nullable() }),
])
export type MomentRef = z.infer<typeof momentRefSchema>

/** Whose way is followed: single test images, or the means of classes. */
const travellersSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('images'), indices }),
  z.object({ kind: z.literal('classes'), labels: indices }),
])
export type Travellers = z.infer<typeof travellersSchema>

const pathsSchema = z.object({
  training: index,
  /** [moments] */
  iterations: indices,
  /** [travellers, moments, size], in the order in which they were asked for. */
  values: floats,
  size: count,
})
export type Paths = z.infer<typeof pathsSchema>

/** What is kept of the embedding while it is learned. */
export const momentCalls = {
  /** Which moments are kept: at once, and whenever there is another. */
  moments: latest({ input: z.undefined(), item: momentsSchema, paceMs: 250 }),
  /** The points of one moment. Refused when it is not kept (any more): the list is thinned out as it grows. */
  moment: call({ input: momentRefSchema, output: pointsSchema }),
  /** The way of some points through all kept moments of the newest training. */
  paths: call({ input: travellersSchema, output: pathsSchema }),
} as const
