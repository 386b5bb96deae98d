import { z } from 'zod'
import { analysisCalls } from './contract/analysis.ts'
import { augmentationCalls } from './contract/augmentation.ts'
import { binCalls } from './contract/bin.ts'
import { checkpointCalls } from './contract/checkpoints.ts'
import { correctionCalls } from './contract/corrections.ts'
import { dataCalls, dataChoiceSchema } from './contract/data.ts'
import { encoderCalls, openedEncoderSchema } from './contract/encoders.ts'
import { evaluatedSchema, evaluationCalls } from './contract/evaluations.ts'
import { exportCalls } from './contract/exports.ts'
import { momentCalls } from './contract/moments.ts'
import { pairCalls } from './contract/pairs.ts'
import { pointsSchema } from './contract/points.ts'
import { processorCalls } from './contract/processor.ts'
import { qualitySchema } from './contract/quality.ts'
import { runLibraryCalls } from './contract/run-library.ts'
import { searchCalls } from './contract/search.ts'
import { sideBySideCalls } from './contract/side-by-side.ts'
import { sweepCalls } from './contract/sweeps.ts'
import { trainPointCalls } from './contract/train-points.ts'
import {
  bytes,
  channels,
  count,
  floats,
  index,
  indices,
  labels,
  nothing,
  splitSchema,
} from './contract/values.ts'
import { errorKinds } from './errors.ts'
import { hyperparametersSchema } from './hyperparameters.ts'
import { call, everyMerged, latest } from './rpc/contract-types.ts'

export type {
  Analysis,
  HeldOutSeries,
  Histogram,
  Measures,
  PairFigures,
  Roc,
} from './contract/analysis.ts'
export * from './contract/augmentation.ts'
export type { Binned } from './contract/bin.ts'
export type { InterruptedTraining } from './contract/checkpoints.ts'
export type { Correction, Corrections, Suspect, Suspects } from './contract/corrections.ts'
export * from './contract/data.ts'
export type { EncoderProgress, EncoderSource, OpenedEncoder } from './contract/encoders.ts'
export type { Evaluated, EvaluationSeries, LiveEvaluations } from './contract/evaluations.ts'
export * from './contract/galleries.ts'
export type { MomentRef, Moments, Paths, Travellers } from './contract/moments.ts'
export type { HardestPairs, HardPairs } from './contract/pairs.ts'
export type { Points } from './contract/points.ts'
export * from './contract/preparation.ts'
export type { Processor } from './contract/processor.ts'
export type { QualityFigures } from './contract/quality.ts'
export * from './contract/query.ts'
export type * from './contract/run-library.ts'
export * from './contract/search.ts'
export type { SavedRun, SideBySide } from './contract/side-by-side.ts'
export type * from './contract/sweeps.ts'
export type { TrainPoints } from './contract/train-points.ts'
export { type Split, splitSchema } from './contract/values.ts'

const backendSchema = z.object({
  /** cuda, webgpu, native, wasm or cpu. */
  backend: z.string(),
  /** For a person: "TensorFlow 2.21.0, native, oneDNN". */
  description: z.string(),
  device: z.string(),
  /** Why no better one computes, a sentence each, best first. A training may choose anew: see `Training.backend`. */
  passedOver: z.array(z.object({ backend: z.string(), reason: z.string() })),
})
export type BackendInfo = z.infer<typeof backendSchema>

const dataSummarySchema = z.object({
  /** Which images these are, whatever they are called: two data sets may share name and counts, no two share this. */
  id: z.string(),
  name: z.string(),
  classes: z.array(z.string()),
  height: count,
  width: count,
  channels,
  trainCount: count,
  testCount: count,
  /** Class of every test image, [testCount]: the scatter's colours. */
  testLabels: labels,
  /** Which corrections are applied: other ones make other images. Empty for none. */
  corrections: z.string(),
  /** Why the pictures cannot be opened, for a person; null where they can. Their labels are known in either case. */
  missing: z.string().nullable(),
})
export type DataSummary = z.infer<typeof dataSummarySchema>

const imagesSchema = z.object({ indices, pixels: bytes, labels })
export type Images = z.infer<typeof imagesSchema>

const pairsSchema = z.object({ first: imagesSchema, second: imagesSchema, similar: bytes })
export type Pairs = z.infer<typeof pairsSchema>

/**
 * Where a training stands. `embedding`, `measuring` and `saving` follow the last iteration (or a stop); `failed` says
 * why in `error`, and what was saved before is safe.
 */
export const phases = [
  'idle',
  'running',
  'paused',
  'embedding',
  'measuring',
  'saving',
  'done',
  'failed',
] as const
export type Phase = (typeof phases)[number]

const trainingSchema = z.object({
  /** Counts up with every training of this engine; 0 before the first. Losses and points say whose they are. */
  training: index,
  phase: z.enum(phases),
  iteration: index,
  iterations: index,
  /** Seconds spent training, pauses left out. */
  elapsedSeconds: z.number().nonnegative(),
  /** Over the last seconds; 0 while nothing runs. */
  iterationsPerSecond: z.number().nonnegative(),
  hyperparameters: hyperparametersSchema.nullable(),
  /** As it was asked for: how many images there are before any is excluded. Null for files that no library has. */
  data: dataChoiceSchema.nullable(),
  /** The run whose weights it began with. */
  warmFrom: z.string().nullable(),
  /** Which corrections the images are trained with; empty for none. */
  corrections: z.string(),
  quality: qualitySchema.nullable(),
  /** One that was not trained here is open: there are no losses then, and nothing to go on with. */
  encoder: openedEncoderSchema.nullable(),
  /** What its evaluations come to so far; null before the first. */
  evaluated: evaluatedSchema.nullable(),
  /** Where the finished run was saved. */
  folder: z.string().nullable(),
  error: z.object({ kind: z.enum(errorKinds), message: z.string() }).nullable(),
  /** Whether it is a saved run that was opened, and was not trained just now. */
  opened: z.boolean(),
  /** What it computes with, once that has been chosen; `backend` then tells more. */
  backend: z.string().nullable(),
  /** What happened to that meanwhile and what is safe, in a sentence: the graphics card was lost, say. */
  notice: z.string().nullable(),
})
export type Training = z.infer<typeof trainingSchema>

