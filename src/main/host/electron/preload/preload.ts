import { ipcRenderer, webUtils } from 'electron'

/**
 * Forwards one port to the page: the page asks, main answers with the port, and everything that the two
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

/**
 * Tells the page the paths of what a person drops on it, which only a preload can ask for. Of a drop that a script makes up it says
 * nothing. https://www.electronjs.org/docs/latest/api/web-utils
 */
window.addEventListener(
  'drop',
  ({ isTrusted, dataTransfer }) => {
    if (!isTrusted || dataTransfer === null || dataTransfer.files.length === 0) return
    const paths = Array.from(dataTransfer.files, file => webUtils.getPathForFile(file))
    window.postMessage({ droppedPaths: paths }, window.location.origin)
  },
  true,
)
