import { z } from 'zod'

/** How one hyperparameter is shown, limited and explained. */
export interface HyperparameterField {
  readonly label: string
  readonly help: string
  readonly unit?: string
  readonly min: number
  readonly max: number
  /** Whole numbers only. */
  readonly integer: boolean
  /** `min` itself is refused: the value must be above it. */
  readonly aboveMin?: boolean
  /** Shown first, or behind "More". */
  readonly front: boolean
}

/**
 * The single source of labels, limits and help: the form, the command line's flags and the checks are all made
 * from it. Limits are what still makes sense numerically or fits in memory, not taste.
 */
export const fields = {
  margin: {
    label: 'Margin',
    help: 'How far apart a dissimilar pair is pushed before it no longer counts.',
    min: 0,
    max: 1000,
    integer: false,
    aboveMin: true,
    front: true,
  },
  batchSize: {
    label: 'Batch size',
    help: 'Pairs drawn anew for every iteration.',
    unit: 'pairs',
    min: 1,
    max: 16384,
    integer: true,
    front: true,
  },
  iterations: {
    label: 'Iterations',
    help: 'How many batches the network learns from.',
    min: 1,
    max: 1_000_000,
    integer: true,
    front: true,
  },
  learningRate: {
    label: 'Learning rate',
    help: 'How large a step Adam takes. Too large diverges, too small is slow.',
    min: 0,
    max: 1,
    integer: false,
    aboveMin: true,
    front: true,
  },
  gradientDecay: {
    label: 'Gradient decay',
    help: "Adam's beta 1: how long the moving average of the gradient remembers.",
    min: 0,
    max: 0.9999999,
    integer: false,
    front: false,
  },
  squaredGradientDecay: {
    label: 'Squared gradient decay',
    help: "Adam's beta 2: how long the moving average of the squared gradient remembers.",
    min: 0,
    max: 0.9999999,
    integer: false,
    front: false,
  },
  embeddingSize: {
    label: 'Embedding size',
    help: 'Features an image is reduced to. Two can be drawn as they are.',
    unit: 'features',
    min: 1,
    max: 1024,
    integer: true,
    front: false,
  },
  seed: {
    label: 'Seed',
    help: 'The same seed on the same backend gives the same losses.',
    min: 0,
    max: 4_294_967_295,
    integer: true,
    front: false,
  },
} as const satisfies Record<string, HyperparameterField>

/** Each hidden layer's units; several layers are separated by commas where a person types them. */
export const hiddenSizesField = {
  label: 'Hidden sizes',
  help: 'Units of each fully connected layer before the embedding, first to last.',
  unit: 'units',
  min: 1,
  max: 16384,
  maxLayers: 8,
} as const

function numberIn(field: HyperparameterField): z.ZodNumber {
  const what = field.unit === undefined ? '' : ` ${field.unit}`
  const kind = field.integer ? 'a whole number' : 'a number'
  const from = field.aboveMin === true ? `above ${field.min}` : `from ${field.min}`
  const error = `${field.label} must be ${kind}${what === '' ? '' : ` of${what}`} ${from} up to ${field.max}.`
  const number = z.number({ error }).max(field.max, { error })
  const bounded = field.aboveMin === true ? number.gt(field.min, { error }) : number.min(field.min, { error })
  return field.integer ? bounded.int({ error }) : bounded
}

const hiddenError = `Hidden sizes must be 1 to ${hiddenSizesField.maxLayers} whole numbers from ${hiddenSizesField.min} up to ${hiddenSizesField.max}.`

/** Hyperparameters of one training. Parsing fails with one sentence per wrong field. */
export const hyperparametersSchema = z.object({
  margin: numberIn(fields.margin),
  batchSize: numberIn(fields.batchSize),
  iterations: numberIn(fields.iterations),
  learningRate: numberIn(fields.learningRate),
  gradientDecay: numberIn(fields.gradientDecay),
  squaredGradientDecay: numberIn(fields.squaredGradientDecay),
  hiddenSizes: z
    .array(
      z
        .number({ error: hiddenError })
        .int({ error: hiddenError })
        .min(hiddenSizesField.min, { error: hiddenError })
        .max(hiddenSizesField.max, { error: hiddenError }),
      { error: hiddenError },
    )
    .min(1, { error: hiddenError })
    .max(hiddenSizesField.maxLayers, { error: hiddenError }),
  embeddingSize: numberIn(fields.embeddingSize),
  seed: numberIn(fields.seed),
})

export type Hyperparameters = z.infer<typeof hyperparametersSchema>

/** The reference recipe's values: every host starts from these. */
export const defaults: Hyperparameters = {
  margin: 0.3,
  batchSize: 180,
  iterations: 3000,
  learningRate: 1e-4,
  gradientDecay: 0.9,
  squaredGradientDecay: 0.99,
  hiddenSizes: [1024, 1024],
  embeddingSize: 2,
  seed: 1,
}

/** Adam's epsilon (Kingma and Ba, ICLR 2015, algorithm 1) and the distance's, both fixed by the recipe. */
export const adamEpsilon = 1e-8
export const distanceEpsilon = 1e-6
