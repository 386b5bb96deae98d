import { expect, test } from 'vitest'
import { imageAt, type LabelledImages } from '../../../../../src/main/engine/data/data-set.ts'
import { type Sprite, spriteOf } from '../../../../../src/main/engine/exports/sprite.ts'

function imagesOf(count: number, height: number, width: number, channels: 1 | 3): LabelledImages {
  const pixels = Uint8Array.from(
    { length: count * height * width * channels },
    (_, i) => (i * 7 + (i >> 5)) % 256,
  )
  return { pixels, labels: new Uint16Array(count), count, height, width, channels }
}

/** What lies in one cell, pixel by pixel. */
function cellAt({ sheet, pixels, cell, columns }: Sprite, place: number): number[] {
  const [left, top] = [(place % columns) * cell.width, Math.floor(place / columns) * cell.height]
  const found: number[] = []
  for (let y = 0; y < cell.height; y++) {
    for (let x = 0; x < cell.width * cell.channels; x++) {
      found.push(pixels[((top + y) * sheet.width + left) * cell.channels + x] as number)
    }
  }
  return found
}

test.each([1, 3] as const)('every image, of %i channels, lies in its cell as it is', async channels => {
  const images = imagesOf(12, 3, 5, channels)
  const which = Int32Array.of(11, 0, 7, 7, 3)
  const sprite = await spriteOf(images, which, { side: 8192, cell: 128 })
  expect(sprite.columns).toBe(3)
  expect(sprite.sheet).toEqual({ height: 9, width: 15, channels })
  which.forEach((index, place) => {
    expect(cellAt(sprite, place)).toEqual([...imageAt(images, index)])
  })
  expect(new Set(cellAt(sprite, 5))).toEqual(new Set([0]))
})

test('images become smaller where so many do not fit the sheet, and no wider than they may be', async () => {
  const images = imagesOf(1, 28, 20, 1)
  const many = await spriteOf(images, new Int32Array(1000), { side: 640, cell: 128 })
  expect(many.columns).toBe(32)
  expect(many.cell).toMatchObject({ height: 20, width: 14 })
  expect(many.sheet.height).toBe(640)
  const few = await spriteOf(images, new Int32Array(1), { side: 640, cell: 14 })
  expect(few.sheet).toMatchObject({ height: 14, width: 10 })
  const even = { ...images, pixels: new Uint8Array(28 * 20).fill(200) }
  const shrunk = await spriteOf(even, new Int32Array(1), { side: 640, cell: 9 })
  expect(new Set(shrunk.pixels)).toEqual(new Set([200]))
})
