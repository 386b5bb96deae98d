import { z } from 'zod'
import { call, latest } from '../rpc/contract-types.ts'
import { count, doubles, index, indices, nothing } from './values.ts'

/** Which images a training is measured on: held out of the training ones, or the test images, for showing only. */
export const evaluatedOnSchema = z.enum(['validation', 'test'])

/** The evaluations of a training in short. */
export const evaluatedSchema = z.object({
  on: evaluatedOnSchema,
  count,
  /** The first of the best ones, whose network the training ends with; null where it ends with its last one. */
  best: z.object({ iteration: count, accuracy: z.number().min(0).max(1) }).nullable(),
  /** Whether it ended for want of a better one. */
  stoppedEarly: z.boolean(),
})
export type Evaluated = z.infer<typeof evaluatedSchema>

export const evaluationSeriesSchema = z.object({
  /** After which the network was measured, ascending: [evaluations]. */
  iterations: indices,
  /** Share of the images that their 5 nearest training images name rightly: [evaluations]. */
  accuracy: doubles,
})
export type EvaluationSeries = z.infer<typeof evaluationSeriesSchema>

const liveSeriesSchema = evaluationSeriesSchema.extend({ training: index, on: evaluatedOnSchema })
export type LiveEvaluations = z.infer<typeof liveSeriesSchema>

/** How good a training is on its way, as far as that is asked for by `evaluateEvery`. */
export const evaluationCalls = {
  /** Of the newest training, all of them: at once, and whenever there is another. */
  evaluations: latest({ input: nothing, item: liveSeriesSchema, paceMs: 250 }),
  /** Of a saved run. */
  runEvaluations: call({
    input: z.object({ name: z.string().min(1).max(255) }),
    output: evaluationSeriesSchema,
  }),
} as const
