import * as tf from '@tensorflow/tfjs-core'
import type { Constant, GraphOp } from './encoder-graph.ts'
import type { GraphBuilder } from './graph-builder.ts'
import { ImportFault } from './import-fault.ts'
import { alongChannels, depthwiseKernelOf, foldedNorm, kernelOf, scaled, turnedMatrix } from './kernels.ts'
import type { NodeReader } from './onnx-node.ts'
import { activations, binary, clip, concat, identity, leakyRelu, matMul } from './ops/plain.ts'
import { flatten, mean, pad, reshape, squeeze, transpose, unsqueeze } from './ops/shapes.ts'
import { averagePool, conv, maxPool, type Window } from './ops/spatial.ts'

/** Puts what one operator does into a graph, under the name of the value that it gives. */
export type AddNode = (graph: GraphBuilder, name: string, reader: NodeReader) => void

/** An operator that takes its first input, or so many of them, and gives a value. */
const simple =
  (opOf: (reader: NodeReader) => GraphOp, takes = 1): AddNode =>
  (graph, name, reader) => {
    graph.node(name, reader.node.op, reader.node.inputs.slice(0, takes), opOf(reader))
  }

const activation = (name: string): AddNode => simple(() => activations[name] ?? identity)
const list = (values: readonly number[] | undefined): readonly number[] => {
  if (values === undefined) throw new ImportFault('does not say how.')
  return values
}

function windowOf(reader: NodeReader, size = reader.pair('kernel_shape')): Window {
  const auto = reader.text('auto_pad', 'NOTSET')
  const pads = { SAME_UPPER: 'same', SAME_LOWER: 'same-lower', VALID: [0, 0, 0, 0] } as const
  return {
    size,
    strides: reader.pair('strides', [1, 1]),
    dilations: reader.pair('dilations', [1, 1]),
    pads: pads[auto as keyof typeof pads] ?? reader.numbers('pads') ?? [0, 0, 0, 0],
    channelsFirst: true,
  }
}

const pooling = (opOf: (window: Window, reader: NodeReader) => GraphOp): AddNode =>
  simple(reader => {
    reader.must('ceil_mode', 0)
    const window = windowOf(reader)
    if (Math.max(...window.dilations) > 1)
      throw new ImportFault('has dilations, which cannot be computed here.')
    return opOf(window, reader)
  })

const addConv: AddNode = (graph, name, reader) => {
  const weights = reader.weights(1)
  const bias = reader.constant(2)
  const group = reader.number('group', 1)
  const [outputs = 0, inputs, rows = 0, columns = 0] = weights.shape
  const depthwise = group > 1
  if (depthwise && (inputs !== 1 || outputs % group !== 0))
    throw new ImportFault(`works in ${group} groups, which cannot be computed here.`)
  const kernel = depthwise ? depthwiseKernelOf(weights, group) : kernelOf(weights)
  const op = conv(windowOf(reader, [rows, columns]), depthwise)
  const [x = ''] = reader.node.inputs
  const taken = [x, graph.weights(name, 'kernel', kernel)]
  if (bias === undefined) return void graph.node(name, 'Conv', taken, op)
  const made = graph.node(`${name} conv`, 'Conv', taken, op)
  graph.node(name, 'Conv', [made, graph.weights(name, 'bias', alongChannels(bias, 2))], binary('Add'))
}

const addGemm: AddNode = (graph, name, reader) => {
  reader.must('transA', 0)
  const given = reader.weights(1)
  if (given.shape.length !== 2) throw new ImportFault(`multiplies by [${given.shape}], which is no matrix.`)
  const matrix = scaled(
    reader.number('transB', 0) === 0 ? given : turnedMatrix(given),
    reader.number('alpha', 1),
  )
  const bias = reader.constant(2)
  const taken = [reader.node.inputs[0] ?? '', graph.weights(name, 'matrix', matrix)]
  if (bias === undefined) return void graph.node(name, 'Gemm', taken, matMul)
  const made = graph.node(`${name} product`, 'Gemm', taken, matMul)
  const weighed = graph.weights(name, 'bias', scaled(bias, reader.number('beta', 1)))
  graph.node(name, 'Gemm', [made, weighed], binary('Add'))
}

const addNorm: AddNode = (graph, name, reader) => {
  reader.must('training_mode', 0)
  const [gamma, beta, average, variance] = [1, 2, 3, 4].map(i => reader.weights(i).values) as [
    Constant['values'],
    Constant['values'],
    Constant['values'],
    Constant['values'],
  ]
  const { scale, shift } = foldedNorm(gamma, beta, average, variance, reader.number('epsilon', 1e-5))
  const [x = ''] = reader.node.inputs
  const put = (part: string, constant: Constant): string => graph.weights(name, part, constant)
  // Channels are the second axis of however many: the others are found as the shape is known.
  const op = (kind: 'Mul' | 'Add'): GraphOp => onSecondAxis(binary(kind))
  const made = graph.node(`${name} scaled`, 'BatchNormalization', [x, put('scale', scale)], op('Mul'))
  graph.node(name, 'BatchNormalization', [made, put('shift', shift)], op('Add'))
}

