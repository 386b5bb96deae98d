import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataChoice } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { colourFolder } from '../../../../support/picture-folder.ts'
import { openServiceClient, type ServiceClient, smallData } from '../../../../support/service-client.ts'

const small = { ...defaults, hiddenSizes: [8], batchSize: 10, margin: 1, iterations: 5 }

let service: ServiceClient
let pictures: string
let choice: DataChoice
let name: string

beforeAll(async () => {
  service = await openServiceClient()
  const { client } = service
  pictures = await colourFolder(['red', 'green'], 20)
  choice = { kind: 'imported', id: await importPictures() }
  const { training } = await client.start({ hyperparameters: small, data: choice })
  const { folder } = await service.when(state => state.training === training && state.phase === 'done')
  name = basename(folder as string)
})
async function importPictures(): Promise<string> {
  const { client } = service
  let options: Parameters<typeof client.importSource>[0]['options'] | undefined
  for await (const { preview } of client.scanSource({ paths: [pictures], options: null }))
    options ??= preview?.options
  if (options === undefined) throw new Error('Nothing was found.')
  let id: string | null = null
  for await (const progress of client.importSource({ paths: [pictures], options })) id = progress.id
  if (id === null) throw new Error('Nothing was imported.')
  return id
}

async function importEncoder(): Promise<void> {
  for await (const _ of service.client.importEncoder({ paths: ['/any.onnx'] }));
}

function idOf(of: DataChoice): string {
  if (of.kind !== 'imported') throw new Error('It is not of the library.')
  return of.id
}

afterAll(async () => {
  await service.close()
  await rm(pictures, { recursive: true })
})

describe('a run of images of one’s own', () => {
  test('is listed with how its images are asked for, and opens with them', async () => {
    const { client } = service
    expect((await client.runs()).map(({ about }) => about?.data.choice)).toEqual([choice])
    await client.openData(smallData)
    const opened = await client.openRun({ name })
    expect(opened).toMatchObject({ phase: 'done', opened: true, data: choice })
    expect((await client.openData(choice)).classes.toSorted()).toEqual(['green', 'red'])
  })

  test('a sweep goes through them too, and holds the engine meanwhile', async () => {
    const { client } = service
    const axes = [{ kind: 'list' as const, name: 'margin', values: [1, 2] }]
    const request = { base: small, axes, choice: { kind: 'grid' as const }, seeds: [1], validation: 0.25 }
    const begun = await client.startSweep({ request, data: choice, name: 'own' })
    expect(begun).toMatchObject({ phase: 'running', name: 'own', total: 2 })
    await expect(importEncoder()).rejects.toThrow(/sweep is under way/)
    await expect(client.start({ hyperparameters: small, data: choice })).rejects.toThrow(/sweep is under way/)
    await expect(client.openRun({ name })).rejects.toThrow(/sweep is under way/)
    await expect(client.resumeSweep({ name: 'own' })).rejects.toThrow(/sweep is under way/)
    for await (const { phase, done, error } of client.sweepState()) {
      expect(error).toBeNull()
      if (phase === 'idle' && done === 2) break
    }
    const { rows } = await client.sweep({ name: 'own' })
    expect(rows.map(row => row.done)).toEqual([1, 1])
    expect((await client.openRun({ name: 'own 01' })).phase).toBe('done')
  })

  test('opens without its pictures once they are removed, says so of what needs them, and has them again after an import', async () => {
    const { client } = service
    const query = { kind: 'test' as const, index: 3 }
    const shown = async () => ({
      points: (await client.moment({ kind: 'now' })).values,
      train: (await client.trainPoints()).values,
      measures: await client.measure(),
      predicted: (await client.analyse()).predicted,
      neighbours: (await client.search({ query, count: 5 })).neighbours.indices,
      runs: (await client.savedRuns()).map(({ run, why }) => ({ run, why })),
    })
    const before = await client.openRun({ name })
    const whole = await shown()
    const { missing, ...summary } = await client.openData(choice)
    expect(missing).toBeNull()
    await client.openData(smallData)
    await client.removeDataSet({ id: idOf(choice) })

    const opened = await client.openRun({ name })
    expect(opened).toMatchObject({ phase: 'done', opened: true, data: choice, quality: before.quality })
    // Asked for by its window, and for nothing but what is open.
    for (const asked of [choice, null]) {
      const without = await client.openData(asked)
      expect(without).toMatchObject(summary)
      expect(without.missing).toMatch(/not in the library/)
    }
    const { training: ofWhole, ...measures } = whole.measures
    const now = await shown()
    expect(now).toMatchObject({ ...whole, measures: { ...measures, training: opened.training } })
    expect(ofWhole).toBe(before.training)
    const found = await client.search({ query, count: 5 })
    expect([found.query.pixels.length, found.novelty]).toEqual([0, null])
    const both = { kind: 'mean' as const, split: 'test' as const, indices: Int32Array.of(0, 1) }
    expect((await client.search({ query: both, count: 5 })).query.pixels).toHaveLength(0)

    const gone = /pictures of this run are missing/
    const indices = Int32Array.of(0)
    await expect(client.images({ split: 'test', indices })).rejects.toThrow(gone)
    await expect(client.sampleImages({ split: 'train', count: 1, seed: 0 })).rejects.toThrow(gone)
    await expect(client.samplePairs({ count: 1, seed: 0 })).rejects.toThrow(gone)
    await expect(client.correct({ split: 'test', index: 0, decision: 'exclude', label: 0 })).rejects.toThrow(
      gone,
    )
    await expect(importEncoder()).rejects.toThrow(gone)
    await expect(client.start({ hyperparameters: small, data: choice })).rejects.toThrow(/not in the library/)
    const picture = {
      kind: 'picture' as const,
      name: '0.png',
      file: await readFile(join(pictures, 'red', '0.png')),
    }
    expect((await client.search({ query: picture, count: 5 })).neighbours.indices).toHaveLength(5)

    expect(await importPictures()).toBe(idOf(choice))
    expect(await client.openData(choice)).toEqual({ ...summary, missing: null })
    expect((await client.openRun({ name })).data).toEqual(choice)
    expect(await client.images({ split: 'test', indices })).toMatchObject({ indices })
    expect(await shown()).toMatchObject({ points: whole.points, neighbours: whole.neighbours })
  })

  test('without its pictures it leaves the way open to other images', async () => {
    const { client } = service
    await client.openData(smallData)
    await client.removeDataSet({ id: idOf(choice) })
    await client.openRun({ name })
    expect(await client.openData(smallData)).toMatchObject({ testCount: 120, missing: null })
    await expect(client.openData(choice)).rejects.toThrow(/not in the library/)
  })
})
