import { z } from 'zod'
import { hyperparametersSchema } from '../hyperparameters.ts'
import { call, latest } from '../rpc/contract-types.ts'
import { dataChoiceSchema } from './data.ts'
import { qualitySchema } from './quality.ts'
import { count, index, nothing } from './values.ts'

/** More is not one person's wish of one machine. */
export const mostSweepRuns = 10_000

/** A hyperparameter's value, of whatever kind. */
const valueSchema = z.union([z.number(), z.string(), z.boolean(), z.array(z.number())])
export type SweepValue = z.infer<typeof valueSchema>

/** What one hyperparameter may be. */
const axisSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('list'), name: z.string(), values: z.array(valueSchema).min(1) }),
  z.object({
    kind: z.literal('range'),
    name: z.string(),
    from: z.number(),
    to: z.number(),
    scale: z.enum(['linear', 'log']),
    /** Of a grid: how many values, both ends among them. Left out where values are drawn. */
    steps: z.int().min(2).optional(),
  }),
])
export type SweepAxis = z.infer<typeof axisSchema>

/** What a sweep goes through: everything but the images. */
export const sweepRequestSchema = z.object({
  /** Of what is not varied. */
  base: hyperparametersSchema,
  axes: z.array(axisSchema).min(1),
  /** Every combination, or so many that are drawn. */
  choice: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('grid') }),
    z.object({ kind: z.literal('random'), count: count.max(mostSweepRuns), seed: index }),
  ]),
  /** Each combination is trained once with each. */
  seeds: z.array(index).min(1),
  /** Share of the training images that quality is measured on in place of the test images; 0: the test images. */
  validation: z.number().min(0).max(0.9),
})
export type SweepRequest = z.infer<typeof sweepRequestSchema>

/** One training of a sweep. */
export const sweepRunSchema = z.object({
  /** Name of the run in the library. */
  run: z.string(),
  /** What is varied, by hyperparameter. */
  values: z.record(z.string(), valueSchema),
  seed: index,
})
export type SweepRun = z.infer<typeof sweepRunSchema>

/** How one came out. */
export const sweepResultSchema = z.object({
  run: z.string(),
  iterations: index,
  seconds: z.number(),
  quality: qualitySchema.nullable(),
  /** Why there is no quality: the training diverged, say. */
  fault: z.string().nullable(),
})
export type SweepResult = z.infer<typeof sweepResultSchema>

const spreadSchema = z.object({ mean: z.number(), deviation: z.number() }).nullable()

const sweepRowSchema = z.object({
  values: z.record(z.string(), valueSchema),
  /** Of each seed. */
  runs: z.array(z.string()),
  done: index,
  failed: index,
  /** Mean and sample standard deviation over the seeds that came out. */
  measures: z.object({
    knnAccuracy: spreadSchema,
    precisionAt9: spreadSchema,
    auc: spreadSchema,
    eer: spreadSchema,
  }),
})
export type SweepRow = z.infer<typeof sweepRowSchema>

const sweepOverviewSchema = z.object({
  name: z.string(),
  /** Null where it cannot be read. */
  about: z.object({ created: z.iso.datetime(), total: count, done: index }).nullable(),
  fault: z.string().nullable(),
})
export type SweepOverview = z.infer<typeof sweepOverviewSchema>

const sweepReportSchema = z.object({
  name: z.string(),
  folder: z.string(),
  /** The data set's name. */
  data: z.string(),
  validation: z.number(),
  runs: z.array(sweepRunSchema),
  results: z.array(sweepResultSchema),
  /** A combination each, the best 5-NN accuracy first. */
  rows: z.array(sweepRowSchema),
})
export type SweepReport = z.infer<typeof sweepReportSchema>

const sweepStateSchema = z.object({
  /** `stopping`: the training under way is being ended; it is done again by whoever goes on. */
  phase: z.enum(['idle', 'running', 'stopping']),
  /** Of the sweep that runs, or of the last one that did; null before the first. */
  name: z.string().nullable(),
  /** Runs that came out or failed, and all there are to be. */
  done: index,
  total: index,
  /** Of the run under way. */
  iteration: index,
  iterations: index,
  /** The run with the best 5-NN accuracy so far. */
  best: z.object({ run: z.string(), knnAccuracy: z.number() }).nullable(),
  /** Why it ended before its end, for a person. */
  error: z.string().nullable(),
})
export type SweepState = z.infer<typeof sweepStateSchema>

export const noSweep: SweepState = {
  phase: 'idle',
  name: null,
  done: 0,
  total: 0,
  iteration: 0,
  iterations: 0,
  best: null,
  error: null,
}

const named = z.object({ name: z.string().min(1) })

/** Sweeps as they stand: what was planned, and how it came out so far; and the one that an engine goes through. */
export const sweepCalls = {
  /** Newest first; a damaged one with its fault. */
  sweeps: call({ input: nothing, output: z.array(sweepOverviewSchema) }),
  sweep: call({ input: named, output: sweepReportSchema }),
  /** How many runs a request makes. Refused in words where it cannot be. */
  countSweep: call({ input: z.object({ request: sweepRequestSchema }), output: z.object({ runs: count }) }),
  /** Plans a sweep and begins it. Refused as `busy` while a training or a sweep is under way; no training is started meanwhile. */
  startSweep: call({
    input: z.object({
      request: sweepRequestSchema,
      data: dataChoiceSchema,
      /** By the time if left out. */
      name: z.string().optional(),
    }),
    output: sweepStateSchema,
  }),
  /** Goes on with one that did not end. Refused as `busy` likewise. */
  resumeSweep: call({ input: named, output: sweepStateSchema }),
  /** Ends the training under way; what came out before stays. */
  stopSweep: call({ input: nothing, output: sweepStateSchema }),
  sweepState: latest({ input: nothing, item: sweepStateSchema, paceMs: 100 }),
} as const
