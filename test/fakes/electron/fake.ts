import { EventEmitter } from 'node:events'

type Events = 'on' | 'once' | 'off' | 'addListener' | 'removeListener' | 'removeAllListeners'

export interface Emits {
  /** What Electron would do. */
  emit(event: string, ...details: unknown[]): boolean
}

/**
 * An object of Electron's of which only the members given are there, each typed as Electron types it, and events. The one
 * cast: that no other member is used shows when it is, for it is missing.
 */
export const fake = <T>(members: Partial<Omit<T, Events>> = {}): T & Emits =>
  Object.assign(new EventEmitter(), members) as unknown as T & Emits

/** An event, and whether somebody prevented what it announces. */
export function preventable(): {
  readonly event: { preventDefault(): void }
  readonly prevented: () => boolean
} {
  let prevented = false
  return {
    event: {
      preventDefault: () => {
        prevented = true
      },
    },
    prevented: () => prevented,
  }
}
