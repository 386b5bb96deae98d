/**
 * Lays a marker's colours over pixels: "source over" of Porter and Duff (Compositing Digital Images, 1984), opacities apart
 * from the colours as ImageData keeps them. A million points of a few pixels each ask for it ten million times a picture, so
 * what depends on the two opacities alone is looked up, red and blue are mixed at once, and a marker is one call: a colour
 * that is handed over by itself would be put on the heap each time.
 * @param pixels red in the lowest byte, opacity in the highest @param at the pixel of the marker's point
 * @param offsets of the marker's pixels from there, [pixels of the marker] @param colours theirs
 */
export function stamp(pixels: Uint32Array, at: number, offsets: Int32Array, colours: Uint32Array): void {
  for (let k = 0; k < colours.length; k++) {
    const place = at + (offsets[k] as number)
    const under = pixels[place] as number
    const colour = colours[k] as number
    const opacity = colour >>> 24
    const before = under >>> 24
    if (opacity === 255 || before === 0) {
      pixels[place] = colour
      continue
    }
    // In the middle of a class its colour covers already.
    if (before === 255 && ((under ^ colour) & 0xffffff) === 0) continue
    const found = mixes[(opacity << 8) | before] as number
    const share = found & 511
    const kept = 256 - share
    const redBlue =
      ((Math.imul(under & 0xff00ff, kept) + Math.imul(colour & 0xff00ff, share) + 0x800080) >>> 8) & 0xff00ff
    const green =
      ((Math.imul((under >>> 8) & 255, kept) + Math.imul((colour >>> 8) & 255, share) + 128) >>> 8) << 8
    pixels[place] = ((found >>> 9) << 24) | green | redBlue
  }
}

/** By opacity * 256 + the pixel's own: the colour's share of the mix, of 256, and above 9 bits the opacity of both. */
const mixes = Int32Array.from({ length: 256 * 256 }, (_, i) => {
  const opacity = i >> 8
  const whole = opacity + ((i & 255) * (255 - opacity)) / 255
  // Rounded up, or many thin layers would never cover.
  return (Math.ceil(whole - 1e-9) << 9) | (whole === 0 ? 0 : Math.round((256 * opacity) / whole))
})
