/** Some of the points, by index. It never changes: every operation makes a new one, so that a shallowRef notices. */
export class PointSet {
  /** 1 for a point that is in it, [points]. */
  readonly mask: Uint8Array
  /** How many are in it. */
  readonly size: number
  #indices: Int32Array | undefined

  private constructor(mask: Uint8Array, size: number) {
    this.mask = mask
    this.size = size
  }

  /** @param mask 0 or 1, [points]; taken over, not copied */
  static fromMask(mask: Uint8Array): PointSet {
    let size = 0
    for (const one of mask) size += one
    return new PointSet(mask, size)
  }

  /** @param points how many there are in all @param indices of those in the set; what lies outside is left out */
  static of(points: number, indices: Iterable<number>): PointSet {
    const mask = new Uint8Array(points)
    for (const index of indices) if (index >= 0 && index < points) mask[index] = 1
    return PointSet.fromMask(mask)
  }

  static none(points: number): PointSet {
    return new PointSet(new Uint8Array(points), 0)
  }

  /** The same points among more or fewer: those that are new are not in it. @param points how many there are in all */
  among(points: number): PointSet {
    if (points === this.mask.length) return this
    const mask = new Uint8Array(points)
    mask.set(this.mask.subarray(0, points))
    return PointSet.fromMask(mask)
  }

  has(index: number): boolean {
    return this.mask[index] === 1
  }

  /** Ascending, [size]. */
  get indices(): Int32Array {
    if (this.#indices === undefined) {
      this.#indices = new Int32Array(this.size)
      let next = 0
      for (let i = 0; i < this.mask.length; i++) if (this.mask[i] === 1) this.#indices[next++] = i
    }
    return this.#indices
  }

  union(other: PointSet): PointSet {
    return PointSet.fromMask(this.mask.map((one, i) => one | (other.mask[i] ?? 0)))
  }

  minus(other: PointSet): PointSet {
    return PointSet.fromMask(this.mask.map((one, i) => one & ~(other.mask[i] ?? 0)))
  }

  intersection(other: PointSet): PointSet {
    return PointSet.fromMask(this.mask.map((one, i) => one & (other.mask[i] ?? 0)))
  }
}
