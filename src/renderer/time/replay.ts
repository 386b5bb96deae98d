import type { Points } from '../../shared/contract.ts'
import { between, blend } from './between.ts'
import type { MomentCache } from './moment-cache.ts'

/** A whole training passes in this long at single speed, however many iterations it had: seconds. */
const wholeSeconds = 12

/** After a longer pause between two frames (another tab was looked at, say) the replay goes on from where it was, ms. */
const longestFrame = 100

interface Parts {
  readonly cache: MomentCache
  /** Of the kept moments, ascending. */
  readonly iterations: () => Int32Array
  readonly reducedMotion: () => boolean
  /** Moments to fetch ahead. */
  readonly ahead: number
  readonly show: (points: Points, iteration: number) => void
  readonly toNow: () => void
}

/**
 * Shows one moment after another, and the straight way between two, frame by frame; it waits where the next moment has
 * not come yet. Where reduced motion is asked for, points jump from moment to moment.
 */
export class Replay {
  readonly #parts: Parts
  #before: number | null = null
  constructor(parts: Parts) {
    this.#parts = parts
  }

  begin(): void {
    this.#before = null
  }

  /** @param now ms @param at iteration shown last */
  frame(now: number, at: number, speed: number): void {
    const { cache, iterations, reducedMotion, ahead, show, toNow } = this.#parts
    const list = iterations()
    const [first, last] = [list[0] ?? 0, list.at(-1) ?? 0]
    const elapsed = Math.min(longestFrame, now - (this.#before ?? now))
    this.#before = now
    const next = at + ((last - first) / wholeSeconds) * speed * (elapsed / 1000)
    if (next >= last) {
      toNow()
      return
    }
    const { before, after, share } = between(list, next)
    const from = cache.get(list[before] as number)
    const to = cache.get(list[after] as number)
    cache.want(...list.subarray(before, after + 1 + ahead))
    if (from === undefined || to === undefined) return
    if (share === 0 || reducedMotion()) show(from, next)
    else show({ ...from, iteration: Math.round(next), values: blend(from, to, share) }, next)
  }
}
