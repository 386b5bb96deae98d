import { Random } from '../random.ts'
import { type ConvLayer, type DenseLayer, layersOf, linearLayers } from './layers.ts'
import type { NetworkSpec } from './network-spec.ts'

/** Values by name, outside TensorFlow, row by row. */
export interface WeightTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** A network outside TensorFlow: its weights and batch norm's moving averages, in the order of `weightsOf`. */
export interface NetworkValues {
  readonly spec: NetworkSpec
  readonly tensors: readonly WeightTensor[]
}

/** One tensor of a network. */
export interface Weight {
  readonly name: string
  readonly shape: readonly number[]
  /** By gradient; batch norm's moving averages only follow what goes through. */
  readonly learned: boolean
  /** Its first values: one number, or normal with this deviation. */
  readonly start: number | { readonly deviation: number }
}

/** The weights of one layer. Batch norm has a shift of its own, so that a bias before it would do nothing. */
export function weightsOfLayer(layer: DenseLayer | ConvLayer): Weight[] {
  const { name, inputs, outputs, batchNorm } = layer
  const shape = layer.kind === 'dense' ? [inputs, outputs] : [layer.size, layer.size, inputs, outputs]
  const fanIn = layer.kind === 'dense' ? inputs : layer.size ** 2 * inputs
  const perOutput = (part: string, start: number, learned: boolean): Weight => ({
    name: `${name}.${part}`,
    shape: [outputs],
    learned,
    start,
  })
  const rest = batchNorm
    ? [
        perOutput('scale', 1, true),
        perOutput('shift', 0, true),
        perOutput('mean', 0, false),
        perOutput('variance', 1, false),
      ]
    : [perOutput('bias', 0, true)]
  return [
    { name: `${name}.kernel`, shape, learned: true, start: { deviation: Math.sqrt(2 / fanIn) } },
    ...rest,
  ]
}

/** Every tensor of a network, in the order in which they are kept. */
export const weightsOf = (spec: NetworkSpec): Weight[] => linearLayers(layersOf(spec)).flatMap(weightsOfLayer)

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1)

/** Weights that are learned, in all. */
export const countWeights = (spec: NetworkSpec): number =>
  weightsOf(spec).reduce((sum, { shape, learned }) => sum + (learned ? sizeOf(shape) : 0), 0)

/**
 * He initialisation: normal with variance 2 / fan-in, zero biases (He, Zhang, Ren and Sun, "Delving deep into
 * rectifiers", ICCV 2015, equation 10).
 */
export function initialNetwork(spec: NetworkSpec, seed: number): NetworkValues {
  const random = Random.seeded(seed, 'weights')
  const tensors = weightsOf(spec).map(({ name, shape, start }) => {
    const count = sizeOf(shape)
    const values =
      typeof start === 'number' ? new Float32Array(count).fill(start) : random.normals(count, start.deviation)
    return { name, shape, values }
  })
  return { spec, tensors }
}

/** What of these tensors does not fit the network, in words; undefined where all does. */
export function misfitOf({ spec, tensors }: NetworkValues): string | undefined {
  const expected = weightsOf(spec)
  const missing = expected.find(({ name }, i) => tensors[i]?.name !== name)
  if (missing !== undefined) return `"${missing.name}" is missing.`
  const wrong = expected.find(({ shape }, i) => `${tensors[i]?.shape}` !== `${shape}`)
  if (wrong !== undefined) return `"${wrong.name}" is not of the size that its network needs.`
  return undefined
}
