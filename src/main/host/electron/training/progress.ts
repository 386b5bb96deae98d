import type { BrowserWindow } from 'electron'
import { isActive, type News } from './training-watch.ts'

/** Above 1, Electron shows that something goes on without saying how far it is. */
const indeterminate = 2
const none = -1

/** Shows on the taskbar or the dock how far a training is. */
export function showProgress(window: Pick<BrowserWindow, 'setProgressBar'>, news: News): void {
  if (news === null || !isActive(news)) {
    window.setProgressBar(none)
    return
  }
  const { phase, iteration, iterations } = news
  const share = iteration / Math.max(1, iterations)
  if (phase === 'running') window.setProgressBar(share, { mode: 'normal' })
  else if (phase === 'paused') window.setProgressBar(share, { mode: 'paused' })
  else window.setProgressBar(indeterminate)
}
