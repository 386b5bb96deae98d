import type { IpcMain } from 'electron'
import { z } from 'zod'
import type { TheWindow } from '../window/the-window.ts'
import { listen } from './ipc.ts'
import type { WindowLink } from './window-link.ts'

/** The one message that is taken from pages: the window's page asks for its port. It carries nothing. */
export function listenForPages(
  ipcMain: Pick<IpcMain, 'on'>,
  window: Pick<TheWindow, 'has'>,
  link: Pick<WindowLink, 'join'>,
  log: (text: string) => void,
): void {
  listen(
    {
      ipcMain,
      channel: 'twinlens:ask',
      schema: z.tuple([]),
      isWindow: contents => window.has(contents),
      log,
    },
    contents => link.join(contents),
  )
}
