/**
 * Quality of the recipe, three seeds each, beside what PyTorch gets from the same recipe (the reference's figures, one
 * seed). Takes about a quarter of an hour natively. Run: npm run bench:quality
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataSet } from '../src/main/engine/data/open-data-set.ts'
import type { SavedQuality } from '../src/main/engine/runs/run-config.ts'
import { openBackend } from '../src/main/engine/tensorflow/backends.ts'
import { runJob } from '../src/main/engine/training-job.ts'
import { defaults } from '../src/shared/hyperparameters.ts'

type Figure = 'knnAccuracy' | 'precisionAt9' | 'auc' | 'eer'
const figures: readonly Figure[] = ['knnAccuracy', 'precisionAt9', 'auc', 'eer']

const cases = [
  {
    name: 'the defaults (margin 0.3, learning rate 1e-4)',
    settings: {},
    reference: { knnAccuracy: 0.797, precisionAt9: 0.724, auc: 0.926, eer: 0.148 },
    tolerance: 0.03,
  },
  {
    name: 'margin 1, learning rate 1e-3',
    settings: { margin: 1, learningRate: 1e-3 },
    reference: { knnAccuracy: 0.908, precisionAt9: 0.879, auc: 0.973, eer: 0.076 },
    tolerance: 0.02,
  },
] as const

const seeds = [1, 2, 3]
const backend = await openBackend()
const data = await openDataSet({ kind: 'digits' })
const scratch = await mkdtemp(join(tmpdir(), 'twinlens-quality-'))
console.log(`${backend.description} on ${backend.device}; 3,000 iterations, 5,000 / 5,000 digits\n`)
try {
  for (const { name, settings, reference, tolerance } of cases) {
    const results: SavedQuality[] = []
    for (const seed of seeds) {
      const hyperparameters = { ...defaults, ...settings, seed }
      const job = {
        data,
        hyperparameters,
        backend,
        name: 'quality',
        folder: join(scratch, `${name} ${seed}`),
      }
      for await (const event of runJob(job, new AbortController().signal)) {
        if (event.kind === 'done') results.push(event.run.config.quality)
      }
    }
    report(name, results, reference, tolerance)
  }
} finally {
  await rm(scratch, { recursive: true })
}

function report(
  name: string,
  results: readonly SavedQuality[],
  reference: Record<Figure, number>,
  tolerance: number,
): void {
  console.log(`## ${name}\n\n| figure | seeds ${seeds.join(', ')} | mean | reference | within ${tolerance} |`)
  console.log('|---|---|---|---|---|')
  for (const figure of figures) {
    const values = results.map(result => result[figure] ?? Number.NaN)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const within = Math.abs(mean - reference[figure]) <= tolerance ? 'yes' : 'no'
    const each = values.map(value => value.toFixed(3)).join(', ')
    console.log(`| ${figure} | ${each} | ${mean.toFixed(3)} | ${reference[figure]} | ${within} |`)
  }
  console.log('')
}
