import { z } from 'zod'
import { correctionSchema } from '../../../shared/contract/corrections.ts'
import { evaluatedSchema } from '../../../shared/contract/evaluations.ts'
import { hyperparametersSchema } from '../../../shared/hyperparameters.ts'
import { backendNames } from '../tensorflow/backend-names.ts'

/** Raised whenever a reader of the old layout would misread the new one. */
export const schemaVersion = 1

const counts = { trainCount: z.number().int().positive(), testCount: z.number().int().positive() }

export const sourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('digits'), ...counts }),
  z.object({
    kind: z.literal('idx'),
    images: z.string(),
    labels: z.string(),
    testImages: z.string().optional(),
    testLabels: z.string().optional(),
    ...counts,
  }),
  z.object({ kind: z.literal('imported'), id: z.string(), ...counts }),
])

/** A share that could not be measured (one class only in the test set, say) is null, since JSON has no NaN. */
const measured = z.number().nullable()

export const qualitySchema = z.object({
  knnAccuracy: measured,
  precisionAt9: measured,
  auc: measured,
  eer: measured,
  eerThreshold: measured,
})
export type SavedQuality = z.infer<typeof qualitySchema>

/** config.json: what made a run, and how it came out. */
export const runConfigSchema = z.object({
  schemaVersion: z.literal(schemaVersion),
  name: z.string(),
  created: z.iso.datetime(),
  hyperparameters: hyperparametersSchema,
  /** The run, by name or, outside of the library, by path, and the SHA-256 of the weights that it began with. */
  warmStart: z.object({ run: z.string(), fingerprint: z.string() }).optional(),
  data: z.object({
    name: z.string(),
    source: sourceSchema,
    classes: z.array(z.string()).min(1),
    height: z.number().int().positive(),
    width: z.number().int().positive(),
    /** Runs from before there was colour are grey. */
    channels: z.union([z.literal(1), z.literal(3)]).default(1),
    /** How pictures become images like these; left out where that is the digits' way. */
    framing: z.object({ fit: z.enum(['pad', 'crop', 'stretch']), invert: z.boolean() }).optional(),
    /** Of the images as they were trained with: with their corrections. */
    fingerprint: z.string(),
    /** What a person had corrected of the source's images; left out where nothing was. */
    corrections: z.array(correctionSchema).optional(),
    /** Which share of the training images stood in for the test images; left out where none did. */
    heldOut: z.object({ share: z.number(), seed: z.int() }).optional(),
  }),
  backend: z.object({
    backend: z.enum(backendNames),
    description: z.string(),
    tensorflow: z.string().nullable(),
    device: z.string(),
  }),
  /** What was measured on the way, `RunEvaluation`, in short; left out where nothing was. */
  evaluated: evaluatedSchema.optional(),
  /** Iterations done: fewer than asked for when it was stopped. */
  iterations: z.number().int().nonnegative(),
  trainingSeconds: z.number().nonnegative(),
  quality: qualitySchema,
})
export type RunConfig = z.infer<typeof runConfigSchema>

/** manifest.json, written last: every other file's size and SHA-256. */
export const manifestSchema = z.record(
  z.string(),
  z.object({ bytes: z.number().int().nonnegative(), sha256: z.string() }),
)
export type Manifest = z.infer<typeof manifestSchema>
