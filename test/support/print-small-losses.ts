/** Trains small networks on the named backend and prints, as JSON, each one's losses and first loss and gradients. */
import { openBackend } from '../../src/main/engine/tensorflow/backends.ts'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { createTrainStep } from '../../src/main/engine/twin/train-step.ts'
import { train } from '../../src/main/engine/twin/trainer.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { stripes } from './images.ts'
import { mlp } from './networks.ts'

const [backend = ''] = process.argv.slice(2)
await openBackend(backend)
const images = stripes(200, 5)
const cases = [
  { seed: 1, margin: 1, batchSize: 20, embeddingSize: 2, hiddenSizes: [32, 16] },
  { seed: 2, margin: 0.5, batchSize: 1, embeddingSize: 3, hiddenSizes: [7] },
  { seed: 3, margin: 2, batchSize: 48, embeddingSize: 16, hiddenSizes: [24, 24] },
]
const results = []
for (const { seed, margin, batchSize, embeddingSize, hiddenSizes } of cases) {
  const initial = mlp({ inputSize: 64, hiddenSizes, embeddingSize }, seed)
  const step = createTrainStep({ ...defaults, learningRate: 1e-3, margin, images, initial })
  const pairs = new PairSampler(images.labels, Random.seeded(seed, 'pairs'))
  const first = step.differentiate(pairs.draw(batchSize))
  const tensors = [first.loss, ...first.gradients]
  const gradients = await Promise.all(tensors.map(async tensor => [...(await tensor.data<'float32'>())]))
  const losses: number[] = []
  for await (const batch of train(step, pairs, { batchSize, iterations: 40 }, new AbortController().signal))
    losses.push(...batch.losses)
  step.dispose()
  results.push({ losses, gradients })
}
process.stdout.write(JSON.stringify(results))
