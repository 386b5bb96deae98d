import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { RawOps } from '../../src/main/engine/tensorflow/raw-ops.ts'
import { availableBackends, useBackend } from '../support/backends.ts'

describe.each(availableBackends(['native']))('pixels resident in TensorFlow (%s)', backend => {
  test.each([1, 4096, 4097, 10_000])(
    '%i rows come back as they went in, and nothing else stays',
    async rows => {
      await useBackend(backend)
      const ops = new RawOps()
      const columns = 3
      const values = Uint8Array.from({ length: rows * columns }, (_, i) => (i * 37) % 256)
      const before = tf.memory().numTensors
      const bytes = ops.bytes(values, [rows, columns])
      expect(bytes.shape).toEqual([rows, columns])
      expect(tf.memory().numTensors).toBe(before + 1)
      const picked = [0, rows >> 1, rows - 1]
      const gathered = tf.tidy(() =>
        ops.gatherRows(bytes, tf.tensor1d(picked, 'int32'), tf.scalar(0, 'int32')),
      )
      const expected = picked.flatMap(row => [...values.subarray(row * columns, (row + 1) * columns)])
      expect([...(await gathered.data())]).toEqual(expected)
      tf.dispose([bytes, gathered])
    },
  )
})
