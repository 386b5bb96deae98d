import { GifWriter } from 'omggif'
import { describe, expect, test } from 'vitest'
import { decodeGif } from '../../../../../src/main/engine/data/gif.ts'
import { decodeImage } from '../../../../../src/main/engine/data/image-file.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'

/** A GIF by another program's encoder, of as many frames as there are index arrays. */
function gifOf(
  width: number,
  height: number,
  palette: readonly number[],
  frames: readonly number[][],
  options: { transparent?: number } = {},
): Uint8Array {
  const buffer = new Uint8Array(width * height * frames.length * 2 + 4096)
  const writer = new GifWriter(buffer, width, height, { palette: [...palette] })
  for (const frame of frames) writer.addFrame(0, 0, width, height, frame, options)
  return buffer.slice(0, writer.end())
}

const expected = (indices: readonly number[], palette: readonly number[], transparent = -1): Uint8Array =>
  Uint8Array.from(
    indices.flatMap(index => {
      const colour = palette[index] as number
      return index === transparent ? [0, 0, 0, 0] : [colour >> 16, (colour >> 8) & 255, colour & 255, 255]
    }),
  )

const palette = [0x102030, 0xff0000, 0x00ff00, 0x0000ff]

describe('decodeGif', () => {
  test('gives the first frame and what is transparent in it', async () => {
    const first = [0, 1, 2, 3, 3, 2, 1, 0, 1, 1, 1, 1]
    const gif = gifOf(4, 3, palette, [first, first.toReversed()], { transparent: 2 })
    expect(await decodeImage(gif, 'some.gif')).toEqual({
      width: 4,
      height: 3,
      rgba: expected(first, palette, 2),
    })
  })

  test.each([
    ['noise, which fills the table of codes many times', 256, (random: Random) => random.below(256)],
    ['one colour, whose newest code is used at once', 4, () => 1],
    ['two colours in runs', 2, (_: Random, i: number) => Number(i % 37 < 20)],
    ['a few colours at random', 16, (random: Random) => random.below(16)],
  ])('reads %s', (_, colours, indexOf) => {
    const random = Random.seeded(5, 'display')
    const many = Array.from({ length: colours }, (__, i) => i * 0x010305)
    const indices = Array.from({ length: 200 * 150 }, (__, i) => indexOf(random, i))
    const image = decodeGif(gifOf(200, 150, many, [indices]))
    expect(Buffer.from(image.rgba).equals(expected(indices, many))).toBe(true)
  })

  test('puts the rows of an interlaced frame in their places', () => {
    const indices = Array.from({ length: 4 * 10 }, (_, i) => Math.floor(i / 4) % 4)
    const order = [0, 8, 4, 2, 6, 1, 3, 5, 7, 9]
    const sent = order.flatMap(row => indices.slice(row * 4, row * 4 + 4))
    const gif = gifOf(4, 10, palette, [sent])
    const frame = gif.indexOf(0x2c, 13 + 12)
    gif[frame + 9] = 0x40
    expect(decodeGif(gif).rgba).toEqual(expected(indices, palette))
  })

  test('a GIF cut short, and codes that lead nowhere, are refused', async () => {
    const gif = gifOf(4, 3, palette, [[0, 1, 2, 3, 3, 2, 1, 0, 1, 1, 1, 1]])
    for (let end = 13; end < gif.length - 3; end++) {
      await expect(decodeImage(gif.subarray(0, end), 'cut.gif')).rejects.toThrow(/cut\.gif: it is/)
    }
    const wrong = Uint8Array.from(gif)
    const data = gif.indexOf(0x2c, 25) + 12
    wrong[data] = 0xff
    await expect(decodeImage(wrong, 'wrong.gif')).rejects.toThrow(/damaged/)
  })
})
