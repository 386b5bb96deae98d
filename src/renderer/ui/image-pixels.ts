/** Size of an image, px. */
export interface ImageSize {
  readonly width: number
  readonly height: number
}

/** Grey or red, green, blue. @returns null where the pixels are not an image of this size */
export function channelsOf(pixels: Uint8Array, { height, width }: ImageSize): 1 | 3 | null {
  const channels = pixels.length / (height * width)
  return channels === 1 || channels === 3 ? channels : null
}

/**
 * The pixels of an image as a canvas takes them, opaque.
 * @param pixels [height * width * channels], channel last
 * @returns [height * width * 4], or null where the pixels are not an image of this size
 */
export function rgbaOf(pixels: Uint8Array, size: ImageSize): Uint8ClampedArray<ArrayBuffer> | null {
  const channels = channelsOf(pixels, size)
  if (channels === null) return null
  // Fifty of them come into sight at one turn of a list: plain loops, no array a pixel.
  const rgba = new Uint8ClampedArray((pixels.length / channels) * 4).fill(255)
  const [green, blue] = channels === 3 ? [1, 2] : [0, 0]
  for (let from = 0, to = 0; from < pixels.length; from += channels, to += 4) {
    rgba[to] = pixels[from] as number
    rgba[to + 1] = pixels[from + green] as number
    rgba[to + 2] = pixels[from + blue] as number
  }
  return rgba
}

/**
 * One of several images of the same size and channels, as a view.
 * @param pixels [count, height * width * channels]
 */
export function nthImage(pixels: Uint8Array, count: number, i: number): Uint8Array {
  const each = pixels.length / count
  return pixels.subarray(i * each, (i + 1) * each)
}
