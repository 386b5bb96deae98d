import type { Embedding } from '../../embedding/embed.ts'
import { principalAxes } from './principal-axes.ts'

/** Some points in the plane, [chosen] each, and what its two directions are. */
export interface Plane {
  readonly xs: Float64Array
  readonly ys: Float64Array
  readonly axes: 'feature' | 'features' | 'components'
}

/** Of two features themselves; of more, the two directions in which the chosen points spread most. */
export function planeOf({ values, size }: Embedding, chosen: readonly number[]): Plane {
  const feature = (number: number) =>
    Float64Array.from(chosen, index => values[index * size + number] as number)
  if (size === 1) return { xs: feature(0), ys: new Float64Array(chosen.length), axes: 'feature' }
  if (size === 2) return { xs: feature(0), ys: feature(1), axes: 'features' }
  const sample = new Float32Array(chosen.length * size)
  chosen.forEach((index, row) => {
    sample.set(values.subarray(index * size, (index + 1) * size), row * size)
  })
  const { first, second, mean } = principalAxes({ values: sample, size, count: chosen.length })
  const along = (axis: Float64Array) =>
    Float64Array.from(chosen, (_, row) =>
      axis.reduce(
        (sum, weight, i) => sum + weight * ((sample[row * size + i] as number) - (mean[i] as number)),
        0,
      ),
    )
  return { xs: along(first), ys: along(second), axes: 'components' }
}
