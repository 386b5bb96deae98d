import type { Quality } from '../embedding/quality.ts'
import type { SavedQuality } from './run-config.ts'

/** Figures as they are kept and told: null where there is no number. */
export function savedQuality({ knnAccuracy, precisionAt9, verification }: Quality): SavedQuality {
  const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null)
  return {
    knnAccuracy: orNull(knnAccuracy),
    precisionAt9: orNull(precisionAt9),
    auc: orNull(verification.auc),
    eer: orNull(verification.eer),
    eerThreshold: orNull(verification.eerThreshold),
  }
}
