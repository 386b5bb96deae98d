/** What the window remembers from one time to the next. A host with a settings file of its own can stand in. */
export interface Settings {
  /** undefined when there is none. Whatever comes back may be years old: check it. */
  get(key: string): unknown
  /** @param value of JSON's kinds */
  set(key: string, value: unknown): void
}

/** Settings in the browser's storage for this page, or, where that is forbidden or full, for as long as the window is open. */
export function browserSettings(storage: () => Storage): Settings {
  const memory = new Map<string, unknown>()
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return use(storage())
    } catch (error) {
      console.warn('Settings are kept for this window only:', error)
      return undefined
    }
  }
  return {
    get: key => {
      if (memory.has(key)) return memory.get(key)
      return attempt(kept => {
        const text = kept.getItem(`twinlens.${key}`)
        return text === null ? undefined : (JSON.parse(text) as unknown)
      })
    },
    set: (key, value) => {
      memory.set(key, value)
      attempt(kept => kept.setItem(`twinlens.${key}`, JSON.stringify(value)))
    },
  }
}
