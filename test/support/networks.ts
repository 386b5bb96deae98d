import { mlpSpec } from '../../src/main/engine/twin/network/network-spec.ts'
import { initialNetwork, type NetworkValues } from '../../src/main/engine/twin/network/network-values.ts'

export interface MlpSizes {
  readonly inputSize: number
  readonly hiddenSizes: number[]
  readonly embeddingSize: number
}

/** Fully connected layers at their start; its images are of one row. */
export const mlp = ({ inputSize, ...sizes }: MlpSizes, seed: number): NetworkValues =>
  initialNetwork(mlpSpec({ height: 1, width: inputSize, channels: 1 }, sizes), seed)

/** One fully connected layer: kernel [inputs, outputs] row by row, bias [outputs]. */
export interface DenseValues {
  readonly inputs: number
  readonly outputs: number
  readonly kernel: Float32Array
  readonly bias: Float32Array
}

/** Such a network as a list of its layers. */
export const denseLayers = ({ tensors }: NetworkValues): DenseValues[] =>
  tensors.flatMap(({ shape, values }, i) => {
    const [inputs, outputs] = shape
    const bias = tensors[i + 1]?.values
    return outputs === undefined || bias === undefined
      ? []
      : [{ inputs: inputs as number, outputs, kernel: values, bias }]
  })

/** A network of these layers. */
export function networkOf(layers: readonly DenseValues[]): NetworkValues {
  const sizes = layers.map(({ outputs }) => outputs)
  const embeddingSize = sizes.pop() as number
  const image = { height: 1, width: layers[0]!.inputs, channels: 1 }
  const tensors = layers.flatMap(({ inputs, outputs, kernel, bias }, l) => [
    { name: `layer${l + 1}.kernel`, shape: [inputs, outputs], values: kernel },
    { name: `layer${l + 1}.bias`, shape: [outputs], values: bias },
  ])
  return { spec: mlpSpec(image, { hiddenSizes: sizes, embeddingSize }), tensors }
}