/** Before the first training of an engine. */
export const noTraining: Training = {
  training: 0,
  phase: 'idle',
  iteration: 0,
  iterations: 0,
  elapsedSeconds: 0,
  iterationsPerSecond: 0,
  hyperparameters: null,
  data: null,
  warmFrom: null,
  corrections: '',
  quality: null,
  encoder: null,
  evaluated: null,
  folder: null,
  opened: false,
  error: null,
  backend: null,
  notice: null,
}

const lossesSchema = z.object({
  training: index,
  /** Number of the first loss's iteration, counted from 1. */
  firstIteration: count,
  losses: floats,
})
export type Losses = z.infer<typeof lossesSchema>

/**
 * Every call and stream between a window and the engine. All windows of an engine see the same training: whoever starts,
 * pauses or stops it does so for all.
 */
export const contract = {
  /** Which backend computes. */
  backend: call({ input: nothing, output: backendSchema }),

  /** Opens (or keeps) a data set and tells of it. Refused while a training uses another. Null: the one that is open. */
  openData: call({ input: dataChoiceSchema.nullable(), output: dataSummarySchema }),
  /** Images by index. */
  images: call({ input: z.object({ split: splitSchema, indices: indices }), output: imagesSchema }),
  /** Random images of one split, other ones for another seed. */
  sampleImages: call({
    input: z.object({ split: splitSchema, count: count.max(1000), seed: index }),
    output: imagesSchema,
  }),
  /** Random pairs, drawn as the training draws them. */
  samplePairs: call({ input: z.object({ count: count.max(1000), seed: index }), output: pairsSchema }),

  /** Starts a training. Refused as `busy` while one runs or is paused. */
  start: call({
    input: z.object({
      hyperparameters: hyperparametersSchema,
      data: dataChoiceSchema,
      /** The saved run whose weights it begins with, as far as its layers fit; null: drawn from the seed. */
      warmFrom: z.string().min(1).nullable().default(null),
    }),
    output: trainingSchema,
  }),
  /**
   * A saved run becomes what windows show, as after its training: by its name in the library, or by its folder elsewhere. Refused
   * as `busy` while a training is under way.
   */
  openRun: call({
    input: z.union([z.object({ name: z.string().min(1) }), z.object({ folder: z.string().min(1) })]),
    output: trainingSchema,
  }),
  /** Goes on with an interrupted training from its newest checkpoint, to the last bit. Refused as `busy` likewise. */
  resumeInterrupted: call({ input: z.object({ name: z.string().min(1) }), output: trainingSchema }),
  /** Goes on with a run that was stopped, to the iterations that it was to have; the result is a run of its own. */
  goOn: call({ input: z.object({ folder: z.string().min(1) }), output: trainingSchema }),
  /** After the iteration under way. */
  pause: call({ input: nothing, output: trainingSchema }),
  resume: call({ input: nothing, output: trainingSchema }),
  /** One iteration of a paused training. */
  step: call({ input: nothing, output: trainingSchema }),
  /** Ends the training after the iteration under way; what was learned is embedded, measured and saved. */
  stop: call({ input: nothing, output: trainingSchema }),

  /**
   * Where the training stands: at once, and whenever that changes. Ten times a second, here and for the losses, looks as
   * live as twenty and leaves the training a tenth more speed on two cores without a GPU (bench/window.ts).
   */
  training: latest({ input: nothing, item: trainingSchema, paceMs: 100 }),
  /** Losses of the current training from the given iteration on, and of those that follow. Nothing is ever lost. */
  losses: everyMerged({
    input: z.object({ fromIteration: count }),
    item: lossesSchema,
    paceMs: 100,
    merge: mergeLosses,
  }),
  /** Where the test images fall: at once if known, about twice a second during training, and when it has ended. */
  points: latest({ input: nothing, item: pointsSchema, paceMs: 100 }),

  ...augmentationCalls,
  ...momentCalls,
  ...evaluationCalls,
  ...pairCalls,
  ...sideBySideCalls,
  ...runLibraryCalls,
  ...binCalls,
  ...exportCalls,
  ...encoderCalls,
  ...checkpointCalls,
  ...sweepCalls,
  ...processorCalls,
  ...searchCalls,
  ...analysisCalls,
  ...correctionCalls,
  ...dataCalls,
  ...trainPointCalls,
} as const

export type TwinlensContract = typeof contract

/** Joins neighbouring losses of one training. When a new training has begun, what a slow window missed of the old one
 * no longer matters: the newer wins. */
function mergeLosses(older: Losses, newer: Losses): Losses {
  if (older.training !== newer.training) return newer
  const losses = new Float32Array(older.losses.length + newer.losses.length)
  losses.set(older.losses)
  losses.set(newer.losses, older.losses.length)
  return { ...older, losses }
}
