import * as tf from '@tensorflow/tfjs-core'
import type { LoadedBackend } from './backends.ts'
import { processorName } from './cpu.ts'
import { sumProductsInFilterGradient } from './filter-gradient.ts'
import { transposeExplicitlyInProductGradient } from './product-gradient.ts'

/** WebAssembly with SIMD, one thread: needs nothing installed, several times slower than native. */
export async function loadWasm(): Promise<LoadedBackend> {
  await import('./gradients.ts')
  await import('@tensorflow/tfjs-backend-wasm')
  if (!(await tf.setBackend('wasm'))) throw new Error('The WebAssembly backend did not start.')
  transposeExplicitlyInProductGradient()
  sumProductsInFilterGradient()
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')
  return {
    description: `WebAssembly${simd ? ', SIMD' : ''}: slower`,
    tensorflow: null,
    device: processorName(),
  }
}
