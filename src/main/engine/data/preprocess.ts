import { ResizeFilterType, ResizeFit, Transformer } from '@napi-rs/image'
import { invalidInput } from '../../../shared/errors.ts'
import { greyToRgba } from '../pictures/png.ts'
import type { DecodedImage } from './image-file.ts'

/** A picture as the network sees it, and what was done to it on the way, in order, for a person. */
export interface PreparedImage {
  /** [height * width], 0-255, light on dark like the digits. */
  readonly pixels: Uint8Array
  readonly steps: readonly string[]
}

/** A grey picture while it is being prepared. */
interface Grey {
  readonly width: number
  readonly height: number
  readonly values: Uint8Array
}

/** MNIST's digits fill a box of 20 in an image of 28 and are centred by their mass (LeCun's MNIST page). */
const contentShare = 20 / 28

/** Brightness over the background, of 255 for the brightest, from which a pixel counts as content. */
const contentThreshold = 64

/** Less contrast than this, of 255, is a picture of nothing: paper, and a camera's noise. */
const leastContrast = 24

/**
 * Brings any picture to what the network was trained on: grey; inverted where the background is light; cropped to
 * what it shows; scaled to fill 20 of 28 pixels; centred by its mass. A picture that has the size already and a dark
 * background is taken as it is.
 * @throws invalid-input: nothing to see in it
 */
export async function prepareImage(
  image: DecodedImage,
  height: number,
  width: number,
): Promise<PreparedImage> {
  const steps: string[] = []
  let grey = toGrey(image, steps)
  if (backgroundIsLight(grey)) {
    grey = { ...grey, values: grey.values.map(value => 255 - value) }
    steps.push('inverted, because the background is light')
  } else if (grey.width === width && grey.height === height) {
    return { pixels: grey.values, steps: [...steps, 'taken as it is'] }
  }
  const content = cropToContent(withoutBackground(grey))
  steps.push(`cropped to its content, ${content.width} x ${content.height}`)
  const scale = Math.min((width * contentShare) / content.width, (height * contentShare) / content.height)
  const scaled = await resize(
    content,
    Math.max(1, Math.round(content.width * scale)),
    Math.max(1, Math.round(content.height * scale)),
  )
  steps.push(`scaled to ${scaled.width} x ${scaled.height}`, `centred in ${width} x ${height}`)
  return { pixels: centre(scaled, height, width), steps }
}

/**
 * Luma of ITU-R BT.601. What is transparent becomes white, or black where the picture itself is light: a white
 * drawing on nothing stays visible.
 */
function toGrey({ width, height, rgba }: DecodedImage, steps: string[]): Grey {
  const luma = (i: number): number =>
    0.299 * (rgba[i] as number) + 0.587 * (rgba[i + 1] as number) + 0.114 * (rgba[i + 2] as number)
  let opacity = 0
  let brightness = 0
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3] as number
    opacity += alpha
    brightness += alpha * luma(i)
  }
  const transparent = opacity < 255 * width * height
  const paper = transparent && brightness > 127.5 * opacity ? 0 : 255
  const values = new Uint8Array(width * height)
  for (let i = 0; i < values.length; i++) {
    const alpha = (rgba[i * 4 + 3] as number) / 255
    values[i] = Math.round(alpha * luma(i * 4) + (1 - alpha) * paper)
  }
  steps.push(transparent ? `grey, on ${paper === 0 ? 'black' : 'white'}` : 'grey')
  return { width, height, values }
}

/** The background is what the border shows: its mean decides. */
function backgroundIsLight(grey: Grey): boolean {
  const border = borderOf(grey)
  return border.reduce((sum, value) => sum + value, 0) > 127.5 * border.length
}

/**
 * Paper is seldom white, nor a board black: the border's median becomes 0 and the brightest 255, so that what counts as
 * content does not depend on the light.
 * @throws invalid-input: nothing stands out
 */
function withoutBackground(grey: Grey): Grey {
  const border = borderOf(grey).sort()
  const background = border[border.length >> 1] as number
  const contrast = grey.values.reduce((most, value) => Math.max(most, value), 0) - background
  if (contrast < leastContrast) {
    throw invalidInput('The picture is blank: it shows nothing against its background.')
  }
  const stretched = grey.values.map(value => Math.round((255 * Math.max(0, value - background)) / contrast))
  return { ...grey, values: stretched }
}

/** Every pixel of the first and last row and column. */
function borderOf({ width, height, values }: Grey): Uint8Array {
  const border: number[] = []
  for (let y = 0; y < height; y++) {
    const inner = y > 0 && y < height - 1 && width > 1
    for (let x = 0; x < width; x += inner ? width - 1 : 1) border.push(values[y * width + x] as number)
  }
  return Uint8Array.from(border)
}

function cropToContent({ width, height, values }: Grey): Grey {
  let [left, top, right, bottom] = [width, height, -1, -1]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((values[y * width + x] as number) < contentThreshold) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  }
  const cropped = new Uint8Array((right - left + 1) * (bottom - top + 1))
  for (let y = top, to = 0; y <= bottom; y++, to += right - left + 1) {
    cropped.set(values.subarray(y * width + left, y * width + right + 1), to)
  }
  return { width: right - left + 1, height: bottom - top + 1, values: cropped }
}

async function resize({ width, height, values }: Grey, newWidth: number, newHeight: number): Promise<Grey> {
  const raw = await Transformer.fromRgbaPixels(greyToRgba(values), width, height)
    .resize({ width: newWidth, height: newHeight, filter: ResizeFilterType.Triangle, fit: ResizeFit.Fill })
    .rawPixels()
  const resized = Uint8Array.from({ length: newWidth * newHeight }, (_, i) => raw[i * 4] as number)
  return { width: newWidth, height: newHeight, values: resized }
}

/** Places the picture so that its centre of mass is the image's centre, as far as it fits. */
function centre({ width, height, values }: Grey, outHeight: number, outWidth: number): Uint8Array {
  let [mass, sumX, sumY] = [0, 0, 0]
  values.forEach((value, i) => {
    mass += value
    sumX += value * (i % width)
    sumY += value * Math.floor(i / width)
  })
  const place = (sum: number, size: number, outSize: number): number => {
    const offset = Math.round((outSize - 1) / 2 - (mass === 0 ? (size - 1) / 2 : sum / mass))
    return Math.min(outSize - size, Math.max(0, offset))
  }
  const left = place(sumX, width, outWidth)
  const top = place(sumY, height, outHeight)
  const out = new Uint8Array(outHeight * outWidth)
  for (let y = 0; y < height; y++) {
    out.set(values.subarray(y * width, (y + 1) * width), (top + y) * outWidth + left)
  }
  return out
}
