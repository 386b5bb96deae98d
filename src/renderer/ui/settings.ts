import { type App, type InjectionKey, inject } from 'vue'

/** What the window remembers from one time to the next. A host with a settings file of its own can stand in. */
export interface Settings {
  /** undefined when there is none. Whatever comes back may be years old: check it. */
  get(key: string): unknown
  /** @param value of JSON's kinds */
  set(key: string, value: unknown): void
}

/** The part of the browser's storage that settings need. */
export type SettingsStorage = Pick<Storage, 'getItem' | 'setItem'>

/**
 * Settings in cookies: those of 127.0.0.1 hold for every port of it, where the storage of a page ends with its port, which is
 * another one at every start. They are small, and no secret to other servers on this machine.
 */
export function cookieStorage(page: Pick<Document, 'cookie'>): SettingsStorage {
  const year = 365 * 24 * 3600
  return {
    getItem: key => {
      const found = page.cookie.split('; ').find(cookie => cookie.startsWith(`${key}=`))
      return found === undefined ? null : decodeURIComponent(found.slice(key.length + 1))
    },
    setItem: (key, value) => {
      page.cookie = `${key}=${encodeURIComponent(value)}; Max-Age=${year}; Path=/; SameSite=Strict`
    },
  }
}

/** Settings in a storage, or, where that is forbidden or full, for as long as the window is open. */
export function browserSettings(storage: () => SettingsStorage): Settings {
  const memory = new Map<string, unknown>()
  const attempt = <T>(use: (storage: SettingsStorage) => T): T | undefined => {
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

const key: InjectionKey<Settings> = Symbol('settings')

export function provideSettings(app: App, settings: Settings): void {
  app.provide(key, settings)
}

/** @throws Error outside of an app that `provideSettings` has given some */
export function useSettings(): Settings {
  const settings = inject(key)
  if (settings === undefined) throw new Error('No settings were provided to this app.')
  return settings
}
