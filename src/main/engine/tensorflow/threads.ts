import { availableParallelism } from 'node:os'
import { readPreferences } from '../preferences.ts'

/** Those of the processor that this process may use. */
export const processorCores = (): number => availableParallelism()

/**
 * Threads that TensorFlow's products are spread over: every core, or one less where a person wants one left for
 * other work; TWINLENS_THREADS names another number. More than there are cores was slower in every measurement.
 */
export function computingThreads(): number {
  const cores = processorCores()
  const asked = Number(process.env['TWINLENS_THREADS'])
  if (Number.isInteger(asked) && asked > 0) return Math.min(asked, cores)
  return readPreferences().leaveCoreFree ? Math.max(1, cores - 1) : cores
}

/**
 * Tells TensorFlow, which reads this once, when its library is loaded. Ops run one after another on one thread: the step
 * is a chain, and a second thread for Adam beside it took from the products what it gave (bench/measures/threads.ts).
 */
export function chooseThreads(): void {
  process.env['TF_NUM_INTRAOP_THREADS'] ??= String(computingThreads())
  process.env['TF_NUM_INTEROP_THREADS'] ??= '1'
}
