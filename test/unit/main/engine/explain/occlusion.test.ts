import { beforeAll, describe, expect, test } from 'vitest'
import { embed } from '../../../../../src/main/engine/embedding/embed.ts'
import { occlusionMaps, patchesOf } from '../../../../../src/main/engine/explain/occlusion.ts'
import type { Embed } from '../../../../../src/main/engine/service/model.ts'
import { toNetwork } from '../../../../../src/main/engine/twin/network/network.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { useBackend } from '../../../../support/backends.ts'
import { networkOf } from '../../../../support/networks.ts'

const side = 8
const size = side * side
const random = Random.seeded(5, 'display')
const picture = (): Uint8Array => Uint8Array.from({ length: size }, () => random.below(256))

/** An encoder that looks at one pixel and nothing else: its brightness is the only feature. */
function onePixel(pixel: number): Embed {
  const kernel = new Float32Array(size)
  kernel[pixel] = 1
  const network = toNetwork(networkOf([{ inputs: size, outputs: 1, kernel, bias: new Float32Array(1) }]))
  return (images, signal) => embed(network, images, signal)
}

beforeAll(() => useBackend('cpu'))

describe('occlusionMaps', () => {
  test('finds the one pixel that the encoder looks at, and says by how much', async () => {
    const pixel = 3 * side + 5
    const [first, second, mean] = [picture(), picture(), new Uint8Array(size).fill(7)]
    first[pixel] = 200
    second[pixel] = 180
    const pair = { first, second, mean, height: side, width: side, channels: 1 as const }
    const maps = await occlusionMaps(onePixel(pixel), pair, 1)
    expect(maps.distance).toBeCloseTo(20 / 255, 6)
    maps.first.forEach((change, i) => {
      // Hidden, the first is at 7 of 255, the second still at 180.
      expect(change).toBeCloseTo(i === pixel ? 173 / 255 - 20 / 255 : 0, 6)
    })
    maps.second.forEach((change, i) => {
      expect(change).toBeCloseTo(i === pixel ? 193 / 255 - 20 / 255 : 0, 6)
    })
  })

  test('of larger patches a pixel gets the mean of those that cover it', async () => {
    const pixel = 0
    const [first, second] = [new Uint8Array(size).fill(255), new Uint8Array(size).fill(255)]
    const pair = {
      first,
      second,
      mean: new Uint8Array(size),
      height: side,
      width: side,
      channels: 1 as const,
    }
    const maps = await occlusionMaps(onePixel(pixel), pair, 4)
    const patches = patchesOf(side, side, 4)
    maps.first.forEach((change, i) => {
      const [x, y] = [i % side, Math.floor(i / side)]
      const covering = patches.filter(
        ({ top, bottom, left, right }) => y >= top && y < bottom && x >= left && x < right,
      )
      const hiding = covering.filter(({ top, left }) => top === 0 && left === 0)
      expect(change).toBeCloseTo(hiding.length / covering.length, 6)
    })
  })

  test.each([
    [28, 28, 5],
    [3, 9, 5],
    [100, 40, 1],
  ])('patches on %i x %i of side %i cover every pixel, and are not too many', (height, width, patch) => {
    const patches = patchesOf(height, width, patch)
    const covered = new Set<number>()
    for (const { top, bottom, left, right } of patches) {
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) covered.add(y * width + x)
    }
    expect(covered.size).toBe(height * width)
    expect(patches.length).toBeLessThanOrEqual(33 * 33)
  })

  test('stops when it is cancelled', async () => {
    const pair = {
      first: picture(),
      second: picture(),
      mean: picture(),
      height: side,
      width: side,
      channels: 1 as const,
    }
    const asked = occlusionMaps(onePixel(1), pair, 1, AbortSignal.abort())
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' })
  })
})
