import * as tf from '@tensorflow/tfjs-core'
import { invalidInput, TwinlensError } from '../../../shared/errors.ts'
import { type BackendName, backendNames } from './backend-names.ts'
import { loadCpu } from './cpu.ts'
import { loadCuda, loadNative } from './native.ts'
import { loadWasm } from './wasm.ts'

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
  native: loadNative,
  wasm: loadWasm,
  cpu: loadCpu,
}

/**
 * Climbs down the ladder to the best backend that loads. A process loads one once: later calls report the same.
 * @param forced only this one, from a flag or TWINLENS_BACKEND
 * @throws no-backend: the forced one cannot be had, or none can; invalid-input: no such name
 */
export async function openBackend(forced = process.env['TWINLENS_BACKEND']): Promise<BackendReport> {
  // Without checks and hints that are meant for whoever writes kernels.
  tf.enableProdMode()
  const passedOver: { backend: BackendName; reason: string }[] = []
  const chosen = forced === undefined || forced === '' ? undefined : parseBackendName(forced)
  for (const better of backendNames.slice(0, chosen === undefined ? 0 : backendNames.indexOf(chosen))) {
    passedOver.push({ backend: better, reason: `It was not tried, because ${chosen} was asked for.` })
  }
  const candidates = chosen === undefined ? backendNames : [chosen]
  for (const backend of candidates) {
    try {
      const loaded = await loaders[backend]()
      await tf.ready()
      return { backend, ...loaded, passedOver }
    } catch (error) {
      passedOver.push({ backend, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  const reasons = passedOver.map(({ backend, reason }) => `${backend}: ${reason}`).join(' ')
  throw new TwinlensError('no-backend', `No backend can be used. ${reasons}`)
}

export function parseBackendName(name: string): BackendName {
  const known = backendNames.find(backend => backend === name)
  if (known === undefined) {
    throw invalidInput(`There is no backend "${name}". There are: ${backendNames.join(', ')}.`)
  }
  return known
}
