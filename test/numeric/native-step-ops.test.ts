import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Graph } from '../../src/main/engine/tensorflow/graph/graph.ts'
import { networkGraph } from '../../src/main/engine/twin/graph/network-graph.ts'
import { PairSampler } from '../../src/main/engine/twin/pairs.ts'
import { Random } from '../../src/main/engine/twin/random.ts'
import { trainGraph } from '../../src/main/engine/twin/train-graph.ts'
import { NativeTrainStep } from '../../src/main/engine/twin/train-step.native.ts'
import { defaults } from '../../src/shared/hyperparameters.ts'
import { availableBackends, useBackend } from '../support/backends.ts'
import { callsOf } from '../support/counted-calls.ts'
import { stripes } from '../support/images.ts'
import { mlp } from '../support/networks.ts'
import { networkCases } from './golden/networks.ts'
import { objectives } from './golden/objective.ts'

type Kernels = Readonly<Record<string, readonly Readonly<Record<string, readonly string[]>>[]>>
type Op = Graph['ops'][number]

/** What cuda-kernels.py said of TensorFlow's wheel with CUDA. */
const recorded = JSON.parse(readFileSync(join(import.meta.dirname, 'cuda-kernels.json'), 'utf8')) as {
  readonly tensorflow: string
  readonly kernels: Kernels
}

const images = stripes(200, 5)
const pairs = new PairSampler(images.labels, Random.seeded(1, 'pairs')).draw(8)
const initial = mlp({ inputSize: 64, hiddenSizes: [16, 16], embeddingSize: 2 }, 1)

/** Of an encoder as deep as the default one. */
const graphWith = (pixels: 'uint8' | 'float'): readonly Op[] =>
  trainGraph({ ...defaults, sizes: [64, 16, 16, 2], images: 200, pixels }).ops

/** Nothing is computed for these in an iteration: given once, handed in, or done when the training began. */
const free = new Set(['Const', 'Placeholder', 'VarHandleOp', 'AssignVariableOp', 'Identity'])
/** Of those that a step comes by; what is read for a checkpoint is not among them. */
function opsOfAnIteration(pixels: 'uint8' | 'float'): number {
  const ops = new Map(graphWith(pixels).map(op => [op.name, op]))
  const reached = new Set<string>()
  const visit = (name: string): void => {
    if (reached.has(name)) return
    reached.add(name)
    for (const input of ops.get(name)?.inputs ?? []) visit(input.replace(/^\^|:\d+$/g, ''))
  }
  visit('step')
  return [...reached].filter(name => !free.has(ops.get(name)?.op ?? '')).length
}

/** A library with CUDA in it to ask, where one is at hand. */
const cudaLibrary = process.env['TWINLENS_TEST_CUDA_LIBRARY'] ?? ''

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
function lacking(ops: readonly Op[], kernels: Kernels): string[] {
  const fits = ({ op, types }: Op): boolean =>
    (kernels[op] ?? []).some(kernel =>
      Object.entries(kernel).every(([name, allowed]) => allowed.includes(types[name] ?? '')),
    )
  return [...new Set(ops.filter(op => !fits(op)).map(({ op, types }) => `${op} ${JSON.stringify(types)}`))]
}

describe("an iteration's graph", () => {
  test('takes 60 ops for three layers, one fewer where pixels are kept as floats', () => {
    expect(opsOfAnIteration('uint8')).toBe(60)
    expect(opsOfAnIteration('float')).toBe(59)
  })

  test('has no op that TensorFlow has no kernel for on a GPU', () => {
    const ops = graphWith('float')
    expect(ops.map(({ op }) => op)).toContain('ResourceApplyAdam')
    expect(lacking(ops, recorded.kernels)).toEqual([])
  })

  test.each(Object.entries(objectives))(
    'has none of them with convolutions and another loss: %s',
    (_, own) => {
      const spec = { ...networkCases.cnn, dropout: 0.5 }
      const settings = { ...defaults, ...own, weightDecay: 0.1, spec, images: 60, pixels: 'float' as const }
      for (const fed of [false, true])
        expect(lacking(networkGraph({ ...settings, fed }).ops, recorded.kernels)).toEqual([])
    },
  )

  test('has none of them with residual blocks', () => {
    const spec = networkCases.residual
    const { ops } = networkGraph({ ...defaults, spec, images: 60, pixels: 'float', fed: false })
    expect(lacking(ops, recorded.kernels)).toEqual([])
  })

  test('would not pass that with pixels as bytes: the check sees what lacks', () => {
    expect(lacking(graphWith('uint8'), recorded.kernels)).toContain(
      'GatherV2 {"Tparams":"uint8","Tindices":"int32","Taxis":"int32"}',
    )
  })
})

describe.each(availableBackends(['native']))('a step on %s', backend => {
  beforeAll(() => useBackend(backend))

  test('is one call into TensorFlow, beside handing in its batch', () => {
    const step = new NativeTrainStep({ ...defaults, images, initial })
    step.run(pairs).dispose()
    const calls = callsOf(() => step.run(pairs).dispose())
    step.dispose()
    expect(calls['runSavedModel']).toBe(1)
    expect(calls['executeOp']).toBeUndefined()
    expect(calls['createTensor']).toBe(4)
  })

  test('frees its graph, and with it its variables, at the end', () => {
    const { binding } = tf.backend() as unknown as { binding: { getNumOfSavedModels(): number } }
    const before = binding.getNumOfSavedModels()
    const step = new NativeTrainStep({ ...defaults, images, initial })
    expect(binding.getNumOfSavedModels()).toBe(before + 1)
    step.dispose()
    expect(binding.getNumOfSavedModels()).toBe(before)
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
