import type { SavedQuality } from '../../../engine/runs/run-config.ts'
import { table } from './table.ts'

/** Quality figures with what each means. */
export function qualityTable(quality: SavedQuality): string {
  const figure = (value: number | null): string => (value === null ? 'not measurable' : value.toFixed(4))
  return table(
    ['Quality', 'Value', 'Meaning'],
    [
      [
        '5-NN accuracy',
        figure(quality.knnAccuracy),
        'test images classified by their 5 nearest training images',
      ],
      ['precision@9', figure(quality.precisionAt9), "share of a test image's 9 nearest that have its class"],
      ['verification AUC', figure(quality.auc), 'chance that a similar pair is nearer than a dissimilar one'],
      ['equal error rate', figure(quality.eer), `at distance ${figure(quality.eerThreshold)}`],
    ],
  )
}
