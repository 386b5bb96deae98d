import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDataSet } from '../../../../src/main/engine/data/open-data-set.ts'
import { openRun } from '../../../../src/main/engine/runs/run-folder.ts'
import { TrainingSession } from '../../../../src/main/engine/service/training-session.ts'
import { openService } from '../../../../src/main/engine/service.ts'
import { openBackend } from '../../../../src/main/engine/tensorflow/backends.ts'
import {
  contract,
  type Losses,
  type Training,
  type TwinlensContract,
} from '../../../../src/shared/contract.ts'
import { defaults } from '../../../../src/shared/hyperparameters.ts'
import { createClient } from '../../../../src/shared/rpc/client.ts'
import type { Client } from '../../../../src/shared/rpc/contract-types.ts'
import { portPair } from '../../../../src/shared/rpc/port.ts'
import { serve } from '../../../../src/shared/rpc/server.ts'

const data = { trainCount: 300, testCount: 120 }
const small = { ...defaults, hiddenSizes: [16], batchSize: 20, margin: 1, learningRate: 3e-3 }
const endless = { ...small, iterations: 1_000_000 }

let client: Client<TwinlensContract>
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-service-'))
  process.env['TWINLENS_DATA'] = folder
  process.env['TWINLENS_BACKEND'] = 'wasm'
  const [ours, theirs] = portPair()
  serve(contract, await openService(), theirs)
  client = createClient(contract, ours)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The first state for which this holds. */
async function when(holds: (state: Training) => boolean): Promise<Training> {
  for await (const state of client.training()) if (holds(state)) return state
  throw new Error('The stream ended.')
}
const inPhase = (phase: Training['phase']): Promise<Training> => when(state => state.phase === phase)

describe('data', () => {
  test('a data set is opened with the counts asked for', async () => {
    const summary = await client.openData(data)
    expect(summary).toMatchObject({ ...data, height: 28, width: 28, name: 'digits' })
    expect([...summary.testLabels.subarray(0, 4)]).toEqual([7, 2, 1, 0])
  })

  test('samples are as many as asked for, the same for the same seed, of the split asked for', async () => {
    const nine = await client.sampleImages({ split: 'train', count: 9, seed: 1 })
    expect(nine.pixels).toHaveLength(9 * 784)
    expect(await client.sampleImages({ split: 'train', count: 9, seed: 1 })).toEqual(nine)
    expect((await client.sampleImages({ split: 'train', count: 9, seed: 2 })).indices).not.toEqual(
      nine.indices,
    )
    const again = await client.images({ split: 'train', indices: nine.indices })
    expect(again).toEqual(nine)
  })

  test('sample pairs say the truth about their classes', async () => {
    const { first, second, similar } = await client.samplePairs({ count: 50, seed: 3 })
    expect([...similar].map(Boolean)).toEqual([...first.labels].map((label, i) => label === second.labels[i]))
  })

  test('an image that is not there is refused', async () => {
    const asked = client.images({ split: 'test', indices: Int32Array.of(120) })
    await expect(asked).rejects.toMatchObject({ kind: 'invalid-input' })
  })
})

describe('before the first training', () => {
  test('it is idle, and a search says what to do', async () => {
    expect((await when(() => true)).phase).toBe('idle')
    const searching = client.search({ query: { kind: 'test', index: 1 }, count: 9 })
    await expect(searching).rejects.toThrow(/train first/)
  })

  test.each(['pause', 'resume', 'step', 'stop'] as const)('%s is refused', async name => {
    await expect(client[name]()).rejects.toMatchObject({ kind: 'invalid-input' })
  })
})

