import type { Graph, Output } from '../../tensorflow/graph/graph.ts'
import { opsOf } from '../../tensorflow/graph/ops.ts'
import { allPairsGraph } from './all-pairs-graph.ts'
import { classMeansGraph } from './class-means-graph.ts'
import { contrastGraph } from './contrast-graph.ts'
import { nPairsGraph } from './n-pairs-graph.ts'
import { drawsPairs, type ObjectiveSettings } from './objective.ts'
import { supervisedContrastiveGraph } from './supervised-contrastive-graph.ts'
import { tripletGraph } from './triplet-graph.ts'

/** The loss of a batch's features, and its gradient in them [images, size]. */
export interface LossGraph {
  readonly loss: Output
  readonly slope: Output
}

/**
 * The objective's nodes after the features, fed with `lossFeeds`; the loss is fetched as `loss`.
 * @param features [images, size]
 */
export function lossGraph(
  graph: Graph,
  features: Output,
  size: number,
  settings: ObjectiveSettings,
): LossGraph {
  const found = lossOf(graph, features, size, settings)
  return { ...found, loss: graph.node('Identity', [found.loss], { T: 'float' }, 'loss') }
}

function lossOf(graph: Graph, features: Output, size: number, settings: ObjectiveSettings): LossGraph {
  const { loss, margin, mining, temperature } = settings
  switch (loss) {
    case 'contrastive':
      return contrastive(graph, features, settings)
    case 'triplet':
      return tripletGraph(graph, features, margin, mining)
    case 'n-pairs':
      return nPairsGraph(graph, features, size)
    case 'supervised-contrastive':
      return supervisedContrastiveGraph(graph, features, temperature)
    case 'class-means':
      return classMeansGraph(graph, features)
  }
}

function contrastive(graph: Graph, features: Output, settings: ObjectiveSettings): LossGraph {
  const ops = opsOf(graph)
  const { margin, reduction } = settings
  const sums = drawsPairs(settings)
    ? contrastGraph(graph, features, margin)
    : allPairsGraph(graph, features, margin)
  if (reduction === 'sum') return sums
  const share = graph.placeholder('share', 'float')
  return { loss: ops.multiply(sums.loss, share), slope: ops.multiply(sums.slope, share) }
}
