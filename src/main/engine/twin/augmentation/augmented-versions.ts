import { type LabelledImages, pixelsPerImage } from '../../data/data-set.ts'
import { breathe } from '../../embedding/breathe.ts'
import type { Augmentation } from './augment.ts'
import { batchPixels } from './batch-pixels.ts'

/**
 * Images as a training of this seed sees them in its first iterations where a batch is of these, to the nearest of 256
 * values: [versions, indices.length, pixels].
 * @throws cancelled
 */
export async function augmentedVersions(
  images: LabelledImages,
  indices: Int32Array,
  settings: Augmentation & { readonly seed: number; readonly versions: number },
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const size = indices.length * pixelsPerImage(images)
  const all = new Uint8Array(settings.versions * size)
  for (let version = 0; version < settings.versions; version++) {
    const pixels = batchPixels({ ...settings, images }, indices, version + 1)
    for (let i = 0; i < size; i++) all[version * size + i] = Math.round((pixels[i] as number) * 255)
    await breathe(signal, 'The preview')
  }
  return all
}
