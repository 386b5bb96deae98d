import { cpus } from 'node:os'
import * as tf from '@tensorflow/tfjs-core'
import type { LoadedBackend } from './backends.ts'

/** Plain JavaScript: the last rung, for checks rather than for work (some 200 times slower than native). */
export async function loadCpu(): Promise<LoadedBackend> {
  await import('./gradients.ts')
  if (!(await tf.setBackend('cpu'))) throw new Error('The JavaScript backend did not start.')
  return { description: 'JavaScript: very slow', tensorflow: null, device: processorName() }
}

export const processorName = (): string => cpus()[0]?.model.trim() ?? 'unknown processor'
