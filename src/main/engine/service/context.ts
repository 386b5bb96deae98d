import type { DataSet } from '../data/data-set.ts'
import type { LiveView } from './live-view.ts'
import type { Model } from './model.ts'
import type { TrainingSession } from './training-session.ts'

/** What the handlers of one engine share. */
export interface ServiceContext {
  /** The data set that is open. */
  readonly data: () => DataSet
  /** Opens another one: what was learned of the one before is forgotten. Not while a training is under way. */
  readonly use: (data: DataSet) => void
  readonly session: TrainingSession
  /** What is to be seen of the newest training. */
  readonly live: LiveView
  /** The encoder and the gallery as they are. */
  readonly model: Model
}
