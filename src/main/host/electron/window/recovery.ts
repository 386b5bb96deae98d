import type { BrowserWindow, Dialog } from 'electron'

/** Crashes that lie further back than this no longer count, in ms. */
const recentMs = 60_000
/** So many recent ones, and the person is asked before another try. */
const most = 3

export interface RecoveryOptions {
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly quit: () => void
  readonly log: (text: string) => void
  /** In ms. */
  readonly now?: () => number
}

/** Brings the page back when its process dies or hangs. The engine has a process of its own: a training goes on meanwhile. */
export function recoverWindow(window: BrowserWindow, options: RecoveryOptions): void {
  const { dialog, quit, log, now = () => Date.now() } = options
  const { webContents } = window
  let crashes: number[] = []
  let waiting: AbortController | undefined

  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log(`The window's process is gone: ${reason}, exit code ${exitCode}.`)
    waiting?.abort()
    if (reason === 'clean-exit' || window.isDestroyed()) return
    crashes = [...crashes.filter(time => now() - time < recentMs), now()]
    if (crashes.length < most) setImmediate(reload)
    else void askAgain()
  })
  // A turn later: from within the event, a reload ends this process too (seen on 9.4.1; electron#51900 of later ones).
  const reload = () => {
    if (!window.isDestroyed()) webContents.reload()
  }
  const askAgain = async () => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The window keeps failing.',
      detail: 'A training under way goes on without it, and what was saved is safe.',
      buttons: ['Try Again', 'Quit'],
      defaultId: 0,
      cancelId: 0,
    })
    crashes = []
    if (response === 1) quit()
    else reload()
  }

  window.on('unresponsive', async () => {
    if (waiting !== undefined) return
    log('The window does not respond.')
    waiting = new AbortController()
    const { signal } = waiting
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: 'The window does not respond.',
      detail: 'A training under way goes on in any case.',
      buttons: ['Wait', 'Load It Anew'],
      defaultId: 0,
      cancelId: 0,
      signal,
    })
    waiting = undefined
    // Reloading waits for the page that hangs; its process has to go first, and `render-process-gone` brings it back.
    if (response === 1 && !signal.aborted && !window.isDestroyed()) webContents.forcefullyCrashRenderer()
  })
  window.on('responsive', () => {
    log('The window responds again.')
    waiting?.abort()
  })
}
