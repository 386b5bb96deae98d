import { describe, expect, test } from 'vitest'
import type { DecodedImage } from '../../../../../src/main/engine/data/image-file.ts'
import { prepareGrey, prepareImage } from '../../../../../src/main/engine/data/preprocess.ts'
import { defaultPreparation, type Preparation } from '../../../../../src/shared/contract.ts'

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
    const { pixels, steps } = await prepareImage(image, { height: 28, width: 28, channels: 1 })
    expect([...pixels]).toEqual(Array.from({ length: 784 }, (_, i) => image.rgba[i * 4]))
    expect(steps.at(-1)).toBe('taken as it is')
  })

  test('a dark drawing on paper is inverted, cropped, scaled to fill 20 of 28 pixels and centred', async () => {
    const { pixels, steps } = await prepareImage(rectangle(200, [120, 10, 20, 60], white, black), {
      height: 28,
      width: 28,
      channels: 1,
    })
    expect(steps.join('; ')).toMatch(/inverted.*cropped to its content, 20 × 60.*scaled to 7 × 20.*centred/)
    expect(extent(pixels)).toEqual({ left: 11, right: 17, top: 4, bottom: 23, brightest: 255 })
    expect(pixels[0]).toBe(0)
  })

  test('position and size of what is drawn make no difference', async () => {
    const small = await prepareImage(rectangle(100, [5, 5, 20, 40], white, black), {
      height: 28,
      width: 28,
      channels: 1,
    })
    const large = await prepareImage(rectangle(400, [200, 150, 80, 160], white, black), {
      height: 28,
      width: 28,
      channels: 1,
    })
    expect(extent(large.pixels)).toEqual(extent(small.pixels))
  })

  test.each([
    ['black on transparent', black, 'white'],
    ['white on transparent', white, 'black'],
  ] as const)('%s stays visible', async (_, ink, paper) => {
    const { pixels, steps } = await prepareImage(rectangle(60, [20, 10, 20, 40], nothing, ink), {
      height: 28,
      width: 28,
      channels: 1,
    })
    expect(steps[0]).toBe(`grey, on ${paper}`)
    expect(extent(pixels)).toMatchObject({ top: 4, bottom: 23, brightest: 255 })
  })

  test('a line as thin as one pixel is not lost', async () => {
    const { pixels } = await prepareImage(rectangle(64, [30, 2, 1, 60], black, white), {
      height: 28,
      width: 28,
      channels: 1,
    })
    expect(extent(pixels)).toMatchObject({ top: 4, bottom: 23, brightest: 255 })
  })

  test.each([
    ['grey paper', [180, 180, 180, 255], black],
    ['a dark board', [90, 90, 90, 255], white],
    ['faint ink', white, [200, 200, 200, 255]],
  ] as const)('%s is told from what is drawn on it', async (_, ground, ink) => {
    const { pixels, steps } = await prepareImage(rectangle(200, [60, 40, 40, 120], ground, ink), {
      height: 28,
      width: 28,
      channels: 1,
    })
    expect(steps.join('; ')).toContain('cropped to its content, 40 × 120')
    expect(extent(pixels)).toMatchObject({ top: 4, bottom: 23, brightest: 255 })
    expect(pixels[0]).toBe(0)
  })

  test('paper with a camera’s noise is blank', async () => {
    const image = rectangle(50, [0, 0, 0, 0], [230, 230, 230, 255], black)
    for (let i = 0; i < image.rgba.length; i += 4) image.rgba.fill(222 + ((i * 7) % 17), i, i + 3)
    await expect(prepareImage(image, { height: 28, width: 28, channels: 1 })).rejects.toThrow(/blank/)
  })

  test('other sizes than 28 x 28 are filled alike', async () => {
    const { pixels } = await prepareImage(rectangle(64, [10, 10, 30, 30], black, white), {
      height: 56,
      width: 56,
      channels: 1,
    })
    expect(pixels).toHaveLength(56 * 56)
    expect(pixels.filter(value => value > 100)).toHaveLength(40 * 40)
  })

  test('a blank picture is refused in words', async () => {
    await expect(
      prepareImage(rectangle(50, [0, 0, 0, 0], white, black), { height: 28, width: 28, channels: 1 }),
    ).rejects.toThrow(/blank/)
  })
})

