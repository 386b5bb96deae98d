import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportRun } from '../../../src/main/engine/exports/formats.ts'
import type { Run } from '../../../src/main/engine/runs/run-folder.ts'
import { availableBackends, useBackend } from '../../support/backends.ts'
import { runs } from '../../support/encoder-runs.ts'
import { expectClose, expectedFeatures, tensorFor } from '../../support/features.ts'
import { pythonWithReaders } from '../../support/python-readers.ts'

const names = Object.keys(runs)
const runOf = (name: string): Run => runs[name] as Run

let folder = ''
const at = (name: string): string => join(folder, `${name}-saved-model`)
beforeAll(async () => {
  await useBackend('cpu')
  folder = mkdtempSync(join(tmpdir(), 'twinlens-saved-models-'))
  for (const name of names) {
    await exportRun(runOf(name), 'saved-model', at(name))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(tensorFor(runOf(name)).arraySync()))
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('tells of itself where no loader looks', () => {
  const about = JSON.parse(readFileSync(join(at('mlp'), 'assets.extra/about.json'), 'utf8'))
  expect(about.input).toContain('[images, 9, 10, 3]')
  expect(JSON.parse(about.classes)).toEqual(runOf('mlp').config.data.classes)
})

const readers = pythonWithReaders('tensorflow')
const title = 'missing' in readers ? ` (skipped: ${readers.missing})` : ''

describe.skipIf('missing' in readers)(`in Python${title}`, () => {
  let read: Record<string, { tensorflow: number[][]; keras: number[][] }> = {}
  beforeAll(() => {
    const script = join(import.meta.dirname, 'read_saved_models.py')
    const python = 'python' in readers ? readers.python : ''
    const told = execFileSync(python, [script, folder, ...names], { encoding: 'utf8', stdio: 'pipe' })
    read = JSON.parse(told)
  })

  test.each(names)('the %s encoder gives the same features in TensorFlow and in Keras', name => {
    expectClose(read[name]?.tensorflow ?? [], expectedFeatures(runOf(name)))
    expectClose(read[name]?.keras ?? [], expectedFeatures(runOf(name)))
  })
})

/** As much of tfjs-node as reads a SavedModel. */
interface NodeApi {
  readonly node: {
    loadSavedModel(path: string): Promise<{ predict(images: tf.Tensor): tf.Tensor2D; dispose(): void }>
  }
}

describe.each(availableBackends(['native']))('in tfjs-node, on %s', backend => {
  beforeAll(() => useBackend(backend))

  test.each(names)('the %s encoder gives the same features', async name => {
    const { node } = (await import('@tensorflow/tfjs-node-gpu')) as unknown as NodeApi
    const model = await node.loadSavedModel(at(name))
    expectClose(model.predict(tensorFor(runOf(name))).arraySync(), expectedFeatures(runOf(name)))
    model.dispose()
  })
})
