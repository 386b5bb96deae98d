import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { badFile } from '../../../../shared/errors.ts'
import { writeFileWhole } from '../../runs/write-file.ts'
import { dataSetFolder } from './data-set-library.ts'

const columnSchema = z.object({ name: z.string(), values: z.array(z.string()) })
const fileSchema = z.object({ schemaVersion: z.literal(1), columns: z.array(columnSchema) })

/** What a table said of each image beside its class: training images first, then test images. */
export type DataSetColumn = z.infer<typeof columnSchema>

/** They are told of a data set and are no part of it: the same images with another table are the same data set. */
const fileName = 'columns.json'

/** Characters that are kept of all columns together; further columns are left out. */
const mostCharacters = 64_000_000

/**
 * The other columns of a table in the order in which images are saved, under names of their own.
 * @param order of each saved image its place in the columns, [images]
 */
export function columnsInOrder(
  columns: ReadonlyMap<string, readonly string[]>,
  order: Uint32Array,
): DataSetColumn[] {
  const kept: DataSetColumn[] = []
  const taken = new Set<string>()
  let characters = 0
  for (const [given, all] of columns) {
    const values = Array.from(order, place => all[place] ?? '')
    characters += values.reduce((sum, value) => sum + value.length + 1, 0)
    if (characters > mostCharacters) break
    const plain = given.trim() || 'no name'
    let name = plain
    for (let i = 2; taken.has(name); i++) name = `${plain} (${i})`
    taken.add(name)
    kept.push({ name, values })
  }
  return kept
}

/** Into a folder that is being made. */
export async function writeColumns(folder: string, columns: readonly DataSetColumn[]): Promise<void> {
  if (columns.length > 0) await writeFile(join(folder, fileName), textOf(columns))
}

/** In place of what another table told of the same images; without a table what was told stays. @throws disk-full, bad-file */
export async function replaceColumns(folder: string, columns: readonly DataSetColumn[]): Promise<void> {
  if (columns.length > 0) await writeFileWhole(join(folder, fileName), textOf(columns))
}

const textOf = (columns: readonly DataSetColumn[]): string =>
  `${JSON.stringify({ schemaVersion: 1, columns })}\n`

/** None of a data set that came without a table, or from before they were kept. @throws bad-file, invalid-input: no such data set */
export async function readColumns(id: string, count: number): Promise<DataSetColumn[]> {
  const path = join(dataSetFolder(id), fileName)
  if (!existsSync(path)) return []
  try {
    const { columns } = fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))
    if (columns.some(({ values }) => values.length !== count)) throw new Error('Values are missing.')
    return columns
  } catch (error) {
    throw badFile(path, 'it is damaged. Import the data set again.', error)
  }
}
