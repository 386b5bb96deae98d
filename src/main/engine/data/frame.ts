import { FastResizeFilter, ResizeFit, type Transformer } from '@napi-rs/image'
import { invalidInput } from '../../../shared/errors.ts'
import { type ImageShape, pixelsPerImage } from './data-set.ts'

/** How every picture of an imported data set became an image of its size. */
export interface Framing {
  /** `pad`: all of it, in a frame of its border's colour. `crop`: its middle. `stretch`: to every edge. */
  readonly fit: 'pad' | 'crop' | 'stretch'
  readonly invert: boolean
}

/** What a very long picture would be scaled to before its middle is cut out, at most: pixels. */
const mostScaled = 16_000_000

/**
 * An image from a picture: scaled by area natively, then put on paper where it is transparent, made grey, inverted and
 * framed here, where it is small.
 * @param size of the picture as it stands upright, pixels
 * @returns [height * width * channels] @throws invalid-input: too long and narrow to be cropped
 */
export async function frame(
  picture: Transformer,
  size: { readonly width: number; readonly height: number },
  shape: ImageShape,
  framing: Framing,
): Promise<Uint8Array> {
  const scaled = scaledSize(size, shape, framing.fit)
  if (scaled.width * scaled.height > mostScaled) {
    throw invalidInput('it is too long and narrow to be cropped.')
  }
  picture.fastResize({ ...scaled, filter: FastResizeFilter.Bilinear, fit: ResizeFit.Fill })
  const width = Math.min(scaled.width, shape.width)
  const height = Math.min(scaled.height, shape.height)
  const cropped = width < scaled.width || height < scaled.height
  if (cropped) picture.crop((scaled.width - width) >> 1, (scaled.height - height) >> 1, width, height)
  const flat = flatten(await picture.rawPixels(), shape.channels)
  const image = { width, height, values: framing.invert ? flat.map(value => 255 - value) : flat }
  return width === shape.width && height === shape.height ? image.values : padded(image, shape)
}

/** In words, for a person, what `frame` does to each picture. */
export function framingWords({ width, height, channels }: ImageShape, { fit, invert }: Framing): string[] {
  const scaled = {
    pad: `scaled to fit ${width} × ${height}, its shape kept, the rest in the colour of its border`,
    crop: `scaled to cover ${width} × ${height}, its shape kept, what juts out cropped`,
    stretch: `stretched to ${width} × ${height}`,
  }
  return [scaled[fit], channels === 1 ? 'grey' : 'in colour', ...(invert ? ['inverted'] : [])]
}

function scaledSize(
  size: { readonly width: number; readonly height: number },
  shape: ImageShape,
  fit: Framing['fit'],
): { width: number; height: number } {
  if (fit === 'stretch') return { width: shape.width, height: shape.height }
  const [across, down] = [shape.width / size.width, shape.height / size.height]
  const scale = fit === 'pad' ? Math.min(across, down) : Math.max(across, down)
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  }
}

const luma = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue

/** Grey is the luma of ITU-R BT.601; what is transparent becomes white, or black where the picture itself is light. */
function flatten(rgba: Uint8Array, channels: 1 | 3): Uint8Array {
  const paper = paperOf(rgba)
  const values = new Uint8Array((rgba.length / 4) * channels)
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    const alpha = (rgba[from + 3] as number) / 255
    const on = (value: number): number => alpha * value + (1 - alpha) * paper
    const red = on(rgba[from] as number)
    const green = on(rgba[from + 1] as number)
    const blue = on(rgba[from + 2] as number)
    if (channels === 1) values[to++] = Math.round(luma(red, green, blue))
    else {
      values[to++] = Math.round(red)
      values[to++] = Math.round(green)
      values[to++] = Math.round(blue)
    }
  }
  return values
}

function paperOf(rgba: Uint8Array): 0 | 255 {
  let [opacity, brightness] = [0, 0]
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3] as number
    opacity += alpha
    brightness += alpha * luma(rgba[i] as number, rgba[i + 1] as number, rgba[i + 2] as number)
  }
  return opacity < (255 * rgba.length) / 4 && brightness > 127.5 * opacity ? 0 : 255
}

/** In the middle of a frame that has the mean colour of the picture's own border. */
function padded(
  { width, height, values }: { width: number; height: number; values: Uint8Array },
  shape: ImageShape,
): Uint8Array {
  const { channels } = shape
  const sums = new Float64Array(channels)
  let count = 0
  for (let y = 0; y < height; y++) {
    const inner = y > 0 && y < height - 1 && width > 1
    for (let x = 0; x < width; x += inner ? width - 1 : 1, count++) {
      for (let c = 0; c < channels; c++) {
        sums[c] = (sums[c] as number) + (values[(y * width + x) * channels + c] as number)
      }
    }
  }
  const colour = Uint8Array.from(sums, sum => Math.round(sum / count))
  const out = new Uint8Array(pixelsPerImage(shape))
  for (let at = 0; at < out.length; at += channels) out.set(colour, at)
  const left = (shape.width - width) >> 1
  const top = (shape.height - height) >> 1
  for (let y = 0; y < height; y++) {
    const row = values.subarray(y * width * channels, (y + 1) * width * channels)
    out.set(row, ((top + y) * shape.width + left) * channels)
  }
  return out
}
