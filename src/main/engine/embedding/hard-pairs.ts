import { invalidInput } from '../../../shared/errors.ts'
import { pairPull } from '../twin/pair-pull.ts'
import { type PairBatch, PairSampler } from '../twin/pairs.ts'
import type { Random } from '../twin/random.ts'
import type { Embedding } from './embed.ts'
import { pointAt } from './nearest.ts'

/** Pairs of one kind, the hardest first: all arrays [pairs found]. */
export interface HardPairs {
  readonly first: Int32Array
  readonly second: Int32Array
  readonly distances: Float64Array
  /** Size of the loss's gradient on either point. */
  readonly pulls: Float64Array
}

export interface HardestPairs {
  /** Farthest apart first. */
  readonly similar: HardPairs
  /** Nearest to each other first; those beyond the margin pull at nothing and are left out. */
  readonly dissimilar: HardPairs
  /** How many of each kind were looked at, and how many dissimilar ones lie inside the margin. */
  readonly counts: { readonly similar: number; readonly dissimilar: number; readonly inside: number }
}

/**
 * Pairs drawn as the training draws them: half similar, half dissimilar, classes uniformly. Classes of one image cannot
 * be a similar pair, and take no part.
 * @throws invalid-input: no two classes have two images each
 */
export function drawPairs(labels: Uint16Array, count: number, random: Random): PairBatch {
  const members = new Map<number, number>()
  for (const label of labels) members.set(label, (members.get(label) ?? 0) + 1)
  const usable = Int32Array.from(labels.keys()).filter(
    index => (members.get(labels[index] as number) ?? 0) > 1,
  )
  const usableLabels = Uint16Array.from(usable, index => labels[index] as number)
  if (new Set(usableLabels).size < 2)
    throw invalidInput('Pairs need at least two classes with two test images each.')
  const { first, second, similar } = new PairSampler(usableLabels, random).draw(count)
  const back = (place: number): number => usable[place] as number
  return { first: first.map(back), second: second.map(back), similar }
}

/** The `most` hardest of each kind among drawn pairs; a pair that was drawn twice counts once. 1 ms for 20,000 in the plane. */
export function hardestPairs(
  embedding: Embedding,
  pairs: PairBatch,
  margin: number,
  most: number,
): HardestPairs {
  const found = { similar: new Hardest(most), dissimilar: new Hardest(most) }
  const counts = { similar: 0, dissimilar: 0, inside: 0 }
  pairs.similar.forEach((one, i) => {
    const [a, b] = [pairs.first[i] as number, pairs.second[i] as number]
    const similar = one === 1
    const { distance, size } = pairPull(pointAt(embedding, a), pointAt(embedding, b), similar, margin)
    counts[similar ? 'similar' : 'dissimilar']++
    if (similar) found.similar.offer(-distance, a, b, size)
    else if (distance < margin) {
      counts.inside++
      found.dissimilar.offer(distance, a, b, size)
    }
  })
  return { similar: found.similar.pairs(), dissimilar: found.dissimilar.pairs(), counts }
}

interface Entry {
  readonly rank: number
  readonly first: number
  readonly second: number
  readonly pull: number
}

/** The pairs of lowest rank, in order; of equal ones the first that came. */
class Hardest {
  readonly #most: number
  readonly #entries: Entry[] = []

  constructor(most: number) {
    this.#most = most
  }

  offer(rank: number, first: number, second: number, pull: number): void {
    const entries = this.#entries
    // Not a number belongs nowhere.
    if (Number.isNaN(rank) || (entries.length === this.#most && !(rank < (entries.at(-1) as Entry).rank)))
      return
    const known = entries.some(
      one => (one.first === first && one.second === second) || (one.first === second && one.second === first),
    )
    if (known) return
    const after = entries.findIndex(one => one.rank > rank)
    entries.splice(after === -1 ? entries.length : after, 0, { rank, first, second, pull })
    if (entries.length > this.#most) entries.pop()
  }

  pairs(): HardPairs {
    return {
      first: Int32Array.from(this.#entries, ({ first }) => first),
      second: Int32Array.from(this.#entries, ({ second }) => second),
      distances: Float64Array.from(this.#entries, ({ rank }) => Math.abs(rank)),
      pulls: Float64Array.from(this.#entries, ({ pull }) => pull),
    }
  }
}
