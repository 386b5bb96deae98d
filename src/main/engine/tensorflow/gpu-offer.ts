import { join } from 'node:path'
import { dataFolder } from '../runs/run-folders.ts'
import { findGpu, type Gpu } from './gpu-adapter.ts'
import { GpuCrashMark } from './gpu-crash-mark.ts'

let offer: Gpu | undefined

let mark: GpuCrashMark | undefined

export function gpuCrashMark(): GpuCrashMark {
  mark ??= new GpuCrashMark(join(dataFolder(), 'gpu-in-use.json'))
  return mark
}

/**
 * Looks whether there is a graphics card that a training may turn out to be faster on. Which one is faster depends on the
 * training, so none is chosen yet.
 * @returns what is going to happen, in a sentence
 * @throws Error with a sentence why there is none
 */
export async function offerGpu(find = findGpu): Promise<string> {
  const gpu = await find(false)
  if (gpu.software) {
    throw new Error(`${gpu.name} is no graphics card: it computes on the processor, and slowly.`)
  }
  const reason = gpuCrashMark().reason(gpu.name)
  if (reason !== undefined) throw new Error(reason)
  offer = gpu
  return `Whether ${gpu.name} is faster is measured when a training starts.`
}

export const offeredGpu = (): Gpu | undefined => offer
