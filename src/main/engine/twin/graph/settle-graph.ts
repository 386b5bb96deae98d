import { type Graph, type Output, real, text, truth } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import { averageKept } from '../network/forward.training.ts'
import { batchNormEpsilon } from '../network/forward.ts'
import type { ConvLayer, DenseLayer } from '../network/layers.ts'
import { type Passed, reshape } from './layer-graph.ts'

/** A layer's weights in a graph, and what becomes of them. */
export interface SettleParts {
  readonly graph: Graph
  /** The value of a weight. */
  readonly read: (name: string) => Output
  readonly learn: (name: string, gradient: Output) => void
  /** A value that takes the place of a weight's once the iteration is done. */
  readonly replace: (name: string, value: Output) => void
}

/** A layer's bias, added to each place. */
export function biasGraph({ graph, read, learn }: SettleParts, name: string, x: Output): Passed {
  const back = (slope: Output): Output => {
    learn(`${name}.bias`, graph.node('BiasAddGrad', [slope], { T: 'float', data_format: text('NHWC') }))
    return slope
  }
  return { output: opsOf(graph).biasAdd(x, read(`${name}.bias`)), back }
}

/** Batch norm by its moving averages, which stay: that of a frozen layer. */
export function averagesGraph({ graph, read }: SettleParts, name: string, x: Output): Passed {
  const ops = opsOf(graph)
  const of = (part: string): Output => read(`${name}.${part}`)
  const spread = ops.one('Rsqrt', ops.add(of('variance'), ops.scalar(batchNormEpsilon)))
  const factor = ops.multiply(of('scale'), spread)
  const scaled = ops.multiply(ops.subtract(x, of('mean')), factor)
  return { output: ops.add(scaled, of('shift')), back: slope => ops.multiply(slope, factor) }
}

/** Batch norm by the batch's own mean and variance, which the moving averages then follow. */
export function batchNormGraph(parts: SettleParts, layer: DenseLayer | ConvLayer, x: Output): Passed {
  const { graph, read, learn, replace } = parts
  const { name, outputs } = layer
  // TensorFlow's op wants images: rows are images of one pixel.
  const images = layer.kind === 'dense' ? reshape(graph, x, [-1, 1, 1, outputs]) : undefined
  const input = images?.output ?? x
  const common = {
    T: 'float',
    U: 'float',
    epsilon: real(batchNormEpsilon),
    data_format: text('NHWC'),
  } as const
  const attributes = { ...common, is_training: truth(true) }
  const scale = read(`${name}.scale`)
  const none = graph.constant(new Float32Array(0), [0])
  const norm = graph.node('FusedBatchNormV3', [input, scale, read(`${name}.shift`), none, none], {
    ...attributes,
    exponential_avg_factor: real(1),
  })
  follow(parts, `${name}.mean`, `${norm}:1`, replace)
  follow(parts, `${name}.variance`, `${norm}:2`, replace)
  const rows = images === undefined ? undefined : reshape(graph, norm, [-1, outputs])
  const back = (slope: Output): Output => {
    const inputs = [rows?.back(slope) ?? slope, input, scale, `${norm}:3`, `${norm}:4`, `${norm}:5`]
    const gradient = graph.node('FusedBatchNormGradV3', inputs, attributes)
    learn(`${name}.scale`, `${gradient}:1`)
    learn(`${name}.shift`, `${gradient}:2`)
    return images?.back(gradient) ?? gradient
  }
  return { output: rows?.output ?? norm, back }
}

function follow(
  { graph, read }: SettleParts,
  name: string,
  ofBatch: Output,
  replace: SettleParts['replace'],
): void {
  const ops = opsOf(graph)
  const kept = ops.multiply(read(name), ops.scalar(averageKept))
  replace(name, ops.add(kept, ops.multiply(ofBatch, ops.scalar(1 - averageKept))))
}
