import type { BrowserWindow, WebContents } from 'electron'

export interface TheWindowOptions {
  readonly open: () => BrowserWindow
  /** Whether a window may close for good; if not, `quit` is asked first. */
  readonly mayClose: () => boolean
  readonly quit: () => void
  readonly platform: NodeJS.Platform
}

/** The one window there is, or none: on macOS the program, and a training, go on without. */
export class TheWindow {
  readonly #options: TheWindowOptions
  #window: BrowserWindow | undefined

  constructor(options: TheWindowOptions) {
    this.#options = options
  }

  get current(): BrowserWindow | undefined {
    return this.#window
  }

  has(contents: WebContents): boolean {
    return this.#window?.webContents === contents
  }

  /** Brings the window to the front, and back if it was closed. */
  show(): void {
    const window = this.#window
    if (window === undefined) {
      this.#open()
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  #open(): void {
    const { open, mayClose, quit, platform } = this.#options
    const window = open()
    this.#window = window
    window.on('close', event => {
      // Elsewhere than on macOS the last window is the program: what quitting asks is asked while it is still there.
      if (platform === 'darwin' || mayClose()) return
      event.preventDefault()
      quit()
    })
    window.once('closed', () => {
      this.#window = undefined
    })
  }
}
