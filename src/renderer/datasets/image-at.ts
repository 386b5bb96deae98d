import type { DataSummary, Images } from '../../shared/contract.ts'

/** One of several images and the name of its class. */
export function imageAt(images: Images, { classes, height, width }: DataSummary, i: number) {
  const size = height * width
  return {
    pixels: images.pixels.subarray(i * size, (i + 1) * size),
    label: classes[images.labels[i] ?? -1] ?? 'unknown',
    index: images.indices[i] ?? -1,
  }
}
