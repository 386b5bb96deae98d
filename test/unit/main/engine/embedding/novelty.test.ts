import { beforeAll, describe, expect, test } from 'vitest'
import type { LabelledImages } from '../../../../../src/main/engine/data/data-set.ts'
import { imageAt } from '../../../../../src/main/engine/data/data-set.ts'
import { NoveltyScale } from '../../../../../src/main/engine/embedding/novelty.ts'
import { PixelGallery } from '../../../../../src/main/engine/embedding/pixel-distances.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { useBackend } from '../../../../support/backends.ts'
import { stripes } from '../../../../support/images.ts'

beforeAll(() => useBackend('cpu'))

/** Where a made-up encoder puts stripes: the class, and a little noise. */
function embedded(images: LabelledImages, seed: number) {
  const noise = Random.seeded(seed, 'display').normals(images.count * 2, 0.1)
  const values = noise.map((value, i) => value + (images.labels[i >> 1] as number))
  return { images, embedding: { values, count: images.count, size: 2 } }
}

const train = embedded(stripes(400, 4, { seed: 1 }), 1)
const heldOut = embedded(stripes(900, 4, { seed: 2 }), 2)
const fresh = embedded(stripes(1000, 4, { seed: 3 }), 3)

describe('NoveltyScale', () => {
  const judgeAll = async (those: typeof fresh) => {
    const scale = await NoveltyScale.measure(train, heldOut)
    return Array.from({ length: those.images.count }, (_, i) =>
      scale.judge(those.embedding.values.subarray(2 * i, 2 * i + 2), imageAt(those.images, i)),
    )
  }

  test('calls about one in a hundred of the same kind new, and its percentiles are uniform', async () => {
    const verdicts = await judgeAll(fresh)
    const share = verdicts.filter(({ novel }) => novel).length / verdicts.length
    expect(share).toBeLessThan(0.03)
    for (const limit of [0.25, 0.5, 0.75]) {
      const below = verdicts.filter(({ percentile }) => percentile < limit).length / verdicts.length
      expect(Math.abs(below - limit)).toBeLessThan(0.08)
    }
    expect(verdicts[0]?.references).toBe(900)
  })

  test('knows what falls far from all, and what falls among them but looks like nothing seen', async () => {
    const scale = await NoveltyScale.measure(train, heldOut)
    const usual = imageAt(train.images, 0)
    const strange = usual.map(value => 255 - value)
    const [home, away] = [Float32Array.of(0, 0), Float32Array.of(50, 50)]
    expect(scale.judge(home, usual).novel).toBe(false)
    expect(scale.judge(away, usual).novel).toBe(true)
    const folded = scale.judge(home, strange)
    expect(folded.novel).toBe(true)
    expect(folded.embedding.percentile).toBeLessThan(0.99)
    expect(scale.judge(away, null)).toMatchObject({ novel: true, pixels: null, shape: null, percentile: 1 })
  })

  test('a training image is measured against the others', async () => {
    const scale = await NoveltyScale.measure(train, heldOut)
    const itself = scale.judge(train.embedding.values.subarray(10, 12), imageAt(train.images, 5), 5)
    expect(itself.pixels?.distance).toBe(
      new PixelGallery(train.images).nearest(imageAt(train.images, 5), 5).brightness,
    )
    expect(itself.pixels?.distance).toBeGreaterThan(0)
  })
})
