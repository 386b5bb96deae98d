import type { BrowserWindow } from 'electron'
import { choosePicture } from '../files/dialogs.ts'
import type { WindowLink } from '../link/window-link.ts'
import type { Log } from '../log.ts'
import type { Electron } from '../parts.ts'
import { openExternal, paperAddress } from '../security/external-links.ts'
import type { Store } from '../settings/settings.ts'
import { menuTemplate } from './menu-template.ts'

export interface MenuOptions {
  readonly platform: NodeJS.Platform
  readonly settings: Store
  readonly link: Pick<WindowLink, 'commands'>
  readonly log: Log
  readonly open: (path: string) => void
  readonly window: () => BrowserWindow | undefined
}

/** Sets the menu, with the runs that are recent now. */
export function buildMenu(
  { Menu, dialog, shell }: Pick<Electron, 'Menu' | 'dialog' | 'shell'>,
  { platform, settings, link, log, open, window }: MenuOptions,
): void {
  const failed = (error: unknown) => log.write(`The menu failed: ${String(error)}`)
  const openPicture = async () => {
    const path = await choosePicture({ dialog, window })
    if (path !== undefined) open(path)
  }
  const template = menuTemplate(platform, settings.get('recentRuns'), {
    // Without a page that could hear it, a command would wait and take the person by surprise later.
    command: name => {
      if (window() !== undefined) link.commands.put(name)
    },
    openPicture: () => void openPicture().catch(failed),
    showRun: folder => shell.showItemInFolder(folder),
    showLogs: () => shell.showItemInFolder(log.file),
    openPaper: () => void openExternal(shell, paperAddress, log.write).catch(failed),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
