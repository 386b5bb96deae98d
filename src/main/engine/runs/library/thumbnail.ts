import type { Thumbnail } from '../../../../shared/contract/run-library.ts'
import type { LabelledEmbedding } from '../../embedding/embed.ts'
import { planeOf } from './plane.ts'

/** More would not be told apart on so small a picture. */
const mostPoints = 400

/**
 * A run's test images as a small picture shows them: evenly taken from the whole set, so that each class keeps its share,
 * whatever order the images are in, short of one that repeats at the same step.
 */
export function thumbnailOf({ embedding, labels }: LabelledEmbedding, classes: number): Thumbnail {
  const { count } = embedding
  const taken = Math.min(count, mostPoints)
  const chosen = Array.from({ length: taken }, (_, i) => Math.floor((i * count) / taken))
  const { xs, ys, axes } = planeOf(embedding, chosen)
  return {
    places: scaled(xs, ys),
    labels: Uint16Array.from(chosen, index => labels[index] as number),
    classes,
    of: count,
    axes,
  }
}

/** Both in one scale, the wider to the edges, the other in the middle. */
function scaled(xs: Float64Array, ys: Float64Array): Uint8Array {
  const [left, right, bottom, top] = [...ends(xs), ...ends(ys)] as [number, number, number, number]
  const extent = Math.max(right - left, top - bottom) || 1
  const place = (value: number, low: number, high: number): number =>
    Math.round(255 * (0.5 + (value - (low + high) / 2) / extent))
  const places = new Uint8Array(2 * xs.length)
  xs.forEach((x, i) => {
    places[2 * i] = place(x, left, right)
    places[2 * i + 1] = place(ys[i] as number, bottom, top)
  })
  return places
}

const ends = (values: Float64Array): [number, number] => [
  values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
]
