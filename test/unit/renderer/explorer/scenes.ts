import type { Scene } from '../../../../src/renderer/explorer/scene.ts'

/** @param points [x, y, class] each */
export function sceneOf(points: readonly (readonly [x: number, y: number, label: number])[]): Scene {
  return {
    values: Float32Array.from({ length: points.length * 2 }, (_, i) => points[i >> 1]?.[i & 1] ?? Number.NaN),
    size: 2,
    count: points.length,
    labels: Uint16Array.from(points, ([, , label]) => label),
    horizontal: 0,
    vertical: 1,
  }
}

/** Points of ten classes, spread evenly without a pattern to rely on. */
export function manyPoints(count: number): Scene {
  const at = (i: number, prime: number) => ((i * prime) % 9973) / 9973
  return sceneOf(Array.from({ length: count }, (_, i) => [at(i, 7919), at(i, 6101), i % 10] as const))
}

export const everyone = (): boolean => true
