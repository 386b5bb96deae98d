import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRun } from '../../../../../src/main/engine/runs/run-folder.ts'
import { openService } from '../../../../../src/main/engine/service.ts'
import { contract, type Training, type TwinlensContract } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { createClient } from '../../../../../src/shared/rpc/client.ts'
import type { Client } from '../../../../../src/shared/rpc/contract-types.ts'
import { portPair } from '../../../../../src/shared/rpc/port.ts'
import { serve } from '../../../../../src/shared/rpc/server.ts'

const data = { trainCount: 300, testCount: 120 }
const small = { ...defaults, hiddenSizes: [16], batchSize: 20, margin: 1, learningRate: 3e-3 }

let client: Client<TwinlensContract>
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-analysis-'))
  process.env['TWINLENS_DATA'] = folder
  process.env['TWINLENS_BACKEND'] = 'wasm'
  const [ours, theirs] = portPair()
  serve(contract, await openService(), theirs)
  client = createClient(contract, ours)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function when(holds: (state: Training) => boolean): Promise<Training> {
  for await (const state of client.training()) if (holds(state)) return state
  throw new Error('The stream ended.')
}

test('before a training there is nothing to analyse, in words', async () => {
  await expect(client.analyse()).rejects.toThrow(/train first/)
})

test('while a training runs, test images are told by each other; after it, by the training images', async () => {
  await client.start({ hyperparameters: { ...small, iterations: 1_000_000 }, data })
  for await (const { training } of client.points()) if (training === 1) break
  const during = await client.analyse()
  expect(during).toMatchObject({ training: 1, gallery: 'test', size: 5 })
  const live = await client.measure()
  expect(live.train).toBeNull()
  expect(live.margin).toBe(1)
  during.neighbours.forEach((neighbour, i) => {
    expect(neighbour).not.toBe(Math.floor(i / 5))
  })
  await expect(client.trainPoints()).rejects.toThrow(/when a training has ended/)
  await when(({ iteration }) => iteration > 100)
  await client.stop()
  const { folder: saved, quality } = await when(({ phase }) => phase === 'done')
  const after = await client.analyse()
  expect(after.gallery).toBe('train')
  expect(after.iteration).toBe(after.oldestIteration)
  const measures = await client.measure()
  expect(measures.test).toMatchObject({
    auc: quality?.auc,
    eer: quality?.eer,
    eerThreshold: quality?.eerThreshold,
  })
  expect(measures.precisionAt9).toBe(quality?.precisionAt9)
  expect(measures.train?.auc).toBeGreaterThan(0.5)
  expect(measures.heldOut.iterations.at(-1)).toBe(after.iteration)
  expect(measures.heldOut.accuracy).toHaveLength(measures.heldOut.iterations.length)
  const share = after.agrees.reduce((sum, one) => sum + one, 0) / data.testCount
  expect(share).toBeCloseTo(quality?.knnAccuracy as number, 12)
  const run = await openRun(saved as string)
  after.neighbours.forEach((neighbour, i) => {
    expect(after.neighbourLabels[i]).toBe(run.train.labels[neighbour])
  })
  expect(await client.trainPoints()).toEqual({
    ...{ training: 1, iteration: after.iteration, size: run.train.embedding.size },
    ...{ values: run.train.embedding.values, labels: run.train.labels },
  })
})
