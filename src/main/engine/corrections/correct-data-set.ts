import { createHash } from 'node:crypto'
import type { Correction } from '../../../shared/contract/corrections.ts'
import type { Split } from '../../../shared/contract.ts'
import { type DataSet, imageAt, type LabelledImages, pixelsPerImage } from '../data/data-set.ts'

/** What tells a corrected data set from the one it was made of. */
export interface Corrected {
  readonly original: DataSet
  /** Those that change something, in a fixed order. */
  readonly corrections: readonly Correction[]
  /** Of each image its index in the original: [count]. */
  readonly sources: Readonly<Record<Split, Int32Array>>
}

const corrected = new WeakMap<DataSet, Corrected>()

/** How a data set was corrected; of one as it was opened, every image is its own source. */
export function correctionsOf(data: DataSet): Corrected {
  const known = corrected.get(data)
  if (known !== undefined) return known
  const own = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i)
  return {
    original: data,
    corrections: [],
    sources: { train: own(data.train.count), test: own(data.test.count) },
  }
}

/**
 * The data set with labels replaced and images left out. What it was made of stays as it is.
 * @param corrections of the original's images; those that change nothing are passed over
 */
export function correctDataSet(original: DataSet, corrections: readonly Correction[]): DataSet {
  const effective = effectiveOf(original, corrections)
  if (effective.length === 0) return original
  const train = correctImages(original.train, of(effective, 'train'))
  const test = correctImages(original.test, of(effective, 'test'))
  const data = { ...original, train: train.images, test: test.images }
  corrected.set(data, {
    original,
    corrections: effective,
    sources: { train: train.sources, test: test.sources },
  })
  return data
}

/** Those that change something, by split and index. */
function effectiveOf(original: DataSet, corrections: readonly Correction[]): Correction[] {
  return corrections
    .filter(({ split, index, decision, label }) => {
      if (index >= original[split].count || label >= original.classes.length) return false
      return decision === 'exclude' || (decision === 'relabel' && original[split].labels[index] !== label)
    })
    .sort((a, b) => (a.split === b.split ? a.index - b.index : a.split < b.split ? -1 : 1))
}

/** Short words for what is applied: equal for equal corrections, empty for none. */
export function correctionsKey(original: DataSet, corrections: readonly Correction[]): string {
  const effective = effectiveOf(original, corrections)
  if (effective.length === 0) return ''
  const parts = effective.map(({ split, index, decision, label }) => [split, index, decision, label])
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}

const of = (corrections: readonly Correction[], split: Split): Correction[] =>
  corrections.filter(one => one.split === split)

function correctImages(
  images: LabelledImages,
  corrections: readonly Correction[],
): { images: LabelledImages; sources: Int32Array } {
  const labels = images.labels.slice()
  const excluded = new Set<number>()
  for (const { index, decision, label } of corrections) {
    if (decision === 'exclude') excluded.add(index)
    else labels[index] = label
  }
  const sources = Int32Array.from(labels.keys()).filter(index => !excluded.has(index))
  if (excluded.size === 0) return { images: { ...images, labels }, sources }
  const size = pixelsPerImage(images)
  const pixels = new Uint8Array(sources.length * size)
  sources.forEach((index, i) => {
    pixels.set(imageAt(images, index), i * size)
  })
  const kept = Uint16Array.from(sources, index => labels[index] as number)
  return { images: { ...images, pixels, labels: kept, count: sources.length }, sources }
}
