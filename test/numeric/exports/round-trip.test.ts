import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { embed } from '../../../src/main/engine/embedding/embed.ts'
import { exportRun } from '../../../src/main/engine/exports/formats.ts'
import { openEncoder } from '../../../src/main/engine/imports/imported-encoder.ts'
import type { Run } from '../../../src/main/engine/runs/run-folder.ts'
import { toNetwork } from '../../../src/main/engine/twin/network/network.ts'
import { availableBackends, useBackend } from '../../support/backends.ts'
import { imagesFor, runs } from '../../support/encoder-runs.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'twinlens-round-trip-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(availableBackends(['cpu', 'wasm', 'native']))('on %s', backend => {
  beforeAll(() => useBackend(backend))

  describe.each(Object.keys(runs))('the %s encoder', name => {
    test.each(['onnx', 'layers-model'] as const)(
      'comes back from %s with the same features',
      async format => {
        const run = runs[name] as Run
        const images = imagesFor(run)
        const network = toNetwork(run.network)
        const wanted = await embed(network, images)
        const place = join(folder, `${backend}-${name}-${format}`)
        await exportRun(run, format, place)
        const encoder = await openEncoder(place, images)
        const before = tf.memory().numTensors
        const given = await encoder.embed(images)
        expect(tf.memory().numTensors).toBe(before)
        expect([given.count, given.size]).toEqual([images.count, run.network.spec.embeddingSize])
        const largest = Math.max(...wanted.values.map(Math.abs))
        expect(largest).toBeGreaterThan(0.01)
        given.values.forEach((value, i) => {
          expect(Math.abs(value - (wanted.values[i] as number))).toBeLessThan(1e-4 * Math.max(1, largest))
        })
      },
    )
  })
})
