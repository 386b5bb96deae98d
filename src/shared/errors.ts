import { z } from 'zod'

/**
 * Everything that can go wrong, as a closed union. Each kind is a promise about what is safe and what to do,
 * so a caller switches on it exhaustively (see `adviceFor`).
 */
export const errorKinds = [
  'invalid-input',
  'busy',
  'cancelled',
  'no-backend',
  'out-of-memory',
  'bad-file',
  'engine-crashed',
  'disk-full',
  'internal',
] as const

export type ErrorKind = (typeof errorKinds)[number]

/** An error as it crosses a process boundary. */
export const wireErrorSchema = z.object({ kind: z.enum(errorKinds), message: z.string() })
export type WireError = z.infer<typeof wireErrorSchema>

/** The only error that leaves the engine. `message` is a sentence for a person: what, where, and the fault. */
export class TwinlensError extends Error {
  readonly kind: ErrorKind

  constructor(kind: ErrorKind, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'TwinlensError'
    this.kind = kind
  }

  toWire(): WireError {
    return { kind: this.kind, message: this.message }
  }

  static fromWire(wire: WireError): TwinlensError {
    return new TwinlensError(wire.kind, wire.message)
  }
}

/** What is safe and what to do next, for a person. */
export function adviceFor(kind: ErrorKind): string {
  switch (kind) {
    case 'invalid-input':
      return 'Nothing was changed. Correct the value and try again.'
    case 'busy':
      return 'A training is under way. Stop it or wait for its end.'
    case 'cancelled':
      return 'Nothing was changed.'
    case 'no-backend':
      return 'Run the set-up again, or choose another backend.'
    case 'out-of-memory':
      return 'What was saved is safe. Try a smaller batch, smaller layers or fewer images.'
    case 'bad-file':
      return 'Nothing was changed. Choose another file.'
    case 'engine-crashed':
      return 'The engine is started again. What was saved is safe.'
    case 'disk-full':
      return 'Nothing half-written was kept. Free some space and try again.'
    case 'internal':
      return 'This is a fault of Twinlens. What was saved is safe.'
    default:
      return kind satisfies never
  }
}

/** Short hands for the two kinds that most checks raise. */
export const invalidInput = (message: string): TwinlensError => new TwinlensError('invalid-input', message)
export const badFile = (file: string, fault: string, cause?: unknown): TwinlensError =>
  new TwinlensError('bad-file', `${file}: ${fault}`, { cause })
