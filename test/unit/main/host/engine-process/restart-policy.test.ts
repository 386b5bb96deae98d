import { describe, expect, test } from 'vitest'
import { RestartPolicy } from '../../../../../src/main/host/engine-process/restart-policy.ts'

const ladder = ['cuda', 'native', 'wasm', 'cpu']
const minute = 60_000

describe('after a crash', () => {
  test('the first restart is at once, and the next ones wait longer and longer', () => {
    const policy = new RestartPolicy(['cpu'], undefined)
    const waits = Array.from({ length: 10 }, () => policy.crashed(0, 'cpu').waitMs)
    expect(waits).toEqual([0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000])
  })

  test('of long ago nothing counts', () => {
    const policy = new RestartPolicy(ladder, undefined)
    for (let i = 0; i < 10; i++) {
      expect(policy.crashed(i * minute, 'native')).toEqual({ waitMs: 0, backend: undefined, lower: false })
    }
  })
})

describe('three crashes within a minute', () => {
  test('bring the backend below the one that computed, and begin to count anew', () => {
    const policy = new RestartPolicy(ladder, undefined)
    policy.crashed(0, 'native')
    policy.crashed(minute / 2, 'native')
    expect(policy.crashed(minute - 1, 'native')).toMatchObject({ backend: 'wasm', lower: true })
    expect(policy.crashed(minute - 1, 'wasm')).toEqual({ waitMs: 0, backend: 'wasm', lower: false })
    policy.crashed(minute, 'wasm')
    expect(policy.crashed(minute, 'wasm')).toMatchObject({ backend: 'cpu', lower: true })
    expect(policy.backend).toBe('cpu')
  })

  test('never bring WebGPU: which graphics card is worth it is for the engine to choose', () => {
    const policy = new RestartPolicy(['cuda', 'webgpu', 'native'], undefined)
    for (let i = 0; i < 3; i++) policy.crashed(0, 'cuda')
    expect(policy.backend).toBe('native')
    const forced = new RestartPolicy(['cuda', 'webgpu', 'native'], 'webgpu')
    for (let i = 0; i < 3; i++) forced.crashed(0, 'webgpu')
    expect(forced.backend).toBe('native')
  })

  test('before it said what it computes with, count against what it was to start with', () => {
    const best = new RestartPolicy(ladder, undefined)
    const forced = new RestartPolicy(ladder, 'native')
    for (const policy of [best, forced]) for (let i = 0; i < 3; i++) policy.crashed(0, undefined)
    expect(best.backend).toBe('native')
    expect(forced.backend).toBe('wasm')
  })

  test('of the lowest, or of one that is none, leave it', () => {
    for (const backend of ['cpu', 'abacus']) {
      const policy = new RestartPolicy(ladder, backend)
      for (let i = 0; i < 5; i++) expect(policy.crashed(0, backend)).toMatchObject({ backend, lower: false })
    }
  })
})

test('one that cannot be had is left at once', () => {
  const policy = new RestartPolicy(ladder, 'native')
  expect(policy.crashed(0, undefined, true)).toEqual({ waitMs: 0, backend: 'wasm', lower: true })
})
