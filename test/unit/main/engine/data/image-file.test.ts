import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { describe, expect, test } from 'vitest'
import { decodeImage, readImageFile } from '../../../../../src/main/engine/data/image-file.ts'
import { temporaryFolder } from '../../../../support/files.ts'
import { deepPng, emptyPng } from '../../../../support/png.ts'

/** Left half red, right half half-transparent green; 4 x 2. */
const rgba = Uint8Array.from({ length: 32 }, (_, i) => {
  const left = (i >> 2) % 4 < 2
  return (left ? [200, 0, 0, 255] : [0, 100, 0, 128])[i % 4] as number
})
const picture = (): Transformer => Transformer.fromRgbaPixels(rgba, 4, 2)

/** A JPEG with an EXIF block of one tag, 0x0112, put after its first marker. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from([
    0x4d,
    0x4d,
    0,
    42,
    0,
    0,
    0,
    8,
    0,
    1,
    1,
    0x12,
    0,
    3,
    0,
    0,
    0,
    1,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
  ])
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, body.length + 2])
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)])
}

describe('decodeImage', () => {
  test.each([
    ['PNG', () => picture().png()],
    ['lossless WebP', () => picture().webpLossless()],
    ['TIFF', () => picture().tiff()],
    ['BMP', () => picture().bmp()],
  ])('%s gives the pixels and their alpha', async (_, encode) => {
    const image = await decodeImage(await encode(), 'picture')
    expect([image.width, image.height]).toEqual([4, 2])
    expect(image.rgba).toEqual(rgba)
  })

  test('JPEG gives opaque pixels of about the colour', async () => {
    const image = await decodeImage(await picture().jpeg(100), 'picture')
    expect(image.rgba[0]).toBeGreaterThan(180)
    expect(image.rgba[3]).toBe(255)
  })

  test('a grey PNG gives grey', async () => {
    const image = await decodeImage(await picture().grayscale().png(), 'picture')
    expect(image.rgba[0]).toBe(image.rgba[1])
    expect(image.rgba[3]).toBe(255)
    expect(image.rgba[15]).toBe(128)
  })

  test('16 bits a value are brought to 8, in grey, colour and with opacity', async () => {
    const grey = await decodeImage(deepPng(2, 1, 1, [0x1234, 0xffff]), 'deep.png')
    expect([...grey.rgba]).toEqual([0x12, 0x12, 0x12, 255, 255, 255, 255, 255])
    const colour = await decodeImage(deepPng(1, 1, 3, [0x1000, 0x20ff, 0xfe00]), 'deep.png')
    expect([...colour.rgba]).toEqual([0x10, 0x20, 0xfe, 255])
    const seeThrough = await decodeImage(deepPng(1, 1, 4, [0x1000, 0x2000, 0x3000, 0x8000]), 'deep.png')
    expect([...seeThrough.rgba]).toEqual([0x10, 0x20, 0x30, 0x80])
  })

  /** Where the red left half of a picture of 16 x 8 is, once it is turned as each orientation of EXIF says. */
  test.each([
    [1, 16, 8, 'left'],
    [2, 16, 8, 'right'],
    [3, 16, 8, 'right'],
    [4, 16, 8, 'left'],
    [5, 8, 16, 'top'],
    [6, 8, 16, 'top'],
    [7, 8, 16, 'bottom'],
    [8, 8, 16, 'bottom'],
  ])('a JPEG of the orientation %i is turned', async (orientation, width, height, redIs) => {
    const pixels = Uint8Array.from({ length: 16 * 8 * 4 }, (_, i) =>
      i % 4 === 3 ? 255 : i % 4 === 0 && (i >> 2) % 16 < 8 ? 250 : 0,
    )
    const jpeg = await Transformer.fromRgbaPixels(pixels, 16, 8).jpeg(100)
    const image = await decodeImage(withOrientation(jpeg, orientation), 'turned.jpg')
    expect([image.width, image.height]).toEqual([width, height])
    const red = (x: number, y: number): boolean => (image.rgba[(y * width + x) * 4] as number) > 128
    const places = { left: [2, 4], right: [13, 4], top: [4, 2], bottom: [4, 13] } as const
    for (const [place, [x, y]] of Object.entries(places)) {
      if (x < width && y < height && (place === 'left' || place === 'right') === width > height) {
        expect(red(x, y), place).toBe(place === redIs)
      }
    }
  })

  test.each([
    ['text', Buffer.from('just some words, not a picture at all'), /not a picture/],
    ['nothing', new Uint8Array(0), /empty/],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), /SVG/],
    ['a claim of 20,000 x 20,000 pixels', emptyPng(20_000, 20_000), /20000 x 20000 pixels; at most/],
  ])('%s is refused with a message that names the file', async (_, bytes, fault) => {
    await expect(decodeImage(bytes, 'drop.png')).rejects.toThrow(/^drop\.png: /)
    await expect(decodeImage(bytes, 'drop.png')).rejects.toThrow(fault)
  })

  test('a picture cut short is refused', async () => {
    const png = await picture().png()
    await expect(decodeImage(png.subarray(0, png.length - 20), 'cut.png')).rejects.toThrow(
      /cut\.png: it is damaged/,
    )
  })

  test('a file of 20,000 x 20,000 pixels is refused before it takes memory', async () => {
    const before = process.memoryUsage().rss
    await expect(decodeImage(emptyPng(20_000, 20_000), 'huge.png')).rejects.toThrow()
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000)
  })
})

describe('readImageFile', () => {
  test('reads a file, and says which one is missing', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'a.png'), await picture().png())
    expect((await readImageFile(join(folder, 'a.png'))).width).toBe(4)
    await expect(readImageFile(join(folder, 'b.png'))).rejects.toThrow(/b\.png: there is no such file/)
  })
})
