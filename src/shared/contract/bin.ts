import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { index, nothing } from './values.ts'

const binnedSchema = z.object({
  kind: z.enum(['run', 'data set']),
  /** By which it is restored: `restoreRun`, `restoreDataSet`. */
  binned: z.string(),
  /** That it had in its library. */
  name: z.string(),
  folder: z.string(),
  deleted: z.iso.datetime(),
})
export type Binned = z.infer<typeof binnedSchema>

/** What was deleted and is not gone yet. */
export const binCalls = {
  /** What lies in the bin, deleted last first, and where the bin is. */
  bin: call({
    input: nothing,
    output: z.object({ folder: z.string(), all: z.array(binnedSchema) }),
  }),
  /** Deletes all of it for good. */
  emptyBin: call({ input: nothing, output: z.object({ deleted: index }) }),
} as const
