import type { QualityFigures } from '../../shared/contract.ts'
import { formatMeasure, formatShare } from '../ui/format.ts'

export interface QualityWord {
  readonly name: string
  readonly value: string
  /** What it says; reads on from the value. */
  readonly meaning: string
}

/** The quality of a run as a person reads it. Definitions: src/main/engine/embedding/quality.ts. */
export function qualityWords({
  knnAccuracy,
  precisionAt9,
  auc,
  eer,
  eerThreshold,
}: QualityFigures): QualityWord[] {
  return [
    {
      name: '5-NN accuracy',
      value: formatShare(knnAccuracy),
      meaning: 'of test images are named rightly by their five nearest.',
    },
    {
      name: 'Precision at 9',
      value: formatShare(precisionAt9),
      meaning: 'of the nine nearest to an image are of its class.',
    },
    {
      name: 'Verification AUC',
      value: auc === null ? '–' : auc.toFixed(3),
      meaning: 'chance that a similar pair is closer than a dissimilar one.',
    },
    {
      name: 'Equal error rate',
      value: formatShare(eer),
      meaning:
        eerThreshold === null
          ? 'of pairs are judged wrongly, alike for both kinds.'
          : `of pairs are judged wrongly at a distance of ${formatMeasure(eerThreshold)}.`,
    },
  ]
}
