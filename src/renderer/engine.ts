import { type App, type InjectionKey, inject } from 'vue'
import { contract, type DataChoice, type Training } from '../shared/contract.ts'
import { TwinlensError } from '../shared/errors.ts'
import { createClient } from '../shared/rpc/client.ts'
import { pause } from '../shared/rpc/flow.ts'
import { type EngineClient, relayClient } from './engine-client.ts'
import { followEngine } from './engine-session.ts'
import { type EngineState, type Notice, newEngineState } from './engine-state.ts'
import type { Closed, Host } from './host.ts'

export type { ConnectionState, Notice } from './engine-state.ts'

/** The engine as the window sees it: a client for questions, and what it told last. */
export interface Engine extends EngineState {
  readonly client: EngineClient
}

/** Waits before the attempts at a new connection, in ms; the last one repeats. */
const waits = [100, 250, 500, 1000, 2000, 5000]

export interface EngineOptions {
  /** Which data to open at first. */
  readonly choice: () => DataChoice
  /** What to open where that is gone. */
  readonly fallback?: () => DataChoice
  readonly signal: AbortSignal
  /** Time between two updates of what moves while a training runs, ms; 0 if left out. */
  readonly paceMs?: number
  /** Passes the time between two attempts. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** Connects to the host's engine, and again whenever it or the connection is lost, until the signal aborts. */
export function createEngine(host: Pick<Host, 'connect'>, options: EngineOptions): Engine {
  const state = newEngineState()
  let current: EngineClient | null = null
  const { signal, wait = pause } = options

  /**
   * @param ended how the engine before ended, if this is another one for sure
   * @returns whether the engine answered at all, and how it ended if it did
   */
  const session = async (ended: Closed | null): Promise<{ answered: boolean; ended: Closed | null }> => {
    let answered = false
    const connection = await host.connect().catch(() => null) // the next attempt follows, and `connection` says so
    if (connection === null) return { answered, ended: null }
    current = createClient(contract, connection.port)
    const onReady = (lost: Training | null) => {
      answered = true
      state.connection.value = 'ready'
      if (ended !== null || lost !== null) state.notice.value = restartNotice(ended?.words ?? '', lost)
    }
    try {
      await followEngine(
        current,
        state,
        {
          newEngine: ended !== null,
          choice: options.choice(),
          ...(options.fallback && { fallback: options.fallback }),
          paceMs: options.paceMs ?? 0,
          onReady,
        },
        signal,
      )
    } catch (error) {
      const gone = error instanceof TwinlensError && error.kind === 'engine-crashed'
      if (!gone && !signal.aborted) console.error(error)
    }
    current = null
    connection.port.close()
    const closed = connection.whyClosed()
    return { answered, ended: closed.by === 'engine' ? closed : null }
  }

  const run = async () => {
    let engineBefore: Closed | null = null
    for (let attempt = 0; !signal.aborted; attempt++) {
      const { answered, ended }: Awaited<ReturnType<typeof session>> = await session(engineBefore)
      if (signal.aborted) return
      engineBefore = ended ?? (answered ? null : engineBefore)
      if (answered) {
        state.connection.value = 'lost'
        attempt = 0
      }
      await wait(waits[Math.min(attempt, waits.length - 1)] as number, signal)
    }
  }
  void run()
  return { ...state, client: relayClient(() => current) }
}

/** @param words the host's own on how the engine ended, if it had any */
function restartNotice(words: string, lost: Training | null): Notice {
  const training =
    lost === null
      ? ''
      : ` The training under way was interrupted at iteration ${lost.iteration.toLocaleString('en')}.`
  return {
    tone: 'error',
    text: `${words || 'The engine stopped unexpectedly and was started again.'}${training} What was saved is safe.`,
  }
}

const key: InjectionKey<Engine> = Symbol('engine')

export function provideEngine(app: App, engine: Engine): void {
  app.provide(key, engine)
}

/** @throws Error outside of an app that `provideEngine` has given one */
export function useEngine(): Engine {
  const engine = inject(key)
  if (engine === undefined) throw new Error('No engine was provided to this app.')
  return engine
}
