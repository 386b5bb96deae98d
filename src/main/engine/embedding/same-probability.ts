/** Pairs that share one estimate before neighbours are pooled: fewer would let a single pair say "certainly". */
const binSize = 200

/** How probable it is that two images a distance apart are of one class. */
export interface SameProbability {
  at(distance: number): number
}

interface Block {
  /** Sums over the block's pairs. */
  pairs: number
  similar: number
  distance: number
}

/**
 * Isotonic regression of "same class" on distance: pairs are sorted into bins, each with Laplace's estimate
 * (similar + 1) / (pairs + 2), so that nothing is certain, and neighbouring bins are pooled until the probability never
 * rises with distance (pool adjacent violators: Ayer and others, 1955; for calibration Zadrozny and Elkan, KDD 2002).
 * Between the blocks' mean distances it is interpolated. It holds for pairs drawn as these were.
 * @param distances [pairs] @param similar 1 where a pair shares its class, [pairs]
 * @returns undefined where one kind of pair does not occur
 */
export function fitSameProbability(
  distances: Float64Array,
  similar: Uint8Array,
): SameProbability | undefined {
  const positives = similar.reduce((sum, one) => sum + one, 0)
  if (positives === 0 || positives === similar.length) return undefined
  const blocks: Block[] = []
  for (const bin of bins(distances, similar)) {
    let block = bin
    for (let last = blocks.at(-1); last !== undefined && probability(last) <= probability(block); ) {
      block = joined(last, block)
      blocks.pop()
      last = blocks.at(-1)
    }
    blocks.push(block)
  }
  const centres = Float64Array.from(blocks, ({ distance, pairs }) => distance / pairs)
  const probabilities = Float64Array.from(blocks, probability)
  return { at: distance => interpolate(centres, probabilities, distance) }
}

function bins(distances: Float64Array, similar: Uint8Array): Block[] {
  const order = Uint32Array.from(distances, (_, i) => i).sort(
    (a, b) => (distances[a] as number) - (distances[b] as number),
  )
  const found: Block[] = []
  let bin: Block = { pairs: 0, similar: 0, distance: 0 }
  order.forEach((pair, i) => {
    const distance = distances[pair] as number
    bin.pairs++
    bin.similar += similar[pair] as number
    bin.distance += distance
    // Pairs of one distance are of one bin.
    const tied = distance === distances[order[i + 1] as number]
    if (bin.pairs < binSize || tied) return
    found.push(bin)
    bin = { pairs: 0, similar: 0, distance: 0 }
  })
  if (bin.pairs > 0) found.push(bin)
  return found
}

const probability = ({ pairs, similar }: Block): number => (similar + 1) / (pairs + 2)

const joined = (a: Block, b: Block): Block => ({
  pairs: a.pairs + b.pairs,
  similar: a.similar + b.similar,
  distance: a.distance + b.distance,
})

/** Linear between the places, constant beyond the first and last. A distance that is no number has no probability. */
function interpolate(places: Float64Array, values: Float64Array, at: number): number {
  if (Number.isNaN(at)) return Number.NaN
  const after = places.findIndex(place => place > at)
  if (after < 0) return values.at(-1) as number
  if (after === 0) return values[0] as number
  const [from, to] = [places[after - 1] as number, places[after] as number]
  const share = (at - from) / (to - from)
  return (values[after - 1] as number) * (1 - share) + (values[after] as number) * share
}
