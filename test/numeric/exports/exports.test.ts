import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportRun } from '../../../src/main/engine/exports/formats.ts'
import type { Run } from '../../../src/main/engine/runs/run-folder.ts'
import { useBackend } from '../../support/backends.ts'
import { runs } from '../../support/encoder-runs.ts'
import { expectClose, expectedFeatures, tensorFor } from '../../support/features.ts'
import { pythonWithReaders } from '../../support/python-readers.ts'

const names = Object.keys(runs)
const runOf = (name: string): Run => runs[name] as Run

let folder = ''
beforeAll(async () => {
  await useBackend('cpu')
  folder = mkdtempSync(join(tmpdir(), 'twinlens-exports-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(names)('the %s encoder', name => {
  test('gives the same features in TensorFlow.js', async () => {
    const place = join(folder, `${name}-layers`)
    await exportRun(runOf(name), 'layers-model', place)
    const { shape } = tensorFor(runOf(name))
    const json = JSON.parse(readFileSync(join(place, 'model.json'), 'utf8'))
    const bytes = readFileSync(join(place, 'weights.bin'))
    const weightData = new Uint8Array(bytes).buffer
    const { modelTopology, weightsManifest, userDefinedMetadata } = json
    expect(userDefinedMetadata.input).toContain(`[images, ${shape.slice(1).join(', ')}]`)
    const handler: tf.io.IOHandler = {
      load: async () => ({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
    }
    const model = await loadLayersModel(handler)
    const given = model.predict(tensorFor(runOf(name))) as tf.Tensor2D
    expectClose(given.arraySync(), expectedFeatures(runOf(name)))
  })
})

const evaluations = [
  { iteration: 2, accuracy: 0.25 },
  { iteration: 3, accuracy: 0.75 },
]

const readers = pythonWithReaders()
const title = 'missing' in readers ? ` (skipped: ${readers.missing})` : ''

describe.skipIf('missing' in readers)(`what Python reads${title}`, () => {
  const written = async (): Promise<Record<string, never>> => {
    for (const name of names) {
      await exportRun(runOf(name), 'onnx', join(folder, `${name}.onnx`))
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(tensorFor(runOf(name)).arraySync()))
    }
    const run = runOf('mlp')
    await exportRun(run, 'npz', join(folder, 'run.npz'))
    await exportRun(run, 'npy', join(folder, 'npy'))
    await exportRun({ ...run, evaluations }, 'tensorboard', join(folder, 'tensorboard'))
    const script = join(import.meta.dirname, 'read_back.py')
    const python = 'python' in readers ? readers.python : ''
    return JSON.parse(execFileSync(python, [script, folder, ...names], { encoding: 'utf8' }))
  }
  let read: {
    onnx: Record<string, number[][]>
    npz: unknown
    npy: unknown
    scalars: Record<string, [number, number][]>
    vectors: number[][]
  }
  beforeAll(async () => {
    read = (await written()) as unknown as typeof read
  })

  test.each(names)('the %s encoder in ONNX Runtime: the same features', name => {
    expectClose(read.onnx[name] as number[][], expectedFeatures(runOf(name)))
  })

  test('the arrays in NumPy: features to the last bit, labels, names of classes', () => {
    const { config, train, test: held } = runOf('mlp')
    const rows = (values: Float32Array): number[][] => [0, 2, 4].map(i => [...values.subarray(i, i + 2)])
    const wanted = {
      train_features: rows(train.embedding.values),
      train_labels: [0, 1, 2],
      test_features: rows(held.embedding.values),
      test_labels: [2, 1, 0],
      classes: config.data.classes,
    }
    expect(read.npz).toEqual(wanted)
    expect(read.npy).toEqual(wanted)
  })

  test('losses, quality and features in TensorBoard', () => {
    const { losses, test: held } = runOf('mlp')
    expect(read.scalars['loss']).toEqual(Array.from(losses, (loss, i) => [i + 1, loss]))
    const rate = Math.fround(runOf('mlp').config.hyperparameters.learningRate)
    expect(read.scalars['learning rate']).toEqual(Array.from(losses, (_, i) => [i + 1, rate]))
    expect(read.scalars['evaluations/knnAccuracy']).toEqual([
      [2, 0.25],
      [3, 0.75],
    ])
    expect(read.scalars['quality/auc']).toEqual([[3, 0.75]])
    expect(read.scalars).not.toHaveProperty('quality/precisionAt9')
    expect(read.vectors.flatMap(row => row.slice(0, 2)).map(Math.fround)).toEqual([...held.embedding.values])
    expect(read.vectors.map(row => row.slice(2))).toEqual([[0], [0], [0]])
  })
})
