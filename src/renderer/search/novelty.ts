import type { Novelty } from '../../shared/contract.ts'
import { formatCount, formatShare } from '../ui/format.ts'

/** Beyond all of them is no share of them: "99.9%" of 200 would claim more than is known. */
const shareText = (percentile: number): string => (percentile >= 1 ? 'all' : formatShare(percentile))

/** Whether a query is like the training images, in a sentence: they need not be what an encoder was trained on. */
export function noveltyText({ novel, percentile, references }: Novelty): string {
  const than = `more unusual than ${shareText(percentile)} of ${formatCount(references)} held-out images`
  return novel ? `Unlike any training image: ${than}.` : `Like the training images: ${than}.`
}

/** What that rests on. */
export function noveltyEvidence({ embedding, pixels, shape }: Novelty): string {
  const inFeatures = `In the embedding it is farther from every training image than ${shareText(embedding.percentile)} of held-out images`
  const others = [
    { measure: pixels, where: 'in its pixels' },
    { measure: shape, where: 'in its shape' },
  ].flatMap(({ measure, where }) =>
    measure === null ? [] : [`${where} than ${shareText(measure.percentile)}`],
  )
  return `${[inFeatures, ...others].join(', ')}.`
}

export const noveltyShort = ({ novel, percentile }: Novelty): string =>
  novel ? `Unlike training (${shareText(percentile)})` : 'Like training'
