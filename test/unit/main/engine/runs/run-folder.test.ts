import { createHash } from 'node:crypto'
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  openConfig,
  openEvaluations,
  openMoments,
  openRun,
  type Run,
  saveRun,
} from '../../../../../src/main/engine/runs/run-folder.ts'
import { decodeSafetensors, encodeSafetensors } from '../../../../../src/main/engine/runs/safetensors.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { temporaryFolder } from '../../../../support/files.ts'
import { networkOf } from '../../../../support/networks.ts'

const run: Run = {
  config: {
    schemaVersion: 1,
    name: 'stripes',
    created: '2026-01-02T03:04:05.678Z',
    hyperparameters: { ...defaults, hiddenSizes: [3] },
    data: {
      name: 'digits',
      source: { kind: 'digits', trainCount: 2, testCount: 1 },
      classes: ['0', '1'],
      height: 1,
      width: 2,
      channels: 1,
      fingerprint: 'abc',
    },
    backend: { backend: 'cpu', description: 'JavaScript', tensorflow: null, device: 'a processor' },
    iterations: 3,
    trainingSeconds: 1.5,
    quality: { knnAccuracy: 0.5, precisionAt9: null, auc: 0.7, eer: 0.3, eerThreshold: 0.1 },
  },
  losses: Float32Array.of(11.047560691833496, 1 / 3, 1.1754943508222875e-38),
  network: networkOf([
    { inputs: 2, outputs: 3, kernel: Float32Array.of(1, 2, 3, 4, 5, 6), bias: Float32Array.of(7, 8, 9) },
    { inputs: 3, outputs: 1, kernel: Float32Array.of(1, 2, 3), bias: Float32Array.of(4) },
  ]),
  train: {
    embedding: { values: Float32Array.of(0.1, 0.2), count: 2, size: 1 },
    labels: Uint16Array.of(0, 1),
  },
  test: { embedding: { values: Float32Array.of(0.3), count: 1, size: 1 }, labels: Uint16Array.of(1) },
}

async function saved(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run')
  await saveRun(folder, run)
  return folder
}

describe('a run folder', () => {
  test('opens as it was saved, losses to the last bit', async () => {
    expect(await openRun(await saved())).toEqual(run)
  })

  test('of an earlier release opens too: its weights say nothing of their network', async () => {
    const folder = await saved()
    const file = await readFile(join(folder, 'weights.safetensors'))
    const old = encodeSafetensors([...decodeSafetensors(file, 'weights').values()])
    await writeFile(join(folder, 'weights.safetensors'), old)
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
    const sha256 = createHash('sha256').update(old).digest('hex')
    manifest['weights.safetensors'] = { bytes: old.length, sha256 }
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest))
    expect(await openRun(folder)).toEqual(run)
  })

  test('holds plain files: configuration, losses, weights, embedding', async () => {
    const folder = await saved()
    expect((await readdir(folder)).sort()).toEqual([
      'config.json',
      'embedding.safetensors',
      'losses.csv',
      'manifest.json',
      'weights.safetensors',
    ])
    expect(await readFile(join(folder, 'losses.csv'), 'utf8')).toMatch(
      /^iteration,loss\n1,11\.0475607\n2,0\.33333/,
    )
  })

  test('keeps the moments of the way in a file of their own, which one without any does not have', async () => {
    const folder = join(await temporaryFolder(), 'run')
    const moments = [0, 2].map(iteration => ({
      embedding: { values: Float32Array.of(iteration + 0.25), count: 1, size: 1 },
      iteration,
      oldestIteration: Math.max(0, iteration - 1),
    }))
    await saveRun(folder, { ...run, moments })
    expect(await openRun(folder)).toEqual(run)
    expect(await openMoments(folder)).toEqual(moments)
    expect(await openMoments(await saved())).toEqual([])
    expect(await openConfig(folder)).toEqual(run.config)
    await truncate(join(folder, 'moments.safetensors'), 20)
    await expect(openMoments(folder)).rejects.toThrow(/moments\.safetensors: it is damaged/)
    expect(await openRun(folder)).toEqual(run)
  })

  test('keeps how good it was on the way, to the last bit', async () => {
    const folder = join(await temporaryFolder(), 'run')
    const evaluations = [
      { iteration: 10, accuracy: 1 / 3 },
      { iteration: 20, accuracy: 0.1 + 0.2 },
      { iteration: 25, accuracy: 1 },
    ]
    await saveRun(folder, { ...run, evaluations })
    expect(await openEvaluations(folder)).toEqual(evaluations)
    expect(await openRun(folder)).toEqual(run)
    expect(await openEvaluations(await saved())).toEqual([])
    await truncate(join(folder, 'evaluations.csv'), 20)
    await expect(openEvaluations(folder)).rejects.toThrow(/evaluations\.csv: it is damaged/)
  })

  test.each(['config.json', 'losses.csv', 'weights.safetensors', 'embedding.safetensors'])(
    'with %s cut short it is refused, naming the file',
    async name => {
      const folder = await saved()
      await truncate(join(folder, name), 20)
      await expect(openRun(folder)).rejects.toThrow(new RegExp(`${name}: it is damaged: .* 20 are there`))
    },
  )

  test('with one byte changed it is refused', async () => {
    const folder = await saved()
    const bytes = await readFile(join(folder, 'weights.safetensors'))
    bytes[bytes.length - 1]! ^= 1
    await writeFile(join(folder, 'weights.safetensors'), bytes)
    await expect(openRun(folder)).rejects.toThrow(/weights\.safetensors: it is damaged/)
  })

  test('a folder that is no run is refused in words', async () => {
    const folder = await temporaryFolder()
    await expect(openRun(folder)).rejects.toThrow(/it is not a run: manifest\.json is missing/)
    await writeFile(join(folder, 'manifest.json'), 'nonsense')
    await expect(openRun(folder)).rejects.toThrow(/not a Twinlens manifest\.json/)
  })
})
