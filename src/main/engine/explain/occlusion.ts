import { type ImageShape, type LabelledImages, pixelsPerImage, shapeOf } from '../data/data-set.ts'
import type { Embedding } from '../embedding/embed.ts'
import { pointAt } from '../embedding/nearest.ts'
import { euclidean } from '../embedding/verification.ts'
import type { ExplainedPair, PairMaps } from './pair.ts'

/** Places along a side, at most: what is larger is gone over in larger steps. */
const mostPlaces = 32
/** Occluded images that are embedded together. */
const together = 512

/** Where images fall, by whatever encoder it is. */
type Embed = (images: LabelledImages, signal?: AbortSignal) => Promise<Embedding>

/** Rows and columns that a patch covers, the ends excluded. */
interface Patch {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/**
 * Hides a patch of one image behind the mean training image, at every place in turn, and measures how the distance to the
 * other changes; a pixel gets the mean over the patches that cover it (occlusion: Zeiler and Fergus, ECCV 2014).
 * @param patch side in pixels; neighbouring places are half of it apart
 * @throws cancelled
 */
export async function occlusionMaps(
  embed: Embed,
  pair: ExplainedPair,
  patch: number,
  signal?: AbortSignal,
): Promise<PairMaps> {
  const { first, second, height, width } = pair
  const patches = patchesOf(height, width, patch)
  const whole = await embed(imagesOf([first, second], pair), signal)
  const [a, b] = [pointAt(whole, 0), pointAt(whole, 1)]
  const distance = euclidean(a, b)
  const mapOf = async (pixels: Uint8Array, other: Float32Array): Promise<Float32Array> => {
    const distances = await hiddenDistances(embed, { ...pair, first: pixels }, patches, other, signal)
    return spread(
      patches,
      distances.map(hidden => hidden - distance),
      height,
      width,
    )
  }
  return { distance, first: await mapOf(first, b), second: await mapOf(second, a) }
}

/** Every place that a patch is put at, so that all pixels are covered. */
export function patchesOf(height: number, width: number, side: number): Patch[] {
  const step = Math.max(1, Math.floor(side / 2), Math.ceil(Math.max(height, width) / mostPlaces))
  const size = Math.max(side, step)
  const starts = (length: number): number[] => {
    const last = Math.max(0, length - size)
    const found = Array.from({ length: Math.ceil(last / step) }, (_, i) => i * step)
    return [...found, last]
  }
  return starts(height).flatMap(top =>
    starts(width).map(left => ({
      top,
      left,
      bottom: Math.min(height, top + size),
      right: Math.min(width, left + size),
    })),
  )
}

/** Distance to `other` with each patch hidden: [patches]. */
async function hiddenDistances(
  embed: Embed,
  pair: ExplainedPair,
  patches: readonly Patch[],
  other: Float32Array,
  signal: AbortSignal | undefined,
): Promise<Float64Array> {
  const { first: pixels, mean, width, channels } = pair
  const distances = new Float64Array(patches.length)
  for (let from = 0; from < patches.length; from += together) {
    const hidden = patches.slice(from, from + together).map(patch => {
      const copy = pixels.slice()
      for (let y = patch.top; y < patch.bottom; y++) {
        const [start, end] = [(y * width + patch.left) * channels, (y * width + patch.right) * channels]
        copy.set(mean.subarray(start, end), start)
      }
      return copy
    })
    const points = await embed(imagesOf(hidden, pair), signal)
    for (let i = 0; i < points.count; i++) distances[from + i] = euclidean(pointAt(points, i), other)
  }
  return distances
}

/** Each pixel's mean over the patches that cover it. */
function spread(
  patches: readonly Patch[],
  changes: Float64Array,
  height: number,
  width: number,
): Float32Array {
  const sums = new Float64Array(height * width)
  const covers = new Uint32Array(height * width)
  patches.forEach(({ top, bottom, left, right }, patch) => {
    for (let y = top; y < bottom; y++) {
      for (let i = y * width + left; i < y * width + right; i++) {
        sums[i] = (sums[i] as number) + (changes[patch] as number)
        covers[i] = (covers[i] as number) + 1
      }
    }
  })
  return Float32Array.from(sums, (sum, i) => sum / (covers[i] as number))
}

function imagesOf(images: readonly Uint8Array[], shape: ImageShape): LabelledImages {
  const pixels = new Uint8Array(images.length * pixelsPerImage(shape))
  images.forEach((image, i) => {
    pixels.set(image, i * image.length)
  })
  return { ...shapeOf(shape), pixels, labels: new Uint16Array(images.length), count: images.length }
}