describe('a training', () => {
  test('runs to its end: losses of every iteration once, points, quality, a saved run', async () => {
    const { training } = await client.start({ hyperparameters: { ...small, iterations: 150 }, data })
    const received: Losses[] = []
    for await (const losses of client.losses({ fromIteration: 1 })) {
      received.push(losses)
      if (losses.firstIteration + losses.losses.length > 150) break
    }
    const done = await inPhase('done')
    expect(done).toMatchObject({ training, iteration: 150, iterations: 150, error: null })
    expect(done.quality?.knnAccuracy).toBeGreaterThan(0.3)
    const run = await openRun(done.folder as string)
    const all = received.flatMap(({ losses }) => [...losses])
    expect(Float32Array.from(all)).toEqual(run.losses)
    let next = 1
    for (const { firstIteration, losses } of received) {
      expect(firstIteration).toBe(next)
      next += losses.length
    }
    for await (const points of client.points()) {
      expect(points).toMatchObject({ training, iteration: 150, oldestIteration: 150, size: 2 })
      expect(points.values).toEqual(run.test.embedding.values)
      break
    }
  })

  test('a search answers with the nearest, the query itself left out', async () => {
    const { query, neighbours } = await client.search({ query: { kind: 'test', index: 5 }, count: 9 })
    expect(neighbours.indices).toHaveLength(9)
    expect(neighbours.indices).not.toContain(5)
    expect([...neighbours.distances]).toEqual([...neighbours.distances].sort((a, b) => a - b))
    const compared = await client.compare({
      first: { kind: 'test', index: 5 },
      second: { kind: 'test', index: neighbours.indices[0] as number },
    })
    expect(compared.distance).toBeCloseTo(neighbours.distances[0] as number, 6)
    expect(compared.first.point).toEqual(query.point)
  })

  test('a picture that cannot be read is refused and named', async () => {
    const query = {
      kind: 'picture' as const,
      name: 'words.txt',
      file: new TextEncoder().encode('only words here'),
    }
    await expect(client.search({ query, count: 9 })).rejects.toThrow(/words\.txt: it is not a picture/)
  })

  test('pauses, steps one iteration at a time, resumes and stops; what was learned is saved', async () => {
    await client.start({ hyperparameters: endless, data })
    await when(({ iteration }) => iteration >= 5)
    await client.pause()
    const paused = await when(({ phase }) => phase === 'paused')
    await new Promise(resolve => setTimeout(resolve, 100))
    const settled = await when(() => true)
    expect(settled.iteration - paused.iteration).toBeLessThan(3)
    for (const steps of [1, 2, 3]) {
      await client.step()
      const stepped = await when(({ iteration }) => iteration === settled.iteration + steps)
      expect(stepped.phase).toBe('paused')
    }
    for await (const { iteration, oldestIteration } of client.points()) {
      if (iteration === settled.iteration + 3) {
        expect(oldestIteration).toBe(iteration)
        break
      }
    }
    await client.resume()
    await when(({ iteration }) => iteration > settled.iteration + 10)
    await client.stop()
    const done = await inPhase('done')
    expect(done.iteration).toBeLessThan(endless.iterations)
    expect((await openRun(done.folder as string)).losses).toHaveLength(done.iteration)
  })

  test('a second one is refused as busy, other images too, and the first is unharmed', async () => {
    await client.start({ hyperparameters: endless, data })
    await expect(client.start({ hyperparameters: small, data })).rejects.toMatchObject({ kind: 'busy' })
    await expect(client.openData({ trainCount: 10, testCount: 10 })).rejects.toMatchObject({ kind: 'busy' })
    // Stopped before its first iteration it would have nothing to save.
    await when(({ iteration }) => iteration > 0)
    await client.stop()
    await inPhase('done')
  })

  test('stopped before its first iteration ends quietly, with nothing saved, and the next one runs', async () => {
    const session = new TrainingSession(await openBackend())
    const images = await openDataSet({ kind: 'digits', ...data })
    const ends = async (...phases: Training['phase'][]) => {
      for await (const state of session.states.listen(AbortSignal.timeout(20_000)))
        if (phases.includes(state.phase)) return state
      throw new Error('The stream ended.')
    }
    session.start(images, endless, await openBackend())
    session.stop()
    const ended = await ends('idle', 'failed', 'done')
    expect(ended).toMatchObject({ phase: 'idle', error: null, folder: null, iteration: 0 })
    expect(ended.notice).toBe('Stopped before the first iteration; nothing was saved.')
    session.start(images, { ...small, iterations: 3 }, await openBackend())
    expect(await ends('failed', 'done')).toMatchObject({ phase: 'done', notice: null })
  })

  test('a search is answered while it runs', async () => {
    await client.start({ hyperparameters: endless, data })
    await when(({ iteration }) => iteration > 3)
    for await (const { training } of client.points())
      if (training === (await when(() => true)).training) break
    const { neighbours } = await client.search({ query: { kind: 'test', index: 0 }, count: 9 })
    expect(neighbours.indices).toHaveLength(9)
    await client.stop()
    await inPhase('done')
  })

  test('that cannot be saved fails in words, and the next one runs', async () => {
    await writeFile(join(folder, 'a file'), '')
    process.env['TWINLENS_DATA'] = join(folder, 'a file')
    await client.start({ hyperparameters: { ...small, iterations: 3 }, data })
    const failed = await inPhase('failed')
    process.env['TWINLENS_DATA'] = folder
    expect(failed.error?.message).toMatch(/could not be saved/)
    await client.start({ hyperparameters: { ...small, iterations: 3 }, data })
    await inPhase('done')
  })

  test('however many there are, no tensor is left behind', async () => {
    const run = async (): Promise<number> => {
      await client.start({ hyperparameters: { ...small, iterations: 5 }, data })
      await inPhase('done')
      return tf.memory().numTensors
    }
    const after = [await run(), await run(), await run()]
    expect(new Set(after).size).toBe(1)
  })

  test('inputs are refused where they enter, in words', async () => {
    const starting = client.start({ hyperparameters: { ...small, margin: 0 }, data })
    await expect(starting).rejects.toMatchObject({
      kind: 'invalid-input',
      message: expect.stringContaining('Margin'),
    })
  })
})
