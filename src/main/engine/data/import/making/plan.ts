import { type ImportOptions, sizeLimits } from '../../../../../shared/contract/data.ts'
import type { ImageShape } from '../../data-set.ts'
import type { Framing } from '../../frame.ts'
import type { ImageSource, SourceEntry } from '../source.ts'
import type { Look } from './look.ts'
import { hasGivenSplit } from './split.ts'

/** Larger images are proposed to nobody: training time grows with the square of the side. */
const largestProposed = 64

/** What is proposed for a source. */
export function proposedOptions(source: ImageSource, seen: Look): ImportOptions {
  const sides = seen.sizes.map(({ width, height }) => Math.max(width, height)).sort((a, b) => a - b)
  const median = sides[sides.length >> 1] ?? largestProposed
  return {
    name: source.name.trim().slice(0, 120) || 'images',
    size: Math.min(largestProposed, Math.max(sizeLimits.min, median)),
    channels: seen.hasColour ? 'colour' : 'grey',
    fit: 'pad',
    invert: 'auto',
    split: hasGivenSplit(source.entries) ? 'given' : { testShare: 0.2, seed: 0 },
    keepTogether: false,
  }
}

/** What the options come to. */
export function makingOf(options: ImportOptions, seen: Look): { shape: ImageShape; framing: Framing } {
  const { size, channels, fit, invert } = options
  const grey = channels === 'grey'
  return {
    shape: { height: size, width: size, channels: grey ? 1 : 3 },
    framing: { fit, invert: invert === 'yes' || (invert === 'auto' && grey && seen.isPaper) },
  }
}

/** What a person should know before importing, a sentence each. */
export function warningsOf(
  entries: readonly SourceEntry[],
  classes: readonly { readonly name: string; readonly train: number; readonly test: number }[],
  options: ImportOptions,
): string[] {
  const warnings: string[] = []
  const named = (of: readonly { name: string }[]): string =>
    `${of
      .slice(0, 3)
      .map(({ name }) => `"${name}"`)
      .join(', ')}${of.length > 3 ? ` and ${of.length - 3} more` : ''}`
  const alone = classes.filter(({ train, test }) => train + test === 1)
  if (alone.length > 0) {
    warnings.push(
      `Only one image of ${named(alone)}: it can be in no similar pair, and is kept for testing only.`,
    )
  }
  const lonely = classes.filter(({ train, test }) => train === 1 && test > 0)
  if (options.split === 'given' && lonely.length > 0) {
    warnings.push(`Only one training image of ${named(lonely)}: nothing can be trained until there are two.`)
  }
  const untested = classes.filter(({ test }) => test === 0)
  if (untested.length > 0)
    warnings.push(`No test image of ${named(untested)}: how well they are told apart is not measured.`)
  const counts = classes.map(({ train, test }) => train + test).sort((a, b) => a - b)
  const [least = 0, most = 0] = [counts[0], counts.at(-1)]
  if (most > 10 * least) {
    warnings.push(`The classes are unbalanced: the largest has ${most} images, the smallest ${least}.`)
  }
  if (entries.length < 50)
    warnings.push(`There are ${entries.length} images only: expect little of a training.`)
  return warnings
}
