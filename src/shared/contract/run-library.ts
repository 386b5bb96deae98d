import { z } from 'zod'
import { hyperparametersSchema } from '../hyperparameters.ts'
import { call } from '../rpc/contract-types.ts'
import { dataChoiceSchema } from './data.ts'
import { evaluatedSchema, evaluationSeriesSchema } from './evaluations.ts'
import { qualitySchema } from './quality.ts'
import { bytes, count, floats, index, indices, labels, nothing } from './values.ts'

const runName = z.string().min(1).max(255)

/** At most so many runs are looked at side by side: more colours are not told apart. */
export const mostCompared = 6

/** What a person wrote of a run. It lies beside what was learned and never changes it. */
export const runNotesSchema = z.object({
  /** Shown in place of the folder's name; empty for none. */
  title: z.string().trim().max(120, { error: 'A title has at most 120 characters.' }),
  note: z.string().max(10_000, { error: 'A note has at most 10,000 characters.' }),
  tags: z
    .array(z.string().trim().min(1).max(40, { error: 'A tag has at most 40 characters.' }))
    .max(20, { error: 'A run has at most 20 tags.' }),
})
export type RunNotes = z.infer<typeof runNotesSchema>

const notesChangeSchema = runNotesSchema.partial()
/** What is left out stays. */
export type NotesChange = z.infer<typeof notesChangeSchema>

export const thumbnailSchema = z.object({
  /** [points, 2], x then y from 0 to 255, y upwards, in one scale for both: so that shapes stay as they are. */
  places: bytes,
  /** [points] */
  labels,
  classes: count,
  /** How many test images there are, of which so many are drawn. */
  of: index,
  /** What x and y are: two features as they are, one feature alone, or the first two principal components of more. */
  axes: z.enum(['features', 'feature', 'components']),
})
export type Thumbnail = z.infer<typeof thumbnailSchema>

export const aboutRunSchema = z.object({
  created: z.iso.datetime(),
  hyperparameters: hyperparametersSchema,
  data: z.object({
    name: z.string(),
    /** How the same images are asked for; null of files that only the command line can name. */
    choice: dataChoiceSchema.nullable(),
    trainCount: count,
    testCount: count,
    classes: count,
    height: count,
    width: count,
    fingerprint: z.string(),
    /** How many images a person relabelled or left out. */
    corrections: index,
  }),
  /** The run whose weights it began with; null where they were drawn from the seed. */
  warmFrom: z.string().nullable().default(null),
  backend: z.string(),
  device: z.string(),
  iterations: index,
  seconds: z.number().nonnegative(),
  quality: qualitySchema,
  /** What its evaluations came to; null where there were none. */
  evaluated: evaluatedSchema.nullable().default(null),
})
export type AboutRun = z.infer<typeof aboutRunSchema>

const runSummarySchema = z.object({
  /** Of its folder, and what every call knows it by. */
  name: z.string(),
  /** Path of its folder. */
  folder: z.string(),
  notes: runNotesSchema,
  /** Null where not even that can be read. */
  about: aboutRunSchema.nullable(),
  thumbnail: thumbnailSchema.nullable(),
  /** What is wrong with it, for a person; null of a whole run. */
  fault: z.string().nullable(),
})
export type RunSummary = z.infer<typeof runSummarySchema>

const lossLineSchema = z.object({
  /** Number of the last iteration of each bucket, ascending: [buckets]. */
  iterations: indices,
  /** The lowest and the highest loss in each bucket, and the smoothed one at its end: [buckets]. */
  low: floats,
  high: floats,
  smooth: floats,
})
export type LossLine = z.infer<typeof lossLineSchema>

const differenceSchema = z.object({
  /** What differs, in words. */
  what: z.string(),
  /** Of each run, in the order in which they were asked for. */
  values: z.array(z.string()),
})
export type Difference = z.infer<typeof differenceSchema>

const comparisonSchema = z.object({
  runs: z.array(runSummarySchema),
  losses: z.array(lossLineSchema),
  /** How good each was on its way; empty where that was not asked for. */
  evaluations: z.array(evaluationSeriesSchema),
  /** What is not the same for all of them. */
  differences: z.array(differenceSchema),
})
export type RunComparison = z.infer<typeof comparisonSchema>

/** The saved runs: looking through them, writing of them, and taking one up again. */
export const runLibraryCalls = {
  /** All saved runs, newest first. One that is damaged is listed with its fault. */
  runs: call({ input: nothing, output: z.array(runSummarySchema) }),
  /** Writes of a run what a person has to say. What is left out stays. */
  describeRun: call({
    input: z.object({ name: runName, notes: notesChangeSchema }),
    output: runSummarySchema,
  }),
  /** Moves a run to the bin. @returns under which name it lies there, and where the bin is */
  deleteRun: call({
    input: z.object({ name: runName }),
    output: z.object({ binned: z.string(), bin: z.string() }),
  }),
  /** Brings a run back from the bin. @returns its name in the library, another one if that has been taken since */
  restoreRun: call({ input: z.object({ binned: runName }), output: z.object({ name: z.string() }) }),
  /** Up to six runs side by side. */
  compareRuns: call({
    input: z.object({
      names: z.array(runName).min(1).max(mostCompared),
      /** Of each loss curve, how many points at most: as many as the chart has room for. */
      buckets: count.max(4000),
      /** Weight of the past in the smoothed loss. */
      smoothing: z.number().min(0).max(0.9999),
    }),
    output: comparisonSchema,
  }),
} as const
