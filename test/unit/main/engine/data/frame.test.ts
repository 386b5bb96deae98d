import { Transformer } from '@napi-rs/image'
import { describe, expect, test } from 'vitest'
import { type Framing, frame } from '../../../../../src/main/engine/data/frame.ts'
import { prepareImage } from '../../../../../src/main/engine/data/preprocess.ts'
import { defaultPreparation } from '../../../../../src/shared/contract/preparation.ts'

/** Left half red, right half blue. */
function halves(width: number, height: number, alpha = 255): Uint8Array {
  const rgba = new Uint8Array(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const left = i % width < width / 2
    rgba.set([left ? 255 : 0, 0, left ? 0 : 255, alpha], i * 4)
  }
  return rgba
}

const colour = { height: 16, width: 16, channels: 3 } as const
const framed = (width: number, height: number, framing: Framing, shape: { channels: 1 | 3 } = colour) =>
  frame(
    Transformer.fromRgbaPixels(halves(width, height), width, height),
    { width, height },
    { ...colour, ...shape },
    framing,
  )
const at = (pixels: Uint8Array, x: number, y: number): number[] => [
  ...pixels.subarray((y * 16 + x) * 3, (y * 16 + x) * 3 + 3),
]

describe('frame', () => {
  test('stretches to every edge', async () => {
    const pixels = await framed(64, 20, { fit: 'stretch', invert: false })
    expect(pixels).toHaveLength(16 * 16 * 3)
    expect(at(pixels, 0, 0)).toEqual([255, 0, 0])
    expect(at(pixels, 15, 15)).toEqual([0, 0, 255])
  })

  test('pads with the mean colour of the border', async () => {
    const pixels = await framed(64, 32, { fit: 'pad', invert: false })
    expect(at(pixels, 0, 4)).toEqual([255, 0, 0])
    const [red = 0, green, blue = 0] = at(pixels, 0, 0)
    expect(green).toBe(0)
    expect(red).toBeGreaterThan(110)
    expect(blue).toBeGreaterThan(110)
  })

  test('crops the middle out', async () => {
    const pixels = await framed(160, 40, { fit: 'crop', invert: false })
    expect(at(pixels, 0, 8)).toEqual([255, 0, 0])
    expect(at(pixels, 15, 8)).toEqual([0, 0, 255])
  })

  test('makes grey by luma, and inverts', async () => {
    const grey = await framed(16, 16, { fit: 'pad', invert: false }, { channels: 1 })
    expect([grey[0], grey[15]]).toEqual([76, 29])
    const inverted = await framed(16, 16, { fit: 'pad', invert: true }, { channels: 1 })
    expect([inverted[0], inverted[15]]).toEqual([179, 226])
  })

  test('a picture too long to be cropped is refused', async () => {
    await expect(framed(30_000, 1, { fit: 'crop', invert: false })).resolves.toHaveLength(768)
    const long = frame(
      Transformer.fromRgbaPixels(new Uint8Array(4), 1, 1),
      { width: 5_000_000, height: 1 },
      colour,
      { fit: 'crop', invert: false },
    )
    await expect(long).rejects.toMatchObject({ kind: 'invalid-input' })
  })
})

describe('a picture prepared for imported images', () => {
  const image = { width: 64, height: 32, rgba: halves(64, 32) }

  test('is framed as they were', async () => {
    const framing = { fit: 'pad', invert: false } as const
    const { pixels, steps, stages } = await prepareImage(image, { ...colour, framing })
    expect(pixels).toEqual(await framed(64, 32, framing))
    expect(steps[0]).toBe('in colour')
    expect(stages.at(-1)).toMatchObject({ width: 16, height: 16, channels: 3 })
  })

  test('may be a part of it', async () => {
    const area = { left: 32, top: 0, width: 32, height: 32 }
    const { pixels } = await prepareImage(image, colour, { ...defaultPreparation, area })
    expect(at(pixels, 0, 0)).toEqual([0, 0, 255])
  })

  test('in colour cannot be made black and white', async () => {
    const asked = prepareImage(image, colour, { ...defaultPreparation, threshold: 100 })
    await expect(asked).rejects.toMatchObject({ kind: 'invalid-input' })
  })
})
