import type { Split } from '../../../../shared/contract.ts'
import { breathe } from '../../embedding/breathe.ts'
import type { ByteFile } from './byte-file.ts'
import { type Layout, splitByFolder } from './class-folders.ts'
import { csvRows } from './csv.ts'
import { type LabelColumns, labelColumns } from './label-columns.ts'
import { baseName, cleanLabel, folderOf, shownName, withoutEnding } from './names.ts'
import { PictureEntry } from './picture-entry.ts'
import type { PictureLookup } from './picture-lookup.ts'
import type { Skipped, SourceEntry } from './source.ts'
import { type Part, partNamed, splitsOf } from './split-names.ts'

/** A table that gives pictures their classes. */
export interface LabelTable {
  readonly file: ByteFile
  readonly columns: LabelColumns
}

/** Rows by which the columns are told. */
const sampleRows = 500

/** @returns undefined: its rows name none of the pictures, or it has no column for their classes @throws bad-file */
export async function labelTable(file: ByteFile, lookup: PictureLookup): Promise<LabelTable | undefined> {
  const rows: (readonly string[])[] = []
  for await (const { cells } of csvRows(file)) {
    rows.push(cells)
    if (rows.length >= sampleRows) break
  }
  const columns = labelColumns(rows, cell => lookup.find(cell, folderOf(file.path)) !== undefined)
  return columns && { file, columns }
}

export interface TableEntries {
  readonly entries: SourceEntry[]
  readonly skipped: Skipped[]
  readonly columns: Map<string, string[]>
}

/**
 * The pictures that the rows of one or several tables name. The split is a column's, or that of tables called train and
 * test, or that of such folders. Every row without its picture and every picture without a row is told of.
 * @throws bad-file, cancelled
 */
export async function entriesByTables(
  pictures: readonly ByteFile[],
  { lookup, layout, tables }: { lookup: PictureLookup; layout: Layout; tables: readonly LabelTable[] },
  signal: AbortSignal,
): Promise<TableEntries> {
  const skipped: Skipped[] = []
  const found: { picture: ByteFile; label: string; part: Part | undefined; others: string[] }[] = []
  const names = otherNames(tables)
  const taken = new Set<ByteFile>()
  for (const { file, columns } of tables) {
    const folder = folderOf(file.path)
    const partOfTable =
      partNamed(withoutEnding(baseName(file.path))) ?? partNamed(baseName(folder.slice(0, -1)))
    let header = columns.hasHeader
    for await (const { line, cells } of csvRows(file)) {
      if (line % 1000 === 0) await breathe(signal, 'Reading the labels')
      if (header) {
        header = false
        continue
      }
      const cell = cells[columns.file] ?? ''
      const picture = lookup.find(cell, folder)
      const label = cleanLabel(cells[columns.label] ?? '')
      const skip = (reason: string): void => {
        skipped.push({ name: `${file.path}, line ${line}`, reason })
      }
      if (picture === undefined) skip(`there is no picture "${shownName(cell)}".`)
      else if (taken.has(picture)) skip(`another row names its picture, "${shownName(cell)}".`)
      else {
        taken.add(picture)
        if (label === undefined) {
          skip(`it gives its picture, "${shownName(cell)}", no class or one whose name cannot be used.`)
          continue
        }
        const part = columns.split === undefined ? partOfTable : partNamed(cells[columns.split] ?? '')
        const byName = new Map(columns.names.map((name, i) => [name, cells[i] ?? '']))
        found.push({ picture, label, part, others: names.map(name => byName.get(name) ?? '') })
      }
    }
  }
  for (const picture of pictures) {
    if (!taken.has(picture)) skipped.push({ name: picture.path, reason: 'no row of the table names it.' })
  }
  const splits = splitsOf(found.flatMap(({ part }) => part ?? []))
  const splitOf = (picture: ByteFile, part: Part | undefined): Split | null =>
    splits === undefined ? splitByFolder(picture.path, layout) : ((part && splits.get(part)) ?? null)
  return {
    entries: found.map(
      ({ picture, label, part }) => new PictureEntry(picture, label, splitOf(picture, part)),
    ),
    skipped,
    columns: new Map(names.map((name, i) => [name, found.map(({ others }) => others[i] as string)])),
  }
}

/** Columns of all tables that are neither file, label nor split. */
function otherNames(tables: readonly LabelTable[]): string[] {
  const names = tables.flatMap(({ columns }) =>
    columns.names.filter((_, i) => i !== columns.file && i !== columns.label && i !== columns.split),
  )
  return [...new Set(names)]
}
