import { Transformer } from '@napi-rs/image'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRun, type Run } from '../../../../../src/main/engine/runs/run-folder.ts'
import { type Found, noClass, originNames } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { emptyPng } from '../../../../support/png.ts'
import { openServiceClient, type ServiceClient, smallData } from '../../../../support/service-client.ts'

const hyperparameters = { ...defaults, hiddenSizes: [16], batchSize: 20, margin: 1, learningRate: 3e-3 }

let service: ServiceClient
let run: Run

beforeAll(async () => {
  service = await openServiceClient()
  await service.client.openData(smallData)
  await service.client.start({ hyperparameters: { ...hyperparameters, iterations: 120 }, data: smallData })
  const { folder } = await service.when(({ phase }) => phase === 'done')
  run = await openRun(folder as string)
})
afterAll(() => service.close())

/** Every image with its distance to a point, nearest first, by looking at each. */
function brute(point: Float32Array, splits: readonly ('test' | 'train')[]) {
  const all = splits.flatMap(origin => {
    const { embedding, labels } = run[origin]
    return Array.from(labels, (label, index) => {
      const other = embedding.values.subarray(index * embedding.size, (index + 1) * embedding.size)
      return {
        origin,
        index,
        label,
        distance: Math.hypot(...point.map((value, i) => value - (other[i] ?? 0))),
      }
    })
  })
  return all.sort((a, b) => a.distance - b.distance)
}

const asRows = ({ neighbours: { indices, distances, origins, labels } }: Found) =>
  Array.from(indices, (index, i) => ({
    origin: originNames[origins[i] as number],
    index,
    label: labels[i],
    distance: distances[i],
  }))

/** The same neighbours at the same distances: of equal distances the order is the searcher's own. */
function expectAlike(found: Found, expected: ReturnType<typeof brute>): void {
  const rows = asRows(found)
  expect(rows).toHaveLength(expected.length)
  rows.forEach((row, i) => {
    expect(row.distance).toBeCloseTo(expected[i]?.distance as number, 6)
    expect(brute(found.query.point, ['test', 'train'])).toContainEqual(
      expect.objectContaining({ origin: row.origin, index: row.index, label: row.label }),
    )
  })
}

describe('a search', () => {
  test.each([
    ['test', ['test']],
    ['train', ['train']],
    ['both', ['test', 'train']],
  ] as const)(
    'in %s equals one that looks at every image, whatever classes are asked for',
    async (kind, splits) => {
      for (const classes of [undefined, Uint16Array.of(3), Uint16Array.of(1, 7, 8)]) {
        const choice = { count: 100, gallery: { kind }, ...(classes === undefined ? {} : { classes }) }
        const found = await service.client.search({ query: { kind: 'test', index: 5 }, ...choice })
        const others = brute(found.query.point, splits)
          .filter(({ origin, index }) => origin !== 'test' || index !== 5)
          .filter(({ label }) => classes === undefined || classes.includes(label))
        expectAlike(found, others.slice(0, 100))
      }
    },
  )

  test('by a training image leaves it out where it is searched in, and says its class', async () => {
    const query = { kind: 'train' as const, index: 17 }
    const found = await service.client.search({ query, count: 9, gallery: { kind: 'both' } })
    const others = brute(found.query.point, ['test', 'train']).filter(
      ({ origin, index }) => origin !== 'train' || index !== 17,
    )
    expectAlike(found, others.slice(0, 9))
    expect(found.class).toEqual({ label: run.train.labels[17], known: true })
  })

  test('names the nearest of another class and the farthest of its own, whichever classes are asked for', async () => {
    const query = { kind: 'test' as const, index: 8 }
    const found = await service.client.search({ query, count: 1, classes: Uint16Array.of(0) })
    const label = run.test.labels[8]
    const others = brute(found.query.point, ['test']).filter(({ index }) => index !== 8)
    const other = others.find(one => one.label !== label)
    const own = others.findLast(one => one.label === label)
    expect(found.nearestOther).toMatchObject({ origin: 'test', label: other?.label })
    expect(found.nearestOther?.distance).toBeCloseTo(other?.distance as number, 6)
    expect(found.farthestOwn?.distance).toBeCloseTo(own?.distance as number, 6)
  })

  test('by a mean is by the mean in the embedding, its members left out', async () => {
    const indices = Int32Array.of(2, 4, 6, 8)
    const found = await service.client.search({ query: { kind: 'mean', split: 'test', indices }, count: 9 })
    const { values } = run.test.embedding
    for (const d of [0, 1]) {
      const mean = indices.reduce((sum, index) => sum + (values[index * 2 + d] as number), 0) / 4
      expect(found.query.point[d]).toBeCloseTo(mean, 5)
    }
    const others = brute(found.query.point, ['test']).filter(({ index }) => !indices.includes(index))
    expectAlike(found, others.slice(0, 9))
    expect(found.novelty?.pixels).toBeNull()
  })

  test('by a drawing of the network’s size falls where the image itself falls', async () => {
    const { pixels } = await service.client.images({ split: 'test', indices: Int32Array.of(3) })
    const canvas = { kind: 'canvas' as const, name: 'drawing', width: 28, height: 28, pixels }
    const drawn = await service.client.search({ query: canvas, count: 3 })
    expect(drawn.neighbours.indices[0]).toBe(3)
    expect(drawn.neighbours.distances[0]).toBeLessThan(1e-4)
    expect(drawn.query.stages.at(-1)).toMatchObject({ words: 'taken as it is', width: 28, pixels })
    const wrong = { ...canvas, width: 27 }
    await expect(service.client.search({ query: wrong, count: 3 })).rejects.toThrow(
      /another number of pixels/,
    )
  })

  test('says how probable the same class is: less with distance, and what that comes from', async () => {
    const found = await service.client.search({ query: { kind: 'test', index: 0 }, count: 100 })
    const same = [...found.neighbours.same]
    expect(same).toEqual(same.toSorted((a, b) => b - a))
    expect(same.every(value => value > 0 && value < 1)).toBe(true)
    expect(found.calibration).toBe('the neighbours of 120 test images of this run')
    const filtered = await service.client.search({
      query: { kind: 'test', index: 0 },
      count: 9,
      classes: Uint16Array.of(1),
    })
    expect(filtered.calibration).toBe("200,000 random pairs of this run's 120 test images")
  })

  test.each([
    ['an index that is not there', { kind: 'train', index: 300 }, /no train image 300/],
    ['a mean of nothing', { kind: 'mean', split: 'test', indices: new Int32Array(0) }, /at least one/],
    ['a gallery that is gone', { kind: 'member', gallery: 'x', index: 0 }, /not there any more/],
  ] as const)('%s is refused in words', async (_, query, words) => {
    await expect(service.client.search({ query, count: 9 })).rejects.toThrow(words)
  })
})

