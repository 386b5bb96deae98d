import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openEncoder } from '../../../src/main/engine/imports/imported-encoder.ts'
import { availableBackends, useBackend } from '../../support/backends.ts'

/** Made by encoder-of-pytorch.py beside it: PyTorch's exporter and PyTorch's own features. */
const fixtures = join(import.meta.dirname, '../../fixtures/encoders')
const { shape, features } = JSON.parse(readFileSync(join(fixtures, 'encoder-of-pytorch.json'), 'utf8')) as {
  shape: [number, number, number, number]
  features: number[][]
}
const [count, height, width] = shape
const pixels = Uint8Array.from({ length: count * height * width * 3 }, (_, i) => (i * 7919) % 251)
const images = { pixels, labels: new Uint16Array(count), count, height, width, channels: 3 } as const

describe.each(availableBackends(['cpu', 'wasm', 'native']))('on %s', backend => {
  beforeAll(() => useBackend(backend))

  // The second takes one image at once and no other number, as the exporter makes it where nothing else is said.
  test.each(['encoder-of-pytorch.onnx', 'encoder-of-pytorch-one-image.onnx'])(
    '%s gives what PyTorch says',
    async name => {
      const given = await (await openEncoder(join(fixtures, name), images)).embed(images)
      const wanted = features.flat()
      expect([given.count, given.size]).toEqual([count, 4])
      const largest = Math.max(...wanted.map(Math.abs))
      given.values.forEach((value, i) => {
        expect(Math.abs(value - (wanted[i] as number))).toBeLessThan(1e-4 * largest)
      })
    },
  )
})
