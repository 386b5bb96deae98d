/** npm passes Ctrl-C on to a process that the terminal has told already: a second one this soon is the same, in ms. */
const sameKeyMs = 500

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
type Signal = (typeof signals)[number]

/** What tells of signals: the process. */
export interface SignalSource {
  on(signal: Signal, listener: (signal: Signal) => void): unknown
  off(signal: Signal, listener: (signal: Signal) => void): unknown
}

export interface Interrupts {
  /** The first request to end. */
  readonly first: Promise<Signal>
  /** Aborts at the next one. */
  readonly second: AbortSignal
  release(): void
}

/** Takes the requests to end instead of ending. @param now in ms */
export function watchInterrupts(
  source: SignalSource,
  now: () => number = () => performance.now(),
): Interrupts {
  const first = Promise.withResolvers<Signal>()
  const second = new AbortController()
  let since: number | undefined
  const listener = (signal: Signal) => {
    if (since !== undefined && now() - since > sameKeyMs) second.abort()
    since ??= now()
    first.resolve(signal)
  }
  for (const signal of signals) source.on(signal, listener)
  const release = () => {
    for (const signal of signals) source.off(signal, listener)
  }
  return { first: first.promise, second: second.signal, release }
}
