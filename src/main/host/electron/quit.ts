import type { App, BrowserWindow, Dialog, MessageBoxOptions } from 'electron'
import { finishTraining } from '../finish-training.ts'
import type { ConnectEngine } from './link/engine-link.ts'

export interface QuitOptions {
  readonly app: Pick<App, 'on' | 'quit'>
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly window: () => BrowserWindow | undefined
  readonly engine: { readonly connect: ConnectEngine; close(): Promise<void> }
  readonly isTraining: () => boolean
  /** Tells the person in the window that there is something to wait for. */
  readonly tell: (sentence: string) => void
  readonly log: (text: string) => void
}

const buttons = ['Stop, Save and Quit', 'Go On Training', 'Quit Without Saving'] as const

/**
 * Ends the program only when nothing is lost by it: a training under way is asked about and saved, and the engine's process
 * has ended. @returns whether windows may close for good
 */
export function guardQuit(options: QuitOptions): () => boolean {
  const { app, engine, log } = options
  let state: 'open' | 'asking' | 'ready' = 'open'
  const end = async () => {
    if (!(await mayEnd(options))) {
      state = 'open'
      return
    }
    await engine.close()
    state = 'ready'
    app.quit()
  }
  app.on('before-quit', event => {
    if (state === 'ready') return
    event.preventDefault()
    if (state === 'asking') return
    state = 'asking'
    end().catch((error: unknown) => {
      state = 'open'
      log(`Quitting failed: ${String(error)}`)
    })
  })
  return () => state === 'ready'
}

/** @returns whether to end */
async function mayEnd(options: QuitOptions): Promise<boolean> {
  if (!options.isTraining()) return true
  const choice = await ask(options, {
    type: 'question',
    message: 'A training is under way.',
    detail: 'Stopping it keeps what was learned so far.',
    buttons: [...buttons],
    defaultId: 0,
    cancelId: 1,
  })
  if (buttons[choice] === 'Quit Without Saving') return true
  return buttons[choice] === 'Stop, Save and Quit' && save(options)
}

/** @returns whether to end */
async function save(options: QuitOptions): Promise<boolean> {
  const { engine, tell, log } = options
  // It may take long, but only the engine's own end may cut it short.
  const never = new AbortController().signal
  const port = await engine.connect(() => undefined)
  try {
    const folder = await finishTraining(port, never, () =>
      tell('Stopping the training and saving what was learned, then Twinlens closes.'),
    )
    log(folder === null ? 'There was nothing left to save.' : `Saved as ${folder}`)
    return true
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    log(`The training was not saved: ${why}`)
    const choice = await ask(options, {
      type: 'error',
      message: 'The training was not saved.',
      detail: why,
      buttons: ['Stay', 'Quit Anyway'],
      defaultId: 0,
      cancelId: 0,
    })
    return choice === 1
  } finally {
    port.close()
  }
}

async function ask({ dialog, window }: QuitOptions, question: MessageBoxOptions): Promise<number> {
  const parent = window()
  const { response } = await (parent === undefined
    ? dialog.showMessageBox(question)
    : dialog.showMessageBox(parent, question))
  return response
}
