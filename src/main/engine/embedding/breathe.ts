import { TwinlensError } from '../../../shared/errors.ts'

/** Lets the event loop read what has come meanwhile. @throws cancelled */
export async function breathe(signal: AbortSignal | undefined, what: string): Promise<void> {
  await new Promise(resolve => setImmediate(resolve))
  if (signal?.aborted === true) throw new TwinlensError('cancelled', `${what} was cancelled.`)
}
