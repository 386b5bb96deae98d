import type { App, WebContents } from 'electron'

/**
 * Keeps every page of this program where it is: it goes nowhere else, opens no windows and holds no other pages. Only the
 * host itself loads pages, which these events do not tell of.
 * @param onAddress gets the address that a page wanted a new window for
 */
export function denyNavigation(app: Pick<App, 'on'>, onAddress: (address: string) => void): void {
  app.on('web-contents-created', (_event, contents) => keepInPlace(contents, onAddress))
}

function keepInPlace(contents: WebContents, onAddress: (address: string) => void): void {
  contents.on('will-navigate', event => event.preventDefault())
  contents.on('will-frame-navigate', event => event.preventDefault())
  contents.on('will-redirect', event => event.preventDefault())
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    onAddress(url)
    return { action: 'deny' }
  })
}
