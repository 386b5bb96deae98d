import { defaults, type Hyperparameters } from '../hyperparameters.ts'

export interface HyperparameterPreset {
  readonly label: string
  readonly help: string
  readonly values: Partial<Hyperparameters>
}

/** Where to start from; docs/recipes.md tells how they were chosen, and by which measurements. */
export const presets = {
  recipe: {
    label: 'As in the recipe',
    help: 'The reference example: fully connected, pairs drawn one by one, 3,000 iterations.',
    values: {},
  },
  fast: {
    label: 'Fast',
    help: 'A smaller network on all pairs of each batch: as good as the recipe in a fraction of its time.',
    values: {
      margin: 2,
      batchSize: 360,
      iterations: 200,
      learningRate: 1e-3,
      hiddenSizes: [512, 512],
      pairs: 'all',
    },
  },
  accurate: {
    label: 'Accurate',
    help: 'A convolutional network on shifted, turned and scaled images: the fewest mistakes, in some minutes.',
    values: {
      margin: 2,
      batchSize: 200,
      iterations: 1500,
      learningRate: 1e-2,
      encoder: 'cnn',
      batchNorm: true,
      normaliseInput: true,
      pairs: 'all',
      reduction: 'mean',
      schedule: 'one-cycle',
      warmup: 30,
      weightDecay: 0.1,
      shift: 2,
      rotation: 12,
      scaling: 12,
    },
  },
} as const satisfies Record<string, HyperparameterPreset>

export type PresetName = keyof typeof presets

export const presetNames = Object.keys(presets) as PresetName[]

/** All hyperparameters of a preset; the seed is not its business, so it stays. */
export function presetValues(name: PresetName, seed: number = defaults.seed): Hyperparameters {
  const { values }: HyperparameterPreset = presets[name]
  return { ...defaults, ...values, seed }
}
