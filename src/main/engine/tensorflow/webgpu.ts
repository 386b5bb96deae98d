import * as tf from '@tensorflow/tfjs-core'
import type { LoadedBackend } from './backends.ts'
import { exposeGpu, findGpu, type Gpu } from './gpu-adapter.ts'
import { watchDevice } from './gpu-loss.ts'

/** A graphics card of any vendor, or whatever passes for one: this is what was asked for. */
export async function loadWebGpu(): Promise<LoadedBackend> {
  return startWebGpu(await findGpu(true))
}

/**
 * Makes this card TensorFlow.js's current backend. The device is opened here and not by TensorFlow.js, which would not
 * say when it is lost.
 */
export async function startWebGpu({ adapter, name, software }: Gpu): Promise<LoadedBackend> {
  await import('./gradients.ts')
  // Before the GPU shows, or this would register a device of its own.
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  await exposeGpu()
  const device = await adapter.requestDevice({ requiredLimits: limitsOf(adapter) })
  watchDevice(device)
  // tfjs-core types its backends loosely.
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info))
  if (!(await tf.setBackend('webgpu'))) throw new Error(`${name} did not start.`)
  return {
    description: software ? 'WebGPU on the processor: very slow' : 'WebGPU',
    tensorflow: null,
    device: name,
  }
}

/** All that the card has of what TensorFlow.js's kernels ask for; the defaults are those of the least of cards. */
function limitsOf({ limits }: GPUAdapter): Record<string, number> {
  return {
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxBufferSize: limits.maxBufferSize,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
  }
}
