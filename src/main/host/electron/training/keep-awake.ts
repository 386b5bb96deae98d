import type { PowerSaveBlocker } from 'electron'
import { isActive, type News } from './training-watch.ts'

/** Keeps the machine, not the screen, awake while something computes. @returns to be told where the training stands */
export function keepAwake(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>): (news: News) => void {
  let held: number | undefined
  return news => {
    const computes = news !== null && isActive(news) && news.phase !== 'paused'
    if (computes) held ??= blocker.start('prevent-app-suspension')
    else if (held !== undefined) {
      blocker.stop(held)
      held = undefined
    }
  }
}
