import type { BrowserWindow, BrowserWindowConstructorOptions, NativeTheme, Screen } from 'electron'
import { pageAddress } from '../security/address.ts'
import type { Store } from '../settings/settings.ts'
import { placeWindow, stateOf } from './window-state.ts'

/** The page's own --app colours (src/renderer/styles/tokens.css), so that it does not flash when it comes. */
export const background = { light: '#f3f4f7', dark: '#14161b' } as const

export interface MainWindowOptions {
  readonly newWindow: (options: BrowserWindowConstructorOptions) => BrowserWindow
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors' | 'on' | 'off'>
  readonly settings: Store
  /** Path of the built preload. */
  readonly preload: string
  readonly log: (text: string) => void
}

/** Opens the window where it was, hidden until the page has something to show. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const { newWindow, screen, nativeTheme, settings, preload, log } = options
  const state = settings.get('window')
  const colour = () => (nativeTheme.shouldUseDarkColors ? background.dark : background.light)
  const window = newWindow({
    title: 'Twinlens',
    ...placeWindow(state, screen),
    minWidth: 800,
    minHeight: 500,
    show: false,
    backgroundColor: colour(),
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Losses and points go on arriving while the window is hidden; throttled timers would pile them up.
      backgroundThrottling: false,
      spellcheck: false,
    },
  })
  const repaint = () => window.setBackgroundColor(colour())
  nativeTheme.on('updated', repaint)
  window.once('closed', () => nativeTheme.off('updated', repaint))
  window.on('close', () => settings.set('window', stateOf(window)))
  window.once('ready-to-show', () => {
    if (state.maximized) window.maximize()
    window.show()
  })
  window.loadURL(pageAddress).catch((error: unknown) => log(`The page did not load: ${String(error)}`))
  return window
}
