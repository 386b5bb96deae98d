import { invalidInput } from '../../../../shared/errors.ts'
import type { Hyperparameters } from '../../../../shared/hyperparameters.ts'
import { type LabelledImages, sameShape } from '../../data/data-set.ts'
import { layersOf, linearLayers } from './layers.ts'
import { type NetworkSpec, specOf } from './network-spec.ts'
import { initialNetwork, type NetworkValues, weightsOf, weightsOfLayer } from './network-values.ts'

/** Names of a network's layers by whether another has one of the same name and shape. */
export interface Fit {
  readonly taken: readonly string[]
  readonly anew: readonly string[]
}

/**
 * Which layers a network can take over from another.
 * @throws invalid-input: the other takes other images, or no layer of it fits
 */
export function fitOf(spec: NetworkSpec, from: NetworkSpec): Fit {
  if (!sameShape(spec, from))
    throw invalidInput(
      `The run to start from takes images of ${inWords(from)}, and these are of ${inWords(spec)}: they must be alike.`,
    )
  const shapes = new Map(weightsOf(from).map(({ name, shape }) => [name, `${shape}`]))
  const layers = linearLayers(layersOf(spec)).map(layer => ({
    name: layer.name,
    fits: weightsOfLayer(layer).every(({ name, shape }) => shapes.get(name) === `${shape}`),
  }))
  const named = (fits: boolean): string[] =>
    layers.filter(layer => layer.fits === fits).map(({ name }) => name)
  const fit = { taken: named(true), anew: named(false) }
  if (fit.taken.length === 0)
    throw invalidInput('The run to start from has no layer of the same name and shape as this network.')
  return fit
}

/** A training's network before its first iteration: drawn from the seed, but for the layers that are taken over. */
export function firstWeights(
  hyperparameters: Hyperparameters,
  images: LabelledImages,
  from: NetworkValues | undefined,
): NetworkValues {
  const drawn = initialNetwork(specOf(hyperparameters, images), hyperparameters.seed)
  if (from === undefined) return drawn
  const taken = new Set(fitOf(drawn.spec, from.spec).taken)
  const layerOf = (tensor: string): string => tensor.slice(0, tensor.lastIndexOf('.'))
  const values = new Map(from.tensors.map(tensor => [tensor.name, tensor]))
  const tensors = drawn.tensors.map(tensor =>
    taken.has(layerOf(tensor.name)) ? (values.get(tensor.name) ?? tensor) : tensor,
  )
  return { spec: drawn.spec, tensors }
}

/** What is taken over and what is not, as the rest of a sentence. */
export function fitInWords({ taken, anew }: Fit): string {
  if (anew.length === 0) return 'all layers are taken over'
  const starts = anew.length === 1 ? 'starts' : 'start'
  return taken.length < anew.length
    ? `${taken.join(', ')} taken over, the other ${anew.length} layers start anew`
    : `${anew.join(', ')} ${starts} anew, the other ${taken.length} layers are taken over`
}

const inWords = ({ height, width, channels }: Pick<NetworkSpec, 'height' | 'width' | 'channels'>): string =>
  `${width} x ${height} in ${channels === 3 ? 'colour' : 'grey'}`
