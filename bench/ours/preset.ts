/** Trains as a preset says on 5,000 / 5,000 digits, start to end as the product does, on the backend of TWINLENS_BACKEND. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataSet } from '../../src/main/engine/data/open-data-set.ts'
import { openBackend } from '../../src/main/engine/tensorflow/backends.ts'
import { runJob } from '../../src/main/engine/training-job.ts'
import { presetNames, presetValues } from '../../src/shared/hyperparameters/presets.ts'
import { numberOf, type Request, serve, textOf } from './protocol.ts'

await serve({
  /** s of training alone, share of the test images that their 5 nearest training images class rightly */
  train: async request => {
    const scratch = await mkdtemp(join(tmpdir(), 'twinlens-preset-'))
    try {
      return await train(request, join(scratch, 'run'))
    } finally {
      await rm(scratch, { recursive: true })
    }
  },
})

async function train(request: Request, folder: string): Promise<Record<string, number>> {
  const asked = textOf(request, 'preset')
  const preset = presetNames.find(name => name === asked)
  if (preset === undefined) throw new Error(`There is no preset "${asked}".`)
  const values = presetValues(preset, numberOf(request, 'seed'))
  const iterations = Math.min(values.iterations, numberOf(request, 'atMost'))
  const backend = await openBackend()
  const data = await openDataSet({ kind: 'digits' })
  const job = { data, hyperparameters: { ...values, iterations }, backend, name: preset, folder }
  for await (const event of runJob(job, new AbortController().signal)) {
    if (event.kind !== 'done') continue
    const { trainingSeconds, quality } = event.run.config
    return { seconds: trainingSeconds, accuracy: quality.knnAccuracy ?? Number.NaN }
  }
  throw new Error(`The training of "${preset}" ended without a run.`)
}
