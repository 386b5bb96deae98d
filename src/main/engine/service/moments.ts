import type { Moments as MomentList } from '../../../shared/contract.ts'
import type { LivePoints } from './live-embedding.ts'

/** More than a slider of a thousand pixels tells apart at a drag; a thinned list holds at least half as many. */
const mostMoments = 200

/** Of one training, so that a long embedding of many images takes no more than this beside it: bytes. */
const mostBytes = 64 * 2 ** 20

/** Below this, thinning would leave no way to follow: the first, the newest and some between. */
const fewestMoments = 4

/** @param arrival counts what was offered, so that thinning keeps every second of what came, however often it is done */
interface Kept {
  readonly arrival: number
  readonly points: LivePoints
}

/**
 * The test images' embedding as it was at moments of one training. The list stays bounded: when it is full every second is
 * dropped, and from then on only every second that comes is kept for good, so that the moments lie evenly. The first
 * and the newest are always there.
 */
export class Moments {
  readonly #most: number
  readonly #mostBytes: number
  #training = 0
  #arrivals = 0
  /** Of those that come, every so many are kept. */
  #stride = 1
  #kept: Kept[] = []

  constructor(most = mostMoments, bytes = mostBytes) {
    this.#most = most
    this.#mostBytes = bytes
  }

  /** Forgets all; what comes from now on is of this training. */
  begin(training: number): void {
    this.#training = training
    this.#arrivals = 0
    this.#stride = 1
    this.#kept = []
  }

  /** Keeps points as they are: whoever gives them must not change them. The same iteration again replaces itself. */
  keep(points: LivePoints): void {
    const newest = this.#kept.at(-1)
    if (newest?.points.iteration === points.iteration) {
      this.#kept[this.#kept.length - 1] = { arrival: newest.arrival, points }
      return
    }
    // The newest stays only until the next one comes, unless it is its turn.
    if (newest !== undefined && newest.arrival % this.#stride !== 0) this.#kept.pop()
    this.#kept.push({ arrival: this.#arrivals++, points })
    const room = this.#roomFor(points)
    while (this.#kept.length > room) this.#thin()
  }

  get isEmpty(): boolean {
    return this.#kept.length === 0
  }

  get list(): MomentList {
    const of = (tell: (points: LivePoints) => number): Int32Array =>
      Int32Array.from(this.#kept, ({ points }) => tell(points))
    return {
      training: this.#training,
      iterations: of(({ iteration }) => iteration),
      oldestIterations: of(({ oldestIteration }) => oldestIteration),
    }
  }

  /** Oldest first. */
  get all(): readonly LivePoints[] {
    return this.#kept.map(({ points }) => points)
  }

  /** The moment of exactly this iteration. */
  at(training: number, iteration: number): LivePoints | undefined {
    if (training !== this.#training) return undefined
    return this.#kept.find(({ points }) => points.iteration === iteration)?.points
  }

  #roomFor({ embedding }: LivePoints): number {
    const paidFor = Math.floor(this.#mostBytes / Math.max(1, embedding.values.byteLength))
    return Math.max(fewestMoments, Math.min(this.#most, paidFor))
  }

  /** The first arrival is number 0 and stays at any stride; so does the newest, wherever it stands. */
  #thin(): void {
    this.#stride *= 2
    const newest = this.#kept.at(-1)
    this.#kept = this.#kept.filter(one => one === newest || one.arrival % this.#stride === 0)
  }
}
