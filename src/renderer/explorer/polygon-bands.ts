/** Horizontal bands that a polygon is cut into: a lasso's 500 edges become a handful a band. */
const bands = 512

/**
 * A polygon that answers for many points. Each is tested against the edges of its own band alone, with the same sums as
 * against all of them, so that the answer is the same: for a million points and 500 corners in 20 ms in place of seconds.
 */
export class PolygonBands {
  readonly minX: number
  readonly maxX: number
  readonly minY: number
  readonly maxY: number
  readonly #perUnit: number
  /** Where each band's edges begin, [bands + 1]. */
  readonly #starts = new Uint32Array(bands + 1)
  /** Start and end of each band's edges, [edges, 4]. */
  readonly #edges: Float64Array

  /** @param polygon corners, [corners, 2]; it closes by itself */
  constructor(polygon: Float64Array) {
    let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity]
    for (let i = 0; i < polygon.length; i += 2) {
      const [x, y] = [polygon[i] as number, polygon[i + 1] as number]
      minX = Math.min(minX, x)
      maxX = Math.max(maxX, x)
      minY = Math.min(minY, y)
      maxY = Math.max(maxY, y)
    }
    this.minX = minX
    this.maxX = maxX
    this.minY = minY
    this.maxY = maxY
    this.#perUnit = maxY > minY ? bands / (maxY - minY) : 0
    // Twice the same walk: the first counts each band's edges, the second writes them down.
    const counts = new Uint32Array(bands)
    eachEdge(polygon, (_i, _j, low, high) => {
      for (let band = this.#bandOf(low); band <= this.#bandOf(high); band++)
        counts[band] = (counts[band] as number) + 1
    })
    counts.forEach((count, band) => {
      this.#starts[band + 1] = (this.#starts[band] as number) + count
    })
    this.#edges = new Float64Array((this.#starts[bands] as number) * 4)
    const next = this.#starts.slice()
    eachEdge(polygon, (i, j, low, high) => {
      for (let band = this.#bandOf(low); band <= this.#bandOf(high); band++) {
        const at = next[band] as number
        next[band] = at + 1
        this.#edges.set([polygon[i], polygon[i + 1], polygon[j], polygon[j + 1]] as number[], at * 4)
      }
    })
  }

  #bandOf(y: number): number {
    return Math.min(bands - 1, Math.max(0, Math.floor((y - this.minY) * this.#perUnit)))
  }

  /**
   * Even-odd rule: counts the edges that a ray to the right crosses (W. R. Franklin, PNPOLY). An edge counts its lower end
   * and not its upper one, so that a corner is crossed once. What is not a number is outside.
   */
  has(x: number, y: number): boolean {
    if (!(x >= this.minX && x <= this.maxX && y >= this.minY && y <= this.maxY)) return false
    const edges = this.#edges
    const band = this.#bandOf(y)
    const end = (this.#starts[band + 1] as number) * 4
    let inside = false
    for (let at = (this.#starts[band] as number) * 4; at < end; at += 4) {
      const [yi, yj] = [edges[at + 1] as number, edges[at + 3] as number]
      if (yi > y === yj > y) continue
      const [xi, xj] = [edges[at] as number, edges[at + 2] as number]
      if (x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
    }
    return inside
  }
}

/** Every edge from corner i to the one before it, j, and the heights that it lies between. */
function eachEdge(
  polygon: Float64Array,
  each: (i: number, j: number, low: number, high: number) => void,
): void {
  for (let i = 0, j = polygon.length - 2; i < polygon.length; j = i, i += 2) {
    const [a, b] = [polygon[i + 1] as number, polygon[j + 1] as number]
    each(i, j, Math.min(a, b), Math.max(a, b))
  }
}
