import { describe, expect, test } from 'vitest'
import { decodeState, encodeState } from '../../../../../src/main/engine/runs/training-state-file.ts'
import { mlpSpec, type NetworkSpec } from '../../../../../src/main/engine/twin/network/network-spec.ts'
import { initialNetwork } from '../../../../../src/main/engine/twin/network/network-values.ts'
import { PairSampler } from '../../../../../src/main/engine/twin/pairs.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { createTrainStep, type StepState } from '../../../../../src/main/engine/twin/train-step.ts'
import { defaults } from '../../../../../src/shared/hyperparameters.ts'
import { availableBackends, useBackend } from '../../../../support/backends.ts'
import { stripes } from '../../../../support/images.ts'

const plain = mlpSpec({ height: 8, width: 8, channels: 1 }, { hiddenSizes: [12], embeddingSize: 2 })
const specs: readonly [string, NetworkSpec][] = [
  ['fully connected', plain],
  ['with batch norm', { ...plain, batchNorm: true }],
  ['with dropout', { ...plain, dropout: 0.4 }],
  [
    'convolutional, with batch norm and dropout',
    { ...plain, kind: 'cnn', filters: [4, 4], batchNorm: true, dropout: 0.3 },
  ],
]

describe.each(availableBackends(['native', 'wasm']))('on %s', backend => {
  // WebAssembly has no gradient of a convolution.
  test.each(specs.filter(([, { kind }]) => kind === 'mlp' || backend === 'native'))(
    'a step %s goes on from its state, through a file, to the last bit',
    async (_, spec) => {
      await useBackend(backend)
      const images = stripes(60, 3)
      const settings = {
        ...defaults,
        learningRate: 1e-2,
        margin: 1,
        images,
        initial: initialNetwork(spec, 1),
      }
      const pairs = new PairSampler(images.labels, Random.seeded(1, 'pairs'))
      const first = createTrainStep(settings)
      const learn = async (step: typeof first, from: PairSampler, count: number): Promise<number[]> => {
        const losses: number[] = []
        for (let i = 0; i < count; i++) {
          const loss = step.run(from.draw(10))
          losses.push((await loss.data<'float32'>())[0] as number)
          loss.dispose()
        }
        return losses
      }
      await learn(first, pairs, 6)
      const kept = { iteration: 6, pairs: pairs.state(), ...(await first.state()) }
      const { network, adam, pairs: random } = decodeState(encodeState(kept), 'state.safetensors')
      const second = createTrainStep({ ...settings, initial: network, adam })
      const [one, other] = [
        await learn(first, pairs, 6),
        await learn(second, new PairSampler(images.labels, Random.restored(random)), 6),
      ]
      expect(other).toEqual(one)
      const ends: StepState[] = [await first.state(), await second.state()]
      expect(ends[1]).toEqual(ends[0])
      first.dispose()
      second.dispose()
    },
  )
})
