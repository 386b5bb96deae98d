/** Trains, on the backend of TWINLENS_BACKEND: as the product does, as TensorFlow.js alone does, or its products only. */
import { openDataSet } from '../../src/main/engine/data/open-data-set.ts'
import { openBackend } from '../../src/main/engine/tensorflow/backends.ts'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { createTrainStep } from '../../src/main/engine/twin/train-step.ts'
import { train } from '../../src/main/engine/twin/trainer.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { mlp } from '../../test/support/networks.ts'
import { plainStep } from './plain-step.ts'
import { iterationProducts } from './products.ts'
import { numberOf, type Request, serve, textOf } from './protocol.ts'
import { stepParts } from './step-parts.ts'

/** Does some iterations as this kind of training does them. @returns how many it did */
type Iterate = (ms: number) => Promise<number>

await openBackend()
const { train: images } = await openDataSet({ kind: 'digits' })
const inputSize = images.height * images.width
const { embeddingSize, seed } = defaults
let iterate: Iterate | undefined
let parts: ReturnType<typeof stepParts> | undefined

await serve({
  prepare: async request => {
    iterate = prepare(request)
    await iterate(0)
    return {}
  },
  /** ms an iteration */
  train: async request => ({ ms: await measure(numberOf(request, 'turnMs')) }),
  /** ms of an iteration's parts */
  profile: async request => ({ ...(await parts?.(numberOf(request, 'turnMs'))) }),
})

function prepare(request: Request): Iterate {
  const batchSize = numberOf(request, 'batchSize')
  const hidden = numberOf(request, 'hidden')
  const hiddenSizes = [hidden, hidden]
  const pairs = new PairSampler(images.labels, Random.seeded(seed, 'pairs'))
  const kind = textOf(request, 'kind')
  if (kind === 'products') {
    const work = iterationProducts({ rows: 2 * batchSize, sizes: [inputSize, ...hiddenSizes, embeddingSize] })
    return async ms => repeatFor(ms, work)
  }
  const initial = mlp({ inputSize, hiddenSizes, embeddingSize }, seed)
  const settings = { ...defaults, images, initial }
  if (kind === 'parts') {
    const timed = stepParts(settings, batchSize)
    parts = timed
    return async ms => {
      await timed(ms)
      return 1
    }
  }
  if (kind === 'plain') {
    const step = plainStep(settings)
    return async ms =>
      repeatFor(ms, async () => {
        const loss = step.run(pairs.draw(batchSize))
        await loss.data()
        loss.dispose()
      })
  }
  const step = createTrainStep(settings)
  return async ms => {
    const task = { batchSize, iterations: Number.POSITIVE_INFINITY }
    const started = performance.now()
    let done = 0
    for await (const { losses } of train(step, pairs, task, new AbortController().signal)) {
      done += losses.length
      if (performance.now() - started >= ms) break
    }
    return done
  }
}

async function repeatFor(ms: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  let done = 0
  do {
    await work()
    done++
  } while (performance.now() - started < ms)
  return done
}

/** One slice first that is not timed: it finds threads asleep. */
async function measure(turnMs: number): Promise<number> {
  if (iterate === undefined) throw new Error('Nothing was prepared.')
  await iterate(0)
  const started = performance.now()
  const done = await iterate(turnMs)
  return (performance.now() - started) / done
}
