import type { DataSummary, Images } from '../../shared/contract.ts'
import { nthImage } from '../ui/image-pixels.ts'

/** One of several images and the name of its class. */
export function imageAt(images: Images, { classes }: Pick<DataSummary, 'classes'>, i: number) {
  return {
    pixels: nthImage(images.pixels, images.indices.length, i),
    label: classes[images.labels[i] ?? -1] ?? 'unknown',
    index: images.indices[i] ?? -1,
  }
}
