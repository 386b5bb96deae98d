import type * as electron from 'electron'

/** Of Electron, what the host uses: its tests bring others. */
export type Electron = Pick<
  typeof electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'MessageChannelMain'
  | 'nativeTheme'
  | 'Notification'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'screen'
  | 'session'
  | 'shell'
  | 'utilityProcess'
>

/** Where the built parts of the program lie. */
export interface Parts {
  /** Folder of the window's files. */
  readonly renderer: string
  /** The sandboxed preload, a CommonJS file. */
  readonly preload: string
  /** The module that the engine's process runs. */
  readonly engine: string
  /** Folder of the bundled digits. */
  readonly digits: string
}
