import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { freemem } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import {
  dataSetIdSchema,
  dataSetNameSchema,
  type ImportedDataSet,
  importedSchema,
  importOptionsSchema,
  type ListedDataSet,
} from '../../../../shared/contract/data.ts'
import { badFile, invalidInput, TwinlensError } from '../../../../shared/errors.ts'
import { dataFolder } from '../../runs/run-folders.ts'
import { writeFileWhole } from '../../runs/write-file.ts'
import { type DataSet, fingerprint, type LabelledImages, pixelsPerImage } from '../data-set.ts'

/**
 * A data set in the library is a folder named by its content's fingerprint. `pixels.bin` holds the training images, then
 * the test images, a byte a value; `labels.bin` their classes, two bytes each, least first; `meta.json` the rest;
 * `name.json` what a person calls it. The fingerprint is over all that a training sees, so that opening checks it.
 */
export const dataSetFiles = {
  pixels: 'pixels.bin',
  labels: 'labels.bin',
  meta: 'meta.json',
  name: 'name.json',
} as const

export const metaSchema = importedSchema.omit({ name: true, bytes: true, skipped: true }).extend({
  schemaVersion: z.literal(1),
  options: importOptionsSchema,
  framing: z.object({ fit: z.enum(['pad', 'crop', 'stretch']), invert: z.boolean() }),
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
  duplicates: z.array(z.object({ train: z.string(), test: z.string() })),
  /** Of the source's paths, sizes and times and of the options: the same source need not be read again. */
  sourceKey: z.string(),
})
export type DataSetMeta = z.infer<typeof metaSchema>

export const nameFileSchema = z.object({ name: dataSetNameSchema })

export const libraryFolder = (): string => join(dataFolder(), 'datasets')

/** @throws invalid-input: no such data set */
export function dataSetFolder(id: string): string {
  const folder = join(libraryFolder(), id)
  if (!dataSetIdSchema.safeParse(id).success || !existsSync(folder)) {
    throw invalidInput(
      'That data set is not in the library any more. Restore it from the bin, or import it again.',
    )
  }
  return folder
}

/** Newest first; a damaged one with its fault. */
export async function listDataSets(): Promise<ListedDataSet[]> {
  const found = existsSync(libraryFolder()) ? await readdir(libraryFolder()) : []
  const ids = found.filter(name => dataSetIdSchema.safeParse(name).success)
  const listed = await Promise.all(ids.map(describeDataSet))
  const when = ({ dataSet }: ListedDataSet): string => dataSet?.created ?? ''
  return listed.toSorted((a, b) => (when(a) < when(b) ? 1 : -1))
}

export async function describeDataSet(id: string): Promise<ListedDataSet> {
  try {
    const { schemaVersion: _, options: __, framing: ___, duplicates, sourceKey, ...meta } = await readMeta(id)
    const sizes = await Promise.all(
      [dataSetFiles.pixels, dataSetFiles.labels].map(name => sizeOf(join(dataSetFolder(id), name))),
    )
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const dataSet: ImportedDataSet = {
      ...meta,
      name: await readName(id),
      bytes,
      skipped: meta.skipped.length,
    }
    return { id, dataSet, fault: whyWrongSize(meta, sizes) }
  } catch (error) {
    if (!(error instanceof TwinlensError)) throw error
    return { id, dataSet: null, fault: error.message }
  }
}

/** @throws bad-file, invalid-input */
export async function readMeta(id: string): Promise<DataSetMeta> {
  const path = join(dataSetFolder(id), dataSetFiles.meta)
  return parsed(path, metaSchema)
}

async function readName(id: string): Promise<string> {
  return (await parsed(join(dataSetFolder(id), dataSetFiles.name), nameFileSchema)).name
}

async function parsed<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    throw badFile(path, 'it is missing or damaged. Import the data set again.', error)
  }
}

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size
  } catch (error) {
    throw badFile(path, 'it is missing. Import the data set again.', error)
  }
}

function whyWrongSize(
  meta: Pick<DataSetMeta, 'height' | 'width' | 'channels' | 'trainCount' | 'testCount'>,
  [pixels, labels]: readonly number[],
): string | null {
  const count = meta.trainCount + meta.testCount
  if (pixels === count * pixelsPerImage(meta) && labels === 2 * count) return null
  return 'Its files are damaged: their sizes are not what was saved. Import the data set again.'
}

/** @throws bad-file: damaged; invalid-input: not there; out-of-memory, before anything is read */
export async function openImported(id: string): Promise<DataSet> {
  const meta = await readMeta(id)
  const folder = dataSetFolder(id)
  const paths = [dataSetFiles.pixels, dataSetFiles.labels].map(name => join(folder, name))
  const sizes = await Promise.all(paths.map(sizeOf))
  const fault = whyWrongSize(meta, sizes)
  if (fault !== null) throw badFile(folder, fault)
  checkFits(sizes[0] as number)
  const [pixels, labelBytes] = await Promise.all(paths.map(path => readFile(path)))
  const name = await readName(id)
  const labels = new Uint16Array(new Uint8Array(labelBytes as Buffer).buffer)
  const size = pixelsPerImage(meta)
  const part = (from: number, count: number): LabelledImages => ({
    height: meta.height,
    width: meta.width,
    channels: meta.channels,
    pixels: (pixels as Buffer).subarray(from * size, (from + count) * size),
    labels: labels.subarray(from, from + count),
    count,
  })
  const { trainCount, testCount, classes, framing } = meta
  const train = part(0, trainCount)
  const test = part(trainCount, testCount)
  const source = { kind: 'imported', id, trainCount, testCount } as const
  const data: DataSet = { name, source, classes, framing, train, test }
  if (fingerprint(data) !== id) throw badFile(folder, 'it is damaged: its content is not what was saved.')
  return data
}

/** Node holds no array of more than 4 GiB safely; the machine must have room for the images and a training beside. */
function checkFits(bytes: number): void {
  const free = freemem()
  if (bytes < 4 * 2 ** 30 && bytes < free * 0.8) return
  const gigabytes = (value: number): string => (value / 2 ** 30).toFixed(1)
  throw new TwinlensError(
    'out-of-memory',
    `These images take ${gigabytes(bytes)} GB of memory, and ${gigabytes(free)} GB are free. Import them smaller, or in grey.`,
  )
}

/** @throws invalid-input, disk-full, bad-file */
export async function renameDataSet(id: string, name: string): Promise<void> {
  await writeFileWhole(join(dataSetFolder(id), dataSetFiles.name), `${JSON.stringify({ name })}\n`)
}
