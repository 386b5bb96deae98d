import { z } from 'zod'
import { share } from './values.ts'

export const qualitySchema = z.object({
  knnAccuracy: share,
  precisionAt9: share,
  auc: share,
  eer: share,
  /** The distance up to which two images count as similar, where both kinds of error are equally frequent. */
  eerThreshold: z.number().nullable(),
})
export type QualityFigures = z.infer<typeof qualitySchema>
