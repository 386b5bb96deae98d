import type { Run } from '../runs/run-folder.ts'
import { aboutEncoder } from './about.ts'
import { type EncoderStep, encoderSteps, imagesName } from './encoder-steps.ts'
import type { ExportedFiles } from './formats.ts'

interface KerasLayer {
  readonly class_name: string
  readonly config: Readonly<Record<string, unknown>>
}

interface NamedWeight {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/**
 * The encoder as a LayersModel of TensorFlow.js (js.tensorflow.org/guide/save_load): model.json and weights.bin. Its
 * layers are Keras's, and Keras's names for them.
 */
export function toLayersModel(run: Run): ExportedFiles {
  const steps = encoderSteps(run.network)
  const { height, width, channels } = run.network.spec
  const images: KerasLayer = {
    class_name: 'InputLayer',
    config: { batch_input_shape: [null, height, width, channels], dtype: 'float32', sparse: false },
  }
  const layers = [
    { name: imagesName, inbound_nodes: [], ...named(images, imagesName) },
    ...steps.map(step => ({
      name: step.name,
      inbound_nodes: [step.inputs.map(input => [input, 0, 0, {}])],
      ...named(layerOf(step), step.name),
    })),
  ]
  const last = steps.at(-1) as EncoderStep
  const weights = steps.flatMap(weightsOf)
  const config = {
    name: 'encoder',
    layers,
    input_layers: [[imagesName, 0, 0]],
    output_layers: [[last.name, 0, 0]],
  }
  const model = {
    format: 'layers-model',
    generatedBy: 'Twinlens',
    convertedBy: null,
    modelTopology: {
      keras_version: '2.1.6',
      backend: 'tensor_flow.js',
      model_config: { class_name: 'Model', config },
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: aboutEncoder(run.config),
  }
  const bytes = weights.map(({ values }) => Buffer.from(values.buffer, values.byteOffset, values.byteLength))
  return new Map([
    ['model.json', Buffer.from(JSON.stringify(model))],
    ['weights.bin', Buffer.concat(bytes)],
  ])
}

const named = ({ class_name, config }: KerasLayer, name: string): KerasLayer => ({
  class_name,
  config: { name, ...config },
})

function layerOf({ op }: EncoderStep): KerasLayer {
  switch (op.kind) {
    case 'dense':
      return { class_name: 'Dense', config: { units: op.bias.length, activation: 'linear', use_bias: true } }
    case 'conv': {
      const [rows, columns] = op.shape
      const sizes = { kernel_size: [rows, columns], strides: [op.stride, op.stride], padding: 'same' }
      const rest = { activation: 'linear', use_bias: true, data_format: 'channels_last' }
      return { class_name: 'Conv2D', config: { filters: op.bias.length, ...sizes, ...rest } }
    }
    case 'normalise':
      // Without a scale and a centre it takes the mean off and divides by the square root of the variance.
      return {
        class_name: 'BatchNormalization',
        config: { axis: -1, epsilon: 0, scale: false, center: false },
      }
    case 'relu':
      return { class_name: 'Activation', config: { activation: 'relu' } }
    case 'max-pool':
      return { class_name: 'MaxPooling2D', config: { pool_size: [2, 2], strides: [2, 2], padding: 'valid' } }
    case 'mean-pool':
      return { class_name: 'GlobalAveragePooling2D', config: { data_format: 'channels_last' } }
    case 'flatten':
      return { class_name: 'Flatten', config: {} }
    case 'add':
      return { class_name: 'Add', config: {} }
    default:
      return op satisfies never
  }
}

function weightsOf({ name, op }: EncoderStep): NamedWeight[] {
  if (op.kind === 'dense' || op.kind === 'conv')
    return [
      { name: `${name}/kernel`, shape: op.shape, values: op.kernel },
      { name: `${name}/bias`, shape: [op.bias.length], values: op.bias },
    ]
  if (op.kind !== 'normalise') return []
  const shape = [op.mean.length]
  return [
    { name: `${name}/moving_mean`, shape, values: Float32Array.from(op.mean) },
    { name: `${name}/moving_variance`, shape, values: Float32Array.from(op.deviation, d => d * d) },
  ]
}
