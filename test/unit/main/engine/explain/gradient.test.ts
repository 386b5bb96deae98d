import { beforeAll, describe, expect, test } from 'vitest'
import { embed } from '../../../../../src/main/engine/embedding/embed.ts'
import { distanceGradient, gradientMaps } from '../../../../../src/main/engine/explain/gradient.ts'
import { occlusionMaps } from '../../../../../src/main/engine/explain/occlusion.ts'
import { toNetwork } from '../../../../../src/main/engine/twin/network/network.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { useBackend } from '../../../../support/backends.ts'
import { denseLayers, mlp } from '../../../../support/networks.ts'

const side = 8
const size = side * side
const random = Random.seeded(5, 'display')
const picture = (): Uint8Array => Uint8Array.from({ length: size }, () => random.below(256))

beforeAll(() => useBackend('cpu'))

describe('distanceGradient', () => {
  const layers = () => toNetwork(values)
  /** The distance of two images of any brightness, 0 to 1, by plain loops in double precision. */
  const values = mlp({ inputSize: size, hiddenSizes: [20, 10], embeddingSize: 3 }, 2)
  const dense = denseLayers(values)
  const encode = (image: readonly number[]): number[] =>
    dense.reduce<number[]>(
      (input, { kernel, bias, outputs }, l) =>
        Array.from(bias, (start, o) => {
          const sum = input.reduce((so, value, i) => so + value * (kernel[i * outputs + o] as number), start)
          return l === dense.length - 1 ? sum : Math.max(0, sum)
        }),
      [...image],
    )
  const distance = (a: readonly number[], b: readonly number[]): number => {
    const [f, g] = [encode(a), encode(b)]
    return Math.hypot(...f.map((value, i) => value - (g[i] as number)))
  }

  test('equals finite differences, for both images', async () => {
    const [first, second] = [picture(), picture()]
    const found = await distanceGradient(layers(), { first, second })
    const [a, b] = [Array.from(first, value => value / 255), Array.from(second, value => value / 255)]
    expect(found.distance).toBeCloseTo(distance(a, b), 4)
    const step = 1e-6
    const moved = (image: readonly number[], i: number, by: number): number[] =>
      image.map((value, at) => (at === i ? value + by : value))
    for (let i = 0; i < size; i++) {
      const inFirst = (distance(moved(a, i, step), b) - distance(moved(a, i, -step), b)) / (2 * step)
      const inSecond = (distance(a, moved(b, i, step)) - distance(a, moved(b, i, -step))) / (2 * step)
      expect(found.first[i]).toBeCloseTo(inFirst, 3)
      expect(found.second[i]).toBeCloseTo(inSecond, 3)
    }
  })

  test('is 0 for images that fall on one point', async () => {
    const first = picture()
    const { first: slope, distance: none } = await distanceGradient(layers(), { first, second: first })
    expect(none).toBe(0)
    expect(slope.every(value => value === 0)).toBe(true)
  })

  test('as a map it is the occlusion of single pixels to first order', async () => {
    const first = picture()
    // Where the mean is nearly the image, the first order is all there is.
    const mean = first.map(value => (value > 128 ? value - 1 : value + 1))
    const pair = { first, second: picture(), mean, height: side, width: side, channels: 1 as const }
    const exact = await occlusionMaps(images => embed(layers(), images), pair, 1)
    const approximate = await gradientMaps(layers(), pair)
    approximate.first.forEach((change, i) => {
      expect(change).toBeCloseTo(exact.first[i] as number, 4)
    })
  })
})
