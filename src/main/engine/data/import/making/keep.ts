import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportReport } from '../../../../../shared/contract/data.ts'
import { createFolderAtomically } from '../../../runs/atomic-folder.ts'
import { writeFileWhole } from '../../../runs/write-file.ts'
import { fingerprintStart, type ImageShape, partStart } from '../../data-set.ts'
import type { Framing } from '../../frame.ts'
import { columnsInOrder, replaceColumns, writeColumns } from '../../library/data-set-columns.ts'
import {
  type DataSetMeta,
  dataSetFiles,
  describeDataSet,
  libraryFolder,
  renameDataSet,
} from '../../library/data-set-library.ts'
import type { Scratch } from './scratch.ts'

/** All that is known once every picture is read. */
interface Made {
  readonly shape: ImageShape
  readonly framing: Framing
  readonly classes: readonly string[]
  /** [images] */
  readonly labels: Uint16Array
  /** 1 where an image is for testing, [images]. */
  readonly sides: Uint8Array
  /** What a table said of them beside their classes, in the order of the source's entries. */
  readonly columns: ReadonlyMap<string, readonly string[]>
  /** Of each image its place among the source's entries, [images]. */
  readonly places: Uint32Array
}

type About = Pick<DataSetMeta, 'options' | 'skipped' | 'duplicates' | 'sourceKey' | 'paths' | 'format'>

/**
 * Writes a data set into the library, training images first, under its content's fingerprint: whole or not at all.
 * @param folder for what is not whole yet, on the library's disk @throws disk-full, bad-file, cancelled
 */
export async function keep(
  scratch: Scratch,
  made: Made,
  about: About,
  folder: string,
  signal: AbortSignal,
): Promise<Omit<ImportReport, 'duplicatePictures'>> {
  const { shape, classes, labels, sides } = made
  const pixelsPath = join(folder, dataSetFiles.pixels)
  const hash = createHash('sha256').update(fingerprintStart(classes))
  const counts = [0, 0]
  for (const side of sides) counts[side] = (counts[side] as number) + 1
  const sorted: Buffer[] = []
  const file = await open(pixelsPath, 'wx')
  try {
    for (const side of [0, 1]) {
      hash.update(partStart({ ...shape, count: counts[side] as number }))
      for await (const images of scratch.only(sides.length, index => sides[index] === side)) {
        signal.throwIfAborted()
        hash.update(images)
        await file.write(images)
      }
      const own = Buffer.from(labels.filter((_, index) => sides[index] === side).buffer)
      hash.update(own)
      sorted.push(own)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  const id = hash.digest('hex')
  const { options, skipped, duplicates } = about
  const order = [0, 1].flatMap(side => [...made.places.filter((_, index) => sides[index] === side)])
  const columns = columnsInOrder(made.columns, Uint32Array.from(order))
  const target = join(libraryFolder(), id)
  const known = existsSync(target)
  const meta: DataSetMeta = {
    schemaVersion: 1,
    id,
    created: new Date().toISOString(),
    ...shape,
    framing: made.framing,
    classes: [...classes],
    trainCount: counts[0] as number,
    testCount: counts[1] as number,
    ...about,
  }
  const text = `${JSON.stringify(meta)}\n`
  if (known) {
    await writeFileWhole(join(target, dataSetFiles.meta), text)
    await replaceColumns(target, columns)
  } else {
    await createFolderAtomically(target, async temporary => {
      await rename(pixelsPath, join(temporary, dataSetFiles.pixels))
      await writeFile(join(temporary, dataSetFiles.labels), Buffer.concat(sorted))
      await writeFile(join(temporary, dataSetFiles.meta), text)
      await writeColumns(temporary, columns)
      await writeFile(join(temporary, dataSetFiles.name), `${JSON.stringify({ name: options.name })}\n`)
    })
  }
  if (known) await renameDataSet(id, options.name)
  const { dataSet, fault } = await describeDataSet(id)
  if (dataSet === null) throw new Error(`What was just written cannot be read: ${fault}`)
  return { dataSet, skipped: skipped.slice(0, 10_000), duplicates, known }
}
