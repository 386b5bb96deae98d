import { ballOf } from './turn.ts'

/**
 * The points as they are drawn and picked. `values` is the stream's own array, read where it lies: with 10,000 points
 * twice a second, or a million, a copy per frame is what would make the window stutter.
 */
export interface Scene {
  /** [count, size] */
  readonly values: Float32Array
  readonly size: number
  readonly count: number
  /** Of the points, test images, which come first; left out: all. */
  readonly tests?: number
  /** Class of every point, [count]. */
  readonly labels: Uint16Array
  /** Feature drawn to the right, from 0. */
  readonly horizontal: number
  /** Feature drawn upwards, from 0; null draws a strip: a row a class, for embeddings of one feature. */
  readonly vertical: number | null
  /** What made `values` of the network's features; left out where they are drawn themselves. */
  readonly reduction?: Reduction | undefined
  /**
   * Three features seen from a side; left out, the two above are drawn as they are. To turn the points make another scene of
   * the same arrays with another turn (see turn.ts): nothing is uploaded again for it, only two vectors change.
   */
  readonly turn?: Turn | null
}

/**
 * Plane coordinates from three features (h, v, d): right · (h, v, d, 1) and up · (h, v, d, 1). away · (h, v, d, 1) is how far
 * off a point is: -1 the nearest that there can be, 1 the farthest.
 */
export interface Turn {
  /** The third feature, from 0. */
  readonly depth: number
  readonly right: readonly [h: number, v: number, d: number, offset: number]
  readonly up: readonly [h: number, v: number, d: number, offset: number]
  readonly away: readonly [h: number, v: number, d: number, offset: number]
}

/** Fewer features made of many. */
export interface Reduction {
  /** PCA, UMAP. */
  readonly name: string
  /** What each of the new features is called, for a person, [size]. */
  readonly names: readonly string[]
  /** Where another point of the network's features falls, [size]. */
  place(point: Float32Array): Float32Array
}

export const featureName = ({ reduction }: Pick<Scene, 'reduction'>, feature: number): string =>
  reduction?.names[feature] ?? `Feature ${feature + 1}`

/** What stands beside the two axes. Turned, neither is a feature any more, though lengths are still theirs. */
export function axisTitles(scene: Scene): { readonly horizontal: string; readonly vertical: string } {
  if (scene.turn != null) return { horizontal: 'Across, turned', vertical: 'Up, turned' }
  const vertical = scene.vertical === null ? 'Class' : featureName(scene, scene.vertical)
  return { horizontal: featureName(scene, scene.horizontal), vertical }
}

/** What of the data is in sight. */
export interface Bounds {
  readonly minX: number
  readonly maxX: number
  readonly minY: number
  readonly maxY: number
}

/** Knuth's multiplicative hash: spreads a strip's points over their row the same way in every frame. */
const spread = (index: number): number => ((Math.imul(index, 2654435761) >>> 0) / 2 ** 32 - 0.5) * 0.7

export const xOf = (scene: Scene, index: number): number =>
  scene.turn == null
    ? (scene.values[index * scene.size + scene.horizontal] as number)
    : turned(scene, scene.turn, scene.turn.right, index)

/** In a strip class 0 is the top row, at 0, and every further one lies 1 below. */
export const yOf = (scene: Scene, index: number): number =>
  scene.vertical === null
    ? spread(index) - (scene.labels[index] as number)
    : scene.turn == null
      ? (scene.values[index * scene.size + scene.vertical] as number)
      : turned(scene, scene.turn, scene.turn.up, index)

/** How far off a point is, 0 near to 1 far; 0 where nothing is turned. */
export const farOf = (scene: Scene, index: number): number =>
  scene.turn == null ? 0 : (turned(scene, scene.turn, scene.turn.away, index) + 1) / 2

/** What is told apart by distance is drawn smaller and fainter the farther it is. @param far 0 near to 1 far */
export const sizeAt = (far: number): number => 1.2 - 0.5 * far
export const opacityAt = (far: number): number => 1 - 0.55 * far

function turned(
  { values, size, horizontal, vertical }: Scene,
  { depth }: Turn,
  [h, v, d, offset]: Turn['right'],
  index: number,
): number {
  const at = index * size
  return (
    h * (values[at + horizontal] as number) +
    v * (values[at + (vertical ?? horizontal)] as number) +
    d * (values[at + depth] as number) +
    offset
  )
}

/**
 * Turned points stay within their ball, whose frame stays as they turn.
 * @returns null where no point is finite: nothing there, or a training that diverged
 */
export function boundsOf(scene: Scene, classes: number): Bounds | null {
  if (scene.turn != null) {
    const ball = ballOf(scene, scene.turn.depth)
    if (ball === null) return null
    const { pivot, radius } = ball
    return {
      minX: pivot[0] - radius,
      maxX: pivot[0] + radius,
      minY: pivot[1] - radius,
      maxY: pivot[1] + radius,
    }
  }
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < scene.count; i++) {
    const x = xOf(scene, i)
    const y = yOf(scene, i)
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  if (minX > maxX) return null
  return scene.vertical === null ? { minX, maxX, minY: 0.5 - classes, maxY: 0.5 } : { minX, maxX, minY, maxY }
}
