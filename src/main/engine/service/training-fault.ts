import type { Training } from '../../../shared/contract.ts'
import { TwinlensError } from '../../../shared/errors.ts'

/** Why a training failed, as windows are told. What no one foresaw is written to the log, too. */
export function faultOf(error: unknown): NonNullable<Training['error']> {
  if (error instanceof TwinlensError) return error.toWire()
  console.error(error)
  const message = error instanceof Error ? error.message : String(error)
  const outOfMemory = /out of memory|OOM|allocat/i.test(message)
  return outOfMemory
    ? { kind: 'out-of-memory', message: 'The training needs more memory than there is.' }
    : { kind: 'internal', message: 'The training ended unexpectedly.' }
}
