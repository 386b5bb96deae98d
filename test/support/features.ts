import * as tf from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import { pixelsPerImage } from '../../src/main/engine/data/data-set.ts'
import type { Run } from '../../src/main/engine/runs/run-folder.ts'
import { encode } from '../../src/main/engine/twin/network/forward.ts'
import { toNetwork } from '../../src/main/engine/twin/network/network.ts'
import { imagesFor } from './encoder-runs.ts'

/** Images for a run's encoder as another tool takes them: [images, height, width, channels], from 0 to 1. */
export function tensorFor(run: Run): tf.Tensor4D {
  const { pixels, count, height, width, channels } = imagesFor(run)
  const values = Float32Array.from(pixels, byte => byte / 255)
  return tf.tensor4d(values, [count, height, width, channels])
}

/** What the engine's own pass says of them, rows of features. */
export const expectedFeatures = (run: Run): number[][] =>
  tf.tidy(() => {
    const images = imagesFor(run)
    const rows = tf.reshape(tensorFor(run), [images.count, pixelsPerImage(images)]) as tf.Tensor2D
    return encode(toNetwork(run.network), rows).arraySync()
  })

/** The same to 1e-4 of the largest. */
export function expectClose(
  given: readonly (readonly number[])[],
  wanted: readonly (readonly number[])[],
): void {
  expect(given.map(row => row.length)).toEqual(wanted.map(row => row.length))
  const largest = Math.max(...wanted.flat().map(Math.abs))
  expect(largest).toBeGreaterThan(0.01)
  wanted.flat().forEach((value, i) => {
    expect(Math.abs((given.flat()[i] as number) - value)).toBeLessThan(1e-4 * Math.max(1, largest))
  })
}
