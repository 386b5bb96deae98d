import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { backendNames } from '../../../../../src/main/engine/tensorflow/backend-names.ts'
import { openBackend, openBelow, switchTo } from '../../../../../src/main/engine/tensorflow/backends.ts'

describe('openBackend', () => {
  test('wasm can be forced, and computes', async () => {
    const report = await openBackend('wasm')
    expect(report).toMatchObject({ backend: 'wasm', tensorflow: null })
    expect(report.passedOver).toEqual([
      { backend: 'cuda', reason: 'It was not tried, because wasm was asked for.' },
      { backend: 'webgpu', reason: 'It was not tried, because wasm was asked for.' },
      { backend: 'native', reason: 'It was not tried, because wasm was asked for.' },
    ])
    expect(report.description).toContain('WebAssembly, SIMD')
    expect(tf.getBackend()).toBe('wasm')
    expect([...(await tf.square(tf.tensor1d([1, 2, 3])).data())]).toEqual([1, 4, 9])
  })

  test('cpu can be forced', async () => {
    expect(await openBackend('cpu')).toMatchObject({ backend: 'cpu' })
    expect(tf.getBackend()).toBe('cpu')
  })

  test('unforced it takes the best and says why each better one was passed over', async () => {
    const report = await openBackend('')
    const better = backendNames.slice(0, backendNames.indexOf(report.backend))
    expect(report.passedOver.map(({ backend }) => backend)).toEqual(better)
    for (const { reason } of report.passedOver) expect(reason).toMatch(/\.$/)
    expect(report.device).not.toBe('')
  })

  test('below a backend that cannot be used any more comes the next one that loads, and says why', async () => {
    const report = await openBelow(await openBackend('wasm'), 'It was lost.')
    expect(report).toMatchObject({ backend: 'cpu' })
    expect(report.passedOver.at(-1)).toEqual({ backend: 'wasm', reason: 'It was lost.' })
    await switchTo('wasm')
    expect(tf.getBackend()).toBe('wasm')
  })

  test('an unknown name is misuse, and says which there are', async () => {
    await expect(openBackend('gpu')).rejects.toMatchObject({ kind: 'invalid-input' })
    await expect(openBackend('gpu')).rejects.toThrow(/cuda, webgpu, native, wasm, cpu/)
  })
})
