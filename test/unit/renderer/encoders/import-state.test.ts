import { expect, test, vi } from 'vitest'
import { createEncoderImport } from '../../../../src/renderer/encoders/import-state.ts'
import type { EncoderProgress } from '../../../../src/shared/contract.ts'
import { TwinlensError } from '../../../../src/shared/errors.ts'
import { untrainedEngine } from '../search/engines.ts'

/** An import that goes on until it is cancelled. */
async function endless() {
  const { engine } = await untrainedEngine()
  async function* importEncoder(
    _: unknown,
    { signal }: { signal?: AbortSignal | undefined } = {},
  ): AsyncGenerator<EncoderProgress> {
    yield { phase: 'embedding', done: 5, total: 10 }
    await new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new TwinlensError('cancelled', 'It was cancelled.')))
    })
  }
  return { engine, state: createEncoderImport({ ...engine, client: { ...engine.client, importEncoder } }) }
}

test('an import tells how far it is, is cancelled without a word, and another may follow', async () => {
  const { engine, state } = await endless()
  const first = state.begin({ paths: ['/a.onnx'] })
  await vi.waitFor(() =>
    expect(state.progress.value).toMatchObject({ phase: 'embedding', done: 5, total: 10 }),
  )
  expect(await state.begin({ paths: ['/b.onnx'] })).toBe(false)
  state.cancel()
  expect(await first).toBe(false)
  expect(state.progress.value).toBeNull()
  expect(engine.notice.value).toBeNull()

  const second = state.begin({ paths: ['/b.onnx'] })
  await vi.waitFor(() => expect(state.progress.value?.phase).toBe('embedding'))
  state.cancel()
  expect(await second).toBe(false)
})
