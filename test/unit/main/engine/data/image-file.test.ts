import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Transformer } from '@napi-rs/image'
import { describe, expect, test } from 'vitest'
import { decodeImage, readImageFile } from '../../../../../src/main/engine/data/image-file.ts'
import { temporaryFolder } from '../../../../support/files.ts'
import { emptyPng } from '../../../../support/png.ts'

/** Left half red, right half half-transparent green; 4 x 2. */
const rgba = Uint8Array.from({ length: 32 }, (_, i) => {
  const left = (i >> 2) % 4 < 2
  return (left ? [200, 0, 0, 255] : [0, 100, 0, 128])[i % 4] as number
})
const picture = (): Transformer => Transformer.fromRgbaPixels(rgba, 4, 2)

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
