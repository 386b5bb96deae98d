import { log, logPath } from './log.mjs'

/** A failure that set-up foresaw: its message is whole sentences for a person. */
export class SetupError extends Error {}

/** @type {Record<string, string>} */
const systemReasons = {
  ENOSPC:
    'there is no space left on the disk; the TensorFlow engine needs 1.5 GB in the cache folder, with NVIDIA libraries 8',
  EACCES: 'a file or folder may not be written; see who owns the clone and the cache folder',
  EPERM: 'a file or folder may not be written; see who owns it, and close programs that use it',
  EROFS: 'the disk may only be read',
}

/**
 * The sentences for whatever was thrown. What was not foreseen goes to the log with its stack.
 * @param {unknown} error
 */
export function explain(error) {
  if (error instanceof SetupError) return error.message
  log(error instanceof Error ? (error.stack ?? error.message) : String(error))
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = systemReasons[code] ?? 'something unexpected happened'
  return `Set-up could not go on: ${reason}. Details: ${logPath()}`
}
