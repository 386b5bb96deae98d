import { beforeAll, describe, expect, test } from 'vitest'
import { imageAt } from '../../../../../src/main/engine/data/data-set.ts'
import { PixelGallery } from '../../../../../src/main/engine/embedding/pixel-distances.ts'
import { useBackend } from '../../../../support/backends.ts'
import { stripes } from '../../../../support/images.ts'

beforeAll(() => useBackend('cpu'))

const theirs = stripes(400, 4, { seed: 1 })
const ours = stripes(300, 4, { seed: 2 })
const gallery = new PixelGallery(theirs)

const euclidean = (a: readonly number[], b: readonly number[]): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0))

/** Mean 0 and length 1. */
function shapeOf(pixels: readonly number[]): number[] {
  const mean = pixels.reduce((sum, value) => sum + value, 0) / pixels.length
  const centred = pixels.map(value => value - mean)
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value ** 2, 0))
  return centred.map(value => (length === 0 ? 0 : value / length))
}

function brute(pixels: Uint8Array, exclude = -1) {
  const mine = Array.from(pixels, value => value / 255)
  const others = Array.from({ length: 400 }, (_, i) => Array.from(imageAt(theirs, i), value => value / 255))
  const counted = others.filter((_, i) => i !== exclude)
  return {
    brightness: Math.min(...counted.map(other => euclidean(mine, other))),
    shape: Math.min(...counted.map(other => euclidean(shapeOf(mine), shapeOf(other)))),
  }
}

describe('PixelGallery', () => {
  test('finds the nearest by brightness and by shape as looking at every pair does', async () => {
    const together = await gallery.nearestOfEach(ours)
    for (const i of [0, 17, 299]) {
      const image = imageAt(ours, i)
      const { brightness, shape } = brute(image)
      const alone = gallery.nearest(image)
      expect(alone.brightness).toBeCloseTo(brightness, 9)
      expect(alone.shape).toBeCloseTo(shape, 6)
      expect(together.brightness[i]).toBeCloseTo(brightness, 3)
      expect(together.shape[i]).toBeCloseTo(shape, 3)
    }
  })

  test('an image of the gallery is nearest to itself, unless that does not count', () => {
    const own = imageAt(theirs, 5)
    expect(gallery.nearest(own).brightness).toBe(0)
    expect(gallery.nearest(own, 5).brightness).toBeCloseTo(brute(own, 5).brightness, 9)
  })

  test('a faint picture has the shape of the strong one; a flat one has none', () => {
    const own = imageAt(theirs, 5)
    const faint = own.map(value => 100 + value / 4)
    expect(gallery.nearest(faint).shape).toBeLessThan(0.1)
    expect(gallery.nearest(new Uint8Array(64).fill(90)).shape).toBeCloseTo(Math.SQRT2, 9)
  })

  test('is cancelled', async () => {
    await expect(gallery.nearestOfEach(ours, AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    })
  })
})
