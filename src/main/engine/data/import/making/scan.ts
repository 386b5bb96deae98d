import type { ImportOptions, ImportPreview, Scan } from '../../../../../shared/contract/data.ts'
import { badFile } from '../../../../../shared/errors.ts'
import { pixelsPerImage } from '../../data-set.ts'
import { framingWords } from '../../frame.ts'
import { openSource } from '../open-source.ts'
import type { ImageSource, Skipped, SourceEntry } from '../source.ts'
import { look, reasonOf } from './look.ts'
import { asOriginal, type Original } from './original.ts'
import { makingOf, proposedOptions, warningsOf } from './plan.ts'
import { asImage, withPicture } from './read-picture.ts'
import { classesOf, hasGivenSplit, splitEntries } from './split.ts'

/** Classes that samples are shown of, and samples of each. */
const shown = { classes: 24, each: 3 } as const

/** What is told of it at most: a folder of a million wrong files has no place in one message. */
const mostSkipped = 10_000

/** What is in a source and would become of it. @throws bad-file, invalid-input, cancelled */
export async function* scan(
  paths: readonly string[],
  options: ImportOptions | null,
  signal: AbortSignal,
): AsyncGenerator<Scan, void> {
  yield { phase: 'opening', found: 0, preview: null }
  const source = await openSource(paths, signal)
  try {
    const found = source.entries.length
    yield { phase: 'looking', found, preview: null }
    yield { phase: 'done', found, preview: await previewOf(source, options, signal) }
  } finally {
    await source.close()
  }
}

async function previewOf(
  source: ImageSource,
  asked: ImportOptions | null,
  signal: AbortSignal,
): Promise<ImportPreview> {
  const { entries, format } = source
  const seen = await look(entries, signal)
  if (seen.sizes.length === 0) {
    const [first] = seen.skipped
    throw badFile(source.name, `none of its pictures can be read: ${first?.name}: ${first?.reason}`)
  }
  const options = asked ?? proposedOptions(source, seen)
  const { shape, framing } = makingOf(options, seen)
  const names = classesOf(entries)
  const labels = labelsOf(entries, names)
  const sides = splitEntries(entries, labels, names.length, options.split)
  const classes = names.map(name => ({ name, train: 0, test: 0 }))
  labels.forEach((label, i) => {
    const of = classes[label]
    if (of !== undefined) of[sides[i] === 1 ? 'test' : 'train']++
  })
  const chosen = someOfEach(labels)
  const samples: { name: string; label: number; pixels: Uint8Array; original: Original }[] = []
  const skipped: Skipped[] = [...source.skipped, ...seen.skipped]
  for (const index of chosen) {
    signal.throwIfAborted()
    const entry = entries[index] as SourceEntry
    try {
      const made = await withPicture(entry, async picture => ({
        pixels: await asImage(picture, entry.name, shape, framing),
        original: await asOriginal(picture, entry.name),
      }))
      samples.push({ name: entry.name, label: labels[index] as number, ...made })
    } catch (error) {
      const reason = reasonOf(error, entry.name)
      if (!skipped.some(({ name }) => name === entry.name)) skipped.push({ name: entry.name, reason })
    }
  }
  const pixels = new Uint8Array(samples.length * pixelsPerImage(shape))
  samples.forEach((sample, i) => {
    pixels.set(sample.pixels, i * sample.pixels.length)
  })
  const bySize = [...seen.sizes].sort((a, b) => a.width * a.height - b.width * b.height)
  const sizeAt = (index: number) => bySize[index] as { width: number; height: number }
  return {
    format,
    options,
    total: entries.length,
    classes,
    hasGivenSplit: hasGivenSplit(entries),
    sizes: {
      looked: bySize.length,
      smallest: sizeAt(0),
      median: sizeAt(bySize.length >> 1),
      largest: sizeAt(bySize.length - 1),
    },
    hasColour: seen.hasColour,
    steps: framingWords(shape, framing),
    samples: {
      ...shape,
      names: samples.map(({ name }) => name),
      labels: Uint16Array.from(samples, ({ label }) => label),
      pixels,
      originals: samples.map(({ original }) => original),
    },
    skipped: skipped.slice(0, mostSkipped),
    warnings: warningsOf(entries, classes, options),
  }
}

/** Index of each entry's class, [entries]. */
export function labelsOf(entries: readonly SourceEntry[], classes: readonly string[]): Uint16Array {
  const index = new Map(classes.map((name, i) => [name, i]))
  return Uint16Array.from(entries, ({ label }) => index.get(label) as number)
}

/** The first images of the first classes, by their classes. */
function someOfEach(labels: Uint16Array): number[] {
  const of: number[][] = Array.from({ length: shown.classes }, () => [])
  labels.forEach((label, i) => {
    const own = of[label]
    if (own !== undefined && own.length < shown.each) own.push(i)
  })
  return of.flat()
}
