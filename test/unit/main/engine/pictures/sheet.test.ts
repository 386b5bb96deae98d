import { describe, expect, test } from 'vitest'
import { decodeImage } from '../../../../../src/main/engine/data/image-file.ts'
import { drawSheet } from '../../../../../src/main/engine/pictures/sheet.ts'

const pixels = new Uint8Array(784).fill(255)

describe('drawSheet', () => {
  test('draws every image, and captions in ink on white', async () => {
    const tile = { images: [pixels], caption: ['<similar & "so">'] }
    const { width, height, rgba } = await decodeImage(
      await drawSheet('Title', [tile, tile, tile], 2, { height: 28, width: 28, channels: 1 }),
      'sheet',
    )
    const dark = (fromRow: number, toRow: number): number => {
      let count = 0
      for (let i = fromRow * width; i < toRow * width; i++) if ((rgba[i * 4] as number) < 128) count++
      return count
    }
    expect(dark(0, 40)).toBeGreaterThan(20)
    expect(dark(40, height)).toBeGreaterThan(100)
    expect(width).toBeLessThan(300)
    expect(height).toBeGreaterThan(2 * 112)
  })

  test('an image is enlarged without blur: a black and a white half meet in one step', async () => {
    const halves = Uint8Array.from({ length: 784 }, (_, i) => (i % 28 < 14 ? 0 : 255))
    const sheet = await drawSheet('', [{ images: [halves], caption: [''] }], 1, {
      height: 28,
      width: 28,
      channels: 1,
    })
    const { width, rgba } = await decodeImage(sheet, 'sheet')
    const row = Array.from({ length: 112 }, (_, x) => rgba[(100 * width + 20 + x) * 4])
    expect(new Set(row)).toEqual(new Set([0, 255]))
  })
})
