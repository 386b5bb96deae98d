import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Correction, correctionSchema } from '../../../shared/contract/corrections.ts'
import { badFile } from '../../../shared/errors.ts'
import { type DataSet, fingerprint } from '../data/data-set.ts'
import { asTwinlensError } from '../runs/atomic-folder.ts'
import { dataFolder } from '../runs/run-folders.ts'
import { writeFileWhole } from '../runs/write-file.ts'

const fileSchema = z.object({ schemaVersion: z.literal(1), corrections: z.array(correctionSchema) })

/** The corrections of each data set, a file each in the data folder, named by the fingerprint of the images as they came. */
export class CorrectionBook {
  readonly #known = new WeakMap<DataSet, readonly Correction[]>()
  /** One change after another: none is lost to another that began from the same list. */
  #writing: Promise<unknown> = Promise.resolve()

  /** @param original as it was opened @throws bad-file: the file is none of ours */
  async of(original: DataSet): Promise<readonly Correction[]> {
    const known = this.#known.get(original)
    if (known !== undefined) return known
    const list = await read(original)
    this.#known.set(original, list)
    return list
  }

  /** Changes the list and brings it to the disk first. @throws disk-full, bad-file */
  change(
    original: DataSet,
    change: (list: readonly Correction[]) => readonly Correction[],
  ): Promise<readonly Correction[]> {
    const changed = this.#writing.then(async () => {
      const list = change(await this.of(original))
      await write(original, list)
      this.#known.set(original, list)
      return list
    })
    this.#writing = changed.catch(() => undefined) // who asked for the change is told
    return changed
  }
}

const folder = (): string => join(dataFolder(), 'corrections')
const fileOf = (original: DataSet): string => join(folder(), `${fingerprint(original)}.json`)

async function read(original: DataSet): Promise<readonly Correction[]> {
  // Without any file there is no need of a fingerprint, which takes 20 ms for 10,000 digits.
  if (!existsSync(folder())) return []
  const path = fileOf(original)
  if (!existsSync(path)) return []
  try {
    return fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))).corrections
  } catch (error) {
    throw badFile(path, 'these are no corrections of Twinlens, or of a newer one.', error)
  }
}

async function write(original: DataSet, corrections: readonly Correction[]): Promise<void> {
  try {
    await mkdir(folder(), { recursive: true })
  } catch (error) {
    throw asTwinlensError(error, folder())
  }
  await writeFileWhole(fileOf(original), `${JSON.stringify({ schemaVersion: 1, corrections }, null, 2)}\n`)
}
