import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import util from 'node:util'
import * as tf from '@tensorflow/tfjs-core'
import type { LoadedBackend } from './backends.ts'
import { processorName } from './cpu.ts'
import { chooseThreads } from './threads.ts'

/** The part of tfjs-node's backend that it does not type but that is there: whether TensorFlow found a GPU. */
interface NativeBackend {
  readonly isUsingGpuDevice: boolean
  readonly binding: { readonly TF_Version: string }
}

/** TensorFlow on an NVIDIA GPU. The same library as native: what differs is whether it found a device. */
export async function loadCuda(): Promise<LoadedBackend> {
  if (!existsSync('/proc/driver/nvidia/version') && process.platform === 'linux') {
    throw new Error('No NVIDIA driver is installed.')
  }
  const backend = await loadTensorFlow()
  if (!backend.isUsingGpuDevice) throw new Error('TensorFlow found no NVIDIA GPU that it can use.')
  return { ...describe(backend, 'CUDA'), device: gpuName() }
}

/** TensorFlow on the processor, with oneDNN. */
export async function loadNative(): Promise<LoadedBackend> {
  const backend = await loadTensorFlow()
  return { ...describe(backend, 'native, oneDNN'), device: processorName() }
}

/**
 * Loads TensorFlow's library into this process. oneDNN has to be asked for before that: it makes the matrix products
 * 1.6 to 2.5 times faster and is off by default on some processors.
 */
async function loadTensorFlow(): Promise<NativeBackend> {
  process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1'
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  chooseThreads()
  if (!bindingIsThere()) throw new Error(notInstalledReason())
  mendNodeUtil()
  await import('@tensorflow/tfjs-node-gpu')
  if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow did not start.')
  return tf.backend() as unknown as NativeBackend
}

function describe(backend: NativeBackend, how: string): Omit<LoadedBackend, 'device'> {
  const version = backend.binding.TF_Version
  return { description: `TensorFlow ${version}, ${how}`, tensorflow: version }
}

/** TensorFlow.js 4.22 calls a function that Node 23 removed, and one that makes Node print a warning. */
function mendNodeUtil(): void {
  const holder = util as {
    isNullOrUndefined?: (value: unknown) => boolean
    isArray: (value: unknown) => boolean
  }
  holder.isNullOrUndefined ??= value => value === null || value === undefined
  holder.isArray = Array.isArray
}

const packageName = '@tensorflow/tfjs-node-gpu'

/** Asked first, because TensorFlow.js's own message for it is a paragraph on node-gyp. */
function bindingIsThere(): boolean {
  try {
    const packageFile = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
    return existsSync(join(dirname(packageFile), `lib/napi-v8/tfjs_binding.node`))
  } catch {
    return false
  }
}

/** Why set-up could not install it, as it wrote down then. */
function notInstalledReason(): string {
  const plain = 'The TensorFlow library is not installed.'
  const record = join(import.meta.dirname, '../../../../build/engine.json')
  if (!existsSync(record)) return `${plain} "npm run setup" installs it.`
  const { reasons } = JSON.parse(readFileSync(record, 'utf8')) as { reasons?: string[] }
  return reasons === undefined || reasons.length === 0 ? plain : reasons.join(' ')
}

/** The card's name as its driver says it. */
function gpuName(): string {
  try {
    const names = execFileSync('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader'], {
      encoding: 'utf8',
      timeout: 5000,
    })
    return names.split('\n')[0]?.trim() || 'NVIDIA GPU'
  } catch {
    return 'NVIDIA GPU'
  }
}
