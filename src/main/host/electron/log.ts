import { join } from 'node:path'
// Not electron-log/main: that one also takes log lines from any page, by two ipcMain listeners that ask nobody who sent them.
import electronLog from 'electron-log/node.js'

/** A log larger than this, in bytes, becomes the old one. There are two at most. */
const maxBytes = 5 * 1024 * 1024

export interface Log {
  readonly file: string
  readonly write: (text: string) => void
}

/**
 * A log in a folder of this machine, which nothing leaves: a line is on the disk before `write` returns, for what comes
 * just before a crash is what one looks for.
 */
export function openLog(folder: string): Log {
  const file = join(folder, 'twinlens.log')
  const { transports } = electronLog
  transports.file.resolvePathFn = () => file
  transports.file.maxSize = maxBytes
  transports.file.sync = true
  transports.file.format = '{iso} {text}'
  transports.console.format = '{text}'
  return { file, write: text => electronLog.info(text.trimEnd()) }
}
