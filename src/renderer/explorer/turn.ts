import type { Scene, Turn } from './scene.ts'

/** A 3 x 3 rotation by rows: right, up, and away from the reader. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number]

/** Where the points turn around, by feature: (horizontal, vertical, depth). */
export type Pivot = readonly [number, number, number]

/** The points turned about a ball's pivot, which stays where it is on the screen: p' = R (p - pivot) + pivot. */
export function turnOf(depth: number, rotation: Rotation, { pivot: [h, v, d], radius }: Ball): Turn {
  const [a, b, c, e, f, g, ...away] = rotation
  const [i, j, k] = away.map(one => one / Math.max(radius, Number.MIN_VALUE)) as [number, number, number]
  return {
    depth,
    right: [a, b, c, h - a * h - b * v - c * d],
    up: [e, f, g, v - e * h - f * v - g * d],
    away: [i, j, k, -i * h - j * v - k * d],
  }
}

/** What was turned by. */
export function rotationOf({ right, up, away }: Turn): Rotation {
  const [i, j, k] = away
  const radius = 1 / Math.hypot(i, j, k)
  return [right[0], right[1], right[2], up[0], up[1], up[2], i * radius, j * radius, k * radius]
}

/** The middle of three features' ranges and how far the farthest point is from it, so that no turn leaves the frame. */
export interface Ball {
  readonly pivot: Pivot
  readonly radius: number
}

const balls = new WeakMap<Float32Array, { readonly key: string; readonly ball: Ball | null }>()

/**
 * Two passes, kept for as long as the same array is drawn: turning asks for it every frame.
 * @returns null where no point is finite
 */
export function ballOf({ values, size, count, horizontal, vertical }: Scene, depth: number): Ball | null {
  const features = [horizontal, vertical ?? horizontal, depth]
  const key = [count, size, ...features].join()
  const known = balls.get(values)
  if (known?.key === key) return known.ball
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < 3; k++) {
      const value = values[i * size + (features[k] as number)] as number
      if (!Number.isFinite(value)) continue
      if (value < (low[k] as number)) low[k] = value
      if (value > (high[k] as number)) high[k] = value
    }
  }
  const half = low.map((least, k) => ((high[k] as number) - least) / 2)
  const pivot = low.map((least, k) => least + (half[k] as number)) as unknown as Pivot
  const ball = half.every(Number.isFinite)
    ? { pivot, radius: farthest(values, size, count, features, pivot) }
    : null
  balls.set(values, { key, ball })
  return ball
}

function farthest(
  values: Float32Array,
  size: number,
  count: number,
  features: readonly number[],
  pivot: Pivot,
): number {
  const [h, v, d] = features as [number, number, number]
  let most = 0
  for (let i = 0; i < count; i++) {
    const x = (values[i * size + h] as number) - pivot[0]
    const y = (values[i * size + v] as number) - pivot[1]
    const z = (values[i * size + d] as number) - pivot[2]
    const square = x * x + y * y + z * z
    if (square > most && square < Number.POSITIVE_INFINITY) most = square
  }
  return Math.sqrt(most)
}
