import type { encoderCalls } from '../../src/shared/contract/encoders.ts'
import type { DataChoice } from '../../src/shared/contract.ts'
import { TwinlensError } from '../../src/shared/errors.ts'
import type { Handlers } from '../../src/shared/rpc/contract-types.ts'
import type { FakeTraining } from './fake-training.ts'

/** Opens whatever is called .onnx, after some progress; everything else is no encoder. */
export const fakeEncoders = (
  training: () => FakeTraining,
  choice: () => DataChoice,
): Handlers<typeof encoderCalls> => ({
  importEncoder: async function* (source) {
    const names = 'paths' in source ? source.paths : source.files.map(({ name }) => name)
    const name = names.find(one => one.endsWith('.onnx'))
    const total = 10_000
    yield { phase: 'opening' as const, done: 0, total }
    if (name === undefined) throw new TwinlensError('bad-file', `${names.join(', ')}: it is no encoder.`)
    yield { phase: 'embedding' as const, done: 2500, total }
    yield { phase: 'measuring' as const, done: total, total }
    const madeBy = { madeBy: 'Twinlens', run: 'digits' }
    training().openEncoder({ name, format: 'ONNX', embeddingSize: 2, ...madeBy }, choice())
    yield { phase: 'done' as const, done: total, total }
  },
})
