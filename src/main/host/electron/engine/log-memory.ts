import type { App } from 'electron'

const everyMs = 60_000

/**
 * Writes down once a minute how much memory the engine holds, whenever that is a tenth more or less than what was written
 * last: what one looks for when the system ended it.
 * @param pid of the engine that runs
 */
export function logMemory(
  app: Pick<App, 'getAppMetrics' | 'once'>,
  pid: () => number | undefined,
  log: (text: string) => void,
): void {
  let written = 0
  const timer = setInterval(() => {
    const kilobytes = app.getAppMetrics().find(process => process.pid === pid())?.memory.workingSetSize
    if (kilobytes === undefined || Math.abs(kilobytes - written) < written / 10) return
    written = kilobytes
    log(`The engine holds ${Math.round(kilobytes / 1000)} MB.`)
  }, everyMs)
  timer.unref()
  app.once('will-quit', () => clearInterval(timer))
}
