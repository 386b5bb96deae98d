/**
 * Lays a colour over a pixel: "source over" of Porter and Duff (Compositing Digital Images, 1984), opacities apart from
 * the colours as ImageData keeps them.
 * @param pixels red in the lowest byte, opacity in the highest
 */
export function blend(pixels: Uint32Array, at: number, colour: number): void {
  const under = pixels[at] as number
  const opacity = colour >>> 24
  const before = under >>> 24
  if (opacity === 255 || before === 0) {
    pixels[at] = colour
    return
  }
  const kept = (before * (255 - opacity)) / 255
  const whole = opacity + kept
  const share = opacity / whole
  const red = mix(under & 255, colour & 255, share)
  const green = mix((under >> 8) & 255, (colour >> 8) & 255, share)
  const blue = mix((under >> 16) & 255, (colour >> 16) & 255, share)
  pixels[at] = ((Math.round(whole) << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

const mix = (from: number, to: number, share: number): number => (from + (to - from) * share + 0.5) | 0
