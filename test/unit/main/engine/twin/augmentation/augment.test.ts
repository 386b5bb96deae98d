import { describe, expect, test } from 'vitest'
import { gatherPixels, type LabelledImages } from '../../../../../../src/main/engine/data/data-set.ts'
import {
  type Augmentation,
  augmentBatch,
} from '../../../../../../src/main/engine/twin/augmentation/augment.ts'
import { elasticField } from '../../../../../../src/main/engine/twin/augmentation/elastic.ts'
import { Random } from '../../../../../../src/main/engine/twin/random.ts'

const none: Augmentation = { shift: 0, rotation: 0, scaling: 0, elastic: 0, noise: 0 }
const [height, width] = [20, 24]

function imagesOf(channels: 1 | 3, value: (x: number, y: number, c: number) => number): LabelledImages {
  const pixels = new Uint8Array(height * width * channels)
  for (let i = 0; i < pixels.length; i++) {
    const pixel = Math.floor(i / channels)
    pixels[i] = value(pixel % width, Math.floor(pixel / width), i % channels)
  }
  return { pixels, labels: new Uint16Array(1), count: 1, height, width, channels }
}

/** A plane: bilinear interpolation is exact on it, so that what was done to it can be read off. */
const plane = imagesOf(1, (x, y) => 40 + 4 * x + 3 * y)
const once = Int32Array.of(0)
const augmented = (images: LabelledImages, by: Partial<Augmentation>, iteration = 1): Float32Array =>
  augmentBatch(images, once, { ...none, ...by }, 5, iteration)

/** Slopes across and down, and the value, at the middle; brightness 0 to 255. */
function readOff(pixels: Float32Array): { across: number; down: number; middle: number } {
  const at = (x: number, y: number): number => 255 * (pixels[y * width + x] as number)
  return { across: at(12, 10) - at(11, 10), down: at(12, 10) - at(12, 9), middle: at(12, 10) }
}

describe('augmented images', () => {
  test('are as they were where nothing is asked for, in colour too', () => {
    const colour = imagesOf(3, (x, y, c) => (7 * x + 5 * y + 60 * c) % 256)
    expect(augmented(colour, {})).toEqual(gatherPixels(colour, once))
  })

  test('are drawn from seed and iteration alone, each image its own', () => {
    const by = { ...none, shift: 2, rotation: 20, elastic: 1, noise: 5 }
    const twice = Int32Array.of(0, 0)
    const draw = (iteration: number): Float32Array => augmentBatch(plane, twice, by, 5, iteration)
    expect(draw(3)).toEqual(draw(3))
    expect(draw(3)).not.toEqual(draw(4))
    const size = height * width
    expect(draw(3).slice(0, size)).not.toEqual(draw(3).slice(size))
  })

  test('are shifted by no more than asked for, every pixel alike', () => {
    const shifts = Array.from({ length: 200 }, (_, i) => {
      const { across, down, middle } = readOff(augmented(plane, { shift: 2 }, i))
      expect(across).toBeCloseTo(4, 3)
      expect(down).toBeCloseTo(3, 3)
      return 40 + 4 * 12 + 3 * 10 - middle
    })
    expect(Math.max(...shifts)).toBeLessThanOrEqual(14.001)
    expect(Math.max(...shifts)).toBeGreaterThan(9)
    expect(Math.min(...shifts)).toBeLessThan(-9)
  })

  test('are turned as a whole, by no more than asked for', () => {
    const angles = Array.from({ length: 100 }, (_, i) => {
      const { across, down } = readOff(augmented(plane, { rotation: 30 }, i))
      expect(Math.hypot(across, down)).toBeCloseTo(5, 3)
      return ((Math.atan2(down, across) - Math.atan2(3, 4)) * 180) / Math.PI
    })
    expect(Math.max(...angles.map(Math.abs))).toBeLessThan(30.01)
    expect(Math.max(...angles)).toBeGreaterThan(20)
    expect(Math.min(...angles)).toBeLessThan(-20)
  })

  test('grow and shrink by no more than asked for', () => {
    const scales = Array.from(
      { length: 100 },
      (_, i) => 4 / readOff(augmented(plane, { scaling: 20 }, i)).across,
    )
    expect(Math.min(...scales)).toBeGreaterThan(0.799)
    expect(Math.max(...scales)).toBeLessThan(1.201)
    expect(Math.max(...scales) - Math.min(...scales)).toBeGreaterThan(0.3)
  })

  test('stay within full brightness under noise, which is as strong as asked for', () => {
    const grey = imagesOf(1, () => 128)
    const noisy = augmented(grey, { noise: 10 })
    const deviation = Math.sqrt(noisy.reduce((sum, x) => sum + (x - 128 / 255) ** 2, 0) / noisy.length)
    expect(deviation).toBeGreaterThan(0.085)
    expect(deviation).toBeLessThan(0.115)
    const white = augmented(
      imagesOf(1, () => 255),
      { noise: 50 },
    )
    expect(white.every(x => x >= 0 && x <= 1)).toBe(true)
  })

  test('whatever is asked for, one colour stays one colour', () => {
    const all = augmented(
      imagesOf(3, (_x, _y, c) => 50 * c + 20),
      { shift: 9, rotation: 90, scaling: 50, elastic: 5 },
    )
    all.forEach((value, i) => {
      expect(value * 255).toBeCloseTo(50 * (i % 3) + 20, 3)
    })
  })
})

test('an elastic field is as strong as asked for, and its neighbours move alike', () => {
  const { x, y } = elasticField(28, 28, 3, Random.seeded(1, 'augmentation'))
  for (const field of [x, y]) {
    const meanSquare = field.reduce((sum, value) => sum + value * value, 0) / field.length
    expect(Math.sqrt(meanSquare)).toBeCloseTo(3, 4)
    const apart = field.slice(1).map((value, i) => Math.abs(value - (field[i] as number)))
    const inside = apart.filter((_, i) => i % 28 !== 27)
    expect(Math.max(...inside)).toBeLessThan(3)
  }
  expect(x).not.toEqual(y)
})
