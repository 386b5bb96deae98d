import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Options } from 'electron-store'
import { defaultSettings, type Settings, settingsJsonSchema } from './schema.ts'

type StoreOptions = Options<Settings>

/** Of an electron-store, what is used. */
export interface Store {
  get<Key extends keyof Settings>(key: Key): Settings[Key]
  set<Key extends keyof Settings>(key: Key, value: Settings[Key]): void
}

/** What settings of earlier versions become, by the version that first needs it. None does yet. */
const migrations: NonNullable<StoreOptions['migrations']> = {}

export interface SettingsOptions {
  /** Makes the store: the file is read here. */
  readonly open: (options: StoreOptions) => Store
  /** Path of the settings file that `open` uses. */
  readonly file: string
  /** Told what the person should know, a sentence each. */
  readonly tell: (sentence: string) => void
  readonly log: (text: string) => void
  readonly now?: () => Date
  readonly migrations?: StoreOptions['migrations']
}

/**
 * The person's settings. A file that cannot be understood is set aside under another name, never overwritten (electron-store's
 * own clearInvalidConfig would), and the defaults take over.
 */
export function openSettings(options: SettingsOptions): Store {
  const { open, file, tell, log, now = () => new Date() } = options
  const storeOptions: StoreOptions = {
    defaults: defaultSettings,
    schema: settingsJsonSchema as NonNullable<StoreOptions['schema']>,
    migrations: options.migrations ?? migrations,
    clearInvalidConfig: false,
  }
  // Read first: a store writes defaults and the version into the file before it finds fault with the rest.
  let content: Buffer | undefined
  try {
    content = existsSync(file) ? readFileSync(file) : undefined
    return quiet(open(storeOptions), log)
  } catch (error) {
    log(`The settings cannot be read: ${words(error)}`)
    if (content === undefined) return remembered(tell)
  }
  const name = `config.corrupt-${now().toISOString().replaceAll(':', '-')}.json`
  try {
    writeFileSync(join(dirname(file), name), content, { flag: 'wx' })
    rmSync(file, { force: true })
    const store = open(storeOptions)
    tell(`The settings could not be read, so Twinlens starts with its own. The old file was kept as ${name}.`)
    return quiet(store, log)
  } catch (error) {
    log(`They cannot be set aside either: ${words(error)}`)
    return remembered(tell)
  }
}

/** Settings of a place that cannot be written are kept until the program ends. */
function remembered(tell: (sentence: string) => void): Store {
  tell('The settings can be neither read nor written, so changes last until Twinlens is closed.')
  const settings = { ...defaultSettings }
  return {
    get: key => settings[key],
    set: (key, value) => {
      settings[key] = value
    },
  }
}

/** A full disk must not keep a window from closing: what could not be written is only logged. */
function quiet(store: Store, log: (text: string) => void): Store {
  return {
    get: key => store.get(key),
    set: (key, value) => {
      try {
        store.set(key, value)
      } catch (error) {
        log(`The settings were not saved: ${words(error)}`)
      }
    },
  }
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))
