import { describe, expect, it } from 'vitest'
import { channelsOf, nthImage, rgbaOf } from '../../../../src/renderer/ui/image-pixels.ts'

const sizes = [16, 17, 64, 128].flatMap(width => [16, 128].map(height => ({ width, height })))

describe.each([1, 3] as const)('%i channels', channels => {
  it.each(sizes)('become opaque pixels of a canvas: $width x $height', size => {
    const count = size.width * size.height
    const pixels = Uint8Array.from({ length: count * channels }, (_, i) => (i * 37) % 256)
    expect(channelsOf(pixels, size)).toBe(channels)
    const rgba = rgbaOf(pixels, size)
    expect(rgba).toHaveLength(count * 4)
    const expected = Array.from({ length: count }, (_, i) => {
      const at = (channel: number) => pixels[i * channels + Math.min(channel, channels - 1)] as number
      return [at(0), at(1), at(2), 255]
    }).flat()
    expect(Array.from(rgba ?? [])).toEqual(expected)
  })
})

it('is no image whose pixels do not fill its size', () => {
  for (const length of [0, 255, 257, 512, 1024]) {
    expect(rgbaOf(new Uint8Array(length), { width: 16, height: 16 })).toBeNull()
  }
})

it('finds one of several by their number alone', () => {
  const pixels = Uint8Array.from({ length: 4 * 6 }, (_, i) => i)
  expect([...nthImage(pixels, 4, 2)]).toEqual([12, 13, 14, 15, 16, 17])
})
