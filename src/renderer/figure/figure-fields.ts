/** Most of what every browser can draw: side and area of a canvas, px (Chromium and Firefox: 16,384 and more). */
const mostSide = 16_384
const mostArea = 100_000_000

export const resolutions = [96, 150, 300, 600] as const
export type Resolution = (typeof resolutions)[number]

/** Above so many points an SVG with a marker each is slow to open. */
export const manyMarkers = 20_000
/** Of one marker in the file. */
const bytesPerMarker = 46

export const sizeLimits = { least: 200, most: 4000 } as const

/** What is wrong with a width or height as it was typed; null when nothing is. */
export function sizeFault(name: string, text: string): string | null {
  const value = Number(text)
  const { least, most } = sizeLimits
  return Number.isInteger(value) && value >= least && value <= most
    ? null
    : `${name} must be a whole number from ${least} to ${most}.`
}

/** Pixels of the picture. @param width CSS px */
export const pixelsOf = (width: number, height: number, dpi: number) => ({
  width: Math.round((width * dpi) / 96),
  height: Math.round((height * dpi) / 96),
})

/** @returns why a picture of this size cannot be made; null when it can */
export function tooLarge(width: number, height: number, dpi: number): string | null {
  const pixels = pixelsOf(width, height, dpi)
  const fits = Math.max(pixels.width, pixels.height) <= mostSide && pixels.width * pixels.height <= mostArea
  return fits ? null : 'That is more than 100 million pixels: take a smaller size or fewer dots per inch.'
}

/** "203 × 152 mm". @param width CSS px */
export const paperText = (width: number, height: number): string =>
  `${Math.round((width / 96) * 25.4)} × ${Math.round((height / 96) * 25.4)} mm`

/** "0.9 MB": of an SVG with a marker for every point. */
export const markersText = (points: number): string => {
  const megabytes = (points * bytesPerMarker) / 1e6
  return `${megabytes.toFixed(megabytes < 10 ? 1 : 0)} MB`
}

/** A file's name from a figure's title. */
export function fileName(title: string, extension: string): string {
  const plain = title.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]+/gu, '-')
  return `${plain.slice(0, 80).replaceAll(/^-+|-+$/g, '') || 'figure'}.${extension}`
}
