import type { BrowserWindow, PowerSaveBlocker } from 'electron'
import type { ConnectEngine } from '../link/engine-link.ts'
import { noticeEnd } from './end-notice.ts'
import { keepAwake } from './keep-awake.ts'
import { showProgress } from './progress.ts'
import { onTrainingEnd } from './training-end.ts'
import { isActive, type News, watchTraining } from './training-watch.ts'

export interface FollowOptions {
  readonly connect: ConnectEngine
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>
  readonly window: () => Pick<BrowserWindow, 'setProgressBar' | 'isFocused'> | undefined
  /** Shows a notification of the system. */
  readonly notify: (title: string, body: string) => void
  /** Told of every run that was saved. */
  readonly onSaved: (folder: string) => void
  readonly log: (text: string) => void
}

/** Shows around the window how the training goes. @returns whether one is under way */
export function followTraining(options: FollowOptions): () => boolean {
  const { connect, powerSaveBlocker, window, notify, onSaved, log } = options
  let last: News = null
  const wake = keepAwake(powerSaveBlocker)
  const end = onTrainingEnd(ended => {
    if (ended.folder !== null) onSaved(ended.folder)
    noticeEnd({ show: notify, isLooking: () => window()?.isFocused() ?? false }, ended)
  })
  const onNews = (news: News) => {
    last = news
    wake(news)
    end(news)
    const shown = window()
    if (shown !== undefined) showProgress(shown, news)
  }
  watchTraining(connect, onNews).catch((error: unknown) =>
    log(`The training is no longer followed: ${String(error)}`),
  )
  return () => isActive(last)
}
