import { ipcRenderer } from 'electron'

/**
 * Forwards one port to the page and nothing else: the page asks, main answers with the port, and everything that the two
 * have to say goes over it. A MessagePort cannot cross contextBridge; posting it to the own window is Electron's way:
 * https://www.electronjs.org/docs/latest/tutorial/message-ports
 */
window.addEventListener('message', ({ source, origin, data }) => {
  const fromThisPage = source === window && origin === window.location.origin
  if (fromThisPage && data === 'twinlens:ask') ipcRenderer.send('twinlens:ask')
})

ipcRenderer.on('twinlens:port', ({ ports }) => {
  window.postMessage('twinlens:port', window.location.origin, [...ports])
})
