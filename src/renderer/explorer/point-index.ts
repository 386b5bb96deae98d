import Flatbush from 'flatbush'
import { type Scene, xOf, yOf } from './scene.ts'
import { fromX, fromY, toX, toY, type View } from './view-transform.ts'

/** Runs a job once nothing else is to be done. @returns takes it back */
export type WhenIdle = (job: () => void) => () => void

/** Frames of a training come about twice a second: after a full one without any, the points stay where they are. */
const quietMs = 1000

export const whenQuiet: WhenIdle = job => {
  let idle: number | null = null
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === 'function') idle = requestIdleCallback(job)
    else job()
  }, quietMs)
  return () => {
    clearTimeout(timer)
    if (idle !== null) cancelIdleCallback(idle)
  }
}

/**
 * Which point lies under the pointer. A spatial index answers in microseconds however many there are, but is built
 * for points that stay: while frames stream, and until it stands, one pass over all points answers (0.1 ms for
 * 10,000).
 */
export class PointIndex {
  /** How often the index was built; each copies the coordinates once. */
  builds = 0
  readonly #whenIdle: WhenIdle
  #built: { readonly scene: Scene; readonly tree: Flatbush } | null = null
  #cancel: () => void = () => {}

  constructor(whenIdle: WhenIdle = whenQuiet) {
    this.#whenIdle = whenIdle
  }

  /** Say so at every change of the points. */
  renew(scene: Scene | null): void {
    this.#cancel()
    this.#built = null
    this.#cancel = scene === null || scene.count === 0 ? () => {} : this.#whenIdle(() => this.#build(scene))
  }

  dispose(): void {
    this.renew(null)
  }

  #build(scene: Scene): void {
    const tree = new Flatbush(scene.count, 16, Float32Array)
    for (let i = 0; i < scene.count; i++) tree.add(xOf(scene, i), yOf(scene, i))
    tree.finish()
    this.builds++
    this.#built = { scene, tree }
  }

  /**
   * The shown point nearest to (px, py), at most `reach` CSS px away; of several at one place the one drawn last.
   * @returns -1 for none
   */
  pick(
    scene: Scene,
    view: View,
    px: number,
    py: number,
    reach: number,
    shown: (index: number) => boolean,
  ): number {
    let nearest = -1
    let least = reach * reach
    const consider = (index: number): false => {
      const dx = toX(view, xOf(scene, index)) - px
      const dy = toY(view, yOf(scene, index)) - py
      const distance = dx * dx + dy * dy
      if (distance > least || !shown(index) || (distance === least && index < nearest)) return false
      if (Number.isNaN(distance)) return false
      least = distance
      nearest = index
      return false
    }
    if (this.#built?.scene === scene) {
      const [minX, maxX] = [fromX(view, px - reach), fromX(view, px + reach)]
      this.#built.tree.search(minX, fromY(view, py + reach), maxX, fromY(view, py - reach), consider)
    } else {
      for (let i = 0; i < scene.count; i++) consider(i)
    }
    return nearest
  }
}