/** An operation whose second input, [channels], goes along the first one's second axis. */
function onSecondAxis(op: GraphOp): GraphOp {
  const alongside = (shape: readonly number[] = [], channels: readonly number[] = []): number[] => {
    if (shape.length < 2 || shape[1] !== channels[0])
      throw new ImportFault(`has weights of ${channels[0]} channels for [${shape}].`)
    return [...channels, ...shape.slice(2).map(() => 1)]
  }
  return {
    shape: ([x, channels]) => op.shape([x ?? [], alongside(x, channels)]),
    run: tensors => {
      const [x, channels] = tensors as [(typeof tensors)[number], (typeof tensors)[number]]
      return op.run([x, tf.reshape(channels, alongside(x.shape, channels.shape))])
    },
  }
}

const addConstant: AddNode = (graph, name, { node: { attributes } }) => {
  const [value] = ['value', 'value_float', 'value_int', 'value_floats', 'value_ints'].flatMap(
    kind => attributes.get(kind) ?? [],
  )
  const constant = typeof value === 'number' ? { shape: [], values: Float64Array.of(value) } : value
  if (constant instanceof Object && 'values' in constant && 'shape' in constant)
    return void graph.constant(name, constant)
  const several = ['value_floats', 'value_ints'].map(kind => attributes.get(kind)).find(Array.isArray)
  if (several === undefined) throw new ImportFault('holds no numbers.')
  graph.constant(name, { shape: [several.length], values: Float64Array.from(several) })
}

function softmaxOf(reader: NodeReader): GraphOp {
  const axis = reader.number('axis', reader.opset < 13 ? 1 : -1)
  const softmax = activations['softmax'] as GraphOp
  return {
    ...softmax,
    shape: inputs => {
      const shape = softmax.shape(inputs)
      if (axis !== -1 && axis !== shape.length - 1)
        throw new ImportFault('goes over another axis than the last, which cannot be computed here.')
      return shape
    },
  }
}

function padOf(reader: NodeReader): GraphOp {
  reader.must('mode', 'constant')
  if (reader.constant(3) !== undefined) throw new ImportFault('names axes, which cannot be computed here.')
  const all = list(reader.list('pads', 1))
  const half = all.length / 2
  return pad(all.slice(0, half), all.slice(half), reader.single('value', 2, 0))
}

/** ONNX's operators (onnx.ai/onnx/operators) that are known here. */
export const operators: Readonly<Record<string, AddNode>> = {
  Conv: addConv,
  Gemm: addGemm,
  MatMul: simple(() => matMul, 2),
  Add: simple(() => binary('Add'), 2),
  Sub: simple(() => binary('Sub'), 2),
  Mul: simple(() => binary('Mul'), 2),
  Div: simple(() => binary('Div'), 2),
  Relu: activation('relu'),
  LeakyRelu: simple(reader => leakyRelu(reader.number('alpha', 0.01))),
  Sigmoid: activation('sigmoid'),
  Tanh: activation('tanh'),
  Softmax: simple(softmaxOf),
  Clip: simple(reader => clip(reader.single('min', 1, -3.4e38), reader.single('max', 2, 3.4e38))),
  BatchNormalization: addNorm,
  MaxPool: pooling(maxPool),
  AveragePool: pooling((window, reader) => averagePool(window, reader.number('count_include_pad', 0) === 1)),
  GlobalAveragePool: simple(() => mean([2, 3], true)),
  ReduceMean: simple(reader => mean(reader.list('axes', 1), reader.number('keepdims', 1) === 1)),
  Flatten: simple(reader => flatten(reader.number('axis', 1))),
  Reshape: simple(reader => {
    reader.must('allowzero', 0)
    return reshape(list(reader.list('shape', 1)))
  }),
  Squeeze: simple(reader => squeeze(reader.list('axes', 1))),
  Unsqueeze: simple(reader => unsqueeze(list(reader.list('axes', 1)))),
  Transpose: simple(reader => transpose(reader.numbers('perm'))),
  Concat: (graph, name, reader) => {
    graph.node(name, 'Concat', reader.node.inputs, concat(reader.number('axis', 1)))
  },
  Pad: simple(padOf),
  Dropout: simple(() => identity),
  Identity: simple(() => identity),
  Constant: addConstant,
}
