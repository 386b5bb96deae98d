import { Graph, type Output, truth } from '../tensorflow/graph/graph.ts'
import { opsOf } from '../tensorflow/graph/ops.ts'
import { lossGraph } from './objective/loss-graph.ts'
import { drawsPairs, type ObjectiveSettings } from './objective/objective.ts'

/** What a training's graph is made for. Batches may differ in size. */
export interface TrainGraphSettings extends ObjectiveSettings {
  /** Units of each layer, the input's pixels first. */
  readonly sizes: readonly number[]
  /** Images resident for it. */
  readonly images: number
  /** How pixels are kept: bytes need a quarter of the memory, but TensorFlow has no kernel that gathers them on a GPU. */
  readonly pixels: 'uint8' | 'float'
  readonly gradientDecay: number
  readonly squaredGradientDecay: number
  readonly weightDecay: number
}

/** The variables of a layer's kernel or bias: its value and Adam's two moving averages. */
export const learnedNames = (name: string) =>
  ({ value: name, mean: `${name}_mean`, meanSquare: `${name}_mean_square` }) as const

/** As the network calls them. */
const kernelName = (layer: number): string => `layer${layer + 1}.kernel`
const biasName = (layer: number): string => `layer${layer + 1}.bias`
export const gradientName = (name: string): string => `gradient_of_${name}`
export const readName = (name: string): string => `value_of_${name}`

/**
 * One iteration by hand, as a graph of TensorFlow's own ops: what `train-step.generic.ts` specifies, with both images of
 * every pair in one forward pass, the gradient in closed form, Adam fused into one op a weight, and the images resident.
 * Feeds: `indices` int32 [images], `lossFeeds`; `rate`, `epsilon` and, where weights decay, `decay`, Adam's.
 * Fetches: `loss`, every `gradientName`; `step`, the loss once every weight has learned; every `readName`.
 */
export function trainGraph(settings: TrainGraphSettings): Graph {
  const { sizes, images, pixels } = settings
  const graph = new Graph()
  const ops = opsOf(graph)
  const last = sizes.length - 2
  const resident = graph.variable('pixels', pixels, [images, sizes[0] as number])
  sizes.slice(1).forEach((units, l) => {
    learned(graph, kernelName(l), [sizes[l] as number, units])
    learned(graph, biasName(l), [units])
  })
  const rows = ops.rows(graph.read(resident, pixels), graph.placeholder('indices', 'int32'), pixels)
  const inputs = [ops.multiply(rows, ops.scalar(1 / 255))]
  const kernels = sizes.slice(1).map((_, l) => graph.read(kernelName(l), 'float', readName(kernelName(l))))
  let features = inputs[0] as Output
  kernels.forEach((kernel, l) => {
    const bias = graph.read(biasName(l), 'float', readName(biasName(l)))
    features = ops.biasAdd(ops.matMul(features, kernel), bias)
    if (l < last) {
      features = ops.relu(features)
      inputs.push(features)
    }
  })
  const { loss, slope } = lossGraph(graph, features, sizes.at(-1) as number, settings)
  const adam = adamOf(graph, settings)
  const learnedBefore: Output[] = []
  let slopes = slope
  for (let l = last; l >= 0; l--) {
    const input = inputs[l] as Output
    const below =
      l === 0 ? undefined : ops.reluGrad(ops.matMul(slopes, kernels[l] as Output, false, true), input)
    // A weight that is still read would be copied before it changes.
    const first = below === undefined ? [] : [`^${below}`]
    const ofKernel = ops.matMul(input, slopes, true, false, gradientName(kernelName(l)))
    const ofBias = drawsPairs(settings)
      ? ops.sumOfHalves(slopes, sizes[l + 1] as number, gradientName(biasName(l)))
      : ops.sum(slopes, 0, false, gradientName(biasName(l)))
    learnedBefore.push(adam(kernelName(l), ofKernel, first), adam(biasName(l), ofBias, first))
    slopes = below ?? slopes
  }
  graph.node('Identity', [loss, ...learnedBefore.map(done => `^${done}`)], { T: 'float' }, 'step')
  return graph
}

export function learned(graph: Graph, name: string, shape: readonly number[]): void {
  const { value, mean, meanSquare } = learnedNames(name)
  graph.variable(value, 'float', shape)
  for (const average of [mean, meanSquare])
    graph.read(graph.variable(average, 'float', shape), 'float', readName(average))
}

/**
 * Adam, with its bias corrections folded into the rate and epsilon that TensorFlow's op takes: Kingma and Ba's
 * m' / (sqrt(v') + e) is m s / (1 - b1^t) / (sqrt(v) + e s), with s = sqrt(1 - b2^t).
 */
export function adamOf(
  graph: Graph,
  { gradientDecay, squaredGradientDecay, weightDecay }: Omit<TrainGraphSettings, 'sizes'>,
) {
  const { scalar, multiply } = opsOf(graph)
  const decay = weightDecay === 0 ? undefined : graph.placeholder('decay', 'float')
  const [zero, b1, b2] = [scalar(0), scalar(gradientDecay), scalar(squaredGradientDecay)]
  const [rate, epsilon] = [graph.placeholder('rate', 'float'), graph.placeholder('epsilon', 'float')]
  const attributes = { T: 'float', use_locking: truth(false), use_nesterov: truth(false) } as const
  return (name: string, gradient: Output, first: readonly Output[]): Output => {
    const { value, mean, meanSquare } = learnedNames(name)
    const inputs = [value, mean, meanSquare, zero, zero, rate, b1, b2, epsilon, gradient, ...first]
    const moved = graph.node('ResourceApplyAdam', inputs, attributes)
    if (decay === undefined) return moved
    // Of the weights as they were read before they moved: the decay is apart from Adam's step.
    const lost = multiply(readName(name), decay)
    return graph.node('AssignSubVariableOp', [value, lost, `^${moved}`], { dtype: 'float' })
  }
}
