import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import type { ImportOptions, ImportProgress, ImportReport } from '../../../../../shared/contract/data.ts'
import { badFile, invalidInput, TwinlensError } from '../../../../../shared/errors.ts'
import { asTwinlensError } from '../../../runs/atomic-folder.ts'
import { pixelsPerImage } from '../../data-set.ts'
import { libraryFolder } from '../../library/data-set-library.ts'
import { openSource } from '../open-source.ts'
import type { ImageSource, Skipped, SourceEntry, SourcePicture } from '../source.ts'
import { inOrder } from './in-order.ts'
import { keep } from './keep.ts'
import { removeLeftovers } from './leftovers.ts'
import { look, reasonOf } from './look.ts'
import { type DuplicatePair, differenceHash, nearDuplicates } from './near-duplicates.ts'
import { makingOf } from './plan.ts'
import { asImage, withPicture } from './read-picture.ts'
import { labelsOf } from './scan.ts'
import { Scratch } from './scratch.ts'
import { sourceKey } from './source-key.ts'
import { classesOf, splitEntries } from './split.ts'

/** Pictures under way at once: each core decodes one while others are read. `withinMemory` holds large ones back. */
const atOnce = (): number => Math.min(8, availableParallelism() + 2)

/** Progress is told once in so many pictures. */
const progressEvery = 200

/** Pairs of near-duplicates that are shown as pictures: in colour, 128 pixels a side, they take 2.4 MB. */
const mostShown = 24

/**
 * Imports a source into the library: decodes every picture, splits, points out near-duplicates across the split, writes.
 * Memory does not grow with the pictures but by some bytes each.
 * @throws bad-file, invalid-input, disk-full; cancelled, with nothing left
 */
export async function* importSource(
  paths: readonly string[],
  options: ImportOptions,
  signal: AbortSignal,
): AsyncGenerator<ImportProgress, void> {
  const none = { done: 0, total: 0, id: null, report: null }
  yield { phase: 'opening', ...none }
  const scratchFolder = join(libraryFolder(), `.import-${process.pid}-${randomUUID()}`)
  let source: ImageSource | undefined
  try {
    const key = await sourceKey(paths, options, signal)
    source = await openSource(paths, signal)
    await mkdir(scratchFolder, { recursive: true })
    await removeLeftovers(libraryFolder())
    yield* importOpen(source, paths, options, key, scratchFolder, signal)
  } catch (error) {
    if (signal.aborted) throw new TwinlensError('cancelled', 'The import was cancelled; nothing was kept.')
    throw asTwinlensError(error, libraryFolder())
  } finally {
    await source?.close()
    await rm(scratchFolder, { recursive: true, force: true })
  }
}

async function* importOpen(
  source: ImageSource,
  paths: readonly string[],
  options: ImportOptions,
  key: string,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<ImportProgress, void> {
  const { entries } = source
  const total = entries.length
  const { shape, framing } = makingOf(options, await look(entries, signal))
  const skipped: Skipped[] = [...source.skipped]
  const scratch = await Scratch.create(join(folder, 'images.bin'), pixelsPerImage(shape))
  try {
    const kept: SourceEntry[] = []
    const places = new Uint32Array(total)
    const hashes = new Uint32Array(2 * total)
    const read = async (entry: SourceEntry) => {
      signal.throwIfAborted()
      try {
        const make = (picture: SourcePicture) => asImage(picture, entry.name, shape, framing)
        return { entry, pixels: await withPicture(entry, make) }
      } catch (error) {
        return { entry, reason: reasonOf(error, entry.name) }
      }
    }
    let done = 0
    for await (const { entry, pixels, reason } of inOrder(entries, atOnce(), read)) {
      signal.throwIfAborted()
      if (pixels === undefined) skipped.push({ name: entry.name, reason })
      else {
        hashes.set(differenceHash(pixels, shape), 2 * kept.length)
        places[kept.length] = done
        kept.push(entry)
        await scratch.add(pixels)
      }
      if (done++ % progressEvery === 0) yield { phase: 'reading', done, total, id: null, report: null }
    }
    await scratch.flush()
    yield { phase: 'comparing', done, total, id: null, report: null }
    const classes = classesOf(kept)
    const [only = ''] = classes
    if (classes.length < 2) {
      const [first] = skipped.slice(-1)
      throw badFile(
        source.name,
        kept.length === 0
          ? `none of its pictures can be read: ${first?.name}: ${first?.reason}`
          : `all pictures that can be read are of one class, "${only}"; at least two are needed.`,
      )
    }
    const labels = labelsOf(kept, classes)
    const sides = splitEntries(kept, labels, classes.length, options.split)
    const pairs = await nearDuplicates(hashes, sides, shape, index => scratch.read(index), signal)
    if (options.keepTogether) for (const { test } of pairs) sides[test] = 0
    if (!sides.includes(0)) throw invalidInput('No training image is left: ask for fewer test images.')
    if (!sides.includes(1)) throw invalidInput('No test image is left: ask for more test images.')
    yield { phase: 'writing', done, total, id: null, report: null }
    const named = ({ train, test }: DuplicatePair) => ({
      train: (kept[train] as SourceEntry).name,
      test: (kept[test] as SourceEntry).name,
    })
    const made = await keep(
      scratch,
      {
        shape,
        framing,
        classes,
        labels,
        sides,
        columns: source.columns,
        places: places.subarray(0, kept.length),
      },
      {
        options,
        skipped,
        duplicates: pairs.map(named),
        sourceKey: key,
        paths: paths.map(path => resolve(path)),
        format: source.format,
      },
      folder,
      signal,
    )
    const report = { ...made, duplicatePictures: await picturesOf(pairs, scratch) }
    yield { phase: 'done', done, total, id: made.dataSet.id, report }
  } finally {
    await scratch.close()
  }
}

async function picturesOf(
  pairs: readonly DuplicatePair[],
  scratch: Scratch,
): Promise<ImportReport['duplicatePictures']> {
  const shown = pairs.slice(0, mostShown)
  const images: Uint8Array[] = []
  for (const { train, test } of shown) images.push(await scratch.read(train), await scratch.read(test))
  return { pairs: shown.length, pixels: new Uint8Array(Buffer.concat(images)) }
}