test('several queries are answered a row each, and what is wrong with one spoils no other', async () => {
  const queries = [
    { kind: 'test' as const, index: 1 },
    { kind: 'picture' as const, name: 'huge.png', file: emptyPng(20_000, 20_000) },
    { kind: 'picture' as const, name: 'words.png', file: Buffer.from('only words') },
    { kind: 'test' as const, index: 2 },
  ]
  const rows: { row: number; found: Found | null; error: { message: string } | null }[] = []
  for await (const row of service.client.searchMany({ queries, count: 5 })) rows.push(row)
  expect(rows.map(({ row }) => row)).toEqual([0, 1, 2, 3])
  expect(rows[1]?.error?.message).toMatch(/huge\.png: it is 20000 x 20000 pixels/)
  expect(rows[2]?.error?.message).toMatch(/words\.png: it is not a picture/)
  expect(rows[3]?.found).toEqual(await service.client.search({ query: queries[3] as never, count: 5 }))
})

describe('a gallery of pictures', () => {
  const bring = async (indices: readonly number[], label?: number) => {
    const { pixels } = await service.client.images({ split: 'test', indices: Int32Array.from(indices) })
    return Promise.all(
      indices.map(async (index, i) => ({
        name: `${index}.png`,
        file: await pngOf(pixels.subarray(i * 784, (i + 1) * 784)),
        ...(label === undefined ? {} : { label }),
      })),
    )
  }

  test('is brought a few at a time, searched exactly, and told of what could not be read', async () => {
    const first = await service.client.addPictures({
      pictures: [...(await bring([10, 11, 12])), { name: 'bad.png', file: Buffer.from('bad') }],
    })
    expect(first).toMatchObject({ count: 3, refused: [{ name: 'bad.png', error: { kind: 'bad-file' } }] })
    const { gallery } = first
    const more = await service.client.addPictures({ gallery, pictures: await bring([13, 14], 6) })
    expect(more).toMatchObject({ gallery, count: 5, refused: [] })
    const choice = { count: 9, gallery: { kind: 'pictures' as const, gallery } }
    const found = await service.client.search({ query: { kind: 'test', index: 12 }, ...choice })
    const expected = brute(found.query.point, ['test']).filter(({ index }) => index >= 10 && index < 15)
    expect([...found.neighbours.indices]).toEqual(expected.map(({ index }) => index - 10))
    found.neighbours.distances.forEach((distance, i) => {
      expect(distance).toBeCloseTo(expected[i]?.distance as number, 4)
    })
    expect(new Set(found.neighbours.labels)).toEqual(new Set([noClass, 6]))
    const pictures = await service.client.galleryPictures({ gallery, indices: Int32Array.of(4, 0) })
    expect(pictures.names).toEqual(['14.png', '10.png'])
    const member = await service.client.search({ query: { kind: 'member', gallery, index: 2 }, ...choice })
    expect(member.neighbours.indices).not.toContain(2)
    expect(member.class).toEqual({ label: 6, known: false })
    await service.client.dropGallery({ gallery })
    await expect(service.client.search({ query: { kind: 'test', index: 1 }, ...choice })).rejects.toThrow(
      /not there any more/,
    )
  })

  test('is compared with another: all pairs, or the best of each, with the run’s error rates', async () => {
    const a = (await service.client.addPictures({ pictures: await bring([20, 21, 22]) })).gallery
    const b = (await service.client.addPictures({ pictures: await bring([22, 23]) })).gallery
    const task = { first: a, second: b, threshold: 0.1 }
    const all = await service.client.verify({ ...task, pairs: 'all' })
    expect(all.distances).toHaveLength(6)
    expect([...all.distances]).toEqual([...all.distances].sort((x, y) => x - y))
    expect([all.first[0], all.second[0], all.similar[0]]).toEqual([2, 0, 1])
    const best = await service.client.verify({ ...task, pairs: 'best' })
    for (const [i, first] of best.first.entries()) {
      const mine = [...all.distances].filter((_, pair) => all.first[pair] === first)
      expect(best.distances[i]).toBe(Math.min(...mine))
    }
    expect(all.rates).toEqual(await service.client.errorRates({ threshold: 0.1 }))
    const { eer, eerThreshold } = run.config.quality
    const equal = await service.client.errorRates({ threshold: eerThreshold as number })
    expect(equal?.falseAccept).toBeCloseTo(eer as number, 2)
    expect(equal?.falseReject).toBeCloseTo(eer as number, 2)
  })
})

