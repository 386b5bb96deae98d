import { distanceEpsilon } from '../../../shared/hyperparameters.ts'
import { Graph, type Output, truth, whole } from '../tensorflow/graph/graph.ts'
import { opsOf } from '../tensorflow/graph/ops.ts'

/** What a training's graph is made for. Batches may differ in size. */
export interface TrainGraphSettings {
  /** Units of each layer, the input's pixels first. */
  readonly sizes: readonly number[]
  /** Images resident for it. */
  readonly images: number
  /** How pixels are kept: bytes need a quarter of the memory, but TensorFlow has no kernel that gathers them on a GPU. */
  readonly pixels: 'uint8' | 'float'
  readonly margin: number
  readonly gradientDecay: number
  readonly squaredGradientDecay: number
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
 * Feeds: `indices` int32 [2 pairs], first images then second; `similar` float [pairs, 1]; `rate` and `epsilon`, Adam's.
 * Fetches: `loss`, every `gradientName`; `step`, the loss once every weight has learned; every `readName`.
 */
export function trainGraph(settings: TrainGraphSettings): Graph {
  const { sizes, images, pixels, margin } = settings
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
  const { loss, slope } = contrast(graph, features, graph.placeholder('similar', 'float'), margin)
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
    const ofBias = ops.sumOfHalves(slopes, sizes[l + 1] as number, gradientName(biasName(l)))
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
 * The contrastive loss of features [2 pairs, size], first images then second, and its gradient in them. With
 * u = f1 - f2 and d = sqrt(|u|^2 + 1e-6): dL/df1 = c u and dL/df2 = -c u, where c = 1 for a similar pair and
 * -max(margin - d, 0) / d for a dissimilar one.
 */
export function contrast(
  graph: Graph,
  features: Output,
  similar: Output,
  margin: number,
): { loss: Output; slope: Output } {
  const ops = opsOf(graph)
  const halves = graph.node('Split', [ops.axis(0), features], { T: 'float', num_split: whole(2) })
  const u = ops.subtract(halves, `${halves}:1`)
  const squares = ops.add(ops.sum(ops.square(u), 1, true), ops.scalar(distanceEpsilon))
  const d = ops.one('Sqrt', squares)
  const shortfall = ops.relu(ops.subtract(ops.scalar(margin), d))
  const isSimilar = ops.cast(similar, 'float', 'bool')
  const choose = (yes: Output, no: Output): Output =>
    graph.node('SelectV2', [isSimilar, yes, no], { T: 'float' })
  const terms = choose(squares, ops.square(shortfall))
  const loss = ops.multiply(ops.scalar(0.5), ops.sum(ops.sum(terms, 1, false), 0, false), 'loss')
  const c = choose(ops.scalar(1), ops.one('Neg', ops.two('RealDiv', shortfall, d)))
  const slope = ops.multiply(c, u)
  return { loss, slope: ops.below(slope, ops.one('Neg', slope)) }
}

/**
 * Adam, with its bias corrections folded into the rate and epsilon that TensorFlow's op takes: Kingma and Ba's
 * m' / (sqrt(v') + e) is m s / (1 - b1^t) / (sqrt(v) + e s), with s = sqrt(1 - b2^t).
 */
export function adamOf(
  graph: Graph,
  { gradientDecay, squaredGradientDecay }: Pick<TrainGraphSettings, 'gradientDecay' | 'squaredGradientDecay'>,
) {
  const { scalar } = opsOf(graph)
  const [zero, b1, b2] = [scalar(0), scalar(gradientDecay), scalar(squaredGradientDecay)]
  const [rate, epsilon] = [graph.placeholder('rate', 'float'), graph.placeholder('epsilon', 'float')]
  const attributes = { T: 'float', use_locking: truth(false), use_nesterov: truth(false) } as const
  return (name: string, gradient: Output, first: readonly Output[]): Output => {
    const { value, mean, meanSquare } = learnedNames(name)
    const inputs = [value, mean, meanSquare, zero, zero, rate, b1, b2, epsilon, gradient, ...first]
    return graph.node('ResourceApplyAdam', inputs, attributes)
  }
}
