import { beforeAll, describe, expect, test } from 'vitest'
import { nearest, pointAt } from '../../../../../src/main/engine/embedding/nearest.ts'
import { createNearestIndex } from '../../../../../src/main/engine/embedding/nearest-index.ts'
import { NeighbourCalibration } from '../../../../../src/main/engine/embedding/neighbour-calibration.ts'
import { joinParts } from '../../../../../src/main/engine/embedding/searched-points.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { useBackend } from '../../../../support/backends.ts'

beforeAll(() => useBackend('cpu'))

/** Four classes apart and sparse, two dense and half mixed: near pairs are mostly from where the classes are mixed. */
function points(count: number, seed: number) {
  const random = Random.seeded(seed, 'display')
  const labels = Uint16Array.from({ length: count }, () => random.below(6))
  const noise = random.normals(count * 2, 1)
  const values = noise.map((value, i) => {
    const label = labels[i >> 1] as number
    return label < 2 ? 0.15 * value + (i % 2 === 0 ? 0.2 * label : 0) : value + (i % 2 === 0 ? 12 * label : 0)
  })
  return { embedding: { values, count, size: 2 }, labels }
}

const measure = (part: ReturnType<typeof points>) =>
  NeighbourCalibration.measure(
    { points: joinParts([{ origin: 'test', ...part }]), index: createNearestIndex(part.embedding, 'often') },
    part,
  )

describe('NeighbourCalibration', () => {
  test.each([1, 9, 40])(
    'is calibrated for the %i neighbours of images that it was not fitted on',
    async count => {
      const same = (await measure(points(1500, 1))).of(count)
      const other = points(1500, 2)
      const said: number[] = []
      const truth: number[] = []
      for (let query = 0; query < 1500; query++) {
        const found = nearest(other.embedding, pointAt(other.embedding, query), count, query)
        found.indices.forEach((index, i) => {
          said.push(same?.at(found.distances[i] as number) as number)
          truth.push(Number(other.labels[index] === other.labels[query]))
        })
      }
      let error = 0
      for (let bin = 0; bin < 15; bin++) {
        const members = [...said.keys()].filter(
          i => Math.min(14, Math.floor((said[i] as number) * 15)) === bin,
        )
        error += Math.abs(members.reduce((sum, i) => sum + (said[i] as number) - (truth[i] as number), 0))
      }
      expect(error / said.length).toBeLessThan(0.04)
    },
  )

  test('an image is not its own neighbour: classes by chance are found at their share', async () => {
    const part = points(800, 3)
    const random = Random.seeded(4, 'display')
    const calibration = await measure({ ...part, labels: part.labels.map(() => random.below(4)) })
    expect(calibration.queries).toBe(800)
    expect(calibration.of(1)?.at(0)).toBeLessThan(0.35)
  })

  test('is unknown where all are of one class', async () => {
    const calibration = await measure({ ...points(50, 5), labels: new Uint16Array(50) })
    expect(calibration.of(9)).toBeUndefined()
  })
})
