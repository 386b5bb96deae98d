import type { Port } from '../../../shared/rpc/port.ts'

/** How an engine's process ended. */
export interface Ending {
  readonly code: number | null
  readonly signal: string | null
}

/** One engine, in a process of its own, from its start to its end. */
export interface EngineChild {
  readonly pid: number | undefined
  /** One more port to it. When the engine has ended they all close, after `onEnd` of its start has returned. */
  open(): Port
  /** Closes the channel, on which an engine ends by itself. */
  stop(): void
  /** Ends it whatever it is doing. */
  kill(): void
}

/**
 * Starts an engine: the one thing about its process that differs between hosts.
 * @param environment on top of the host's own
 * @param onEnd is called once, also if the engine could not be started
 */
export type StartEngine = (
  environment: Readonly<Record<string, string>>,
  onEnd: (ending: Ending) => void,
) => EngineChild
