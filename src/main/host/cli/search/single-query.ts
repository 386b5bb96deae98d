import { basename, dirname, resolve } from 'node:path'
import { noClass } from '../../../../shared/contract/galleries.ts'
import { TwinlensError } from '../../../../shared/errors.ts'
import type { LabelledImages } from '../../../engine/data/data-set.ts'
import { readPictures } from '../../../engine/data/picture-folder.ts'
import type { PreparationTarget } from '../../../engine/data/preprocess.ts'
import type { Embedding } from '../../../engine/embedding/embed.ts'
import type { EmbeddedData } from '../../../engine/embedding/embedded-data.ts'
import { pointAt } from '../../../engine/embedding/nearest.ts'
import type { SearchQuery } from '../../../engine/embedding/search-points.ts'
import { checkTestIndex } from '../../../engine/runs/search-run.ts'

/** What is asked for, and what is said of it. */
export interface SingleQuery extends SearchQuery {
  readonly title: string
  /** What was done to a picture before the network saw it. */
  readonly steps: readonly string[]
  /** As the network sees it; of a test image the data set knows it. */
  readonly pixels?: Uint8Array
}

/** @throws invalid-input */
export function byIndex(run: EmbeddedData, index: number): SingleQuery {
  checkTestIndex(run, index)
  const label = run.test.labels[index] as number
  return {
    title: `Query: test image ${index}, a "${run.config.data.classes[label]}"`,
    point: pointAt(run.test.embedding, index),
    label,
    itself: { origin: 'test', indices: Int32Array.of(index) },
    steps: [],
  }
}

/** A picture, prepared like a data set's and embedded. A backend must be open. @throws bad-file, invalid-input */
export async function byImage(
  target: PreparationTarget & { readonly classes: readonly string[] },
  embed: (images: LabelledImages) => Promise<Embedding>,
  path: string,
): Promise<SingleQuery> {
  const read = await readPictures(dirname(resolve(path)), [basename(path)], target)
  for (const { error } of read.refused) throw TwinlensError.fromWire(error)
  const { values } = await embed(read.images)
  const { width = 0, height = 0, steps = [] } = read.pictures[0] ?? {}
  return {
    title: `Query: ${path}, ${width} x ${height}`,
    point: values,
    label: noClass,
    itself: null,
    steps,
    pixels: read.images.pixels,
  }
}
