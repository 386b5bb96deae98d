import { z } from 'zod'
import type { GraphOp } from './encoder-graph.ts'
import type { GraphBuilder } from './graph-builder.ts'
import { ImportFault } from './import-fault.ts'
import { foldedNorm } from './kernels.ts'
import type { LayerReader } from './layer-reader.ts'
import { activations, axisOf, binary, concat, identity, leakyRelu, matMul, relu } from './ops/plain.ts'
import { flatten, mean, pad, reshape, transpose } from './ops/shapes.ts'
import { averagePool, conv, maxPool } from './ops/spatial.ts'

/** Puts what one layer does into a graph, under the layer's name. */
export type AddLayer = (
  graph: GraphBuilder,
  name: string,
  from: readonly string[],
  reader: LayerReader,
) => void

const simple =
  (opOf: (reader: LayerReader) => GraphOp): AddLayer =>
  (graph, name, from, reader) => {
    graph.node(name, reader.layer.kind, from.slice(0, 1), opOf(reader))
  }

function activationOf(reader: LayerReader): GraphOp {
  const name = reader.text('activation', 'linear')
  const known = Object.hasOwn(activations, name) ? activations[name] : undefined
  if (known === undefined) throw new ImportFault(`has the activation "${name}", which is not known here.`)
  return known
}

/** Dense layers and convolutions: a kernel, perhaps a bias, perhaps an activation. */
const linear =
  (part: string, rank: number, opOf: (reader: LayerReader, shape: readonly number[]) => GraphOp): AddLayer =>
  (graph, name, from, reader) => {
    const { kind } = reader.layer
    const kernel = reader.weights(part, rank)
    const weighed = graph.weights(name, part, kernel)
    const steps: [GraphOp, string[]][] = [[opOf(reader, kernel.shape), [weighed]]]
    if (reader.switch('use_bias', true))
      steps.push([binary('Add'), [graph.weights(name, 'bias', reader.weights('bias', 1))]])
    const activation = activationOf(reader)
    if (activation !== identity) steps.push([activation, []])
    let last = from[0] ?? ''
    steps.forEach(([op, weights], i) => {
      last = graph.node(i === steps.length - 1 ? name : `${name} ${i + 1}`, kind, [last, ...weights], op)
    })
  }

const convolution = (part: string, depthwise: boolean): AddLayer =>
  linear(part, 4, (reader, [rows = 0, columns = 0]) => {
    if (reader.number('groups', 1) !== 1)
      throw new ImportFault('works in groups, which cannot be computed here.')
    return conv(reader.window('kernel_size', [1, 1], [rows, columns]), depthwise)
  })

const pooling = (opOf: typeof maxPool): AddLayer =>
  simple(reader => opOf(reader.window('pool_size', reader.pair('pool_size', [2, 2]))))

const addNorm: AddLayer = (graph, name, from, reader) => {
  const axis = reader.get('axis', z.union([z.number(), z.tuple([z.number()]).transform(([n]) => n)]), -1)
  const gamma = reader.switch('scale', true) ? reader.weights('gamma', 1).values : undefined
  const beta = reader.switch('center', true) ? reader.weights('beta', 1).values : undefined
  const [moved, variance] = [reader.weights('moving_mean', 1), reader.weights('moving_variance', 1)]
  const epsilon = reader.number('epsilon', 1e-3)
  const { scale, shift } = foldedNorm(gamma, beta, moved.values, variance.values, epsilon)
  const { kind } = reader.layer
  const times = binary('Mul')
  const lastAxis: GraphOp = {
    ...times,
    shape: inputs => {
      const [x] = inputs
      if (x !== undefined && axisOf(axis, x.length) !== x.length - 1)
        throw new ImportFault('normalises another axis than the last, which cannot be computed here.')
      return times.shape(inputs)
    },
  }
  const made = graph.node(
    `${name} scaled`,
    kind,
    [from[0] ?? '', graph.weights(name, 'scale', scale)],
    lastAxis,
  )
  graph.node(name, kind, [made, graph.weights(name, 'shift', shift)], binary('Add'))
}

/** Sums and products of any number of layers. */
const merged =
  (kind: 'Add' | 'Mul'): AddLayer =>
  (graph, name, from, reader) => {
    if (from.length < 2) throw new ImportFault('takes fewer than two layers.')
    from.slice(1).reduce((last, other, i) => {
      const made = i === from.length - 2 ? name : `${name} ${i + 1}`
      return graph.node(made, reader.layer.kind, [last, other], binary(kind))
    }, from[0] as string)
  }

const sizes = z.array(z.number().int()).max(5)
const nothing = simple(() => identity)

/** Keras's layers (keras.io/api/layers) that are known here. */
export const kinds: Readonly<Record<string, AddLayer>> = {
  Dense: linear('kernel', 2, () => matMul),
  Conv2D: convolution('kernel', false),
  DepthwiseConv2D: convolution('depthwise_kernel', true),
  BatchNormalization: addNorm,
  Activation: simple(activationOf),
  ReLU: simple(reader => {
    if (reader.number('negative_slope', 0) !== 0) return leakyRelu(reader.number('negative_slope', 0))
    const most = reader.number('max_value', Number.POSITIVE_INFINITY)
    if (most === 6) return activations['relu6'] as GraphOp
    if (Number.isFinite(most)) throw new ImportFault(`stops at ${most}, which cannot be computed here.`)
    return relu
  }),
  LeakyReLU: simple(reader => leakyRelu(reader.number('alpha', reader.number('negative_slope', 0.3)))),
  Softmax: simple(() => activations['softmax'] as GraphOp),
  MaxPooling2D: pooling(maxPool),
  AveragePooling2D: pooling(window => averagePool(window, false)),
  GlobalAveragePooling2D: simple(reader => {
    reader.must('data_format', 'channels_last')
    return mean([1, 2], reader.switch('keepdims', false))
  }),
  Flatten: simple(reader => {
    reader.must('data_format', 'channels_last')
    return flatten(1)
  }),
  Reshape: simple(reader => reshape([0, ...reader.get('target_shape', sizes, [-1])])),
  Permute: simple(reader => transpose([0, ...reader.get('dims', sizes, [])])),
  ZeroPadding2D: simple(reader => {
    reader.must('data_format', 'channels_last')
    const pairs = z.tuple([z.tuple([z.number(), z.number()]), z.tuple([z.number(), z.number()])])
    const [[top, bottom], [left, right]] = reader.get('padding', pairs, [
      [1, 1],
      [1, 1],
    ])
    return pad([0, top, left, 0], [0, bottom, right, 0], 0)
  }),
  Add: merged('Add'),
  Multiply: merged('Mul'),
  Concatenate: (graph, name, from, reader) => {
    graph.node(name, 'Concatenate', from, concat(reader.number('axis', -1)))
  },
  Dropout: nothing,
  SpatialDropout2D: nothing,
  GaussianNoise: nothing,
}
