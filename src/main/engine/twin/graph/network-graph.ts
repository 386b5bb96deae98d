import { Graph, type Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import { frozenLayers, learnedWeights } from '../network/freeze.ts'
import { layersOf } from '../network/layers.ts'
import { type NetworkSpec, pixelsOf } from '../network/network-spec.ts'
import { weightsOf } from '../network/network-values.ts'
import { lossGraph } from '../objective/loss-graph.ts'
import { adamOf, gradientName, learned, readName, type TrainGraphSettings } from '../train-graph.ts'
import { layersGraph, reshape } from './layer-graph.ts'
import { averagesGraph, batchNormGraph, biasGraph, type SettleParts } from './settle-graph.ts'

export interface NetworkGraphSettings extends Omit<TrainGraphSettings, 'sizes'> {
  readonly spec: NetworkSpec
  /** How many layers, from the input, stay as they are. */
  readonly freeze: number
  /** Whether a batch's images are handed in as they are to be seen, and not only by index. */
  readonly fed: boolean
}

/**
 * One iteration of any network, as `trainGraph` is of the recipe's: what `train-step.generic.ts` specifies.
 * Feeds: those of `trainGraph`, `images` float [images, pixels] (0 to 1) in place of `indices` where images are fed;
 * `dropout`, the factor of each unit that may be left out, where there is dropout. Fetches: those of `trainGraph`.
 */
export function networkGraph(settings: NetworkGraphSettings): Graph {
  const { spec, freeze } = settings
  const graph = new Graph()
  const frozen = frozenLayers(spec, freeze)
  const isLearned = new Set(learnedWeights(spec, freeze).map(({ name }) => name))
  for (const { name, shape } of weightsOf(spec)) {
    if (isLearned.has(name)) learned(graph, name, shape)
    else graph.variable(name, 'float', shape)
  }
  const values = new Map(
    weightsOf(spec).map(({ name }) => [name, graph.read(name, 'float', readName(name))] as const),
  )
  const adam = adamOf(graph, settings)
  const done: Output[] = []
  const parts: SettleParts = {
    graph,
    read: name => values.get(name) ?? name,
    learn: (name, gradient) => {
      // Nobody asks for the gradients of what is frozen, so they are never computed.
      if (!isLearned.has(name)) return
      const named = graph.node('Identity', [gradient], { T: 'float' }, gradientName(name))
      done.push(adam(name, named, []))
    },
    replace: (name, value) => {
      done.push(graph.node('AssignVariableOp', [name, value], { dtype: 'float' }))
    },
  }
  const passed = layersGraph(
    {
      graph,
      kernel: ({ name }) => parts.read(`${name}.kernel`),
      settle: (layer, product) => {
        if (!layer.batchNorm) return biasGraph(parts, layer.name, product)
        return frozen.has(layer.name)
          ? averagesGraph(parts, layer.name, product)
          : batchNormGraph(parts, layer, product)
      },
      dropout: spec.dropout > 0 ? graph.placeholder('dropout', 'float') : undefined,
      learn: parts.learn,
    },
    layersOf(spec),
    imagesOf(graph, settings),
  )
  const { loss, slope } = lossGraph(graph, passed.output, spec.embeddingSize, settings)
  passed.back(slope)
  graph.node('Identity', [loss, ...done.map(one => `^${one}`)], { T: 'float' }, 'step')
  return graph
}

/** A batch's images, [images, height, width, channels], 0 to 1. */
function imagesOf(graph: Graph, { spec, images, pixels, fed }: NetworkGraphSettings): Output {
  const { height, width, channels } = spec
  const shape = [-1, height, width, channels]
  if (fed) return reshape(graph, graph.placeholder('images', 'float'), shape).output
  const ops = opsOf(graph)
  const resident = graph.variable('pixels', pixels, [images, pixelsOf(spec)])
  const rows = ops.rows(graph.read(resident, pixels), graph.placeholder('indices', 'int32'), pixels)
  return reshape(graph, ops.multiply(rows, ops.scalar(1 / 255)), shape).output
}
