import type { Training } from '../../../../shared/contract.ts'
import { isActive, type News } from './training-watch.ts'

/** Tells of every training's end, once. @returns to be told where the training stands */
export function onTrainingEnd(onEnd: (ended: Training) => void): (news: News) => void {
  let active = 0
  return news => {
    if (news === null) active = 0
    else if (isActive(news)) active = news.training
    else {
      if (news.training === active) onEnd(news)
      active = 0
    }
  }
}
