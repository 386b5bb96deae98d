import { mkdir, rename, truncate } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saveRun } from '../../../../../src/main/engine/runs/run-folder.ts'
import type { Training } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { madeRun } from '../../../../support/saved-run.ts'
import { openServiceClient, type ServiceClient, smallData } from '../../../../support/service-client.ts'

const small = { ...defaults, hiddenSizes: [16], batchSize: 20, margin: 1, learningRate: 3e-3, iterations: 40 }

let service: ServiceClient
let first: Training
let second: Training

async function train(change: Partial<typeof small>, data: typeof smallData): Promise<Training> {
  const { training } = await service.client.start({ hyperparameters: { ...small, ...change }, data })
  return service.when(state => state.training === training && ['done', 'failed'].includes(state.phase))
}

/** Everything that a window shows of the newest training. */
async function shown() {
  const { client } = service
  const losses = async () => {
    for await (const item of client.losses({ fromIteration: 1 })) return item.losses
    throw new Error('The stream ended.')
  }
  const moments = async () => {
    for await (const { iterations } of client.moments()) return iterations
    throw new Error('The stream ended.')
  }
  const { values } = await client.moment({ kind: 'now' })
  const { neighbours } = await client.search({ query: { kind: 'test', index: 3 }, count: 9 })
  const { test, roc } = await client.measure()
  const { predicted } = await client.analyse()
  const train = await client.trainPoints()
  return {
    losses: await losses(),
    moments: await moments(),
    values,
    neighbours: neighbours.indices,
    measures: { test, roc },
    predicted,
    train: train.values,
  }
}

let shownFirst: Awaited<ReturnType<typeof shown>>

beforeAll(async () => {
  service = await openServiceClient()
  first = await train({}, smallData)
  shownFirst = await shown()
  second = await train({ seed: 2, embeddingSize: 3 }, { trainCount: 200, testCount: 80 })
})
afterAll(() => service.close())

describe('a saved run that is opened', () => {
  test('shows all that its training showed at its end', async () => {
    const { client } = service
    const opened = await client.openRun({ name: basename(first.folder as string) })
    expect(opened).toMatchObject({
      phase: 'done',
      opened: true,
      training: second.training + 1,
      iteration: 40,
      hyperparameters: first.hyperparameters,
      data: first.data,
      quality: first.quality,
      folder: first.folder,
    })
    expect(await shown()).toEqual(shownFirst)
    expect((await client.openData(smallData)).testCount).toBe(120)
  })

  test('is refused while a training is under way, and leaves it alone', async () => {
    const { client } = service
    const name = basename(first.folder as string)
    await client.start({ hyperparameters: { ...small, iterations: 1_000_000 }, data: smallData })
    await expect(client.openRun({ name })).rejects.toThrow(/A training is under way/)
    // Stopped before its first iteration it would not be saved, and end idle.
    await service.when(({ iteration, opened }) => !opened && iteration > 0)
    await client.stop()
    await service.when(({ phase }) => phase === 'done')
    expect((await client.openRun({ name })).iteration).toBe(40)
  })

  test('that is damaged, or of other images, is refused with its fault, and what is open stays', async () => {
    const { client, folder } = service
    const open = await client.openRun({ name: basename(first.folder as string) })
    const other = join(folder, 'runs', 'of others')
    await saveRun(other, madeRun())
    await expect(client.openRun({ name: 'of others' })).rejects.toThrow(/no longer those/)
    await truncate(join(second.folder as string, 'weights.safetensors'), 100)
    await expect(client.openRun({ name: basename(second.folder as string) })).rejects.toThrow(/it is damaged/)
    await expect(client.openRun({ name: 'none' })).rejects.toThrow(/There is no saved run/)
    expect(await service.when(() => true)).toEqual(open)
    expect(await shown()).toEqual(shownFirst)
  })

  test('is opened wherever its folder lies', async () => {
    const elsewhere = join(service.folder, 'elsewhere')
    await mkdir(elsewhere)
    await rename(first.folder as string, join(elsewhere, 'mine'))
    const opened = await service.client.openRun({ folder: join(elsewhere, 'mine') })
    expect(opened).toMatchObject({ opened: true, folder: join(elsewhere, 'mine') })
    expect(await shown()).toEqual(shownFirst)
  })
})