test('an explanation says the distance, and a map for each image', async () => {
  const [first, second] = [
    { kind: 'test' as const, index: 0 },
    { kind: 'train' as const, index: 4 },
  ]
  const { distance } = await service.client.compare({ first, second })
  for (const method of ['occlusion', 'gradient'] as const) {
    const explained = await service.client.explain({ first, second, method })
    expect(explained.distance).toBeCloseTo(distance, 4)
    expect([explained.first.length, explained.second.length]).toEqual([784, 784])
    expect(explained.first.some(value => value !== 0)).toBe(true)
  }
  const mean = { kind: 'mean' as const, split: 'test' as const, indices: Int32Array.of(1, 2) }
  await expect(service.client.explain({ first: mean, second, method: 'gradient' })).rejects.toThrow(
    /no image/,
  )
})

async function pngOf(pixels: Uint8Array): Promise<Uint8Array> {
  const rgba = Uint8Array.from({ length: 784 * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : (pixels[i >> 2] as number),
  )
  return Transformer.fromRgbaPixels(rgba, 28, 28).png()
}

describe('while a training runs', () => {
  test('test images are searched as they fall now, and what needs its end says so', async () => {
    const { client, when } = service
    const endless = { ...hyperparameters, iterations: 1_000_000 }
    const { training } = await client.start({ hyperparameters: endless, data: smallData })
    for await (const points of client.points()) if (points.training === training) break
    const query = { kind: 'test' as const, index: 1 }
    const found = await client.search({ query, count: 5, classes: Uint16Array.of(2, 3) })
    expect(found.neighbours.labels.every(label => label === 2 || label === 3)).toBe(true)
    expect(found).toMatchObject({ novelty: null, calibration: null })
    expect(found.neighbours.same.every(Number.isNaN)).toBe(true)
    const inTrain = client.search({ query, count: 5, gallery: { kind: 'train' } })
    await expect(inTrain).rejects.toThrow(/only when a training has ended/)
    expect(await client.errorRates({ threshold: 1 })).toBeNull()
    const second = { kind: 'test' as const, index: 2 }
    const explained = await client.explain({ first: query, second, method: 'occlusion', patch: 1 })
    expect(explained.first).toHaveLength(784)
    await client.stop()
    await when(({ phase }) => phase === 'done')
    expect((await client.search({ query, count: 5 })).novelty).not.toBeNull()
  })
})

test('what is cancelled ends as cancelled', async () => {
  const cancelled = { kind: 'cancelled' }
  const signal = AbortSignal.timeout(1)
  const queries = Array.from({ length: 200 }, (_, index) => ({ kind: 'test' as const, index: index % 100 }))
  const rows = async () => {
    for await (const { row } of service.client.searchMany({ queries, count: 100 }, { signal })) {
      expect(row).toBeLessThan(200)
    }
  }
  await expect(rows()).rejects.toMatchObject(cancelled)
  const [first, second] = [queries[0] as never, queries[1] as never]
  const explaining = service.client.explain({ first, second, method: 'occlusion', patch: 1 }, { signal })
  await expect(explaining).rejects.toMatchObject(cancelled)
})
