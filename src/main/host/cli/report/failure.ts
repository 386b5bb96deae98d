import { adviceFor, TwinlensError, type WireError } from '../../../../shared/errors.ts'

/** What the shell is told. 130 is the convention for an end by Ctrl-C (128 + SIGINT). */
export const exitCodes = { success: 0, failure: 1, misuse: 2, interrupted: 130 } as const

export function exitCodeFor(error: unknown): number {
  if (!(error instanceof TwinlensError)) return exitCodes.failure
  if (error.kind === 'invalid-input') return exitCodes.misuse
  return error.kind === 'cancelled' ? exitCodes.interrupted : exitCodes.failure
}

/** An error in words. Only a fault of ours shows a stack: it is for whoever mends it. */
export function explain(error: unknown): string {
  if (error instanceof TwinlensError) {
    const details = error.kind === 'internal' ? `\n${error.stack}` : ''
    return `error: ${error.message}\n${adviceFor(error.kind)}${details}`
  }
  return `error: ${adviceFor('internal')}\n${error instanceof Error ? error.stack : String(error)}`
}

/** Pictures that could not be used, a line each, on the error stream. */
export function tellRefused(refused: readonly { readonly error: WireError }[]): void {
  for (const { error } of refused) console.error(`left out: ${error.message}`)
}
