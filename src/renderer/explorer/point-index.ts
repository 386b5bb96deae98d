import type Flatbush from 'flatbush'
import { type IndexBuilder, WorkerIndexBuilder } from './index-builder.ts'
import { type Bounds, type Scene, xOf, yOf } from './scene.ts'
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
 * 10,000, 5 ms for a million).
 */
export class PointIndex {
  /** How often the index was built; each copies the coordinates once. */
  builds = 0
  readonly #whenIdle: WhenIdle
  readonly #builder: IndexBuilder
  #built: { readonly scene: Scene; readonly tree: Flatbush } | null = null
  #cancel: () => void = () => {}

  constructor(whenIdle: WhenIdle = whenQuiet, builder: IndexBuilder = new WorkerIndexBuilder()) {
    this.#whenIdle = whenIdle
    this.#builder = builder
  }

  /** Whether the index stands for these points. */
  isBuilt(scene: Scene): boolean {
    return this.#built?.scene === scene
  }

  /** Say so at every change of the points. */
  renew(scene: Scene | null): void {
    this.#cancel()
    this.#builder.cancel()
    this.#built = null
    const build = (of: Scene) => this.#whenIdle(() => void this.#build(of))
    this.#cancel = scene === null || scene.count === 0 ? () => {} : build(scene)
  }

  dispose(): void {
    this.renew(null)
  }

  async #build(scene: Scene): Promise<void> {
    this.builds++
    const tree = await this.#builder.build(coordinatesOf(scene))
    if (tree !== null) this.#built = { scene, tree }
  }

  /**
   * The shown points in a box of the data, in no order: by the index where it stands, else by one pass.
   * @param found may end it by returning true
   */
  inBox(scene: Scene, box: Bounds, found: (index: number) => boolean): void {
    const { minX, minY, maxX, maxY } = box
    if (this.#built?.scene === scene) {
      let ended = false
      this.#built.tree.search(minX, minY, maxX, maxY, index => {
        // Comparing keeps no box out that is not a number.
        const isSomewhere = !Number.isNaN(xOf(scene, index) + yOf(scene, index))
        if (!ended && isSomewhere) ended = found(index)
        return false
      })
      return
    }
    for (let i = 0; i < scene.count; i++) {
      const x = xOf(scene, i)
      if (!(x >= minX && x <= maxX)) continue
      const y = yOf(scene, i)
      if (y >= minY && y <= maxY && found(i)) return
    }
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
    // A pixel more than asked for: the tree's coordinates are rounded to 32 bits.
    const wide = reach + 1
    const box = {
      minX: fromX(view, px - wide),
      maxX: fromX(view, px + wide),
      minY: fromY(view, py + wide),
      maxY: fromY(view, py - wide),
    }
    this.inBox(scene, box, index => {
      const dx = toX(view, xOf(scene, index)) - px
      const dy = toY(view, yOf(scene, index)) - py
      const distance = dx * dx + dy * dy
      if (distance > least || (distance === least && index < nearest) || !shown(index)) return false
      least = distance
      nearest = index
      return false
    })
    return nearest
  }
}

/** [points, 2], as they lie in the plane; the nearest that 32 bits have. */
function coordinatesOf(scene: Scene): Float32Array {
  const xy = new Float32Array(scene.count * 2)
  for (let i = 0; i < scene.count; i++) {
    xy[i * 2] = xOf(scene, i)
    xy[i * 2 + 1] = yOf(scene, i)
  }
  return xy
}
