import { type BackendReport, openBelow, switchTo } from './backends.ts'
import type { Gpu } from './gpu-adapter.ts'
import { gpuLoss, unlessGpuLost } from './gpu-loss.ts'
import { gpuCrashMark, offeredGpu } from './gpu-offer.ts'
import { startWebGpu } from './webgpu.ts'

/** A training as far as it decides which backend is faster. */
export interface MeasuredJob {
  /** The same for trainings that take the same time. */
  readonly key: string
  /** Trains a little on the current backend, unless it is left behind. @returns ms an iteration */
  readonly measure: (signal: AbortSignal) => Promise<number>
}

/** What a card may take for being measured, ms: one that hangs must not keep a person waiting. */
const patienceMs = 20_000

interface Figures {
  readonly webgpu: number
  readonly other: number
}

/** A person who trains the same network again need not wait for it again. */
const figures = new Map<string, Figures>()

/** The card as TensorFlow.js has it, after its first use; or why it is not to be used any more. */
let started: Awaited<ReturnType<typeof startWebGpu>> | undefined
let withdrawn: string | undefined

/**
 * Makes the backend current that trains this job faster: the one that was opened, or the graphics card that was offered
 * beside it, by measuring both.
 *
 * This is done in the engine's own process, one after the other: TensorFlow.js holds several backends at once, and
 * another process would load TensorFlow and the images a second time and could not be started by the packaged app, whose
 * program runs no scripts. What a process would protect from, a driver that crashes, `GpuCrashMark` remembers.
 * @param opened what `openBackend` reported
 * @returns a report with the figures of both
 */
export async function chooseFor(opened: BackendReport, job: MeasuredJob): Promise<BackendReport> {
  const lost = gpuLoss()
  if (lost !== undefined) return stepDown(opened, afterLoss(lost.message))
  const gpu = offeredGpu()
  if (opened.backend === 'webgpu' || gpu === undefined) return opened
  if (withdrawn !== undefined) return passOver(opened, withdrawn)
  gpuCrashMark().set(gpu.name)
  try {
    const measured = figures.get(job.key) ?? (await measureBoth(opened, gpu, job))
    figures.set(job.key, measured)
    const sentence = `${milliseconds(measured.webgpu)} an iteration of this training, ${opened.backend} ${milliseconds(measured.other)}`
    if (started === undefined || measured.webgpu >= measured.other) {
      await handBack(opened)
      return passOver(opened, `${gpu.name} takes ${sentence}.`)
    }
    await switchTo('webgpu')
    return {
      ...started,
      backend: 'webgpu',
      description: `${started.description}: ${sentence}`,
      passedOver: opened.passedOver.filter(({ backend }) => backend !== 'webgpu'),
    }
  } catch (error) {
    withdrawn = `${gpu.name} could not be used: ${error instanceof Error ? error.message : String(error)}.`
    await handBack(opened)
    return passOver(opened, withdrawn)
  }
}

/** After a training: the card is for training only, so that its loss can harm nothing else. */
export async function handBack(opened: BackendReport): Promise<void> {
  if (offeredGpu() === undefined || opened.backend === 'webgpu') return
  await switchTo(opened.backend)
  gpuCrashMark().clear()
}

/** Goes on without the graphics card. @param reason why, a sentence */
export async function stepDown(opened: BackendReport, reason: string): Promise<BackendReport> {
  if (opened.backend === 'webgpu') return openBelow(opened, reason)
  await handBack(opened)
  return passOver(opened, reason)
}

export const afterLoss = (message: string): string => `The graphics card was lost: ${message}.`

async function measureBoth(opened: BackendReport, gpu: Gpu, job: MeasuredJob): Promise<Figures> {
  await switchTo(opened.backend)
  const other = await job.measure(new AbortController().signal)
  started ??= await startWebGpu(gpu)
  await switchTo('webgpu')
  const webgpu = await unlessGpuLost(inTime(job.measure))
  return { webgpu, other }
}

/** @throws Error when the work takes longer than it may; it is then left behind */
async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const left = new AbortController()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error('it is too slow, or hangs')), patienceMs)
  try {
    return await Promise.race([work(left.signal), late.promise])
  } finally {
    clearTimeout(timer)
    left.abort()
  }
}

function passOver(opened: BackendReport, reason: string): BackendReport {
  const passedOver = opened.passedOver.map(one => (one.backend === 'webgpu' ? { ...one, reason } : one))
  return { ...opened, passedOver }
}

const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`
