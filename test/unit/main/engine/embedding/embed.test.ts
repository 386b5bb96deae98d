import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { gatherPixels, sliceImages } from '../../../../../src/main/engine/data/data-set.ts'
import { embed } from '../../../../../src/main/engine/embedding/embed.ts'
import { encode } from '../../../../../src/main/engine/twin/network/forward.ts'
import { toNetwork } from '../../../../../src/main/engine/twin/network/network.ts'
import { availableBackends, useBackend } from '../../../../support/backends.ts'
import { stripes } from '../../../../support/images.ts'
import { mlp } from '../../../../support/networks.ts'

// Two full batches and a part of one.
const images = stripes(1100, 3)

describe.each(availableBackends(['native', 'wasm', 'cpu']))('embed, %s', backend => {
  const layers = () => toNetwork(mlp({ inputSize: 64, hiddenSizes: [8, 6], embeddingSize: 3 }, 1))
  beforeAll(() => useBackend(backend))

  test('gives the features of every image, pixels taken from 0 to 1, in order', async () => {
    const net = layers()
    const { values, count, size } = await embed(net, images)
    expect([count, size]).toEqual([1100, 3])
    const rows = tf.tensor2d(
      gatherPixels(
        images,
        Int32Array.from({ length: 1100 }, (_, i) => i),
      ),
      [1100, 64],
    )
    const expected = await encode(net, rows).data<'float32'>()
    const largest = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    expect(largest).toBeGreaterThan(0.1)
    values.forEach((value, i) => {
      expect(Math.abs(value - (expected[i] as number))).toBeLessThan(1e-5 * largest)
    })
  })

  test('frees what it made, and ends when it is cancelled', async () => {
    const net = layers()
    const before = tf.memory().numTensors
    await embed(net, images)
    await expect(embed(net, images, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' })
    expect(tf.memory().numTensors).toBe(before)
  })

  test('one image falls where it falls among others', async () => {
    const net = layers()
    const all = await embed(net, images)
    const one = await embed(net, sliceImages(images, 1050, 1051))
    one.values.forEach((value, i) => {
      expect(value).toBeCloseTo(all.values[1050 * 3 + i] as number, 5)
    })
  })
})
