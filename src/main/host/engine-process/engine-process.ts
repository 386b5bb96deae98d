import { contract } from '../../../shared/contract.ts'
import { TwinlensError } from '../../../shared/errors.ts'
import { createClient } from '../../../shared/rpc/client.ts'
import type { Port } from '../../../shared/rpc/port.ts'
import type { Ending, EngineChild, StartEngine } from './engine-child.ts'
import { RestartPolicy } from './restart-policy.ts'

export interface EngineProcessOptions {
  readonly start: StartEngine
  /** All backends, best first. */
  readonly ladder: readonly string[]
  /** What to start with; undefined for the best that loads. */
  readonly backend?: string | undefined
  /** Gets a line for every start and end. */
  readonly log: (text: string) => void
  /** Told of every unexpected end, in a sentence for a person. */
  readonly onStop?: (notice: string) => void
  /** How long an engine that was asked to end may take before it is killed, in ms. */
  readonly graceMs?: number
}

/**
 * Keeps one engine running for all windows of a host, and starts another whenever it ends unexpectedly.
 *
 * What a window sees of that: its pending calls fail as `engine-crashed`, its port closes, and its host passes on the
 * notice that `connect` was given a listener for (over WebSocket as the reason of a close with code 1012, "service
 * restart"). It connects again, gets a port to the next engine as soon as there is one, and asks for everything anew.
 */
export class EngineProcess {
  readonly #options: EngineProcessOptions
  readonly #policy: RestartPolicy
  readonly #listeners = new Set<(notice: string) => void>()
  readonly #ended = Promise.withResolvers<void>()
  #engine: EngineChild | undefined
  /** The engine that runs, or the next one. */
  #next = pending<EngineChild>()
  /** The backend that the engine says it computes with. */
  #computing: string | undefined
  #absent = false
  #timer: NodeJS.Timeout | undefined
  #closing = false

  /** Starts the first engine. */
  constructor(options: EngineProcessOptions) {
    this.#options = options
    this.#policy = new RestartPolicy(options.ladder, options.backend)
    this.#start()
  }

  /** Of the engine that runs; undefined while none does. */
  get pid(): number | undefined {
    return this.#engine?.pid
  }

  /**
   * A port to the engine, or to the next one while none runs.
   * @param onStop is told why, just before the port closes, when the engine ended unexpectedly
   * @throws TwinlensError engine-crashed when this is closing
   */
  async connect(onStop: (notice: string) => void): Promise<Port> {
    const engine = await this.#next.promise
    const port = engine.open()
    this.#listeners.add(onStop)
    port.onClose(() => this.#listeners.delete(onStop))
    return port
  }

  /** Asks the engine to end, and ends it if it does not. */
  close(): Promise<void> {
    if (this.#closing) return this.#ended.promise
    this.#closing = true
    clearTimeout(this.#timer)
    const engine = this.#engine
    if (engine === undefined) {
      this.#next.reject(new TwinlensError('engine-crashed', 'Twinlens was closed.'))
      this.#ended.resolve()
    } else {
      engine.stop()
      this.#timer = setTimeout(() => engine.kill(), this.#options.graceMs ?? 5000)
    }
    return this.#ended.promise
  }

  #start(): void {
    const { backend } = this.#policy
    this.#computing = undefined
    this.#absent = false
    const engine = this.#options.start(backend === undefined ? {} : { TWINLENS_BACKEND: backend }, ending =>
      this.#stopped(ending),
    )
    this.#engine = engine
    // A utility process gets its id later, and the host that starts it says so then.
    if (engine.pid !== undefined) this.#options.log(`The engine was started as process ${engine.pid}.\n`)
    this.#next.resolve(engine)
    void this.#learnBackend(engine)
  }

  async #learnBackend(engine: EngineChild): Promise<void> {
    const port = engine.open()
    try {
      const { backend } = await createClient(contract, port).backend()
      if (engine === this.#engine) this.#computing = backend
    } catch (error) {
      // One that was chosen here and cannot be had is no place to stay. What a person chose is: the window says why not.
      const chosenHere = this.#policy.backend !== this.#options.backend
      const absent = error instanceof TwinlensError && error.kind === 'no-backend'
      if (!absent || !chosenHere || engine !== this.#engine) return
      this.#absent = true
      engine.kill()
    } finally {
      port.close()
    }
  }

  #stopped({ code, signal }: Ending): void {
    const how = signal === null ? `exit code ${code}` : `signal ${signal}`
    this.#options.log(`The engine ended (${how}).\n`)
    this.#engine = undefined
    this.#next = pending()
    if (this.#closing) {
      clearTimeout(this.#timer)
      this.#next.reject(new TwinlensError('engine-crashed', 'Twinlens was closed.'))
      this.#ended.resolve()
      return
    }
    const { waitMs, backend, lower } = this.#policy.crashed(Date.now(), this.#computing, this.#absent)
    const notice = lower
      ? `The engine kept stopping, so it was started again with a slower backend: ${backend}.`
      : 'The engine stopped unexpectedly and was started again.'
    this.#timer = setTimeout(() => this.#start(), waitMs)
    this.#options.onStop?.(notice)
    for (const listener of [...this.#listeners]) listener(notice)
  }
}

/** A promise that may be rejected before, or without, anyone waiting for it. */
function pending<T>(): PromiseWithResolvers<T> {
  const resolvers = Promise.withResolvers<T>()
  resolvers.promise.catch(() => undefined)
  return resolvers
}
