import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { availableBackends } from '../support/backends.ts'

/** Losses of a short training in a process of its own, as the bits of their floats. */
function lossBits(backend: string, seed: number): string {
  const script = join(import.meta.dirname, '../support/print-losses.ts')
  return execFileSync(process.execPath, [script, backend, String(seed)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

describe.each(availableBackends(['native', 'wasm']))('on %s', backend => {
  test('the same seed gives the same losses bit for bit, run after run; another seed others', () => {
    const first = lossBits(backend, 1)
    expect(first.split(',')).toHaveLength(backend === 'native' ? 40 : 6)
    expect(lossBits(backend, 1)).toBe(first)
    expect(lossBits(backend, 1)).toBe(first)
    expect(lossBits(backend, 2)).not.toBe(first)
  })
})
