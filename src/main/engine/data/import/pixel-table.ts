import { badFile } from '../../../../shared/errors.ts'
import { breathe } from '../../embedding/breathe.ts'
import { arraySource, type LabelledArray, partWithin } from './array-source.ts'
import { type ByteFile, headOf } from './byte-file.ts'
import { delimiterOf } from './csv.ts'
import { importLimits } from './limits.ts'
import { linesOf } from './lines.ts'
import { withoutEnding } from './names.ts'
import { checkShape, HeldPixels } from './pixel-array.ts'
import { type PixelColumns, pixelColumns } from './pixel-columns.ts'
import { PixelStore } from './pixel-store.ts'
import type { ImageSource, Skipped } from './source.ts'

/** A table with an image a row: a column for its label, one for each of its pixels. */
export interface PixelTable {
  readonly file: ByteFile
  readonly delimiter: string
  readonly columns: PixelColumns
}

const headBytes = 64_000

/** @returns undefined: it is no table of pixels @throws bad-file */
export async function pixelTable(file: ByteFile): Promise<PixelTable | undefined> {
  const few = await headOf(file, headBytes)
  // The first two lines tell, and few tables have longer ones.
  const isShort = few.indexOf(10, few.indexOf(10) + 1) > 0 || few.length < headBytes
  const head = isShort ? few : await headOf(file, 2 * importLimits.lineBytes)
  const delimiter = delimiterOf(file, head)
  const lines = Buffer.from(head)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .split('\n', 2)
  const columns = pixelColumns(lines, delimiter)
  return columns && { file, delimiter, columns }
}

/** One table, or several, those called train and test as the split. @throws bad-file, cancelled */
export async function pixelTableSource(
  about: { name: string; where: string; skipped: readonly Skipped[] },
  tables: readonly PixelTable[],
  signal: AbortSignal,
): Promise<ImageSource> {
  const arrays: LabelledArray[] = []
  const skipped = [...about.skipped]
  for (const table of tables) arrays.push(await readTable(table, skipped, signal))
  return arraySource({ name: about.name, format: 'CSV of pixels', skipped }, arrays)
}

/** Lines are counted first, so that the pixels' memory is taken once; the second reading comes from the system's cache. */
async function readTable(table: PixelTable, skipped: Skipped[], signal: AbortSignal): Promise<LabelledArray> {
  const { file, columns } = table
  const { height, width, channels } = columns
  let most = 0
  for await (const line of linesOf(file)) {
    if (line.length > columns.cells) most++
    if (most % 1000 === 0) await breathe(signal, 'Reading the table')
  }
  checkShape({ count: most, height, width, channels }, file.where, true)
  const size = height * width * channels
  const store = new PixelStore(most * size)
  const labels: string[] = []
  const lineOf: number[] = []
  let number = 0
  for await (const line of linesOf(file)) {
    number++
    if (number % 1000 === 0) await breathe(signal, 'Reading the table')
    if ((number === 1 && columns.hasHeader) || isBlank(line)) continue
    const fault = takeRow(line, table, store, labels.length * size, labels)
    if (fault === undefined) lineOf.push(number)
    else skipped.push({ name: `${file.path}, line ${number}`, reason: fault })
  }
  if (labels.length === 0) throw badFile(file.where, 'none of its rows is an image.')
  const nameOf = (index: number): string => `${file.path}, line ${lineOf[index]}`
  const shape = { count: labels.length, height, width, channels }
  return {
    images: new HeldPixels(shape, store.finish(), nameOf),
    labels,
    part: partWithin(withoutEnding(file.path)),
  }
}

const isBlank = (line: Buffer): boolean => line.length < 2 && line.toString().trim() === ''

/** @returns the fault of a row that is left out */
function takeRow(
  line: Buffer,
  { columns, delimiter }: PixelTable,
  store: PixelStore,
  to: number,
  labels: string[],
): string | undefined {
  const cells = line.toString('latin1').trimEnd().split(delimiter)
  if (cells.length !== columns.cells) return `it has ${cells.length} cells, the first row ${columns.cells}.`
  const pixels = columns.cells - 1
  for (let i = 0; i < pixels; i++) {
    const cell = cells[columns.first + i] as string
    const value = cell.trim() === '' ? Number.NaN : Number(cell.startsWith('"') ? cell.slice(1, -1) : cell)
    if (!store.set(to + i, value))
      return `its pixel ${i + 1} is "${cell.trim().slice(0, 20)}", not from 0 to 255.`
  }
  const [label] = [
    Buffer.from(cells[columns.label] as string, 'latin1')
      .toString('utf8')
      .replaceAll('"', ''),
  ]
  labels.push(asWhole(label))
  return undefined
}

/** "7.0", as some write whole numbers, is 7. */
const asWhole = (label: string): string => (/^\d+\.0+$/.test(label.trim()) ? String(Number(label)) : label)
