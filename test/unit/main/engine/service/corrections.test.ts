import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reopenDataSet } from '../../../../../src/main/engine/data/open-data-set.ts'
import { openRun } from '../../../../../src/main/engine/runs/run-folder.ts'
import { openService } from '../../../../../src/main/engine/service.ts'
import { contract, type Training, type TwinlensContract } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { createClient } from '../../../../../src/shared/rpc/client.ts'
import type { Client } from '../../../../../src/shared/rpc/contract-types.ts'
import { portPair } from '../../../../../src/shared/rpc/port.ts'
import { serve } from '../../../../../src/shared/rpc/server.ts'

const data = { trainCount: 300, testCount: 120 }
const hyperparameters = {
  ...defaults,
  hiddenSizes: [16],
  batchSize: 20,
  margin: 1,
  learningRate: 3e-3,
  iterations: 60,
}

let client: Client<TwinlensContract>
let folder: string

async function open(): Promise<Client<TwinlensContract>> {
  const [ours, theirs] = portPair()
  serve(contract, await openService(), theirs)
  return createClient(contract, ours)
}
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twinlens-corrections-service-'))
  process.env['TWINLENS_DATA'] = folder
  process.env['TWINLENS_BACKEND'] = 'wasm'
  client = await open()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function train(): Promise<Training> {
  const { training } = await client.start({ hyperparameters, data })
  for await (const state of client.training()) {
    if (state.training === training && ['done', 'failed'].includes(state.phase)) return state
  }
  throw new Error('The stream ended.')
}
const runOf = ({ folder: saved }: Training) => openRun(saved as string)

test('a run with corrections is told from one without, and its images can be opened again', async () => {
  const plain = await runOf(await train())
  expect(plain.config.data.corrections).toBeUndefined()
  await client.correct({ split: 'train', index: 5, decision: 'relabel', label: 9 })
  const told = await client.correct({ split: 'test', index: 2, decision: 'exclude', label: 1 })
  expect(told.list.map(({ original }) => original)).toEqual([plain.train.labels[5], plain.test.labels[2]])
  // Nothing changes under a person's hands: only the next training applies them.
  expect((await client.openData(data)).testCount).toBe(120)

  const state = await train()
  expect(state).toMatchObject({ phase: 'done', data, corrections: told.key })
  const corrected = await runOf(state)
  expect(corrected.config.data.fingerprint).not.toBe(plain.config.data.fingerprint)
  expect(corrected.train.labels[5]).toBe(9)
  expect(corrected.test.labels).toHaveLength(119)
  const { source, fingerprint, corrections } = corrected.config.data
  expect((await reopenDataSet(source, fingerprint, corrections)).test.count).toBe(119)
  expect(await client.openData(data)).toMatchObject({ testCount: 119, corrections: told.key })
  // What the window knows as image 2 is what the files know as image 3.
  const { labels } = await client.images({ split: 'test', indices: Int32Array.of(2) })
  expect(labels[0]).toBe(plain.test.labels[3])
})

test('they survive a restart, and without them everything is as it was', async () => {
  client = await open()
  const summary = await client.openData(data)
  expect(summary.testCount).toBe(119)
  expect((await client.corrections()).list).toHaveLength(2)
  await client.uncorrect({ split: 'test', index: 2 })
  expect((await client.corrections()).list).toMatchObject([{ split: 'train', index: 5 }])
  expect((await client.clearCorrections()).key).toBe('')
  const state = await train()
  expect(state.corrections).toBe('')
  expect((await runOf(state)).config.data.corrections).toBeUndefined()
  expect((await client.openData(data)).testCount).toBe(120)
})

test('a suspect that was decided of is none any more, by its place in the files', async () => {
  await client.correct({ split: 'test', index: 0, decision: 'exclude', label: 7 })
  await train()
  const before = await client.suspects({ most: 500 })
  const [first] = before.images
  if (first === undefined) throw new Error('So short a training leaves some suspects.')
  expect(first.source).toBe(first.split === 'test' ? first.index + 1 : first.index)
  await client.correct({ split: first.split, index: first.source, decision: 'keep', label: first.label })
  const after = await client.suspects({ most: 500 })
  expect(after.total).toBe(before.total - 1)
  expect(after.images).toEqual(before.images.slice(1))
  expect((await client.suspects({ most: 1 })).images).toHaveLength(1)
})

test('relabelled to the class that it has anyway, an image is kept', async () => {
  const { key } = await client.corrections()
  const { labels } = await client.images({ split: 'train', indices: Int32Array.of(9) })
  const label = labels[0] as number
  const told = await client.correct({ split: 'train', index: 9, decision: 'relabel', label })
  expect(told.list.at(-1)).toMatchObject({ index: 9, decision: 'keep', label, original: label })
  expect(told.key).toBe(key)
})

test('what there is not is refused', async () => {
  const wrong = { split: 'train', index: 300, decision: 'exclude', label: 0 } as const
  await expect(client.correct(wrong)).rejects.toMatchObject({ kind: 'invalid-input' })
  await expect(client.correct({ ...wrong, index: 1, label: 10 })).rejects.toMatchObject({
    kind: 'invalid-input',
  })
})
