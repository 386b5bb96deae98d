import { ResizeFilterType, ResizeFit, Transformer } from '@napi-rs/image'
import type { Area } from '../../../shared/contract/preparation.ts'
import { invalidInput } from '../../../shared/errors.ts'
import { greyToRgba } from '../pictures/png.ts'
import type { DecodedImage } from './image-file.ts'

/** A grey picture while it is being prepared: [height * width], 0-255. */
export interface Grey {
  readonly width: number
  readonly height: number
  readonly values: Uint8Array
}

/** Brightness over the background, of 255 for the brightest, from which a pixel counts as content. */
const contentThreshold = 64

/** Less contrast than this, of 255, is a picture of nothing: paper, and a camera's noise. */
const leastContrast = 24

/**
 * Luma of ITU-R BT.601. What is transparent becomes white, or black where the picture itself is light: a white
 * drawing on nothing stays visible.
 */
export function toGrey({ width, height, rgba }: DecodedImage): { grey: Grey; words: string } {
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
  const words = transparent ? `grey, on ${paper === 0 ? 'black' : 'white'}` : 'grey'
  return { grey: { width, height, values }, words }
}

/** The background is what the border shows: its mean decides. */
export function backgroundIsLight(grey: Grey): boolean {
  const border = borderOf(grey)
  return border.reduce((sum, value) => sum + value, 0) > 127.5 * border.length
}

export const inverted = (grey: Grey): Grey => ({ ...grey, values: grey.values.map(value => 255 - value) })

/**
 * Paper is seldom white, nor a board black: the border's median becomes 0 and the brightest 255, so that what counts as
 * content does not depend on the light.
 * @throws invalid-input: nothing stands out
 */
export function withoutBackground(grey: Grey): Grey {
  const border = borderOf(grey).sort()
  return stretched(grey, border[border.length >> 1] as number)
}

/** The darkest becomes 0 and the brightest 255: for a light background that is wanted. @throws invalid-input: it is all alike */
export const withFullContrast = (grey: Grey): Grey =>
  stretched(
    grey,
    grey.values.reduce((least, value) => Math.min(least, value), 255),
  )

function stretched(grey: Grey, black: number): Grey {
  const contrast = grey.values.reduce((most, value) => Math.max(most, value), 0) - black
  if (contrast < leastContrast) {
    throw invalidInput('The picture is blank: it shows nothing against its background.')
  }
  const values = grey.values.map(value => Math.round((255 * Math.max(0, value - black)) / contrast))
  return { ...grey, values }
}

/** White from a level on, black below it. */
export const blackAndWhite = (grey: Grey, level: number): Grey => ({
  ...grey,
  values: grey.values.map(value => (value >= level ? 255 : 0)),
})

/** Every pixel of the first and last row and column. */
function borderOf({ width, height, values }: Grey): Uint8Array {
  const border: number[] = []
  for (let y = 0; y < height; y++) {
    const inner = y > 0 && y < height - 1 && width > 1
    for (let x = 0; x < width; x += inner ? width - 1 : 1) border.push(values[y * width + x] as number)
  }
  return Uint8Array.from(border)
}

/** Cropped to what stands out from black. The picture must not be all black. */
export function cropToContent(grey: Grey): Grey {
  const { width, height, values } = grey
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
  return cropTo(grey, { left, top, width: right - left + 1, height: bottom - top + 1 })
}

/** @throws invalid-input */
export function inside({ width, height }: { width: number; height: number }, area: Area): Area {
  if (area.left + area.width <= width && area.top + area.height <= height) return area
  throw invalidInput(`The part that was chosen is not within the picture, ${width} × ${height}.`)
}

export function cropTo({ width, values }: Grey, area: Area): Grey {
  const cropped = new Uint8Array(area.width * area.height)
  for (let y = 0; y < area.height; y++) {
    const from = (area.top + y) * width + area.left
    cropped.set(values.subarray(from, from + area.width), y * area.width)
  }
  return { width: area.width, height: area.height, values: cropped }
}

export async function resize(
  { width, height, values }: Grey,
  newWidth: number,
  newHeight: number,
): Promise<Grey> {
  const raw = await Transformer.fromRgbaPixels(greyToRgba(values), width, height)
    .resize({ width: newWidth, height: newHeight, filter: ResizeFilterType.Triangle, fit: ResizeFit.Fill })
    .rawPixels()
  const resized = Uint8Array.from({ length: newWidth * newHeight }, (_, i) => raw[i * 4] as number)
  return { width: newWidth, height: newHeight, values: resized }
}

/**
 * Puts a picture into a larger black one, with a point of it in the middle, as far as it fits.
 * @param by its centre of mass, or the middle of its box
 */
export function centre(
  { width, height, values }: Grey,
  outHeight: number,
  outWidth: number,
  by: 'mass' | 'box',
): Grey {
  let [mass, sumX, sumY] = [0, 0, 0]
  if (by === 'mass') {
    values.forEach((value, i) => {
      mass += value
      sumX += value * (i % width)
      sumY += value * Math.floor(i / width)
    })
  }
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
  return { width: outWidth, height: outHeight, values: out }
}
