import { describe, expect, test } from 'vitest'
import type { DecodedImage } from '../../../../../src/main/engine/data/image-file.ts'
import { prepareImage } from '../../../../../src/main/engine/data/preprocess.ts'

type Colour = readonly [number, number, number, number]
const black: Colour = [0, 0, 0, 255]
const white: Colour = [255, 255, 255, 255]
const nothing: Colour = [0, 0, 0, 0]

/** A picture of one rectangle on a ground. */
function rectangle(
  size: number,
  [x, y, width, height]: [number, number, number, number],
  ground: Colour,
  ink: Colour,
): DecodedImage {
  const rgba = new Uint8Array(size * size * 4)
  for (let i = 0; i < size * size; i++) {
    const [column, row] = [i % size, Math.floor(i / size)]
    const inside = column >= x && column < x + width && row >= y && row < y + height
    rgba.set(inside ? ink : ground, i * 4)
  }
  return { width: size, height: size, rgba }
}

/** Rows and columns that show something, and how bright the brightest is. */
function extent(pixels: Uint8Array): {
  left: number
  right: number
  top: number
  bottom: number
  brightest: number
} {
  const lit = [...pixels.keys()].filter(i => (pixels[i] as number) > 100)
  const columns = lit.map(i => i % 28)
  const rows = lit.map(i => Math.floor(i / 28))
  return {
    left: Math.min(...columns),
    right: Math.max(...columns),
    top: Math.min(...rows),
    bottom: Math.max(...rows),
    brightest: Math.max(...pixels),
  }
}

describe('prepareImage', () => {
  test('a 28 x 28 picture, light on dark, is taken as it is', async () => {
    const image = rectangle(28, [2, 3, 5, 5], black, white)
    const { pixels, steps } = await prepareImage(image, 28, 28)
    expect([...pixels]).toEqual(Array.from({ length: 784 }, (_, i) => image.rgba[i * 4]))
    expect(steps.at(-1)).toBe('taken as it is')
  })

  test('a dark drawing on paper is inverted, cropped, scaled to fill 20 of 28 pixels and centred', async () => {
    const { pixels, steps } = await prepareImage(rectangle(200, [120, 10, 20, 60], white, black), 28, 28)
    expect(steps.join('; ')).toMatch(/inverted.*cropped to its content, 20 x 60.*scaled to 7 x 20.*centred/)
    expect(extent(pixels)).toEqual({ left: 11, right: 17, top: 4, bottom: 23, brightest: 255 })
    expect(pixels[0]).toBe(0)
  })

  test('position and size of what is drawn make no difference', async () => {
    const small = await prepareImage(rectangle(100, [5, 5, 20, 40], white, black), 28, 28)
    const large = await prepareImage(rectangle(400, [200, 150, 80, 160], white, black), 28, 28)
    expect(extent(large.pixels)).toEqual(extent(small.pixels))
  })

  test.each([
    ['black on transparent', black, 'white'],
    ['white on transparent', white, 'black'],
  ] as const)('%s stays visible', async (_, ink, paper) => {
    const { pixels, steps } = await prepareImage(rectangle(60, [20, 10, 20, 40], nothing, ink), 28, 28)
    expect(steps[0]).toBe(`grey, on ${paper}`)
    expect(extent(pixels)).toMatchObject({ top: 4, bottom: 23, brightest: 255 })
  })

  test('a line as thin as one pixel is not lost', async () => {
    const { pixels } = await prepareImage(rectangle(64, [30, 2, 1, 60], black, white), 28, 28)
    expect(extent(pixels)).toMatchObject({ top: 4, bottom: 23, brightest: 255 })
  })

  test.each([
    ['grey paper', [180, 180, 180, 255], black],
    ['a dark board', [90, 90, 90, 255], white],
    ['faint ink', white, [200, 200, 200, 255]],
  ] as const)('%s is told from what is drawn on it', async (_, ground, ink) => {
    const { pixels, steps } = await prepareImage(rectangle(200, [60, 40, 40, 120], ground, ink), 28, 28)
    expect(steps.join('; ')).toContain('cropped to its content, 40 x 120')
    expect(extent(pixels)).toMatchObject({ top: 4, bottom: 23, brightest: 255 })
    expect(pixels[0]).toBe(0)
  })

  test('paper with a camera’s noise is blank', async () => {
    const image = rectangle(50, [0, 0, 0, 0], [230, 230, 230, 255], black)
    for (let i = 0; i < image.rgba.length; i += 4) image.rgba.fill(222 + ((i * 7) % 17), i, i + 3)
    await expect(prepareImage(image, 28, 28)).rejects.toThrow(/blank/)
  })

  test('other sizes than 28 x 28 are filled alike', async () => {
    const { pixels } = await prepareImage(rectangle(64, [10, 10, 30, 30], black, white), 56, 56)
    expect(pixels).toHaveLength(56 * 56)
    expect(pixels.filter(value => value > 100)).toHaveLength(40 * 40)
  })

  test('a blank picture is refused in words', async () => {
    await expect(prepareImage(rectangle(50, [0, 0, 0, 0], white, black), 28, 28)).rejects.toThrow(/blank/)
  })
})
