import * as tf from '@tensorflow/tfjs-core'

/**
 * A graphics card can go while it computes: its driver is updated or restarts, an external one is unplugged, it runs out
 * of memory. What waits for it must hear of that and not wait for ever, nor go on with what it left.
 */
export class GpuLost extends Error {
  override readonly name = 'GpuLost'
}

/** A process opens one device. Once that is lost it stays lost: what broke a driver once may take the engine along next. */
let loss: GpuLost | undefined
const waiting = new Set<(lost: GpuLost) => void>()

/** How long after a read that failed the device's own word on it may come, ms. */
const wordMs = 200

/** Takes any loss of this device, and any command that it refuses (TensorFlow.js looks at neither), for the end of it. */
export function watchDevice(device: GPUDevice): void {
  void device.lost.then(({ reason, message }) => lose(message || reason))
  device.addEventListener('uncapturederror', ({ error }) => lose(error.message))
}

/** Why the graphics card can no longer be computed with, if so. */
export const gpuLoss = (): GpuLost | undefined => loss

/**
 * What this work of the current backend comes to.
 * @throws GpuLost as soon as that is a graphics card and lost, whatever becomes of the work
 */
export async function unlessGpuLost<T>(work: Promise<T>): Promise<T> {
  if (tf.getBackend() !== 'webgpu') return work
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  waiting.add(reject)
  if (loss !== undefined) reject(loss)
  work.then(resolve, reject)
  try {
    return await promise
  } catch (error) {
    // A read that the loss broke off fails a moment before the device says why.
    await word()
    throw loss ?? error
  } finally {
    waiting.delete(reject)
  }
}

async function word(): Promise<void> {
  const end = performance.now() + wordMs
  while (loss === undefined && performance.now() < end) await new Promise(resolve => setTimeout(resolve, 10))
}

function lose(message: string): void {
  loss ??= new GpuLost(firstSentence(message))
  for (const reject of [...waiting]) reject(loss)
}

/** Dawn adds where in its own code it happened. */
const firstSentence = (message: string): string =>
  (message.split('\n')[0] as string).trim().replace(/\.$/, '')
