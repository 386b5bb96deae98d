/** Trains the default job a little on the named backend with a seed, and prints the bits of each loss. */
import { loadDigits } from '../../src/main/engine/data/digits.ts'
import { openBackend } from '../../src/main/engine/tensorflow/backends.ts'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { createTrainStep } from '../../src/main/engine/twin/train-step.ts'
import { train } from '../../src/main/engine/twin/trainer.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { mlp } from './networks.ts'

const [backend = '', seedText = ''] = process.argv.slice(2)
const seed = Number(seedText)
await openBackend(backend)
const data = await loadDigits(1000, 10)
const initial = mlp({ inputSize: 784, hiddenSizes: defaults.hiddenSizes, embeddingSize: 2 }, seed)
const step = createTrainStep({ ...defaults, images: data.train, initial })
const pairs = new PairSampler(data.train.labels, Random.seeded(seed, 'pairs'))
const task = { batchSize: defaults.batchSize, iterations: backend === 'native' ? 40 : 6 }
const losses: number[] = []
for await (const batch of train(step, pairs, task, new AbortController().signal)) losses.push(...batch.losses)
process.stdout.write(new Uint32Array(Float32Array.from(losses).buffer).join(','))
