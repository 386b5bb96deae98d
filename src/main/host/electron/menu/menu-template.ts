import { basename } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import type { Command } from '../../../../shared/desktop-contract.ts'

export interface MenuActions {
  readonly command: (command: Command) => void
  readonly openPicture: () => void
  readonly showRun: (folder: string) => void
  readonly showLogs: () => void
  readonly openPaper: () => void
}

type Item = MenuItemConstructorOptions

/**
 * The native menu. Shortcuts of the window's own commands are shown but not registered: the window handles the keys, as
 * in a browser, and would act twice. (macOS registers them all the same, and passes on only the keys that a page left alone.)
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  recentRuns: readonly string[],
  actions: MenuActions,
): Item[] {
  const mac = platform === 'darwin'
  const command = (label: string, accelerator: string, name: Command): Item => ({
    label,
    accelerator,
    registerAccelerator: false,
    click: () => actions.command(name),
  })
  const runs: Item[] = recentRuns.map(folder => ({
    label: escaped(basename(folder)),
    toolTip: folder,
    click: () => actions.showRun(folder),
  }))
  return [
    ...(mac ? [{ role: 'appMenu' } satisfies Item] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Search by a Picture…', accelerator: 'CmdOrCtrl+O', click: actions.openPicture },
        {
          label: 'Show Recent Run in Its Folder',
          submenu: runs.length > 0 ? runs : [{ label: 'No run was saved yet', enabled: false }],
        },
        { type: 'separator' },
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: '&Training',
      submenu: [
        command('Train, Pause or Resume', 'CmdOrCtrl+Enter', 'primary'),
        command('One Iteration', 'CmdOrCtrl+Shift+Enter', 'step'),
        command('Stop and Keep What Was Learned', 'CmdOrCtrl+.', 'stop'),
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        command('Keyboard Shortcuts', '?', 'help'),
        { label: 'The Method’s Paper', click: actions.openPaper },
        { type: 'separator' },
        { label: 'Show Logs', click: actions.showLogs },
        ...(mac ? [] : [{ role: 'about' } satisfies Item]),
      ],
    },
  ]
}

/** In a label, one & marks the next letter as its key. */
const escaped = (text: string): string => text.replaceAll('&', '&&')
