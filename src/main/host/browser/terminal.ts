import open from 'open'
import { finishTraining } from '../finish-training.ts'
import { watchInterrupts } from './interrupts.ts'
import { type BrowserHost, type BrowserHostOptions, CannotOpen, openBrowserHost } from './main.ts'

export interface TerminalOptions {
  readonly port?: number
  /** Whether to open the person's browser where there is a display. */
  readonly open: boolean
}

/**
 * Opens Twinlens and keeps it open until Ctrl-C. A training under way is stopped and saved then; a second Ctrl-C gives it
 * up. @returns the exit code
 */
export async function runBrowserHost(
  { port, open: openWindow }: TerminalOptions,
  hostOptions: BrowserHostOptions = {},
): Promise<number> {
  const interrupts = watchInterrupts(process)
  let host: BrowserHost
  try {
    host = await openBrowserHost({ port, tell: sentence => console.error(sentence), ...hostOptions })
  } catch (error) {
    interrupts.release()
    if (!(error instanceof CannotOpen)) throw error
    console.error(error.message)
    return 1
  }
  console.log(`Twinlens is open at ${host.url}`)
  console.log('Ctrl-C ends it.')
  if (openWindow && hasDisplay(process.platform, process.env)) {
    await open(host.url).catch(() =>
      console.error('No browser could be opened here: open the address above.'),
    )
  }
  await interrupts.first
  await saveTraining(host, interrupts.second)
  await host.close()
  interrupts.release()
  return 0
}

async function saveTraining(host: BrowserHost, signal: AbortSignal): Promise<void> {
  // While none runs there is nothing to save.
  if (host.engine.pid === undefined) return
  const port = await host.engine.connect(() => undefined)
  try {
    const folder = await finishTraining(port, signal, () =>
      console.error('\nStopping the training and saving what was learned (Ctrl-C again gives it up) ...'),
    )
    if (folder !== null) console.log(`Saved as ${folder}`)
  } catch (error) {
    console.error(`The training was not saved: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Whether a browser that is opened here can be seen by anyone. */
export function hasDisplay(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): boolean {
  if (environment['CI']) return false
  if (platform === 'darwin' || platform === 'win32') return true
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY'])
}
