import * as tf from '@tensorflow/tfjs-core'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import { type BackendName, backendNames } from './backend-names.ts'
import { loadCpu } from './cpu.ts'
import { offerGpu } from './gpu-offer.ts'
import { loadCuda, loadNative } from './native.ts'
import { loadWasm } from './wasm.ts'
import { loadWebGpu } from './webgpu.ts'

/** What a backend says of itself once it is loaded. */
export interface LoadedBackend {
  /** For a person: "TensorFlow 2.21.0, native, oneDNN". */
  readonly description: string
  /** TensorFlow's own version; null where TensorFlow.js computes by itself. */
  readonly tensorflow: string | null
  /** The processor or graphics card it computes on. */
  readonly device: string
}

/** Which backend computes, and why no better one does. */
export interface BackendReport extends LoadedBackend {
  readonly backend: BackendName
  readonly passedOver: readonly { readonly backend: BackendName; readonly reason: string }[]
}

/** Loads a backend and makes it TensorFlow.js's current one, or rejects with a sentence why not. */
const loaders: Record<BackendName, () => Promise<LoadedBackend>> = {
  cuda: loadCuda,
  webgpu: loadWebGpu,
  native: loadNative,
  wasm: loadWasm,
  cpu: loadCpu,
}

/** What TensorFlow.js calls them. */
const names: Record<BackendName, string> = {
  cuda: 'tensorflow',
  webgpu: 'webgpu',
  native: 'tensorflow',
  wasm: 'wasm',
  cpu: 'cpu',
}

interface Passed {
  readonly backend: BackendName
  readonly reason: string
}

/**
 * Climbs down the ladder to the best backend that loads. A process loads one once: later calls report the same. WebGPU
 * is only looked at, unless it is forced: each training chooses between it and this one (`gpu-choice.ts`).
 * @param forced only this one, from a flag or TWINLENS_BACKEND
 * @throws no-backend: the forced one cannot be had, or none can; invalid-input: no such name
 */
export async function openBackend(forced = process.env['TWINLENS_BACKEND']): Promise<BackendReport> {
  // Without checks and hints that are meant for whoever writes kernels.
  tf.enableProdMode()
  if (forced === undefined || forced === '') return openFirst(backendNames, [], offerOnly)
  const chosen = parseBackendName(forced)
  const reason = `It was not tried, because ${chosen} was asked for.`
  const better = backendNames.slice(0, backendNames.indexOf(chosen))
  return openFirst(
    [chosen],
    better.map(backend => ({ backend, reason })),
  )
}

/** The best that loads below a backend that turned out not to be usable. @throws no-backend */
export function openBelow({ backend, passedOver }: BackendReport, reason: string): Promise<BackendReport> {
  const lower = backendNames.slice(backendNames.indexOf(backend) + 1)
  return openFirst(lower, [...passedOver, { backend, reason }])
}

/** Makes a backend that was opened before the current one again. */
export async function switchTo(backend: BackendName): Promise<void> {
  if (!(await tf.setBackend(names[backend]))) throw new Error(`The backend ${backend} did not start.`)
}

async function openFirst(
  candidates: readonly BackendName[],
  before: readonly Passed[],
  replaced: Partial<typeof loaders> = {},
): Promise<BackendReport> {
  const passedOver = [...before]
  for (const backend of candidates) {
    try {
      const loaded = await (replaced[backend] ?? loaders[backend])()
      await tf.ready()
      return { backend, ...loaded, passedOver }
    } catch (error) {
      passedOver.push({ backend, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  const reasons = passedOver.map(({ backend, reason }) => `${backend}: ${reason}`).join(' ')
  throw new TwinlensError('no-backend', `No backend can be used. ${reasons}`)
}

/** The card is not taken yet, and what is said of it says why. */
const offerOnly: Partial<typeof loaders> = {
  webgpu: async () => {
    throw new Error(await offerGpu())
  },
}

export function parseBackendName(name: string): BackendName {
  const known = backendNames.find(backend => backend === name)
  if (known === undefined) {
    throw invalidInput(`There is no backend "${name}". There are: ${backendNames.join(', ')}.`)
  }
  return known
}
