import type { Measures } from '../../shared/contract.ts'
import { formatCount, formatMeasure, formatShare } from '../ui/format.ts'
import { type Trend, trendAtEnd } from './trend.ts'

export type FindingKind = 'collapsed' | 'margin-too-small' | 'still-improving' | 'overfitting'

/** Something that the figures say of a training, with the figures that it rests on. */
export interface Finding {
  readonly kind: FindingKind
  readonly title: string
  readonly evidence: readonly string[]
  readonly advice: string
}

/** What a diagnosis rests on. */
export interface Signs {
  readonly measures: Measures
  /** Training loss in the course of the training, thinned: see `thinned`. */
  readonly losses: { readonly iterations: readonly number[]; readonly values: readonly number[] }
  /** The training is over: only then does its end mean anything. */
  readonly ended: boolean
}

/** Mean distance of dissimilar pairs below which all features count as equal, as a share of the margin. */
const collapsedBelow = 0.05
/** Growth of that distance, over the end of the training, from which features only begin to spread. */
const spreadingFrom = 1.15
/** Dissimilar pairs at the margin, and pairs misjudged, from which the margin leaves no room. */
const piledFrom = 0.5
const overlapFrom = 0.1
/** A change over the end of a training that is worth another one, and is no noise. */
const lossFall = 0.03
const heldOutFall = 0.02
const accuracyRise = 0.01
const certain = 2
/** How much better training pairs are told apart: in AUC, and in loss. */
const aucGap = 0.03
const lossRatio = 1.5

/** What is wrong with a training, or left in it; empty where the figures tell of nothing. */
export function diagnose(signs: Signs): Finding[] {
  return [collapsed, marginTooSmall, stillImproving, overfitting].flatMap(find => find(signs) ?? [])
}

function collapsed({ measures }: Signs): Finding | null {
  const { margin, spread, test, heldOut } = measures
  const { meanDissimilar } = test
  if (margin === null || meanDissimilar === null || heldOut.iterations.length < 2) return null
  if (meanDissimilar >= collapsedBelow * margin) return null
  const trend = trendAtEnd(heldOut.iterations, heldOut.meanDissimilar)
  if (trend !== null && trend.to > spreadingFrom * trend.from && isCertain(trend)) return null
  return {
    kind: 'collapsed',
    title: 'Collapsed: all images fall on nearly the same place.',
    evidence: [
      `Test images of different classes are ${formatMeasure(meanDissimilar)} apart on average, ${formatShare(meanDissimilar / margin)} of the margin of ${formatMeasure(margin)}.`,
      `All test images lie within ${formatMeasure(spread)} of their centre (root mean square).`,
    ],
    advice:
      'Train again with a smaller learning rate; if it was tiny already, with more iterations. A smaller margin also makes it easier to begin.',
  }
}

function marginTooSmall({ measures: { margin, test } }: Signs): Finding | null {
  const { atMargin, eer } = test
  if (margin === null || atMargin === null || eer === null || atMargin < piledFrom || eer < overlapFrom)
    return null
  return {
    kind: 'margin-too-small',
    title: 'The margin may be too small: dissimilar pairs pile up at it while classes overlap.',
    evidence: [
      `${formatShare(atMargin)} of the dissimilar test pairs are within a quarter of the margin (${formatMeasure(margin)}) from it: pushed no farther, since beyond it they no longer count.`,
      `At the best threshold ${formatShare(eer)} of pairs are still judged wrongly.`,
    ],
    advice: `Train again with a larger margin, ${formatMeasure(2 * margin)} for a start.`,
  }
}

function stillImproving({ measures: { heldOut }, losses, ended }: Signs): Finding | null {
  if (!ended) return null
  const loss = trendAtEnd(losses.iterations, losses.values)
  const held = trendAtEnd(heldOut.iterations, heldOut.loss)
  const accuracy = trendAtEnd(heldOut.iterations, heldOut.accuracy)
  if (loss === null || held === null || accuracy === null) return null
  const falls = (trend: Trend, share: number) => trend.to < (1 - share) * trend.from && isCertain(trend)
  const heldOutFalls = falls(held, heldOutFall)
  const accuracyRises = accuracy.to > accuracy.from + accuracyRise && isCertain(accuracy)
  if (!falls(loss, lossFall) || !(heldOutFalls || accuracyRises)) return null
  return {
    kind: 'still-improving',
    title: 'Still improving when it ended.',
    evidence: [
      `The training loss fell by ${formatShare(1 - loss.to / loss.from)} ${over(loss)}.`,
      ...(heldOutFalls
        ? [`The loss of test pairs fell by ${formatShare(1 - held.to / held.from)} ${over(held)}.`]
        : []),
      ...(accuracyRises
        ? [
            `5-NN accuracy on test images rose from ${formatShare(accuracy.from)} to ${formatShare(accuracy.to)} ${over(accuracy)}.`,
          ]
        : []),
    ],
    advice: `Train longer: ${formatCount(2 * loss.lastIteration)} iterations for a start.`,
  }
}

function overfitting({ measures: { test, train, heldOut } }: Signs): Finding | null {
  if (train === null || train.auc === null || test.auc === null) return null
  if (train.loss === null || test.loss === null) return null
  if (train.auc - test.auc < aucGap || test.loss < lossRatio * train.loss) return null
  const best = heldOut.loss.indexOf(Math.min(...heldOut.loss))
  const risen = (heldOut.loss.at(-1) ?? 0) > 1.1 * (heldOut.loss[best] ?? 0)
  return {
    kind: 'overfitting',
    title: 'Overfitting: pairs it learned from are told apart much better than others.',
    evidence: [
      `A similar pair is nearer than a dissimilar one in ${formatShare(train.auc)} of training pairs, in ${formatShare(test.auc)} of test pairs.`,
      `A test pair costs ${formatMeasure(test.loss / train.loss)} times the loss of a training pair (${formatMeasure(test.loss)} against ${formatMeasure(train.loss)}).`,
      ...(risen
        ? [
            `The loss of test pairs was lowest at iteration ${formatCount(heldOut.iterations[best] ?? 0)} and has risen since.`,
          ]
        : []),
    ],
    advice: 'Train on more images, or with smaller hidden layers, or stop earlier.',
  }
}

const isCertain = ({ certainty }: Trend): boolean => certainty >= certain

const over = ({ firstIteration, lastIteration }: Trend): string =>
  `from iteration ${formatCount(firstIteration)} to ${formatCount(lastIteration)}`
