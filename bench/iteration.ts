/**
 * Milliseconds an iteration of the default job takes, on the backend that is opened (TWINLENS_BACKEND forces one).
 * Run: npm run bench:iteration
 */
import { openDataSet } from '../src/main/engine/data/open-data-set.ts'
import { openBackend } from '../src/main/engine/tensorflow/backends.ts'
import { initialLayers } from '../src/main/engine/twin/encoder.ts'
import { PairSampler } from '../src/main/engine/twin/pairs.ts'
import { Random } from '../src/main/engine/twin/random.ts'
import { createTrainStep } from '../src/main/engine/twin/train-step.ts'
import { defaults } from '../src/shared/hyperparameters.ts'

const warmUp = 5
const rounds = 30

const backend = await openBackend()
const { train } = await openDataSet({ kind: 'digits' })
const { hiddenSizes, embeddingSize, seed, batchSize } = defaults
const initial = initialLayers({ inputSize: 784, hiddenSizes, embeddingSize }, seed)
const step = createTrainStep({ ...defaults, images: train, initial })
const pairs = new PairSampler(train.labels, Random.seeded(seed, 'pairs'))
const times: number[] = []
for (let i = 0; i < warmUp + rounds; i++) {
  const started = performance.now()
  const loss = step.run(pairs.draw(batchSize))
  await loss.data()
  loss.dispose()
  if (i >= warmUp) times.push(performance.now() - started)
}
times.sort((a, b) => a - b)
const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] as number).toFixed(1)
console.log(`${backend.description} on ${backend.device}`)
console.log(`ms an iteration, ${rounds} of them: median ${at(0.5)}, from ${at(0)} to ${at(1)}`)
