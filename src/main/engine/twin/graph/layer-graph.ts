import { type Graph, type Output, text, truth, wholes } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import type { ConvLayer, DenseLayer, Layer } from '../network/layers.ts'

/** What a layer makes of its input, and how the slope of its output goes back through it. */
export interface Passed {
  readonly output: Output
  /** Asks for the gradients of its weights. @returns the slope of its input */
  readonly back: (slope: Output) => Output
}

/** Where a pass gets its weights from and what it does with their gradients. */
export interface PassParts {
  readonly graph: Graph
  readonly kernel: (layer: DenseLayer | ConvLayer) => Output
  /** Bias or batch norm, after a layer's product. */
  readonly settle: (layer: DenseLayer | ConvLayer, product: Output) => Passed
  /** The factor of every unit, where some are left out; undefined where none are. */
  readonly dropout: Output | undefined
  readonly learn: (name: string, gradient: Output) => void
}

const floats = { T: 'float' } as const
const inPlane = { ...floats, data_format: text('NHWC') } as const

/** One layer's nodes, forward; and backward where `back` is called. Nodes that nobody fetches are never computed. */
export function layerGraph(parts: PassParts, layer: Layer, x: Output): Passed {
  switch (layer.kind) {
    case 'dense':
    case 'conv':
      return linear(parts, layer, x)
    case 'normalise':
      return normalise(parts.graph, layer, x)
    case 'max-pool':
      return maxPool(parts.graph, x)
    case 'mean-pool':
      return meanPool(parts.graph, x)
    case 'flatten':
      return reshape(parts.graph, x, [-1, layer.outputs])
    case 'dropout':
      return scaled(parts, x)
    case 'residual': {
      const main = layersGraph(parts, layer.main, x)
      const around = layer.shortcut === undefined ? unchanged(x) : linear(parts, layer.shortcut, x)
      const ops = opsOf(parts.graph)
      const output = ops.relu(ops.add(main.output, around.output))
      const back = (slope: Output): Output => {
        const open = ops.reluGrad(slope, output)
        return ops.add(main.back(open), around.back(open))
      }
      return { output, back }
    }
    default:
      return layer satisfies never
  }
}

/** One layer after another. */
export function layersGraph(parts: PassParts, layers: readonly Layer[], x: Output): Passed {
  const passed: Passed[] = []
  for (const layer of layers) passed.push(layerGraph(parts, layer, passed.at(-1)?.output ?? x))
  const back = (slope: Output): Output => passed.reduceRight((rest, one) => one.back(rest), slope)
  return { output: passed.at(-1)?.output ?? x, back }
}

const unchanged = (x: Output): Passed => ({ output: x, back: slope => slope })

function linear(parts: PassParts, layer: DenseLayer | ConvLayer, x: Output): Passed {
  const ops = opsOf(parts.graph)
  const product = layer.kind === 'dense' ? dense(parts, layer, x) : convolution(parts, layer, x)
  const settled = parts.settle(layer, product.output)
  const output = layer.relu ? ops.relu(settled.output) : settled.output
  const back = (slope: Output): Output =>
    product.back(settled.back(layer.relu ? ops.reluGrad(slope, output) : slope))
  return { output, back }
}

function dense(parts: PassParts, layer: DenseLayer, x: Output): Passed {
  const ops = opsOf(parts.graph)
  const kernel = parts.kernel(layer)
  const back = (slope: Output): Output => {
    parts.learn(`${layer.name}.kernel`, ops.matMul(x, slope, true, false))
    return ops.matMul(slope, kernel, false, true)
  }
  return { output: ops.matMul(x, kernel), back }
}

function convolution(parts: PassParts, layer: ConvLayer, x: Output): Passed {
  const { graph } = parts
  const kernel = parts.kernel(layer)
  const { stride } = layer
  const attributes = { ...inPlane, strides: wholes([1, stride, stride, 1]), padding: text('SAME') }
  const back = (slope: Output): Output => {
    const ofKernel = [x, shapeOf(graph, kernel), slope]
    parts.learn(`${layer.name}.kernel`, graph.node('Conv2DBackpropFilter', ofKernel, attributes))
    return graph.node('Conv2DBackpropInput', [shapeOf(graph, x), kernel, slope], attributes)
  }
  return { output: graph.node('Conv2D', [x, kernel], attributes), back }
}

function normalise(graph: Graph, layer: Layer & { kind: 'normalise' }, x: Output): Passed {
  const ops = opsOf(graph)
  const channels = [layer.mean.length]
  const deviation = graph.constant(Float32Array.from(layer.deviation), channels)
  const centred = ops.subtract(x, graph.constant(Float32Array.from(layer.mean), channels))
  return {
    output: ops.two('RealDiv', centred, deviation),
    back: slope => ops.two('RealDiv', slope, deviation),
  }
}

function maxPool(graph: Graph, x: Output): Passed {
  const two = wholes([1, 2, 2, 1])
  const attributes = { ...inPlane, ksize: two, strides: two, padding: text('VALID') }
  const output = graph.node('MaxPool', [x], attributes)
  return { output, back: slope => graph.node('MaxPoolGrad', [x, output, slope], attributes) }
}

/** The mean over all places; its slope is shared by them alike. */
function meanPool(graph: Graph, x: Output): Passed {
  const ops = opsOf(graph)
  const mean = (keep: boolean): Output =>
    graph.node('Mean', [x, graph.constant(Int32Array.of(1, 2), [2])], {
      ...floats,
      Tidx: 'int32',
      keep_dims: truth(keep),
    })
  const kept = mean(true)
  const back = (slope: Output): Output => {
    const one = graph.node('Reshape', [slope, shapeOf(graph, kept)], { ...floats, Tshape: 'int32' })
    const size = (of: Output): Output =>
      ops.cast(graph.node('Size', [of], { ...floats, out_type: 'int32' }), 'int32', 'float')
    const share = ops.multiply(one, ops.two('RealDiv', size(kept), size(x)))
    return graph.node('BroadcastTo', [share, shapeOf(graph, x)], { ...floats, Tidx: 'int32' })
  }
  return { output: mean(false), back }
}

function scaled(parts: PassParts, x: Output): Passed {
  const { dropout } = parts
  if (dropout === undefined) return unchanged(x)
  const ops = opsOf(parts.graph)
  return { output: ops.multiply(x, dropout), back: slope => ops.multiply(slope, dropout) }
}

/** @param shape -1 for what is left */
export function reshape(graph: Graph, x: Output, shape: readonly number[]): Passed {
  const to = (from: Output, wanted: Output): Output =>
    graph.node('Reshape', [from, wanted], { ...floats, Tshape: 'int32' })
  const output = to(x, graph.constant(Int32Array.from(shape), [shape.length]))
  return { output, back: slope => to(slope, shapeOf(graph, x)) }
}

const shapeOf = (graph: Graph, x: Output): Output =>
  graph.node('Shape', [x], { ...floats, out_type: 'int32' })
