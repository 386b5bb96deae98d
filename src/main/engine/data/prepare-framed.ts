import { Transformer } from '@napi-rs/image'
import { longestShown, type Preparation, type Stage } from '../../../shared/contract/preparation.ts'
import { invalidInput } from '../../../shared/errors.ts'
import { type ImageShape, shapeOf } from './data-set.ts'
import { type Framing, frame, framingWords } from './frame.ts'
import { inside } from './grey.ts'
import type { DecodedImage } from './image-file.ts'
import { toStage } from './stage.ts'

export interface FramedImage {
  /** [height * width * channels], 0-255. */
  readonly pixels: Uint8Array
  readonly stages: readonly Stage[]
}

/**
 * Brings a picture to what an imported data set's pictures were brought to, or to what is asked for instead.
 * @throws invalid-input: an area that is not in it, or what only grey pictures can be asked
 */
export async function prepareFramed(
  image: DecodedImage,
  shape: ImageShape,
  imported: Framing,
  { area, invert, threshold, crop, fit }: Preparation,
): Promise<FramedImage> {
  if (threshold !== null || crop === 'content') {
    throw invalidInput(
      'Black and white and cropping to the content are for grey pictures: these have colour.',
    )
  }
  const stages: Stage[] = [await shown(image, shape, shape.channels === 1 ? 'grey' : 'in colour')]
  const part = area === null ? image : cropped(image, inside(image, area))
  if (area !== null) {
    stages.push(await shown(part, shape, `the part that was chosen, ${area.width} × ${area.height}`))
  }
  const framing: Framing = {
    fit: fit === 'stretch' ? 'stretch' : fit === 'fill' ? 'pad' : imported.fit,
    invert: invert === 'auto' ? imported.invert : invert === 'yes',
  }
  const pixels = await frame(transformerOf(part), part, shape, framing)
  const words = framingWords(shape, framing).join(', ')
  stages.push(toStage(words, { ...shapeOf(shape), values: pixels }))
  return { pixels, stages }
}

/** Made small to be shown, as it came. */
async function shown(image: DecodedImage, { channels }: ImageShape, words: string): Promise<Stage> {
  const { width, height } = image
  const scale = Math.min(1, longestShown / Math.max(width, height))
  const shownWidth = Math.max(1, Math.round(width * scale))
  const shownHeight = Math.max(1, Math.round(height * scale))
  const small = { height: shownHeight, width: shownWidth, channels }
  const pixels = await frame(transformerOf(image), image, small, { fit: 'stretch', invert: false })
  return { words, width, height, pixels, shownWidth, shownHeight, channels }
}

const transformerOf = ({ rgba, width, height }: DecodedImage): Transformer =>
  Transformer.fromRgbaPixels(rgba, width, height)

function cropped({ width, rgba }: DecodedImage, area: NonNullable<Preparation['area']>): DecodedImage {
  const part = new Uint8Array(area.width * area.height * 4)
  for (let y = 0; y < area.height; y++) {
    const from = ((area.top + y) * width + area.left) * 4
    part.set(rgba.subarray(from, from + area.width * 4), y * area.width * 4)
  }
  return { width: area.width, height: area.height, rgba: part }
}
