import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A log larger than this, in bytes, becomes the old one. There are two at most. */
const maxBytes = 5 * 1024 * 1024

export interface EngineLog {
  readonly file: string
  readonly write: (text: string) => void
}

/**
 * A log of what the engine prints, in a folder that is made if need be. It is written at once, for what comes just
 * before a crash is what one looks for. If it cannot be written the engine goes on: `onFault` is told, once.
 */
export function openEngineLog(
  folder: string,
  onFault: (fault: string) => void,
  now: () => Date = () => new Date(),
): EngineLog {
  const file = join(folder, 'engine.log')
  let size: number | undefined
  let faulty = false
  const append = (bytes: Buffer) => {
    if (size === undefined) {
      mkdirSync(folder, { recursive: true })
      size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
    }
    if (size > 0 && size + bytes.length > maxBytes) {
      renameSync(file, join(folder, 'engine.old.log'))
      size = 0
    }
    appendFileSync(file, bytes)
    size += bytes.length
  }
  const write = (text: string) => {
    if (faulty) return
    try {
      append(Buffer.from(`${now().toISOString()} ${text.endsWith('\n') ? text : `${text}\n`}`))
    } catch (error) {
      faulty = true
      onFault(`The engine's log cannot be written: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { file, write }
}
