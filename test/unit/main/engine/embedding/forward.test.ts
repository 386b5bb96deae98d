import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { GraphForward } from '../../../../../src/main/engine/embedding/forward.graph.ts'
import { GenericForward } from '../../../../../src/main/engine/embedding/forward.ts'
import { disposeNetwork, toNetwork } from '../../../../../src/main/engine/twin/network/network.ts'
import { initialNetwork } from '../../../../../src/main/engine/twin/network/network-values.ts'
import { Random } from '../../../../../src/main/engine/twin/random.ts'
import { images, type NetworkCase, networkCases } from '../../../../numeric/golden/networks.ts'
import { availableBackends, useBackend } from '../../../../support/backends.ts'

const names = Object.keys(networkCases) as NetworkCase[]

describe.each(availableBackends(['native']))("a network's forward graph, on %s", backend => {
  beforeAll(() => useBackend(backend))

  test.each(names)('gives the features of the plain pass, and frees what it made: %s', name => {
    const { spec, tensors } = initialNetwork(networkCases[name], 4)
    const random = Random.seeded(2, 'display')
    // Averages, scales and shifts as a training leaves them, so that taking them into the kernel changes it.
    const trained = tensors.map(tensor =>
      tensor.name.endsWith('kernel')
        ? tensor
        : { ...tensor, values: tensor.values.map(() => 0.5 + random.uniform()) },
    )
    const network = toNetwork({ spec, tensors: trained })
    const before = tf.memory().numTensors
    const [plain, fast] = [new GenericForward(network), new GraphForward(network)].map(forward => {
      const features = forward.run(images.pixels, images.count)
      const values = features.dataSync<'float32'>()
      features.dispose()
      forward.dispose()
      return values
    })
    expect(tf.memory().numTensors).toBe(before)
    const largest = plain!.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    expect(largest).toBeGreaterThan(0.1)
    fast!.forEach((x, i) => {
      expect(Math.abs(x - plain![i]!)).toBeLessThan(1e-5 * largest)
    })
    disposeNetwork(network)
  })
})
