import { cp, mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keptNeighbours } from '../../../../../src/main/engine/embedding/kept-neighbours.ts'
import { align } from '../../../../../src/main/engine/embedding/procrustes.ts'
import { openMoments, openRun } from '../../../../../src/main/engine/runs/run-folder.ts'
import type { Moments, Training } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { openServiceClient, type ServiceClient, smallData } from '../../../../support/service-client.ts'

const small = { ...defaults, hiddenSizes: [16], batchSize: 20, margin: 1, learningRate: 3e-3 }

let service: ServiceClient
let done: Training

beforeAll(async () => {
  service = await openServiceClient()
  const { client, when } = service
  await client.openData(smallData)
  // Longer than the time between two refreshes, however fast the machine: it is stopped once it has moments.
  await client.start({ hyperparameters: { ...small, iterations: 1_000_000 }, data: smallData })
  for await (const { iterations } of client.moments()) if (iterations.length > 3) break
  await client.stop()
  done = await when(({ phase }) => phase === 'done' || phase === 'failed')
})
afterAll(() => service.close())

async function list(): Promise<Moments> {
  for await (const moments of service.client.moments()) return moments
  throw new Error('The stream ended.')
}

describe('the moments of a training', () => {
  test('begin before the first iteration and end with the last, ascending', async () => {
    const { training, iterations } = await list()
    expect(training).toBe(done.training)
    expect(iterations[0]).toBe(0)
    expect(iterations.at(-1)).toBe(done.iteration)
    expect([...iterations]).toEqual([...iterations].sort((a, b) => a - b))
  })

  test('are each asked for by iteration; the last is the points as they are now', async () => {
    const { training, iterations } = await list()
    const { client } = service
    for (const iteration of iterations) {
      const points = await client.moment({ kind: 'training', training, iteration })
      expect(points).toMatchObject({ training, iteration, size: 2 })
      expect(points.values).toHaveLength(smallData.testCount * 2)
    }
    const now = await client.moment({ kind: 'now' })
    expect(await client.moment({ kind: 'training', training, iteration: done.iteration })).toEqual(now)
    const never = client.moment({ kind: 'training', training, iteration: done.iteration + 1 })
    await expect(never).rejects.toThrow(/is not kept any more/)
  })

  test('a path runs through all of them', async () => {
    const { iterations } = await list()
    const paths = await service.client.paths({ kind: 'images', indices: Int32Array.of(3) })
    expect(paths.iterations).toEqual(iterations)
    for (const [i, iteration] of iterations.entries()) {
      const { values } = await service.client.moment({
        kind: 'training',
        training: done.training,
        iteration,
      })
      expect(paths.values.subarray(i * 2, i * 2 + 2)).toEqual(values.subarray(6, 8))
    }
  })

  test('are saved with the run, and opened from it', async () => {
    const folder = done.folder as string
    const { training, iterations } = await list()
    const saved = await openMoments(folder)
    expect(saved.map(({ iteration }) => iteration)).toEqual([...iterations].slice(0, -1))
    const run = basename(folder)
    const { client } = service
    for (const { iteration, embedding } of saved) {
      expect((await client.moment({ kind: 'run', run, iteration })).values).toEqual(embedding.values)
      expect((await client.moment({ kind: 'training', training, iteration })).values).toEqual(
        embedding.values,
      )
    }
    const end = await client.moment({ kind: 'run', run, iteration: null })
    expect(end.values).toEqual((await openRun(folder)).test.embedding.values)
  })

  test('two of them lie side by side: points, the second laid over the first, the neighbours that stay', async () => {
    const { training, iterations } = await list()
    const run = basename(done.folder as string)
    const [iteration] = iterations
    const beginning = { kind: 'training' as const, training, iteration: iteration as number }
    const end = { kind: 'run' as const, run, iteration: null }
    const { client } = service
    const found = await client.sideBySide({ first: beginning, second: end, neighbours: 6 })
    const [a, b] = [await client.moment(beginning), await client.moment(end)]
    expect([found.first.values, found.second.values]).toEqual([a.values, b.values])
    const as = ({ values, size }: typeof a) => ({ values, size, count: values.length / size })
    const { embedding, disparity } = align(as(a), as(b))
    expect(found.aligned).toEqual({ values: embedding.values, size: 2, disparity })
    expect(found.kept).toEqual(await keptNeighbours(as(a), as(b), 6))
    const same = await client.sideBySide({ first: { kind: 'now' }, second: end, neighbours: 6 })
    expect(same.kept.shares.every(share => share === 1)).toBe(true)
  })

  test('the saved runs are listed with what made them, a broken one with its fault', async () => {
    const broken = join(service.folder, 'runs', '0000 broken')
    await mkdir(broken)
    const runs = await service.client.savedRuns()
    const run = basename(done.folder as string)
    expect(runs.map(one => one.run)).toEqual([run, '0000 broken'])
    expect(runs[0]).toMatchObject({
      about: {
        iterations: done.iteration,
        embeddingSize: 2,
        margin: 1,
        knnAccuracy: done.quality?.knnAccuracy,
      },
      why: null,
    })
    expect(runs[1]).toMatchObject({ about: null, why: expect.stringMatching(/manifest\.json is missing/) })
    const { iterations } = await list()
    expect(await service.client.runMoments({ run })).toEqual(iterations.slice(0, -1))
  })

  test('a run is opened by its name in the folder of runs alone', async () => {
    const elsewhere = join(service.folder, 'elsewhere')
    await cp(done.folder as string, elsewhere, { recursive: true })
    for (const run of ['../elsewhere', '..', elsewhere, 'none']) {
      const asked = service.client.moment({ kind: 'run', run, iteration: null })
      await expect(asked).rejects.toThrow(/There is no saved run/)
    }
  })

  test('other images forget them, and a run of those before is refused in words', async () => {
    await service.client.openData({ ...smallData, testCount: 60 })
    expect((await list()).iterations).toHaveLength(0)
    const run = basename(done.folder as string)
    const asked = service.client.moment({ kind: 'run', run, iteration: null })
    await expect(asked).rejects.toThrow(/cannot be compared: It is of 120 test images, and 60 are open/)
    // The same test images beside more to train with are the same.
    await service.client.openData({ ...smallData, trainCount: 310 })
    expect((await service.client.moment({ kind: 'run', run, iteration: null })).size).toBe(2)
  })
})