describe('prepareImage, told how', () => {
  const prepare = (image: DecodedImage, told: Partial<Preparation>) =>
    prepareImage(image, { height: 28, width: 28, channels: 1 }, { ...defaultPreparation, ...told })
  const drawing = rectangle(200, [120, 10, 20, 60], white, black)

  test('does by default what it does when nothing is said', async () => {
    expect(await prepare(drawing, {})).toEqual(
      await prepareImage(drawing, { height: 28, width: 28, channels: 1 }),
    )
  })

  test('inverts or not, whatever the border says', async () => {
    const dark = rectangle(28, [2, 3, 5, 5], [40, 40, 40, 255], white)
    const turned = await prepare(dark, { invert: 'yes', crop: 'whole', fit: 'stretch' })
    expect([turned.pixels[0], turned.pixels[3 * 28 + 2]]).toEqual([255, 0])
    expect(turned.steps).toContain('inverted')
    const left = await prepare(drawing, { invert: 'no', crop: 'whole', fit: 'stretch' })
    expect(left.steps.some(step => step.startsWith('inverted'))).toBe(false)
    expect(left.pixels[0]).toBe(255)
    const blank = rectangle(50, [0, 0, 0, 0], white, black)
    await expect(prepare(blank, { invert: 'no' })).rejects.toThrow(/blank/)
  })

  test('looks at a part of the picture only', async () => {
    const two = rectangle(200, [20, 10, 20, 60], white, black)
    const other = rectangle(200, [150, 100, 30, 30], white, black)
    two.rgba.forEach((value, i) => {
      two.rgba[i] = Math.min(value, other.rgba[i] as number)
    })
    const area = { left: 100, top: 50, width: 100, height: 150 }
    const part = await prepare(two, { area })
    expect(part.steps[1]).toBe('the part that was chosen, 100 × 150')
    expect(part.pixels).toEqual((await prepareImage(other, { height: 28, width: 28, channels: 1 })).pixels)
    await expect(prepare(two, { area: { ...area, width: 101 } })).rejects.toThrow(/not within the picture/)
  })

  test('makes black and white from a level on', async () => {
    const grey = rectangle(100, [20, 20, 60, 60], black, [120, 120, 120, 255])
    for (let y = 40; y < 60; y++) {
      for (let x = 40; x < 60; x++) grey.rgba.set(white, (y * 100 + x) * 4)
    }
    const low = await prepare(grey, { threshold: 100 })
    const high = await prepare(grey, { threshold: 130 })
    expect(low.steps.join('; ')).toMatch(/from brightness 100 on; cropped to its content, 60 × 60/)
    expect(high.steps.join('; ')).toMatch(/from brightness 130 on; cropped to its content, 20 × 20/)
    const stage = high.stages.find(({ words }) => words.includes('black and white'))
    expect(new Set(stage?.pixels.filter(value => value > 0 && value < 255)).size).toBeLessThan(4)
  })

  test.each([
    ['mass', { left: 4, right: 23, top: 4, bottom: 23 }],
    ['centre', { left: 4, right: 23, top: 4, bottom: 23 }],
    ['fill', { left: 0, right: 27, top: 0, bottom: 27 }],
    ['stretch', { left: 0, right: 27, top: 0, bottom: 27 }],
  ] as const)('fits a square by %s', async (fit, box) => {
    const square = rectangle(120, [30, 30, 40, 40], white, black)
    expect(extent((await prepare(square, { fit })).pixels)).toMatchObject(box)
  })

  test('keeps the shape or not, and centres the mass or the box', async () => {
    const flag = rectangle(100, [20, 20, 6, 60], white, black)
    for (let y = 20; y < 40; y++) for (let x = 26; x < 50; x++) flag.rgba.set(black, (y * 100 + x) * 4)
    const box = extent((await prepare(flag, { fit: 'centre' })).pixels)
    expect([box.left + box.right, box.top + box.bottom]).toEqual([27, 27])
    const mass = extent((await prepare(flag, { fit: 'mass' })).pixels)
    expect(mass.top).toBeGreaterThan(box.top)
    const { left, right, top, bottom } = extent((await prepare(flag, { fit: 'fill' })).pixels)
    expect([bottom - top, right - left]).toEqual([27, 13])
    const whole = extent((await prepare(flag, { fit: 'stretch', crop: 'whole' })).pixels)
    // At 20 of 100 pixels, 5.6 of 28.
    expect([5, 6]).toContain(whole.left)
  })

  test('crops a picture of the network’s size when it is asked to', async () => {
    const small = rectangle(28, [2, 3, 5, 5], black, white)
    const { pixels } = await prepare(small, { crop: 'content' })
    expect(extent(pixels)).toMatchObject({ left: 4, right: 23, top: 4, bottom: 23 })
  })

  test('shows every step as a picture, small, and the last is what the network sees', async () => {
    const { stages, steps, pixels } = await prepareImage(drawing, { height: 28, width: 28, channels: 1 })
    expect(stages.map(({ words }) => words)).toEqual(steps)
    expect(stages[0]).toMatchObject({ width: 200, height: 200, shownWidth: 96, shownHeight: 96 })
    expect(stages.at(-1)).toMatchObject({ width: 28, height: 28, shownWidth: 28, shownHeight: 28, pixels })
    for (const stage of stages) expect(stage.pixels).toHaveLength(stage.shownWidth * stage.shownHeight)
    // White paper, then what was black is bright on black.
    expect([stages[0]?.pixels[0], stages[1]?.pixels[0]]).toEqual([255, 0])
  })

  test('a drawing is prepared as the picture of it is', async () => {
    const grey = { width: 200, height: 200, values: drawing.rgba.filter((_, i) => i % 4 === 0) }
    const { pixels } = await prepareGrey(grey, { height: 28, width: 28, channels: 1 })
    expect(pixels).toEqual((await prepareImage(drawing, { height: 28, width: 28, channels: 1 })).pixels)
  })
})
