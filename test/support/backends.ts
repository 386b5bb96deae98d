import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { BackendName } from '../../src/main/engine/tensorflow/backend-names.ts'
import { openBackend } from '../../src/main/engine/tensorflow/backends.ts'

const binding = join(
  import.meta.dirname,
  '../../node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node',
)

/** Those of `wanted` that this machine can have: native only where set-up could install it. */
export function availableBackends(wanted: readonly BackendName[]): BackendName[] {
  return wanted.filter(backend => backend !== 'native' || existsSync(binding))
}

/** Makes a backend the current one, or fails the test. */
export async function useBackend(backend: BackendName): Promise<void> {
  expect((await openBackend(backend)).backend).toBe(backend)
}
