import type { Images, Split } from '../../../shared/contract.ts'
import { nthImage } from '../../ui/image-pixels.ts'
import type { ImageRef } from './shown-images.ts'

/** Asks for some images of one split, in order. */
export type FetchImages = (split: Split, indices: Int32Array) => Promise<Images>

/**
 * The images of some points, in their order, whichever split each is of.
 * @returns `indices` are those in their own split
 */
export async function imagesOfPoints(
  points: Int32Array,
  imageOf: (point: number) => ImageRef,
  fetch: FetchImages,
): Promise<Images> {
  const of = Array.from(points, imageOf)
  const [only] = of
  if (only === undefined || of.every(({ split }) => split === only.split))
    return fetch(
      only?.split ?? 'test',
      Int32Array.from(of, ({ index }) => index),
    )
  const places = { test: [] as number[], train: [] as number[] }
  of.forEach(({ split }, i) => {
    places[split].push(i)
  })
  const parts = await Promise.all(
    (['test', 'train'] as const).map(async split => ({
      at: places[split],
      images: await fetch(
        split,
        Int32Array.from(places[split], i => (of[i] as ImageRef).index),
      ),
    })),
  )
  const size = parts.reduce((sum, { images }) => sum + images.pixels.length, 0) / points.length
  const pixels = new Uint8Array(size * points.length)
  const labels = new Uint16Array(points.length)
  for (const { at, images } of parts)
    at.forEach((place, i) => {
      pixels.set(nthImage(images.pixels, at.length, i), place * size)
      labels[place] = images.labels[i] as number
    })
  return { indices: Int32Array.from(of, ({ index }) => index), pixels, labels }
}
