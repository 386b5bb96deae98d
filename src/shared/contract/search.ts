import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { bytes, count, doubles, floats, index, indices } from './values.ts'

/** What is searched for: a test image, or a picture as the bytes of its file (PNG, JPEG, WebP, BMP, TIFF). */
const querySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('test'), index }),
  z.object({ kind: z.literal('picture'), name: z.string(), file: bytes }),
])
export type Query = z.infer<typeof querySchema>

const placedSchema = z.object({
  /** What the network sees, [height * width]. */
  pixels: bytes,
  /** What was done to a picture on the way, in order; empty for a test image. */
  steps: z.array(z.string()),
  /** Size of the picture as it came. */
  width: count,
  height: count,
  /** Where it falls, [embedding size]. */
  point: floats,
})
export type Placed = z.infer<typeof placedSchema>

const foundSchema = z.object({
  query: placedSchema,
  /** Nearest first; a test image that is the query is left out. */
  neighbours: z.object({ indices, distances: doubles }),
})
export type Found = z.infer<typeof foundSchema>

/** Queries and what they are answered with. */
export const searchCalls = {
  /** The nearest test images to a query, by the points' newest state. */
  search: call({ input: z.object({ query: querySchema, count: count.max(100) }), output: foundSchema }),
  /** How far apart two images fall. */
  compare: call({
    input: z.object({ first: querySchema, second: querySchema }),
    output: z.object({ first: placedSchema, second: placedSchema, distance: z.number() }),
  }),
} as const
