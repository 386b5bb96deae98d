import { z } from 'zod'
import { call } from '../rpc/contract-types.ts'
import { count, floats, index, labels, nothing } from './values.ts'

const trainPointsSchema = z.object({
  /** Of which training, and after which iteration: the same as of the test images' points beside which they lie. */
  training: index,
  iteration: index,
  /** Features of every training image, [trainCount, size]. */
  values: floats,
  size: count,
  /** Class of each, [trainCount]. */
  labels,
})
export type TrainPoints = z.infer<typeof trainPointsSchema>

export const trainPointCalls = {
  /** Where the training images fall. Refused before a training's end: until then nobody knows all of them. */
  trainPoints: call({ input: nothing, output: trainPointsSchema }),
} as const
