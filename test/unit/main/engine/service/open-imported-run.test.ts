import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
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
  let options: Parameters<typeof client.importSource>[0]['options'] | undefined
  for await (const { preview } of client.scanSource({ paths: [pictures], options: null }))
    options ??= preview?.options
  if (options === undefined) throw new Error('Nothing was found.')
  let id: string | null = null
  for await (const progress of client.importSource({ paths: [pictures], options })) id = progress.id
  if (id === null) throw new Error('Nothing was imported.')
  choice = { kind: 'imported', id }
  const { training } = await client.start({ hyperparameters: small, data: choice })
  const { folder } = await service.when(state => state.training === training && state.phase === 'done')
  name = basename(folder as string)
})
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

  test('is refused in words, and nothing is opened, once they are removed', async () => {
    const { client } = service
    await client.openData(smallData)
    if (choice.kind === 'imported') await client.removeDataSet({ id: choice.id })
    await expect(client.openRun({ name })).rejects.toThrow(/librar/)
    expect((await client.openData(smallData)).testCount).toBe(120)
  })
})
