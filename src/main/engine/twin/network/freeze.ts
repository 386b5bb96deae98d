import { invalidInput } from '../../../../shared/errors.ts'
import { layersOf, linearLayers } from './layers.ts'
import type { NetworkSpec } from './network-spec.ts'
import { type Weight, weightsOfLayer } from './network-values.ts'

/** Names of the linear layers of each layer as people count them, from the input: a residual block is one. */
const countedLayers = (spec: NetworkSpec): string[][] =>
  layersOf(spec)
    .map(layer => linearLayers([layer]).map(({ name }) => name))
    .filter(names => names.length > 0)

/** Names of the linear layers that a training leaves as they are: those of the first so many layers. */
export const frozenLayers = (spec: NetworkSpec, freeze: number): ReadonlySet<string> =>
  new Set(countedLayers(spec).slice(0, freeze).flat())

/** The weights that a training learns, in the order of `weightsOf`. */
export function learnedWeights(spec: NetworkSpec, freeze: number): Weight[] {
  const frozen = frozenLayers(spec, freeze)
  return linearLayers(layersOf(spec))
    .filter(({ name }) => !frozen.has(name))
    .flatMap(weightsOfLayer)
    .filter(({ learned }) => learned)
}

/** @throws invalid-input: nothing is left to learn */
export function checkFreeze(spec: NetworkSpec, freeze: number): void {
  const { length } = countedLayers(spec)
  if (freeze < length) return
  const most = length === 1 ? 'none' : `at most ${length - 1}`
  throw invalidInput(
    `This network has ${length} ${length === 1 ? 'layer' : 'layers'}: ${most} can be frozen, or nothing would be learned.`,
  )
}
