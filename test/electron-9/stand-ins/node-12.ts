/** What Node 12 lacks of Node 24. */
import './language.ts'

type Listener = (event: StandInEvent) => void

class StandInEvent {
  readonly type: string
  constructor(type: string) {
    this.type = type
  }
}

class StandInTarget {
  readonly #listeners = new Map<string, Set<Listener>>()
  addEventListener(type: string, listener: Listener): void {
    this.#listeners.set(type, (this.#listeners.get(type) ?? new Set()).add(listener))
  }
  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener)
  }
  dispatchEvent(event: StandInEvent): boolean {
    for (const listener of this.#listeners.get(event.type) ?? []) listener(event)
    return true
  }
}

class StandInSignal extends StandInTarget {
  aborted = false
  reason: unknown
  throwIfAborted(): void {
    if (this.aborted) throw this.reason
  }
  abort(reason: unknown): void {
    if (this.aborted) return
    this.aborted = true
    this.reason = reason
    this.dispatchEvent(new StandInEvent('abort'))
  }
}

class StandInController {
  readonly signal = new StandInSignal()
  abort(reason: unknown = new Error('This was aborted.')): void {
    this.signal.abort(reason)
  }
}

Object.assign(globalThis, {
  AbortController: StandInController,
  AbortSignal: StandInSignal,
  Event: StandInEvent,
  EventTarget: StandInTarget,
})
