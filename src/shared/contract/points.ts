import { z } from 'zod'
import { count, floats, index } from './values.ts'

export const pointsSchema = z.object({
  training: index,
  /** Iteration of the newest points. While training, points are refreshed in turn, so that it is not slowed. */
  iteration: index,
  /** Iteration of the oldest points: equal to `iteration` when all are of one moment. */
  oldestIteration: index,
  /** Features of every test image, [testCount, size]. */
  values: floats,
  size: count,
})
export type Points = z.infer<typeof pointsSchema>
