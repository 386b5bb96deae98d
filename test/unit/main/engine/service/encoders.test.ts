import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeExport } from '../../../../../src/main/engine/exports/formats.ts'
import { openRun, type Run } from '../../../../../src/main/engine/runs/run-folder.ts'
import type { EncoderProgress, EncoderSource } from '../../../../../src/shared/contract.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { runs } from '../../../../support/encoder-runs.ts'
import { openServiceClient, type ServiceClient, smallData } from '../../../../support/service-client.ts'

const hyperparameters = { ...defaults, hiddenSizes: [16], batchSize: 20, margin: 1, learningRate: 3e-3 }

let service: ServiceClient
let run: Run
let folder: string
let onnx: { name: string; file: Uint8Array }
let layersModel: { name: string; file: Uint8Array }[]

beforeAll(async () => {
  service = await openServiceClient()
  await service.client.openData(smallData)
  await service.client.start({ hyperparameters: { ...hyperparameters, iterations: 60 }, data: smallData })
  const { folder: saved } = await service.when(({ phase }) => phase === 'done')
  run = await openRun(saved as string)
  onnx = { name: 'mine.onnx', file: (await makeExport(run, 'onnx')).content as Uint8Array }
  const files = (await makeExport(run, 'layers-model')).content as ReadonlyMap<string, Uint8Array>
  layersModel = [...files].map(([name, file]) => ({ name, file: Uint8Array.from(file) }))
  folder = await mkdtemp(join(tmpdir(), 'twinlens-import-encoder-'))
})
afterAll(async () => {
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

async function imported(
  source: EncoderSource,
  signal = new AbortController().signal,
): Promise<EncoderProgress[]> {
  const told: EncoderProgress[] = []
  for await (const item of service.client.importEncoder(source, { signal })) told.push(item)
  return told
}

/** To 1e-4 of the largest. */
function close(given: Float32Array, wanted: Float32Array): void {
  expect(given.length).toBe(wanted.length)
  const bound = 1e-4 * Math.max(1, ...wanted.map(Math.abs))
  expect(Math.max(...given.map((value, i) => Math.abs(value - (wanted[i] as number))))).toBeLessThan(bound)
}

const points = async () => {
  for await (const item of service.client.points()) return item
  throw new Error('There are no points.')
}

describe('an encoder from elsewhere', () => {
  test('puts every image where the run did that it was exported from, and says whose it is', async () => {
    const told = await imported({ files: [onnx] })
    expect(told.at(-1)).toEqual({ phase: 'done', done: 420, total: 420 })
    close((await points()).values, run.test.embedding.values)
    close((await service.client.trainPoints()).values, run.train.embedding.values)
    const state = await service.when(({ encoder }) => encoder !== null)
    expect(state).toMatchObject({ phase: 'done', iterations: 0, hyperparameters: null, folder: null })
    const about = { format: 'ONNX', madeBy: 'Twinlens', run: run.config.name, embeddingSize: 2 }
    expect(state.encoder).toEqual({ name: 'mine.onnx', ...about })
    expect(state.quality?.knnAccuracy).toBeCloseTo(run.config.quality.knnAccuracy as number, 2)
    expect(state.quality?.auc).toBeCloseTo(run.config.quality.auc as number, 3)
  })

  test('is searched, measured, and explained by what it hides', async () => {
    await imported({ files: [onnx] })
    const query = { kind: 'test', index: 7 } as const
    const found = await service.client.search({ query, count: 5, gallery: { kind: 'both' } })
    close(found.query.point, run.test.embedding.values.subarray(14, 16))
    expect(found.calibration).toContain('this encoder')
    const measures = await service.client.measure()
    expect(measures.margin).toBeNull()
    expect(measures.test.loss).toBeNull()
    expect(measures.test.auc).toBeCloseTo(run.config.quality.auc as number, 3)
    expect(measures.heldOut.iterations).toHaveLength(0)
    expect((await service.client.analyse()).gallery).toBe('train')
    const pair = { first: query, second: { kind: 'train', index: 3 }, patch: 9 } as const
    const explained = await service.client.explain({ ...pair, method: 'occlusion' })
    expect(explained.first.some(change => change !== 0)).toBe(true)
    await expect(service.client.explain({ ...pair, method: 'gradient' })).rejects.toThrow(/not trained here/)
    const pulled = { of: { kind: 'now' }, drawn: 100, seed: 1, most: 3 } as const
    await expect(service.client.hardestPairs(pulled)).rejects.toThrow(/not trained here/)
  })

  test('may be a LayersModel: its files, a folder, or a zip as the window exports it', async () => {
    await imported({ files: layersModel })
    close((await points()).values, run.test.embedding.values)
    for (const { name, file } of layersModel) await writeFile(join(folder, name), file)
    await imported({ paths: [folder] })
    const zip = zipSync(Object.fromEntries(layersModel.map(({ name, file }) => [`encoder/${name}`, file])))
    await imported({ files: [{ name: 'encoder.zip', file: zip }] })
    close((await points()).values, run.test.embedding.values)
    const state = await service.when(({ encoder }) => encoder !== null)
    expect(state.encoder).toMatchObject({ name: 'model.json', format: 'TensorFlow.js', run: run.config.name })
  })

  test('for other images is refused in plain words, and what was open stays', async () => {
    await imported({ files: [onnx] })
    const before = await service.when(({ encoder }) => encoder !== null)
    const other = (await makeExport(runs['cnn'] as Run, 'onnx')).content as Uint8Array
    const refused = imported({ files: [{ name: 'cats.onnx', file: other }] })
    const words = 'cats.onnx: it takes images of 9 x 10 x 3; these are 28 x 28 x 1 (height, width, channels).'
    await expect(refused).rejects.toMatchObject({ kind: 'bad-file', message: words })
    expect(await service.when(() => true)).toEqual(before)
  })

  test.each([
    ['nothing', ['photo.png'], /no encoder among these/],
    ['two', ['a.onnx', 'b.onnx'], /several encoders \(a.onnx, b.onnx\)/],
    ['a name that leads out', ['../a.onnx'], /no name of a file/],
  ])('is one file, and not %s', async (_, names, words) => {
    const file = await readFile(import.meta.filename)
    await expect(imported({ files: names.map(name => ({ name, file })) })).rejects.toThrow(words)
  })

  test('that is cancelled on its way leaves what was open', async () => {
    await imported({ files: [onnx] })
    const before = await service.when(({ encoder }) => encoder !== null)
    const cancel = new AbortController()
    const items = service.client.importEncoder({ files: [onnx] }, { signal: cancel.signal })
    const cancelled = (async () => {
      for await (const _ of items) cancel.abort()
    })()
    await expect(cancelled).rejects.toMatchObject({ kind: 'cancelled' })
    expect(await service.when(() => true)).toEqual(before)
    // And nothing is held: the next one comes in.
    expect((await imported({ files: [onnx] })).at(-1)?.phase).toBe('done')
  })

  test('gives way to a training, and to a run', async () => {
    await imported({ files: [onnx] })
    await service.client.start({ hyperparameters: { ...hyperparameters, iterations: 5 }, data: smallData })
    await expect(imported({ files: [onnx] })).rejects.toMatchObject({ kind: 'busy' })
    const trained = await service.when(({ phase }) => phase === 'done')
    expect(trained.encoder).toBeNull()
    await imported({ files: [onnx] })
    await service.client.openRun({ folder: trained.folder as string })
    expect((await service.when(() => true)).encoder).toBeNull()
    expect((await service.client.measure()).margin).toBe(1)
  })
})
