import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { initialLayers } from '../../src/main/engine/twin/encoder.ts'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { NativeTrainStep } from '../../src/main/engine/twin/train-step.native.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { type ExecutedOp, executedOps } from '../support/counted-ops.ts'
import { stripes } from '../support/images.ts'

type Kernels = Readonly<Record<string, readonly Readonly<Record<string, readonly string[]>>[]>>

/** What cuda-kernels.py said of TensorFlow's wheel with CUDA. */
const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'cuda-kernels.json'), 'utf8')) as {
  readonly tensorflow: string
  readonly kernels: Kernels
}

const images = stripes(200, 5)
const pairs = new PairSampler(images.labels, Random.seeded(1, 'pairs')).draw(8)
const initial = initialLayers({ inputSize: 64, hiddenSizes: [16, 16], embeddingSize: 2 }, 1)

/** Ops of one step of an encoder as deep as the default one. Fewer is the aim; more should be noticed. */
const opsOfAStep = 61

/** A library with CUDA in it to ask, where one is at hand. */
const cudaLibrary = process.env['TWINLENS_TEST_CUDA_LIBRARY'] ?? ''

/** From the step's making to its end, with its one iteration apart. */
function executed(): { all: ExecutedOp[]; iteration: ExecutedOp[] } {
  let iteration: ExecutedOp[] = []
  const all = executedOps(() => {
    const step = new NativeTrainStep({ ...defaults, images, initial })
    iteration = executedOps(() => step.run(pairs).dispose())
    step.layers()
    step.dispose()
  })
  return { all, iteration }
}

/** As if TensorFlow had found a GPU. */
function asOnAGpu<T>(work: () => T): T {
  const backend = tf.backend() as unknown as { isUsingGpuDevice: boolean }
  const { isUsingGpuDevice } = backend
  backend.isUsingGpuDevice = true
  try {
    return work()
  } finally {
    backend.isUsingGpuDevice = isUsingGpuDevice
  }
}

/** Those that a GPU has no kernel for, with their types. */
function lacking(ops: readonly ExecutedOp[], kernels: Kernels): string[] {
  const fits = ({ op, types }: ExecutedOp): boolean =>
    (kernels[op] ?? []).some(kernel =>
      Object.entries(kernel).every(([name, allowed]) => allowed.includes(types[name] ?? '')),
    )
  return [...new Set(ops.filter(op => !fits(op)).map(({ op, types }) => `${op} ${JSON.stringify(types)}`))]
}

describe.each(availableBackends(['native']))('a step on %s', backend => {
  beforeAll(() => useBackend(backend))

  test(`takes ${opsOfAStep} ops for three layers, one fewer where pixels are kept as floats`, () => {
    expect(executed().iteration).toHaveLength(opsOfAStep)
    expect(asOnAGpu(executed).iteration).toHaveLength(opsOfAStep - 1)
  })

  test('executes no op on a GPU that TensorFlow has no kernel for there', () => {
    const { all } = asOnAGpu(executed)
    expect(all.map(({ op }) => op)).toContain('ResourceApplyAdam')
    expect(lacking(all, recorded.kernels)).toEqual([])
  })

  test('would not pass that with pixels as bytes: the check sees what lacks', () => {
    expect(lacking(executed().all, recorded.kernels)).toEqual([
      'GatherV2 {"Tparams":"uint8","Tindices":"int32","Taxis":"int32"}',
    ])
  })

  test('gives the same loss and gradients with pixels as a GPU keeps them', () => {
    const values = (): number[][] => {
      const step = new NativeTrainStep({ ...defaults, images, initial })
      const { loss, gradients } = step.differentiate(pairs)
      step.dispose()
      return [loss, ...gradients].map(tensor => [...tensor.dataSync<'float32'>()])
    }
    expect(asOnAGpu(values)).toEqual(values())
  })
})

const why = existsSync(cudaLibrary) ? '' : ' (skipped: TWINLENS_TEST_CUDA_LIBRARY names no library)'
test.skipIf(why !== '')(`the recorded kernels are those of a TensorFlow with CUDA${why}`, () => {
  const script = join(import.meta.dirname, 'cuda-kernels.py')
  const answer = execFileSync('python3', [script, cudaLibrary, ...Object.keys(recorded.kernels)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  expect(JSON.parse(answer)).toEqual(recorded)
})
