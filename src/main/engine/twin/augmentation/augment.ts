import { imageAt, type LabelledImages, pixelsPerImage } from '../../data/data-set.ts'
import { Random } from '../random.ts'
import { elasticField } from './elastic.ts'

/** How far images may be changed before the network sees them in training. All 0: not at all. */
export interface Augmentation {
  /** To any side, px. */
  readonly shift: number
  /** To either side, degrees. */
  readonly rotation: number
  /** Smaller or larger, per cent. */
  readonly scaling: number
  /** How far pixels are moved about, each as its neighbours are: root of the mean square, px. */
  readonly elastic: number
  /** Deviation of what is added to each value, per cent of full brightness. */
  readonly noise: number
}

export const isAugmented = ({ shift, rotation, scaling, elastic, noise }: Augmentation): boolean =>
  Math.max(shift, rotation, scaling, elastic, noise) > 0

/**
 * Images as a training sees them in one iteration, [indices.length, pixels], 0 to 1: each turned, scaled, shifted and
 * distorted by a draw of its own, in one pass with bilinear interpolation. What comes from outside an image is as its
 * nearest edge. Drawn from seed and iteration alone, so that nothing has to be kept to draw it again.
 */
export function augmentBatch(
  images: LabelledImages,
  indices: Int32Array,
  augmentation: Augmentation,
  seed: number,
  iteration: number,
): Float32Array {
  const random = Random.seeded(seed, 'augmentation', iteration)
  const size = pixelsPerImage(images)
  const rows = new Float32Array(indices.length * size)
  indices.forEach((index, row) => {
    const target = rows.subarray(row * size, (row + 1) * size)
    warp(imageAt(images, index), images, augmentation, random, target)
    if (augmentation.noise > 0) addNoise(target, augmentation.noise / 100, random)
  })
  return rows
}

/** Where a pixel of the result comes from: an affine map and, where there is any, a displacement of each pixel. */
function warp(
  source: Uint8Array,
  { height, width, channels }: Pick<LabelledImages, 'height' | 'width' | 'channels'>,
  { shift, rotation, scaling, elastic }: Augmentation,
  random: Random,
  target: Float32Array,
): void {
  const between = (most: number): number => (2 * random.uniform() - 1) * most
  const angle = (between(rotation) * Math.PI) / 180
  const scale = 1 + between(scaling) / 100
  const [right, down] = [between(shift), between(shift)]
  const [cos, sin] = [Math.cos(angle) / scale, Math.sin(angle) / scale]
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2]
  const field = elastic > 0 ? elasticField(height, width, elastic, random) : undefined
  const [lastX, lastY] = [width - 1, height - 1]
  let at = 0
  for (let y = 0, pixel = 0; y < height; y++) {
    const dy = y - cy - down
    for (let x = 0; x < width; x++, pixel++) {
      const dx = x - cx - right
      let sx = cx + cos * dx + sin * dy
      let sy = cy - sin * dx + cos * dy
      if (field !== undefined) {
        sx += field.x[pixel] as number
        sy += field.y[pixel] as number
      }
      sx = sx < 0 ? 0 : sx > lastX ? lastX : sx
      sy = sy < 0 ? 0 : sy > lastY ? lastY : sy
      const x0 = Math.floor(sx)
      const y0 = Math.floor(sy)
      const [fx, fy] = [sx - x0, sy - y0]
      const left = (y0 * width + x0) * channels
      const across = x0 < lastX ? channels : 0
      const below = left + (y0 < lastY ? width * channels : 0)
      for (let c = 0; c < channels; c++) {
        const top = mix(source[left + c] as number, source[left + across + c] as number, fx)
        const bottom = mix(source[below + c] as number, source[below + across + c] as number, fx)
        target[at++] = mix(top, bottom, fy) / 255
      }
    }
  }
}

const mix = (a: number, b: number, share: number): number => a + (b - a) * share

function addNoise(values: Float32Array, deviation: number, random: Random): void {
  const noise = random.normals(values.length, deviation)
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.min(1, Math.max(0, (values[i] as number) + (noise[i] as number)))
  }
}
